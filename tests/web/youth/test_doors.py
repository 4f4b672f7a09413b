"""What holds on every page of this desk: it is his alone, it says who read, and it says nothing to who looks along."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.models import Appointment, Dossier, NetworkPerson, Note, Step
from ipta.plans.models import PlanVersion
from ipta.scouting import commands as scouting
from ipta.sharing.models import Grant
from tests.asking import looks, row_counts
from tests.cast import CANARY
from tests.web.youth.asking import FORMS, PAGES, address, much_more, queries, sections_read

SignIn = Callable[[Person], Client]

EVERYWHERE = (*PAGES, *FORMS)
TELLING = (CANARY, "ipta", "schuld", "justitie", "politie", "zorg", "coach")
READS: dict[str, set[str]] = {
    "home": {"identity", "plan", "appointments"},
    "plan": {"plan", "scores"},  # what the scan showed stands beside each goal
    "steps": {"plan"},
    "appointments": {"appointments"},
    "people": {"family"},
    "grants": set(),
    "looks": set(),
    "about_me": set(),
    "thread": set(),
    "notes": {"contacts"},
    "work": {"work"},
    "known": {"identity", "contacts"},
    "scans": {"scores"},
    "take_along": set(),
    "paper": {"identity", "plan", "appointments", "family", "contacts", "work", "scores"},
    "devices": set(),
}


def test_what_he_reads_himself_stands_in_the_reading_log_and_no_more(sems: Client, dossier: Dossier) -> None:
    assert {name: sections_read(dossier, sems, name) for name in PAGES} == READS


def test_who_is_not_signed_in_is_asked_for_a_pin(anonymous: Client, dossier: Dossier) -> None:
    for name in EVERYWHERE:
        response = anonymous.get(address(name))
        assert (response.status_code, response.headers["Location"]) == (302, f"/binnen/?next={address(name)}")


@pytest.mark.parametrize("who", ["noor", "bram", "dana", "lotte"])
def test_for_staff_this_desk_is_not_there(
    request: pytest.FixtureRequest, client_for: SignIn, dossier: Dossier, who: str
) -> None:
    browser = client_for(request.getfixturevalue(who))
    assert {name: browser.get(address(name)).status_code for name in EVERYWHERE} == dict.fromkeys(EVERYWHERE, 404)


def test_another_youth_finds_her_own_pages_and_nothing_of_his(
    kims: Client, kim: Person, dossier: Dossier, granted: Grant
) -> None:
    for name in EVERYWHERE:
        response = kims.get(address(name))
        assert response.status_code == 200
        assert f"{CANARY}-sem" not in response.text, name
    assert kim.pk not in {look.person_id for look in looks(dossier)}


@pytest.fixture
def his_rows(
    note: Note,
    step: Step,
    plan: PlanVersion,
    appointment: Appointment,
    ria: NetworkPerson,
    granted: Grant,
) -> list[str]:
    """Every address of a row of his."""
    return [
        address("report", step.pk),
        address("finish", step.pk),
        address("drop", step.pk),
        address("close_appointment", appointment.pk),
        address("calendar", appointment.pk),
        address("remove_person", ria.pk),
        address("revoke", granted.pk),
        address("grant_again", granted.pk),
        address("view", "gesprek", note.pk),
        address("view", "plan", plan.pk),
    ]


def test_another_youth_cannot_touch_a_row_of_his(kims: Client, his_rows: list[str]) -> None:
    before = row_counts(without=["sessions.Session", "sharing.Look", "web.KeptForm"])
    for path in his_rows:
        assert kims.post(path, {"outcome": "happened", "text": "x", "progress": "x"}).status_code in {404, 405}, path
    assert row_counts(without=["sessions.Session", "sharing.Look", "web.KeptForm"]) == before


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("report", ()),
        ("finish", ()),
        ("drop", ()),
        ("close_appointment", ()),
        ("remove_person", ()),
        ("revoke", ()),
        ("grant_again", ()),
        ("remove_device", ()),
        ("view", ("gesprek",)),
        ("view", ("onzin",)),
    ],
)
def test_what_is_not_there_is_not_there(sems: Client, name: str, before: tuple[str, ...]) -> None:
    assert sems.post(address(name, *before, uuid4()), {"outcome": "happened"}).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 999_999])
def test_a_text_of_the_plan_that_is_not_there_is_not_there(sems: Client, number: int) -> None:
    assert sems.get(address("version", number)).status_code == 404


def test_no_title_says_anything(sems: Client, dossier: Dossier) -> None:
    for name in EVERYWHERE:
        found = re.search("<title>(.+?)</title>", sems.get(address(name)).text)
        assert found, name
        title = found.group(1).lower()
        assert not [word for word in TELLING if word in title], title


def test_every_page_has_the_button_to_leave_at_once(sems: Client) -> None:
    leave = f'action="{address("leave")}" data-leave'
    assert [name for name in EVERYWHERE if leave not in sems.get(address(name)).text] == []


def test_looking_changes_nothing(sems: Client) -> None:
    quiet = ["accounts.Session", "sharing.Look", "journal.Chain"]
    sems.get(address("home"))
    before = row_counts(without=quiet)
    for name in EVERYWHERE:
        sems.get(address(name))
        assert row_counts(without=quiet) == before, name


def test_a_fuller_life_asks_no_more_of_the_database(
    sems: Client, dossier: Dossier, noor: Person, sem: Person, dana: Person, bram: Person
) -> None:
    much_more(dossier, noor, sem, [dana])
    before = {name: queries(sems, address(name)) for name in EVERYWHERE}
    much_more(dossier, noor, sem, [bram, dana])
    assert {name: queries(sems, address(name)) for name in EVERYWHERE} == before


def test_when_it_has_ended_everything_stays_readable(sems: Client, ended: Dossier) -> None:
    for name in (*PAGES, "grant"):
        assert sems.get(address(name)).status_code == 200, name


def test_when_it_has_ended_a_form_says_so_instead_of_losing_words(sems: Client, ended: Dossier) -> None:
    for name in ("propose", "promise", "appoint", "add_person", "describe", "tell"):
        response = sems.get(address(name), follow=True)
        assert response.redirect_chain, name
        assert "Je bent hier klaar." in response.text


def test_a_youth_who_has_just_begun_finds_a_kind_word_on_every_page(
    client_for: SignIn, scouted: Dossier, noor: Person
) -> None:
    youth = scouting.welcome(scouted, by=noor).youth
    assert youth is not None
    browser = client_for(youth)
    for name in EVERYWHERE:
        assert browser.get(address(name)).status_code == 200, name
