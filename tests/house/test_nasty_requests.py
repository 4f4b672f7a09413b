"""Requests that no page of ours would make: other ids, other fields, other headers. Nothing breaks, nothing leaks."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.models import Note
from tests.asking import row_counts
from tests.conftest import sign_in
from tests.house.forms import send
from tests.house.matrix import ADDRESSES
from tests.house.site import ROUTES, Site, body, undone
from tests.house.test_nasty import DESKS, forms_of, pages

WORDS = "Wij spraken af bij de bakker."
NOTE = {"channel": "met", "text": WORDS}
OTHERS = {
    "its own number in capitals": str.upper,
    "without dashes": lambda pk: pk.replace("-", ""),
    "in braces": "{{{}}}".format,
}


@pytest.fixture
def coach(site: Site) -> Client:
    return site.browser("his coach")()


# --- addresses ---------------------------------------------------------------------------------


NUMBERS = [0, 2**31, 2**40, 2**63, 2**64, 10**30, "9" * 4400]
MEMBERS = {
    "coach": "his coach",
    "youth": "the youth",
    "municipality": "functional manager",
    "oversight": "privacy officer",
}


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: str(number)[:20])
def test_a_number_in_an_address_is_there_or_not_there(number: object, site: Site) -> None:
    numbered = [name for name, route in ROUTES.items() if "<int:" in route.pattern and ":" in name]
    assert len(numbered) > 5
    for name in numbered:
        browser, at = site.browser(MEMBERS[name.partition(":")[0]]), site.address(name)
        for place in re.finditer(r"(?<=/)\d+(?=/)", at):
            with undone():
                asked = at[: place.start()] + str(number) + at[place.end() :]
                answers = {browser().get(asked).status_code, browser().post(asked).status_code}
            assert answers <= {302, 404, 405}, f"{name} {answers}"


# Page and order as somebody hopes an ORM would take them.
ODD = [
    "?page=-1&page=2&sort=dossier__nickname&order_by=-note__text&expand=notes&fields=*&filter=is_scouted&pk__in=1,2"
    "&note__text__startswith=a&id__gt=0&author__password__regex=^a.*$&dossier__municipality=1&van=x&nummer=%00",
    "?page=1000000000&regel=\u200b&deel=__class__&van=1_0",
]


@pytest.mark.slow
def test_nothing_hung_on_an_address_shows_more_or_breaks(site: Site) -> None:
    """What is no question of the page is passed over; a page too far is the last one."""
    for desk, member in DESKS.items():
        browser = site.browser(member)
        for page in pages(site, desk):
            with undone():
                usual = browser().get(page)
                answers = {odd: browser().get(page + odd) for odd in ODD}
            assert {odd: a.status_code for odd, a in answers.items()} == dict.fromkeys(ODD, usual.status_code), page


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_an_id_is_written_in_one_way(change: Callable[[str], str], site: Site, coach: Client) -> None:
    own = str(site.dossier.pk)
    written = change(own)
    assert coach.get(site.address("coach:youth").replace(own, written)).status_code == 404
    notes = Note.objects.count()
    answer = coach.post(site.address("coach:note"), NOTE | {"over": written})
    assert (answer.status_code, "Kies iemand uit je lijst." in body(answer), WORDS in body(answer)) == (422, True, True)
    assert Note.objects.count() == notes
    answer = coach.post(site.address("coach:close_appointment"), {"outcome": "happened", "next": f"//{written}/"})
    assert answer.headers["Location"] == f"/jongeren/{own}/"


# --- fields -------------------------------------------------------------------------------------


def test_of_the_same_field_twice_only_what_is_his_own_counts(site: Site, coach: Client) -> None:
    """A dossier of somebody else beside one's own, before it, behind it, in the address: neither gets a note."""
    own, other = str(site.dossier.pk), site.dossier_ids["kim"]
    about_kim = Note.objects.filter(dossier=site.dossiers["kim"]).count()
    page = site.address("coach:note")
    for over in ([own, other], [other, own]):
        with undone():
            answer = coach.post(page, {**NOTE, "over": over})
            assert answer.status_code == 422
            assert Note.objects.filter(dossier=site.dossiers["kim"]).count() == about_kim
    with undone():
        assert coach.post(f"{page}?over={other}", NOTE | {"over": own}).status_code == 302
        assert Note.objects.filter(dossier=site.dossiers["kim"]).count() == about_kim
    with undone():
        answer = coach.post(site.address("coach:note_about"), NOTE | {"over": other, "dossier": other, "pk": other})
        assert (answer.status_code, WORDS in body(answer)) == (422, True)
    with undone():  # a list where one word belongs
        answer = coach.post(page, {"over[]": own, "text[]": WORDS, "channel": ["met", "called"], "over": own})
        assert answer.status_code == 422


# What somebody hopes to set beside what is asked: who he is, whose it is, since when.
EXTRA = {
    name: value
    for model in apps.get_models()
    if model.__module__.startswith("ipta.")
    for field in model._meta.fields
    for name, value in ((field.name, "1"), (field.attname, "1"))
} | {
    "rol": "functional_manager", "role": "functional_manager", "is_staff": "1", "is_superuser": "1", "is_youth": "",
    "is_active": "", "gemeente": "1", "by": "1", "machtiging": "1", "created_at": "2000-01-01", "since": "2000-01-01",
    "until": "2000-01-01", "password": "x", "_method": "DELETE", "initial-id": "1", "form-0-id": "1",
}  # fmt: skip
NEW_EACH_TIME = (models.BinaryField, models.DateTimeField, models.JSONField, models.AutoField)
OF_THE_MACHINE = {"accounts.Session", "vault.MunicipalityKey", "vault.SectionKey"}
RANDOM = re.compile(r"[0-9a-f]{64}|[0-9a-f-]{36}|!.{40}|argon2.*")


def columns() -> Iterator[tuple[str, tuple[str, ...], Any]]:
    for model in apps.get_models():
        if model._meta.label not in OF_THE_MACHINE and model.__module__.startswith("ipta."):
            plain = [field.attname for field in model._meta.concrete_fields if not isinstance(field, NEW_EACH_TIME)]
            yield model.__name__, tuple(plain), model._default_manager.values_list(*plain)


def ids() -> set[str]:
    """Every id there is."""
    return {str(value) for _, _, rows in columns() for row in rows for value in row if RANDOM.fullmatch(str(value))}


def everything(known: set[str]) -> list[str]:
    """Every row without its words and moments. An id that is new is new each time, so it is no more than that."""

    def plain(value: Any) -> str:
        return "new" if RANDOM.fullmatch(str(value)) and str(value) not in known else str(value)

    return sorted(
        f"{name} {dict(zip(fields, map(plain, row), strict=True))}" for name, fields, rows in columns() for row in rows
    )


@pytest.mark.slow
@pytest.mark.parametrize("desk", DESKS)
def test_no_form_takes_more_than_it_asks(desk: str, site: Site) -> None:
    """Whatever is sent along, what stands in the database afterwards is what it would have been without it."""
    browser, known, changed = site.browser(DESKS[desk]), ids(), 0
    before = everything(known)
    for form in forms_of(site, desk):
        asked = form.with_text(WORDS)
        more = {name: value for name, value in EXTRA.items() if name not in {field.name for field in form.fields}}
        after = []
        for answers in (asked, more | asked):
            with undone():
                send(browser(), form, answers)
                after.append(everything(known))
        changed += after[0] != before
        assert after[1] == after[0], f"{form.route}: {set(after[1]) ^ set(after[0])}"
    assert changed >= {"coach": 15, "youth": 8}.get(desk, 1), "hardly a form wrote anything: this test says nothing"


# --- headers, cookies, size -----------------------------------------------------------------------

HEADERS = (
    "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE", "HTTP_X_REQUESTED_WITH", "HTTP_HX_REQUEST",
    "HTTP_HX_CURRENT_URL", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_ORIGIN",
    "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_ORIGINAL_URL", "HTTP_RANGE", "HTTP_IF_MODIFIED_SINCE", "CONTENT_TYPE",
)  # fmt: skip
HEADER_VALUES = (
    "\x00\x07", "a" * 9000, "\xff\xfe", "http://[", "http://testserver//evil.example/", "DELETE",
    "multipart/form-data; boundary=\xff", "text/html; charset=nonsense",
)  # fmt: skip


@pytest.mark.slow
def test_no_header_breaks_anything_or_leads_elsewhere(site: Site) -> None:
    browser, button = site.browser("his coach"), site.address("coach:set_intensity")
    for header in HEADERS:
        for value in HEADER_VALUES:
            sent: dict[str, Any] = {header: value}
            with undone():
                answers = browser().get("/meer/", **sent), browser().post(button, **sent)
            assert all(answer.status_code < 500 for answer in answers), (header, value[:30])
            assert not any("evil" in answer.headers.get("Location", "") for answer in answers), (header, value[:30])
            assert "evil" not in body(answers[0]), header


@pytest.mark.parametrize("name", ["toestel", "bewaard", "wie", "sessie", "csrf", "taal"])
def test_no_cookie_breaks_anything(name: str, site: Site) -> None:
    for value in ("\x00a", "a" * 5000, "%00", "{}.e30=", "\xe9", "1.%ff", "\xd9\xa1"):
        for member in ("nobody", "his coach"):
            browser = site.browser(member)()
            browser.cookies[name] = value
            for page in ("/binnen/", "/binnen/pin/", "/accounts/login/", site.address("coach:note")):
                with undone():
                    answers = browser.get(page), browser.post(page, NOTE)
                assert all(answer.status_code < 500 for answer in answers), (page, value[:10])


TOO_MUCH = {
    "two thousand fields": ({f"field{number}": "x" for number in range(2000)}, "Ga terug en probeer het nog eens."),
    "three million letters": ({"text": "x" * 3_000_000}, "Dit is te veel tekst voor één keer."),
}


@pytest.mark.parametrize(("sent", "says"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_at_once_is_refused_in_plain_words(sent: dict[str, str], says: str, coach: Client, site: Site) -> None:
    """What was typed stands in the browser: going back shows it, and what fitted lay with us already."""
    before = row_counts()
    answer = coach.post(site.address("coach:note"), sent)
    assert (answer.status_code, says in body(answer)) == (400, True)
    assert row_counts() == before


# --- whose form it is --------------------------------------------------------------------------------


def token_of(browser: Client) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', body(browser.get("/notitie/")))[0]


@pytest.fixture
def strict(site: Site) -> Client:
    """The browser of his coach, of which the token is looked at."""
    return _strict(site.people["his coach"])


def _strict(person: Person) -> Client:
    browser = sign_in(person)
    browser.handler.enforce_csrf_checks = True
    return browser


FORGED: dict[str, Callable[[str, str], dict[str, str]]] = {
    "no token": lambda mine, other: {},
    "the token of another browser": lambda mine, other: {"csrfmiddlewaretoken": other},
    "half a token": lambda mine, other: {"csrfmiddlewaretoken": mine[:32]},
    "a token that is no text": lambda mine, other: {"csrfmiddlewaretoken": "\x00\u0661"},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_form_of_another_site_writes_nothing_and_keeps_the_words(
    forged: Callable[[str, str], dict[str, str]], site: Site, strict: Client
) -> None:
    over = {"over": str(site.dossier.pk)}
    mine = token_of(strict)
    other = token_of(_strict(site.people["another coach"]))
    notes = Note.objects.count()
    answer = strict.post("/notitie/", NOTE | over | forged(mine, other))
    assert (answer.status_code, "We hebben je tekst bewaard." in body(answer)) == (403, True)
    assert Note.objects.count() == notes
    assert WORDS in body(strict.get("/notitie/")), "the words wait on their own page"
    assert strict.post("/notitie/", NOTE | over | {"csrfmiddlewaretoken": mine}).status_code == 302


def test_looking_at_the_address_of_a_button_does_nothing(site: Site) -> None:
    """With what the button sends behind the address, and with another method named in it."""
    for desk, member in DESKS.items():
        buttons = [a.name for a in ADDRESSES.values() if a.name.startswith(f"{desk}:") and "looks" not in a.how]
        browser = site.browser(member)
        for name in buttons:
            with undone():
                before = row_counts()
                answer: HttpResponse = browser().get(
                    site.address(name), site.sent(name) | {"_method": "POST"}, HTTP_X_HTTP_METHOD_OVERRIDE="POST"
                )
                assert answer.status_code in {302, 404, 405}, name
                assert row_counts() == before, name
