"""The wrap-around meeting on the coach's desk: the plan is the agenda, and what is sent tells nothing of it."""

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.dossiers.specialists.commands import add_specialist
from ipta.plans import commands as plans
from ipta.wraparound import commands
from ipta.wraparound.invited.commands import name_youth
from ipta.wraparound.models import Invitee, Meeting
from tests.asking import text
from tests.cast import canary, days_ago, fresh
from tests.web.coach.shared import assert_is_not_there, assert_same_number, of, post_twice


@pytest.fixture
def meeting(dossier: Dossier, noor: Person) -> Meeting:
    return commands.prepare_meeting(dossier, place="Buurthuis", by=noor)


def page(noors: Client, dossier: Dossier) -> str:
    return noors.get(of(dossier, "meeting")).text


def test_it_is_reached_from_the_plan_and_begun_with_what_is_known(
    noors: Client, noor: Person, dossier: Dossier
) -> None:
    assert of(dossier, "meeting") in noors.get(of(dossier, "plan")).text
    assert "Nog geen wrap-around overleg" in page(noors, dossier)
    typed = {"when": "Na de vakantie", "place": "Buurthuis", "leader": "Noor"}
    assert noors.post(of(dossier, "arrange_meeting"), typed).headers["Location"] == of(dossier, "meeting")
    seen = page(noors, dossier)
    for words in ("Na de vakantie", "Buurthuis", f"{canary('sem', 'plan')} doel"):
        assert words in seen


def test_a_button_pressed_twice_begins_one(noors: Client, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "arrange_meeting"), {"place": "Buurthuis"})
    assert Meeting.objects.count() == 1


def test_a_day_and_a_time_stand_in_the_agenda(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    on = days_ago(-9).isoformat()
    noors.post(of(dossier, "arrange_meeting"), {"on": on, "at": "14:30", "place": "Buurthuis"})
    appointment = fresh(meeting).appointment
    assert appointment is not None
    assert "14.30 uur" in page(noors, dossier)
    form = noors.get(of(dossier, "arrange_meeting")).text
    assert 'value="14:30' in form
    noors.post(of(dossier, "arrange_meeting"), {"on": on, "at": "14:30", "place": "Buurthuis", "leader": "Sem"})
    assert fresh(meeting).appointment == appointment


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"on": "2"}, "Kies een dag"), ({"on": "later"}, "Kies ook een tijd"), ({"at": "14:30"}, "Kies ook een dag")],
)
def test_half_a_moment_is_said_and_kept(noors: Client, dossier: Dossier, typed: dict[str, str], said: str) -> None:
    if typed.get("on") == "later":
        typed = {"on": days_ago(-9).isoformat()}
    answer = noors.post(of(dossier, "arrange_meeting"), typed | {"place": "Buurthuis"})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Buurthuis" in answer.text


def test_another_one_asks_for_the_reason(noors: Client, noor: Person, dossier: Dossier, meeting: Meeting) -> None:
    assert "Waarom nog een gesprek?" not in noors.get(of(dossier, "arrange_meeting")).text
    assert noors.post(of(dossier, "end_meeting")).headers["Location"] == of(dossier, "meeting")
    assert fresh(meeting).held_at is not None
    assert "Geweest op" in page(noors, dossier)
    answer = noors.post(of(dossier, "arrange_meeting"), {"place": "Elders"})
    assert answer.status_code == 422
    assert "Schrijf op waarom er nog een gesprek nodig is." in answer.text
    noors.post(of(dossier, "arrange_meeting"), {"place": "Elders", "reason": "Hij verhuisde"})
    seen = page(noors, dossier)
    assert "Hij verhuisde" in seen
    assert "Eerdere gesprekken" in seen


def test_called_off_it_says_why(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    noors.post(of(dossier, "call_off_meeting"), {"why": "Te vroeg"})
    seen = page(noors, dossier)
    assert "Te vroeg" in seen
    assert "Punt erbij" not in seen
    assert fresh(meeting).called_off_at is not None


def test_a_point_of_ones_own_stands_beside_those_of_the_plan(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    noors.post(of(dossier, "add_point"), {"text": "Zijn broer", "voice": "youth"})
    seen = page(noors, dossier)
    assert "Zijn broer" in seen
    assert "Van de jongere" in seen
    assert "Schrijf op waar het over gaat." in noors.post(of(dossier, "add_point"), {"text": ""}).text


def test_a_point_is_marked_difficult_or_left_out(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    at = of(dossier, "mark_point", "most_important")
    noors.post(at, {"is_hard": "on", "why": "Ruzie thuis", "voice": "youth"})
    seen = page(noors, dossier)
    assert "Lastig punt, zegt de jongere" in seen
    assert "Ruzie thuis" in seen
    again = noors.get(at).text
    assert "Ruzie thuis" in again
    assert 'value="youth" checked' in again
    noors.post(at, {"is_left_out": "on", "voice": "coach"})
    assert "De coach wil dit niet" in page(noors, dossier)


def test_what_he_said_himself_is_not_asked_here(noors: Client, sem: Person, dossier: Dossier, meeting: Meeting) -> None:
    commands.mark_point(meeting, "most_important", is_hard=True, why="Schaamte", is_left_out=True, by=sem)
    at = of(dossier, "mark_point", "most_important")
    asked = noors.get(at).text
    assert "Over dit punt" in asked
    assert "Dit is een lastig punt" not in asked
    assert noors.post(at, {"voice": "coach"}).status_code == 302
    point = meeting.points.get(key="most_important")
    assert (point.hard_voice, point.left_out_voice) == ("youth", "youth")


def test_a_point_that_is_not_there_is_not_found(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    assert noors.get(of(dossier, "mark_point", "own_9")).status_code == 404


def test_the_agenda_follows_the_plan(
    noors: Client, noor: Person, sem: Person, dossier: Dossier, meeting: Meeting
) -> None:
    commands.mark_point(meeting, "goal_money", is_hard=True, by=sem)
    newest = dossier.planversion_set.first()
    assert newest is not None
    plans.propose(
        dossier, based_on=newest.number, goals=[{"domain": "money", "goal": "Geen schuld"}], elements={}, by=noor
    )
    seen = page(noors, dossier)
    assert "Geen schuld" in seen
    assert "Lastig punt, zegt de jongere" in seen
    assert f"{canary('sem', 'plan')} belangrijk" not in seen


def test_somebody_around_him_a_specialist_or_a_name_is_asked(
    noors: Client, noor: Person, fem: Person, dossier: Dossier, meeting: Meeting
) -> None:
    ria = dossiers.add_person(dossier, kind="family", name="Tante Ria", by=noor)
    words = {"organisation": "Schuldhulp", "name": "Jan", "fields": ["money"], "answers_within": 3}
    jan = add_specialist(dossier.municipality, by=fem, **words)
    at = of(dossier, "invite")
    noors.post(at, {"who": str(ria.pk), "may_see": "agenda"})
    noors.post(at, {"who": str(jan.pk)})
    noors.post(at, {"name": "Meester Bo", "kind": "professional"})
    found = [(text(noor, row, "name"), row.kind, row.may_see, row.somebody) for row in Invitee.objects.all()]
    assert found == [
        ("Tante Ria", "network", "agenda", ria),
        ("Jan, Schuldhulp", "professional", "nothing", None),
        ("Meester Bo", "professional", "nothing", None),
    ]
    assert "Tante Ria" not in noors.get(at).text
    assert "Schrijf op wie er komt." in noors.post(at, {"name": ""}).text
    assert "Kies er een." in noors.post(at, {"name": "Ans"}).text


def test_who_stands_in_reads_no_network_and_asks_by_name(
    client_for: object, stef: Person, standing_in: object, dossier: Dossier, meeting: Meeting, noor: Person
) -> None:
    dossiers.add_person(dossier, kind="family", name="Tante Ria", by=noor)
    browser: Client = client_for(stef)  # type: ignore[operator]
    asked = browser.get(of(dossier, "invite"))
    assert asked.status_code == 200
    assert "Tante Ria" not in asked.text


def test_the_words_to_send_tell_nothing_of_what_it_is_about(
    noors: Client, noor: Person, dossier: Dossier, meeting: Meeting
) -> None:
    commands.add_point(meeting, text="Zijn schulden", by=noor)
    guests = [
        commands.invite(meeting, name=n, kind=k, by=noor) for n, k in (("Ria", "network"), ("Jan", "professional"))
    ]
    seen = [noors.get(of(dossier, "invitee", guest.pk)).text for guest in guests]
    assert "als mens" in seen[0]
    assert "niet alleen voor je werk" in seen[1]
    for one in seen:
        assert "https://wa.me/?text=" in one
        assert "mailto:?subject=" in one
        assert "Buurthuis" in unquote(one)
        assert "schulden" not in unquote(one)
        assert canary("sem", "plan") not in one


def test_the_agenda_is_there_for_who_may_see_it_without_what_is_left_out(
    noors: Client, noor: Person, dossier: Dossier, meeting: Meeting
) -> None:
    commands.add_point(meeting, text="Rust", by=noor)
    commands.add_point(meeting, text="Zijn broer", by=noor)
    commands.mark_point(meeting, "own_2", is_left_out=True, by=noor)
    guest = commands.invite(meeting, name="Ria", kind="network", may_see="agenda", by=noor)
    seen = noors.get(of(dossier, "invitee", guest.pk)).text
    assert "Rust" in seen
    assert "Zijn broer" not in seen


def test_an_answer_is_noted_and_who_comes_not_goes_off_the_list(
    noors: Client, noor: Person, dossier: Dossier, meeting: Meeting
) -> None:
    guest = commands.invite(meeting, name="Ria", kind="network", by=noor)
    at = of(dossier, "invitee", guest.pk)
    assert "Nog geen antwoord" in page(noors, dossier)
    noors.post(at, {"answer": "other", "words": "Liever in de avond", "may_see": "nothing"})
    seen = page(noors, dossier)
    assert "Wil een ander moment" in seen
    assert "Liever in de avond" in seen
    noors.post(of(dossier, "uninvite", guest.pk))
    assert not Invitee.objects.exists()


def test_it_says_so_when_nobody_close_is_asked(noors: Client, noor: Person, dossier: Dossier, meeting: Meeting) -> None:
    hint = "Er staat nog niemand van dichtbij"
    commands.invite(meeting, name="Jan", kind="professional", by=noor)
    assert hint in page(noors, dossier)
    commands.invite(meeting, name="Ria", kind="network", by=noor)
    assert hint not in page(noors, dossier)


def test_two_who_end_it_at_once_end_it_once(noors: Client, noor: Person, dossier: Dossier, meeting: Meeting) -> None:
    commands.end_meeting(meeting, by=noor)
    assert noors.post(of(dossier, "end_meeting")).status_code == 404


def test_more_points_and_guests_ask_no_more_of_the_database(
    noors: Client, noor: Person, dossier: Dossier, meeting: Meeting, queries: object
) -> None:
    def more() -> None:
        commands.add_point(meeting, text="Nog een", by=noor)
        commands.invite(meeting, name="Nog een", kind="network", by=noor)

    more()
    assert_same_number(queries, lambda: page(noors, dossier), more)  # type: ignore[arg-type]


def test_after_it_all_has_ended_the_coach_still_reads(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(ended_on=clock.today())
    assert "Buurthuis" in page(noors, dossier)


def test_nobody_else_finds_it(
    browsers_of_strangers: list[Client], dossier: Dossier, noor: Person, meeting: Meeting
) -> None:
    guest = commands.invite(meeting, name="Ria", kind="network", by=noor)
    names = ("meeting", "arrange_meeting", "call_off_meeting", "end_meeting", "add_point", "invite")
    urls = [of(dossier, name) for name in names]
    urls += [of(dossier, name, guest.pk) for name in ("invitee", "uninvite")]
    urls.append(reverse("coach:mark_point", args=[dossier.pk, "most_important"]))
    assert_is_not_there(browsers_of_strangers, urls)


def test_the_name_of_the_youth_stands_in_no_message_before_he_ticked_that(
    noors: Client, noor: Person, sem: Person, dossier: Dossier, meeting: Meeting
) -> None:
    aunt = commands.invite(meeting, name="Tante Ria", kind="network", by=noor)
    at = of(dossier, "invitee", aunt.pk)
    assert "Ik vraag jou erbij." in noors.get(at).text
    assert "vraagt jou erbij." not in noors.get(at).text
    name_youth(aunt, is_named=True, by=sem)
    assert f"{text(noor, dossier, 'first_name')} vraagt jou erbij." in noors.get(at).text
