"""Nothing he typed is lost: not when the session ends, not when he puts his phone away, not in a form of before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from ipta.accounts import entry
from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.plans.models import PlanVersion
from ipta.sharing.door import Reader
from ipta.web.models import Draft
from tests.asking import assert_sealed, text
from tests.cast import days_ago
from tests.web.youth.asking import address

PIN = "9753"
WORDS = "Naar de tandarts, ik durf niet goed"
KEPT = "We hebben je tekst bewaard"


@pytest.fixture
def phone(sem: Person, noor: Person) -> Iterator[Client]:
    """A phone on which he came in with his PIN."""
    code = entry.find_code(entry.make_code(sem, by=noor))
    assert code
    new = entry.use_code(code, pin=PIN, label="Mijn telefoon")
    assert new
    browser = Client()
    browser.cookies["toestel"] = new.token
    browser.post("/binnen/pin/", {"pin": PIN})
    browser.get(address("home"))
    yield browser


def rest_too_long(browser: Client) -> None:
    """A quarter of an hour: the session is over, the phone still has its other cookies."""
    browser.session.flush()


def type_in(browser: Client, path: str, words: dict[str, Any]) -> Any:
    """What the browser sends by itself while he types."""
    return browser.post(path, words, headers={"X-Requested-With": "fetch"})


def test_words_sent_after_the_session_ended_wait_behind_his_pin(phone: Client, dossier: Dossier, sem: Person) -> None:
    words = {"what": WORDS, "on": f"{days_ago(-3)}", "at": "14:30"}
    rest_too_long(phone)
    to_sign_in = phone.post(address("appoint"), words)
    assert to_sign_in.headers["Location"] == f"/binnen/?next={address('appoint')}"

    to_pin = phone.get(to_sign_in.headers["Location"])
    assert to_pin.headers["Location"].startswith("/binnen/pin/?next=")
    back = phone.post(to_pin.headers["Location"], {"pin": PIN})
    assert back.headers["Location"] == address("appoint"), "he goes on where he was"

    page = phone.get(back.headers["Location"]).text
    assert KEPT in page
    assert WORDS in page
    assert phone.post(address("appoint"), words).status_code == 302
    assert text(sem, dossier.appointment_set.latest("starts_at"), "what") == WORDS
    assert KEPT not in phone.get(address("appoint")).text


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("promise", "text"),
        ("appoint", "what"),
        ("add_person", "helps_with"),
        ("grant", "purpose"),
        ("describe", "safety"),
        ("tell", "remark"),
        ("propose", "youth_does-youth"),
    ],
)
def test_what_he_types_is_kept_while_he_types(phone: Client, dossier: Dossier, name: str, field: str) -> None:
    assert type_in(phone, address(name), {field: WORDS, "based_on": "1"}).status_code == 204
    page = phone.get(address(name)).text
    assert KEPT in page
    assert WORDS in page


def test_what_is_kept_lies_sealed(phone: Client, dossier: Dossier) -> None:
    type_in(phone, address("promise"), {"text": WORDS})
    assert_sealed(Draft.objects.get(), WORDS)


def test_what_is_kept_comes_back_to_nobody_else(phone: Client, kim: Person) -> None:
    type_in(phone, address("promise"), {"text": WORDS})
    rest_too_long(phone)
    phone.force_login(kim, backend="ipta.accounts.backends.ByCode")
    assert WORDS not in phone.get(address("promise")).text


def test_he_may_throw_it_away(phone: Client, dossier: Dossier) -> None:
    type_in(phone, address("promise"), {"text": WORDS})
    assert phone.post(address("promise"), {"weg": "1"}).headers["Location"] == address("promise")
    assert WORDS not in phone.get(address("promise")).text
    assert dossier.step_set.count() == 1


def test_typing_writes_nothing_in_the_record(phone: Client, dossier: Dossier, plan: PlanVersion) -> None:
    for name in ("promise", "propose", "tell"):
        type_in(phone, address(name), {"text": WORDS, "remark": WORDS, "youth_does-youth": WORDS})
    assert dossier.step_set.count() == 1
    assert dossier.planversion_set.count() == 1
    assert not dossier.filledsheet_set.filter(voice="youth").exists()


def test_a_plan_he_was_writing_goes_on_where_he_was(
    phone: Client, dossier: Dossier, plan: PlanVersion, sem: Person
) -> None:
    (key,) = (goal["key"] for goal in Reader(sem).json(plan.goals))
    fields = {
        "based_on": "1",
        "youth_does-youth": WORDS,
        "goal-TOTAL_FORMS": "2",
        "goal-INITIAL_FORMS": "1",
        "goal-0-key": key,
        "goal-0-goal": "Lasser worden",
        "goal-1-goal": "Een kamer",
    }
    rest_too_long(phone)
    phone.post(address("propose"), fields)
    phone.post("/binnen/pin/", {"pin": PIN})
    page = phone.get(address("propose")).text
    for words in (KEPT, WORDS, "Lasser worden", "Een kamer", "hij kan"):
        assert words in page
    assert phone.post(address("propose"), fields).status_code == 302
    goals = Reader(sem).json(dossier.planversion_set.first().goals)  # type: ignore[union-attr]
    assert [(goal["goal"], goal["coach"]) for goal in goals] == [("Lasser worden", "hij kan"), ("Een kamer", "")]


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(phone: Client, plan: PlanVersion) -> None:
    rest_too_long(phone)
    to_sign_in = phone.post(address("agree"), {"number": 1})
    to_pin = phone.get(to_sign_in.headers["Location"])
    back = phone.post(to_pin.headers["Location"], {"pin": PIN}, follow=True)
    assert back.redirect_chain[-1][0] == address("plan")
    assert not plan.agreements.exists(), "a yes is only given by pressing"


def test_a_form_that_stood_open_in_another_tab_since_before_keeps_its_words(sem: Person, phone: Client) -> None:
    """Signing in again makes the secret of older forms void; the words still come back."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.cookies
    response = strict.post(address("promise"), {"text": WORDS, "csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403
    assert WORDS in strict.get(address("promise")).text
