"""Het grote gesprek on the youth's desk: he chooses who comes, what it is about, and what it is not about."""

from urllib.parse import unquote

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.wraparound import commands
from ipta.wraparound.models import Invitee, Meeting
from tests.asking import text
from tests.cast import canary, days_ago, fresh

PAGE = "/ik/overleg/"


@pytest.fixture
def meeting(dossier: Dossier, noor: Person) -> Meeting:
    return commands.prepare_meeting(dossier, place="Buurthuis", by=noor)


def test_he_comes_there_from_his_plan_and_begins_it(sems: Client, dossier: Dossier) -> None:
    assert PAGE in sems.get("/ik/plan/").text
    assert "Begin hier" in sems.get(PAGE).text
    answer = sems.post(f"{PAGE}waar-en-wanneer/", {"when": "Na school", "place": "Bij de kerk"})
    assert answer.headers["Location"] == PAGE
    seen = sems.get(PAGE).text
    for words in ("Na school", "Bij de kerk", f"{canary('sem', 'plan')} doel"):
        assert words in seen


def test_a_moment_stands_among_his_appointments_and_tells_nothing(sems: Client, meeting: Meeting) -> None:
    typed = {"on": days_ago(-9).isoformat(), "at": "14:30", "place": "Buurthuis"}
    sems.post(f"{PAGE}waar-en-wanneer/", typed)
    assert "Samen om tafel" in sems.get("/ik/afspraken/").text


def test_what_he_does_not_want_comes_off_and_back(sems: Client, meeting: Meeting) -> None:
    at = f"{PAGE}punt/most_important/"
    sems.post(at, {"is_left_out": "on"})
    assert "Jij wilt dit niet" in sems.get(PAGE).text
    sems.post(at, {})
    assert "Jij wilt dit niet" not in sems.get(PAGE).text


def test_a_difficult_point_in_his_words(sems: Client, sem: Person, meeting: Meeting) -> None:
    sems.post(f"{PAGE}punt/most_important/", {"is_hard": "on", "why": "Ik schaam me"})
    seen = sems.get(PAGE).text
    assert "Lastig, zei jij" in seen
    assert "Ik schaam me" in seen
    assert meeting.points.get(key="most_important").is_hard_by_himself


def test_why_it_is_difficult_is_never_dropped_in_silence(sems: Client, meeting: Meeting) -> None:
    answer = sems.post(f"{PAGE}punt/most_important/", {"why": "Ik schaam me"})
    assert answer.status_code == 422
    assert "Kies ook dit, of haal de woorden hieronder weg." in answer.text
    assert "Ik schaam me" in answer.text


def test_a_difficult_point_of_his_coach_he_may_leave_out_and_not_wipe(
    sems: Client, noor: Person, meeting: Meeting
) -> None:
    commands.mark_point(meeting, "most_important", is_hard=True, by=noor)
    at = f"{PAGE}punt/most_important/"
    assert "Dit is een lastig punt" not in sems.get(at).text
    sems.post(at, {"is_left_out": "on"})
    point = meeting.points.get(key="most_important")
    assert (point.hard_voice, point.left_out_voice) == ("coach", "youth")
    assert "Lastig, zegt je coach" in sems.get(PAGE).text


def test_a_point_of_his_own(sems: Client, sem: Person, meeting: Meeting) -> None:
    sems.post(f"{PAGE}punt/", {"text": "Mijn broer", "voice": "coach"})
    made = meeting.points.get(key="own_1")
    assert (made.voice, text(sem, made, "text")) == ("youth", "Mijn broer")
    assert "Mijn broer" in sems.get(PAGE).text


def test_he_asks_somebody_and_sends_words_that_tell_nothing(
    sems: Client, sem: Person, dossier: Dossier, meeting: Meeting
) -> None:
    ria = dossiers.add_person(dossier, kind="family", name="Tante Ria", by=sem)
    sems.post(f"{PAGE}wie/", {"who": str(ria.pk), "may_see": "nothing"})
    guest = Invitee.objects.get()
    seen = unquote(sems.get(f"{PAGE}wie/{guest.pk}/").text)
    assert "Hoi Tante Ria" in seen
    assert "Ik vraag jou erbij" in seen
    assert canary("sem", "plan") not in seen
    sems.post(f"{PAGE}wie/{guest.pk}/", {"answer": "yes", "words": "Ik kom", "may_see": "nothing"})
    assert "Ja, komt" in sems.get(PAGE).text
    sems.post(f"{PAGE}wie/{guest.pk}/weg/")
    assert not Invitee.objects.exists()


def test_the_agenda_for_who_may_see_it_is_for_paper(sems: Client, sem: Person, meeting: Meeting) -> None:
    commands.add_point(meeting, text="Mijn broer", by=sem)
    guest = commands.invite(meeting, name="Ria", kind="network", may_see="agenda", by=sem)
    seen = sems.get(f"{PAGE}wie/{guest.pk}/").text
    assert "Mijn broer" in seen
    sems.post(f"{PAGE}wie/{guest.pk}/", {"may_see": "nothing"})
    assert "Mijn broer" not in sems.get(f"{PAGE}wie/{guest.pk}/").text


def test_when_it_has_been_nothing_of_it_changes_and_another_one_has_a_reason(
    sems: Client, dossier: Dossier, meeting: Meeting
) -> None:
    assert sems.get(f"{PAGE}geweest/").headers["Location"] == PAGE
    assert fresh(meeting).held_at is None
    sems.post(f"{PAGE}geweest/")
    seen = sems.get(PAGE).text
    assert "Het gesprek was op" in seen
    assert "Iemand vragen" not in seen
    assert sems.post(f"{PAGE}punt/", {"text": "x"}).status_code == 404
    answer = sems.post(f"{PAGE}waar-en-wanneer/", {"place": "Thuis"})
    assert "Schrijf op waarom er nog een gesprek nodig is." in answer.text


def test_called_off(sems: Client, meeting: Meeting) -> None:
    sems.post(f"{PAGE}niet-door/", {"why": "Ik ben er nog niet klaar voor"})
    assert "Ik ben er nog niet klaar voor" in sems.get(PAGE).text


def test_when_it_all_has_ended_he_reads_and_changes_nothing(sems: Client, meeting: Meeting, ended: Dossier) -> None:
    seen = sems.get(PAGE).text
    assert "Buurthuis" in seen
    assert "Aanpassen" not in seen
    assert sems.post(f"{PAGE}punt/", {"text": "Nog iets"}).headers["Location"] == PAGE
    assert not meeting.points.exists()


def test_another_youth_has_a_talk_of_her_own(
    kims: Client, kim_dossier: Dossier, noor: Person, meeting: Meeting
) -> None:
    guest = commands.invite(meeting, name="Ria", kind="network", by=noor)
    assert "Buurthuis" not in kims.get(PAGE).text
    for url in (f"{PAGE}wie/{guest.pk}/", f"{PAGE}punt/own_1/"):
        assert kims.get(url).status_code == 404
        assert kims.post(url, {}).status_code == 404
