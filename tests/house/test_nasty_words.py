"""Words that deceive: names that look alike, hours that are not there, numbers nobody asked for, forms of yesterday."""

import html
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.commands import introduce
from ipta.accounts.founding import found
from ipta.accounts.models import Municipality, Person, Role
from ipta.api import package
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier, Note, Step
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.vault.fields import SealedText
from tests.asking import row_counts, text
from tests.cast import staff
from tests.conftest import sign_in
from tests.house.forms import FORM_URLENCODED, send
from tests.house.site import Site, body, undone
from tests.house.test_nasty import DESKS, LOST, forms_of, pages

WORDS = "Wij spraken af bij de bakker."


def said(browser: Client, page: str) -> str:
    """The words of a page."""
    return html.unescape(body(browser.get(page)))


# --- letters that are none --------------------------------------------------------------------


BROKEN = {
    "UTF-8 cut in two": b"voor%C3na",
    "half a sign": b"voor%ED%A0%80na",
    "Latin-1": b"caf%E9",
    "no letter": b"a%FFb",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_is_no_text_is_refused_in_words_and_stays_in_its_field(
    text: bytes, dossier: Dossier, noor: Person
) -> None:
    browser, before = sign_in(noor), Note.objects.count()
    sent = b"channel=met&over=" + str(dossier.pk).encode() + b"&text=" + WORDS.replace(" ", "+").encode() + b"+" + text
    answer = browser.post("/notitie/", sent, content_type=FORM_URLENCODED)
    assert (answer.status_code, LOST in body(answer), WORDS in body(answer)) == (422, True, True)
    assert Note.objects.count() == before


def test_a_paper_with_a_name_that_is_no_text_is_refused_too(dossier: Dossier, noor: Person) -> None:
    """A form with a file goes another way through the house."""
    parts = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nvoor\xffna\r\n--x--\r\n'
    page = reverse("coach:add_paper", args=[dossier.pk])
    answer = sign_in(noor).post(page, parts, content_type="multipart/form-data; boundary=x")
    assert (answer.status_code, LOST in body(answer)) == (422, True)


# --- names that look like another ----------------------------------------------------------------


WITHOUT = {"accounts.Session", "mfa.Authenticator", "vault.HouseKey", "sharing.Look"}
INVISIBLE = ["\u200b", "\u3164\u3164", "\u2060 \ufeff", "\u202e\u202c", "\u00ad\u034f", "\u2800"]


@pytest.mark.parametrize("name", INVISIBLE, ids=ascii)
def test_a_name_of_which_nobody_sees_anything_is_empty(name: str, fem: Person, noor: Person) -> None:
    before = row_counts(without=WITHOUT)
    sent = {"first_name": name, "email": "nieuw@voorbeeld.example", "role": Role.COACH, "organisation": "Wijkteam"}
    municipality = str(next(iter(fem.municipalities_as(Role.FUNCTIONAL_MANAGER))))
    answer = sign_in(fem).post(reverse("municipality:people"), sent | {"municipality": municipality})
    assert (answer.status_code, "Vul de voornaam in." in body(answer)) == (422, True)
    answer = sign_in(noor).post(reverse("coach:scout"), {"nickname": name})
    assert (answer.status_code, "Schrijf een bijnaam op" in body(answer)) == (422, True)
    assert row_counts(without=WITHOUT) == before


def test_a_name_is_one_line_and_reads_as_it_stands(fem: Person) -> None:
    """No line of a mail begins in it, and no letter in it turns the others around."""
    municipality = str(next(iter(fem.municipalities_as(Role.FUNCTIONAL_MANAGER))))
    sent = {
        "municipality": municipality, "role": Role.COACH, "email": "ali@voorbeeld.example",
        "first_name": "Ali\u202egpj.exe", "last_name": "B\r\nBcc: evil@evil.example",
        "organisation": "Wijk\u2028team\x85X",
    }  # fmt: skip
    assert sign_in(fem).post(reverse("municipality:people"), sent).status_code == 302
    ali = Person.objects.get(email="ali@voorbeeld.example")
    assert (ali.first_name, ali.last_name, ali.organisation) == (
        "Aligpj.exe",
        "B Bcc: evil@evil.example",
        "Wijk team X",
    )
    (sent_mail,) = mail.outbox
    assert (sent_mail.recipients(), "\n" in sent_mail.subject) == (["ali@voorbeeld.example"], False)
    assert "evil" not in str(sent_mail.message())


def test_of_two_names_that_look_alike_one_sees_which_is_meant(
    dossier: Dossier, dana: Person, bram: Person, sem: Person, noor: Person, zoetermeer: Municipality
) -> None:
    """With letters of another alphabet in it, and of the same organisation: only the address differs."""
    where = {dana: (sem, reverse("youth:grant")), bram: (noor, reverse("coach:hand_over", args=[dossier.pk]))}
    for real, (person, page) in where.items():
        twin = staff(real.first_name.replace("a", "\u0430"), real.organisation, (zoetermeer, Role.COACH))
        shown = said(sign_in(person), page)
        assert twin.get_full_name() != real.get_full_name()
        for one in (real, twin):
            assert f"{one.get_full_name()}, {one.organisation}, {one.email}" in shown


TWIN_ADDRESSES = {
    "a dotless i": "st\u0131jn@voorbeeld.example",
    "a long s": "\u017ftijn@voorbeeld.example",
    "the k of kelvin": "\u212aees@voorbeeld.example",
    "a dotted capital": "STUN\u0130@voorbeeld.example",
    "an accent of its own": "stijn@voorb\u00e9\u00e9ld.example",
    "an accent put on it": "stijn@voorbe\u0301e\u0301ld.example",
    "another alphabet": "stijn@v\u043e\u043erbeeld.example",
    "what is no letter": "stijn@voor\ufffdbeeld.example",
}


@pytest.mark.parametrize("email", TWIN_ADDRESSES.values(), ids=TWIN_ADDRESSES)
def test_an_address_that_looks_like_another_makes_no_second_account(
    email: str, fem: Person, zoetermeer: Municipality, schiedam: Municipality
) -> None:
    """One database takes them for the same, the other does not: so neither gets them."""
    known = staff("Stijn", "Wijkteam", (schiedam, Role.COACH))
    before, browser = Person.objects.count(), sign_in(fem)
    sent = {"municipality": str(zoetermeer.pk), "role": Role.COACH, "first_name": "Stijn", "email": email}
    answer = browser.post(reverse("municipality:people"), sent)
    assert (answer.status_code, "e-mailadres" in body(answer), email in said_in(answer)) == (422, True, True)
    with pytest.raises(Impossible, match="zonder accenten"):
        introduce(zoetermeer, email=email, first_name="Stijn", by=fem)
    with pytest.raises(Impossible, match="zonder accenten"):
        found("GM0502", email)
    assert Person.objects.with_email(email) is None
    assert Person.objects.with_email(str(known.email).upper()) == known
    assert (Person.objects.count(), mail.outbox) == (before, [])


def said_in(answer: HttpResponse) -> str:
    return html.unescape(body(answer))


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 200
ZALGO = "".join(letter + "\u0301\u0317\u0336\u0489" * 20 for letter in "zo gaat het")


@pytest.mark.parametrize(
    "words", [FAMILY, ZALGO, "e\u0301e\u0301n \u00e9\u00e9n", "\u0130\u0131\u00df\u1e9e"], ids=ascii
)
def test_what_people_write_comes_back_sign_for_sign(words: str, dossier: Dossier, noor: Person, sem: Person) -> None:
    note = dossiers.note(dossier, channel=Note.Channel.MET, text=words, by=noor)
    assert text(noor, note, "text") == text(sem, note, "text") == words
    assert words in said(sign_in(sem), reverse("youth:notes"))
    assert words in json.dumps(package.export(dossier, Reader(sem)), ensure_ascii=False)


# --- days and hours ------------------------------------------------------------------------------


def last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


NEXT, LAST = timezone.localdate().year + 1, timezone.localdate().year - 1
SKIPPED = "Die nacht gaat de klok vooruit. Deze tijd is er niet."


@pytest.mark.parametrize("who", ["noor", "sem"])
def test_an_hour_that_is_skipped_is_no_time_for_an_appointment(
    who: str, dossier: Dossier, noor: Person, sem: Person
) -> None:
    page = reverse("youth:appoint") if who == "sem" else reverse("coach:appoint", args=[dossier.pk])
    browser, before = sign_in(sem if who == "sem" else noor), Appointment.objects.count()
    # That Sunday may be Easter as well: it was said, and he means it.
    sent = {"what": WORDS, "on": last_sunday(NEXT, 3).isoformat(), "gezegd": "on:holiday"}
    answer = browser.post(page, sent | {"at": "02:30"})
    assert (answer.status_code, SKIPPED in body(answer), WORDS in body(answer)) == (422, True, True)
    assert Appointment.objects.count() == before
    for on, at, moment in (
        (last_sunday(NEXT, 3), "03:30", time(1, 30)),
        (last_sunday(NEXT, 10), "02:30", time(0, 30)),  # it comes twice: the first of the two
        (last_sunday(NEXT, 10), "03:30", time(2, 30)),
    ):
        assert browser.post(page, sent | {"on": on.isoformat(), "at": at}).status_code == 302
        assert Appointment.objects.filter(starts_at=datetime.combine(on, moment, UTC)).count() == 1


def test_nor_for_a_note_and_what_comes_back_is_what_was_typed(dossier: Dossier, noor: Person) -> None:
    browser, page = sign_in(noor), reverse("coach:note_about", args=[dossier.pk])
    sent = {"channel": "met", "over": str(dossier.pk), "text": WORDS, "on": last_sunday(LAST, 3).isoformat()}
    answer = browser.post(page, sent | {"at": "02:30"})
    assert (answer.status_code, SKIPPED in body(answer), WORDS in body(answer)) == (422, True, True)
    assert browser.post(page, sent | {"on": last_sunday(LAST, 10).isoformat(), "at": "02:30"}).status_code == 302
    assert Note.objects.filter(happened_at=datetime.combine(last_sunday(LAST, 10), time(0, 30), UTC)).exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2027-02-29", "2027-02-30", "30-2-2027"])
def test_a_day_that_is_none_is_said_in_plain_words(day: str, dossier: Dossier, noor: Person) -> None:
    before = Step.objects.count()
    page = reverse("coach:promise", args=[dossier.pk])
    answer = sign_in(noor).post(page, {"text": WORDS, "owner": "coach", "due_on": day})
    is_told = "Kies een dag, bijvoorbeeld 3-3-2026." in body(answer) or "Kijk het jaar na" in body(answer)
    assert (answer.status_code, is_told, WORDS in body(answer)) == (422, True, True)
    assert Step.objects.count() == before


@pytest.mark.parametrize("born", ["29-2-2008", "29 februari 2008", "29-02-2007", "weet hij niet"])
def test_when_he_was_born_are_words_and_nothing_reckons_with_them(born: str, dossier: Dossier, noor: Person) -> None:
    """No age is ever computed: a day that there is once in four years, or that never was, stays what he said."""
    dossiers.describe(dossier, born=born, by=noor)
    assert text(noor, dossier, "born") == born
    assert born in said(sign_in(noor), reverse("coach:describe", args=[dossier.pk]))
    assert isinstance(Dossier._meta.get_field("born"), SealedText)


NUMBERS = ["1_000", "\uff11", "\u0661", "+1", "1e3", "1.0", "0x1", "-1", "9" * 5000, "\x00", ""]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: ascii(number)[:12])
@pytest.mark.parametrize("who", ["noor", "sem"])
def test_a_number_is_its_plain_digits(number: str, who: str, dossier: Dossier, noor: Person, sem: Person) -> None:
    page = reverse("youth:propose") if who == "sem" else reverse("coach:propose", args=[dossier.pk])
    browser, before = sign_in(sem if who == "sem" else noor), dossier.planversion_set.count()
    parts = {f"{form}-{name}": "0" for form in ("goal", "doel") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = browser.post(page, parts | {"based_on": number, "most_important-youth": WORDS})
    assert (answer.status_code, "Er kwam niet alles over." in body(answer)) == (422, True)
    assert WORDS in body(answer)
    assert dossier.planversion_set.count() == before


def test_a_number_out_of_sight_is_said_above_the_form(dossier: Dossier, sem: Person) -> None:
    parts = {"based_on": "1", "goal-TOTAL_FORMS": "1", "goal-INITIAL_FORMS": "0", "goal-0-goal": WORDS}
    browser = sign_in(sem)
    for wrong in ({"based_on": "1_0"}, {"goal-TOTAL_FORMS": "x"}):
        answer = browser.post(reverse("youth:propose"), parts | wrong)
        assert (answer.status_code, "Er kwam niet alles over." in body(answer)) == (422, True), wrong


# --- code in every text ----------------------------------------------------------------------------


CODE = "<svg onload=alert(1)>{{7*7}}${jndi:x}%s"
LEAVES = {
    "coach:end", "coach:hand_over", "coach:stand_in", "coach:correct", "coach:search", "coach:take", "coach:put_aside",
    "coach:call_off_meeting",
}  # fmt: skip


@pytest.mark.slow
def test_code_in_any_text_runs_for_nobody(site: Site) -> None:
    """Written by coach and youth in every form they have; read by everybody who may, on every page, in every mail."""
    written = set()
    for desk in ("coach", "youth"):
        for form in forms_of(site, desk):
            if form.texts and form.route not in LEAVES:
                no_days = dict.fromkeys(form.of_kind("date", "time"), "")
                for given in ({}, no_days):  # as it stands, and without the days it does not need
                    answers = form.with_text(CODE) | given
                    answers.pop("erbij", None)  # the button for one goal more
                    if form.route not in written:
                        answer = send(site.browser(DESKS[desk])(), form, answers)
                        written |= {form.route} if answer.status_code == 302 else set()
    assert len(written) > 20
    seen = 0
    for member in (*DESKS.values(), "guest", "stand-in"):
        browser = site.browser(member)
        desk = next((desk for desk, who in DESKS.items() if who == member), "coach")
        for page in pages(site, desk):
            with undone():
                answer = browser().get(page)
            if "text/html" in answer.headers["Content-Type"]:
                assert "<svg onload" not in body(answer), page
                seen += html.escape(CODE) in body(answer)
    assert seen > 20
    assert not [message for message in mail.outbox if "svg" in str(message.message()) or "jndi" in message.subject]


# --- forms of yesterday --------------------------------------------------------------------------------


def test_who_typed_for_a_dossier_that_is_no_longer_his_keeps_his_words(
    dossier: Dossier, noor: Person, bram: Person
) -> None:
    """It was handed over while he wrote. The page is not his, and says no more than of one that was never there."""
    browser, page = sign_in(noor), reverse("coach:note_about", args=[dossier.pk])
    assert browser.get(page).status_code == 200
    dossiers.hand_over(dossier, to=bram, by=noor)
    notes = Note.objects.count()
    sent = {"channel": "met", "over": str(dossier.pk), "text": f"{WORDS} <b>Morgen weer."}
    late, absent = browser.post(page, sent), browser.post(page.replace(str(dossier.pk), str(uuid4())), sent)
    assert (late.status_code, f"{WORDS} <b>Morgen weer." in said_in(late), "<b>Morgen" in body(late)) == (
        404,
        True,
        False,
    )
    assert late.content == absent.content
    assert Note.objects.count() == notes


def test_who_sits_at_another_desk_gets_the_page_that_is_not_there(dossier: Dossier, sem: Person) -> None:
    answer = sign_in(sem).post(reverse("coach:note"), {"text": WORDS, "channel": "met"})
    assert (answer.status_code, WORDS in body(answer)) == (404, False)


def test_a_part_that_is_no_longer_shared_is_gone_at_the_next_tap(dossier: Dossier, sem: Person, dana: Person) -> None:
    grant = sharing.grant(dossier, section="plan", to=dana, purpose="samen plannen", by=sem)
    browser, page = sign_in(dana), reverse("coach:shared_section", args=[dossier.pk, "plan"])
    assert browser.get(page).status_code == 200
    sharing.revoke(grant, by=sem)
    assert {browser.get(page).status_code, browser.post(page).status_code} <= {404, 405}


# --- what nobody asks for --------------------------------------------------------------------------------


BSN, IBAN = "123456782", "NL91 ABNA 0417 1643 00"
UNASKED = {
    "a BSN": (f"Zijn nummer is {BSN}.", "Hier staat een BSN."),
    "a BSN with dots": ("BSN 1234.56.782", "Hier staat een BSN."),
    "a BSN in other digits": ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0662", "Hier staat een BSN."),
    "an account": (f"Geld naar {IBAN} sturen, zei hij", "Hier staat een rekeningnummer."),
    "an account in small letters": ("nl91abna0417164300", "Hier staat een rekeningnummer."),
    "an account of Belgium": ("BE68 5390 0754 7034", "Hier staat een rekeningnummer."),
    "of the police": ("Mutatienummer PL1500-2026123456: betrokkene werd aangesproken", "tekst van de politie"),
    "of the prosecutor": ("Parketnummer 09/123456-26", "tekst van de politie"),
}
PLAIN = {
    "another nine digits": "Bel 123456789, dat is het nummer van de lijn",
    "a telephone": "Bel 06 12345678 of +31 6 12345678 of 0612345678",
    "a longer number": f"Ordernummer {BSN}{BSN}",
    "nine zeros": "000000000",
    "an account with a wrong number": "NL92 ABNA 0417 1643 00",
    "the police in his own words": "De politie sprak hem aan. Hij moet op 12-03-2026 komen.",
    "an amount": "Schuld van 12.345,67 euro, 100.000 in 2026",
}


@pytest.fixture
def write(dossier: Dossier, noor: Person) -> Callable[..., HttpResponse]:
    browser, page = sign_in(noor), reverse("coach:note_about", args=[dossier.pk])

    def write(text: str, **more: str) -> HttpResponse:
        sent = {"channel": "met", "over": str(dossier.pk), "text": text, "once": str(uuid4())}
        answer: HttpResponse = browser.post(page, sent | more)
        return answer

    return write


@pytest.mark.parametrize(("text", "says"), UNASKED.values(), ids=UNASKED)
def test_what_nobody_asks_for_is_said_once_and_the_words_stay(
    text: str, says: str, write: Callable[..., HttpResponse]
) -> None:
    before = Note.objects.count()
    first = write(text)
    assert (first.status_code, says in body(first), text in said_in(first)) == (422, True, True)
    assert Note.objects.count() == before
    (told,) = re.findall(r'name="gezegd" value="([^"]+)"', body(first))
    assert write(text, gezegd=told).status_code == 302, "sent again, it goes on"
    assert Note.objects.count() == before + 1
    other = write(f"{text} {BSN} {IBAN} PL1500-2026123456", gezegd=told)
    assert other.status_code == 422, "what comes in beside it is said too"
    assert not mail.outbox


@pytest.mark.parametrize("who", ["noor", "sem"])
def test_also_of_what_stands_in_a_goal_of_the_plan(who: str, dossier: Dossier, noor: Person, sem: Person) -> None:
    page = reverse("youth:propose") if who == "sem" else reverse("coach:propose", args=[dossier.pk])
    browser, before, goal = sign_in(sem if who == "sem" else noor), dossier.planversion_set.count(), {}
    for form in ("goal", "doel"):
        goal |= {f"{form}-TOTAL_FORMS": "1", f"{form}-INITIAL_FORMS": "0", f"{form}-0-goal": f"Bij {BSN} werken"}
    first = browser.post(page, goal | {"based_on": "1", "most_important": f"Sparen op {IBAN}"})
    assert (first.status_code, "Hier staat een BSN." in body(first)) == (422, True)
    (told,) = re.findall(r'name="gezegd" value="([^"]+)"', body(first))
    again = browser.post(page, goal | {"based_on": "1", "most_important": f"Sparen op {IBAN}", "gezegd": told})
    assert (again.status_code, dossier.planversion_set.count()) == (302, before + 1)


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_what_only_looks_a_bit_like_it_goes_straight_in(text: str, write: Callable[..., HttpResponse]) -> None:
    assert write(text).status_code == 302


@pytest.mark.parametrize("number", ["06 12345678", "+31 6 12345678", "079-3461234"])
def test_of_a_telephone_it_is_said_where_it_is_found_again(
    number: str, write: Callable[..., HttpResponse], dossier: Dossier, noor: Person
) -> None:
    """It often has to be there: so nobody is stopped by it."""
    answer = write(f"Zijn tante belt hij op {number}.")
    assert answer.status_code == 302
    shown = said(answer.client, answer.headers["Location"])
    assert "Er staat een telefoonnummer in." in shown
    assert write("Hij belt zijn tante.").status_code == 302
    assert "telefoonnummer in." not in said(answer.client, answer.headers["Location"])


def test_a_number_of_his_is_in_no_subject_title_or_mail(
    dossier: Dossier, noor: Person, sem: Person, rik: Person
) -> None:
    """In the reason of an emergency, of which others get a mail at once."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        sharing.take(dossier, reason=f"Zijn BSN is {BSN} en {IBAN}, bel 0612345678.", by=staff_of(dossier))
    assert mail.outbox
    told = "".join(str(message.message()) for message in mail.outbox)
    assert not re.search(f"{BSN}|ABNA|0612345678", told)
    for page in (reverse("youth:home"), reverse("youth:looks")):
        title = re.findall(r"<title>(.*?)</title>", body(sign_in(sem).get(page)), re.S)
        assert BSN not in title[0]


def staff_of(dossier: Dossier) -> Person:
    return staff("Tessa", "IPTA Zoetermeer", (dossier.municipality, Role.COACH))
