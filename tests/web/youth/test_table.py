"""The talk on his own phone, and what was agreed there."""

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.sharing.models import Grant
from ipta.wraparound import commands as preparing
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.models import Meeting, MeetingYes, Remark
from ipta.wraparound.table import commands
from tests.cast import canary, fresh
from tests.web.youth.conftest import SignIn

PAGE = "/ik/overleg/"
TABLE, AGREED = f"{PAGE}aan-tafel/", f"{PAGE}afspraken/"
KEY = "most_important"


@pytest.fixture
def meeting(dossier: Dossier, noor: Person) -> Meeting:
    return preparing.prepare_meeting(dossier, place="Buurthuis", by=noor)


def test_he_has_the_same_before_him_and_ticks_off_too(sems: Client, noor: Person, meeting: Meeting) -> None:
    assert TABLE in sems.get(PAGE).text
    assert canary("sem", "plan") in sems.get(TABLE).text
    assert sems.get(f"{TABLE}punt/{KEY}/tik/").headers["Location"] == PAGE
    sems.post(f"{TABLE}punt/{KEY}/tik/", {"op_tafel": "1"})
    assert meeting.points.get(key=KEY).tabled_at is not None
    sems.post(f"{TABLE}punt/{KEY}/", {"text": "Ik wil rust", "voice": "coach"})
    assert Remark.objects.get().voice == "youth"
    assert "Ik wil rust" in sems.get(TABLE).text


def test_his_page_asks_until_he_said_why_something_difficult_was_left(
    sems: Client, sem: Person, noor: Person, meeting: Meeting
) -> None:
    preparing.mark_point(meeting, KEY, is_hard=True, why="Schaamte", by=sem)
    assert "Een lastig punt is nog niet besproken" not in sems.get("/ik/").text
    sems.post(f"{PAGE}geweest/")
    commands.set_aside(meeting.points.get(key=KEY), why="Te druk", by=noor)
    assert "Een lastig punt is nog niet besproken" in sems.get("/ik/").text
    sems.post(f"{TABLE}punt/{KEY}/niet/", {"is_later": "not", "text": "Ik wil het niet"})
    assert "Een lastig punt is nog niet besproken" not in sems.get("/ik/").text
    assert not meeting.points.forgotten().exists()


def test_to_the_plan_and_back(sems: Client, meeting: Meeting) -> None:
    seen = sems.get(TABLE).text
    assert f"/ik/plan/aanpassen/?deel={KEY}&amp;terug=tafel" in seen
    assert "?terug=tafel" in sems.get("/ik/plan/aanpassen/?terug=tafel").text


def test_he_agrees_for_himself_alone(sems: Client, sem: Person, noor: Person, meeting: Meeting) -> None:
    guest = commands.bring_along(meeting, name="Tante Ria", kind="network", by=noor)
    sems.post(f"{TABLE}wie/", {"wie": "jongere", "er": "1"})
    sems.post(f"{AGREED}wie/jongere/", {"text": "Ik sta om acht uur op"})
    sems.post(f"{AGREED}contact/", {"informed": "Met de app", "again": "needed"})
    sems.post(f"{AGREED}weer/", {"kind": "words", "text": "Als ik boos ben"})
    seen = sems.get(AGREED).text
    for words in ("Ik sta om acht uur op", "Met de app", "Als ik boos ben", "Ja, dit is goed"):
        assert words in seen
    sems.post(f"{AGREED}ja/", {"number": "3", "wie": str(guest.pk)})
    assert [(yes.voice, yes.invitee) for yes in MeetingYes.objects.all()] == [("youth", None)]
    assert "Ja, dit is goed" not in sems.get(AGREED).text


def test_what_came_true_he_hears_on_his_first_page(sems: Client, sem: Person, meeting: Meeting) -> None:
    preparing.end_meeting(meeting, by=sem)
    made = agreed.set_condition(meeting, kind="words", text="Als ik boos ben", by=sem)
    sems.post(f"{AGREED}weer/{made.pk}/zo/")
    first = sems.get("/ik/").text
    assert "Nog een keer om tafel?" in first
    assert "Als ik boos ben" not in first
    assert "Als ik boos ben" in sems.get(PAGE).text
    assert "Als ik boos ben" in sems.get(f"{PAGE}waar-en-wanneer/").text
    sems.post(f"{AGREED}weer/{made.pk}/niet-nu/", {"why": "Het is weer goed"})
    assert fresh(made).answer == "aside"
    assert "Nog een keer om tafel?" not in sems.get("/ik/").text


def test_his_name_stands_in_a_link_by_his_tick_alone(sems: Client, sem: Person, meeting: Meeting) -> None:
    guest = preparing.invite(meeting, name="Tante Ria", kind="network", by=sem)
    at = f"{PAGE}wie/{guest.pk}/"
    assert "/kom/" in sems.post(f"{at}link/", {}).text
    assert not fresh(guest).names_youth
    sems.post(f"{at}link/", {"naam": "on"})
    assert fresh(guest).names_youth
    assert 'name="naam" checked' in sems.get(at).text


def test_when_it_all_has_ended_he_reads_and_changes_nothing(
    sems: Client, noor: Person, dossier: Dossier, meeting: Meeting
) -> None:
    agreed.keep_informed(meeting, informed="Met de app", by=noor)
    dossiers.end(dossier, reason="stable", by=noor)
    assert "Met de app" in sems.get(AGREED).text
    assert "Afspreken" not in sems.get(AGREED).text
    assert sems.post(f"{AGREED}contact/", {"informed": "Anders"}).headers["Location"] == PAGE


def test_another_youth_has_a_table_of_her_own(
    kims: Client, kim_dossier: Dossier, meeting: Meeting, sem: Person
) -> None:
    made = agreed.set_condition(meeting, kind="words", text="Ruzie", by=sem)
    for url in (TABLE, AGREED, f"{PAGE}{meeting.pk}/afspraken/"):
        assert kims.get(url).status_code == 404
    assert kims.post(f"{AGREED}weer/{made.pk}/weg/").status_code == 404
    assert kims.post(f"{TABLE}punt/{KEY}/tik/").status_code == 404


def test_one_tap_lets_each_read_what_he_promised_and_nothing_else(
    sems: Client, client_for: SignIn, sem: Person, noor: Person, meeting: Meeting, mother: Person, ria: NetworkPerson
) -> None:
    guest = preparing.invite(meeting, name="Mijn moeder", kind="network", somebody=fresh(ria), by=sem)
    commands.note_presence(meeting, was_there=True, invitee=guest, by=sem)
    agreed.contribute(meeting, invitee=guest, text="Kookt op zondag", by=noor)
    agreed.contribute(meeting, voice="coach", text="Belt de gemeente", by=noor)
    promised = dossiers.promise(
        meeting.dossier, text="Haalt de post op", owner="network", somebody=fresh(ria), owner_name="Ria", by=noor
    )
    assert "Laat ieder lezen wat die beloofde" in sems.get(AGREED).text
    sems.post(f"{AGREED}delen/")
    sems.post(f"{AGREED}delen/")
    given = Grant.objects.filter(to=mother)
    assert {(one.item_kind, one.item) for one in given} == {
        ("step", promised.pk), ("contribution", guest.contributions.get().pk),
    }  # fmt: skip
    assert given.count() == 2
    assert "Laat ieder lezen wat die beloofde" not in sems.get(AGREED).text
    hers = client_for(mother).get("/mee/").text
    for words in ("Haalt de post op", "Kookt op zondag", "Wat jij aan tafel zei"):
        assert words in hers
    assert "Belt de gemeente" not in hers
