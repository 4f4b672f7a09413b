"""How the coach walks along: more or less often, phases that return, goodbye and welcome back, another coach."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person, Post
from ipta.dossiers import commands
from ipta.dossiers.models import Coachship, Dossier, PhaseSpan
from ipta.dossiers.policies import is_coach, is_stand_in
from tests.asking import verbs
from tests.cast import days_ago, fresh
from tests.web.coach.shared import assert_is_not_there, assert_same_number, forget_looks, of, post_twice, sections_read


def span(dossier: Dossier, phase: str) -> PhaseSpan:
    return PhaseSpan.objects.get(dossier=dossier, phase=phase, until=None)


# --- how often ------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [["light", "aftercare"], ["light", "intensive"], ["aftercare", "intensive"]])
def test_guidance_goes_down_when_it_can_and_up_when_it_must(noors: Client, dossier: Dossier, steps: list[str]) -> None:
    for wanted in steps:
        shown = noors.post(of(dossier, "set_intensity"), {"intensity": wanted}, follow=True)
        assert [degree.key for degree in shown.context["degrees"] if degree.is_now] == [wanted]
    assert verbs(dossier).count("intensity.set") == 2


def test_the_same_guidance_again_is_no_news(noors: Client, dossier: Dossier) -> None:
    noors.post(of(dossier, "set_intensity"), {"intensity": "intensive"})
    assert "intensity.set" not in verbs(dossier)


@pytest.mark.parametrize("wanted", ["", "streng", "INTENSIVE"])
def test_guidance_is_one_of_three(noors: Client, dossier: Dossier, wanted: str) -> None:
    assert noors.post(of(dossier, "set_intensity"), {"intensity": wanted}).status_code == 404


# --- phases ---------------------------------------------------------------------------


def test_phases_may_overlap(noors: Client, dossier: Dossier) -> None:
    noors.post(of(dossier, "start_phase"), {"phase": "coach"})
    shown = noors.get(of(dossier, "course"))
    assert [phase.key for phase in shown.context["phases"] if phase.running] == ["scan", "coach"]


def test_a_phase_ends_and_returns(noors: Client, dossier: Dossier) -> None:
    noors.post(of(dossier, "end_phase", span(dossier, "scan").pk))
    assert "Opnieuw" in noors.get(of(dossier, "course")).text
    noors.post(of(dossier, "start_phase"), {"phase": "scan"})
    found = next(phase for phase in noors.get(of(dossier, "course")).context["phases"] if phase.key == "scan")
    assert found.running
    assert len(found.earlier) == 1


def test_a_phase_that_was_begun_in_another_tab_says_so(noors: Client, dossier: Dossier) -> None:
    shown = noors.post(of(dossier, "start_phase"), {"phase": "scan"}, follow=True)
    assert "Deze fase loopt al." in shown.text


def test_a_second_tap_ends_a_phase_once(noors: Client, dossier: Dossier) -> None:
    ending = span(dossier, "scan").pk
    for _tap in range(2):
        assert noors.post(of(dossier, "end_phase", ending)).status_code == 302
    assert verbs(dossier)[-1:] == ["phase.ended"]
    assert verbs(dossier).count("phase.ended") == 2  # of scouting, at the yes, and this one


@pytest.mark.parametrize("phase", ["", "straf"])
def test_a_phase_is_one_of_the_method(noors: Client, dossier: Dossier, phase: str) -> None:
    assert noors.post(of(dossier, "start_phase"), {"phase": phase}).status_code == 404


def test_a_municipality_sees_its_own_names(noors: Client, dossier: Dossier) -> None:
    dossier.municipality.phases = {"scout": "Vinden", "scan": "Kijken"}
    dossier.municipality.save()
    shown = noors.get(of(dossier, "course")).text
    for name in ("Vinden", "Kijken", "Match &amp; wrap around"):
        assert name in shown


# --- goodbye, and welcome back ----------------------------------------------------------


def test_the_end_is_warm_and_closes_no_door(noors: Client, dossier: Dossier, sem: Person) -> None:
    assert "terugkomen kan" in noors.get(of(dossier, "end")).text
    noors.post(of(dossier, "end"), {"reason": "stable", "on": f"{days_ago(0)}"})
    dossier = fresh(dossier)
    assert (dossier.ended_on, dossier.end_reason, dossier.youth) == (days_ago(0), "stable", sem)
    shown = noors.get(of(dossier, "course"))
    for words in ("Het gaat goed en stabiel", "kan altijd terugkomen", "Weer terug"):
        assert words in shown.text


def test_nothing_runs_on_after_the_end(noors: Client, dossier: Dossier) -> None:
    noors.post(of(dossier, "end"), {"reason": "moved", "on": f"{days_ago(0)}"})
    assert not PhaseSpan.objects.filter(dossier=dossier, until=None).exists()


def test_no_phase_ends_before_it_began(noors: Client, noor: Person, dossier: Dossier) -> None:
    commands.start_phase(dossier, "coach", by=noor)
    noors.post(of(dossier, "end"), {"reason": "moved", "on": f"{days_ago(10)}"})
    assert all(found.until >= found.since for found in PhaseSpan.objects.filter(dossier=dossier))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reason": ""}, "Kies wat het beste past."),
        ({"reason": "mislukt"}, "Kies een van de antwoorden die er staan."),
        ({"on": ""}, "Kies een dag."),
        ({"on": f"{days_ago(181)}"}, "Het begon op"),
        ({"on": f"{days_ago(-1)}"}, "Deze dag komt nog."),
        ({"on": "2026-02-30"}, "Kies een dag, bijvoorbeeld"),
    ],
)
def test_an_end_that_is_not_right_yet_comes_back(
    noors: Client, dossier: Dossier, wrong: dict[str, str], says: str
) -> None:
    shown = noors.post(of(dossier, "end"), {"reason": "stable", "on": f"{days_ago(0)}"} | wrong)
    assert shown.status_code == 422
    assert says in shown.text
    assert fresh(dossier).ended_on is None


def test_who_comes_back_finds_everything_as_it_was(noors: Client, noor: Person, dossier: Dossier) -> None:
    commands.end(dossier, reason="stopped", by=noor)
    notes, steps = dossier.note_set.count(), dossier.step_set.count()
    shown = noors.post(of(dossier, "reopen"), follow=True)
    assert "Welkom terug. Alles staat er nog." in shown.text
    assert (fresh(dossier).ended_on, fresh(dossier).intensity) == (None, "intensive")
    assert (dossier.note_set.count(), dossier.step_set.count()) == (notes, steps)


def test_a_second_tap_brings_back_once(noors: Client, noor: Person, dossier: Dossier) -> None:
    commands.end(dossier, reason="stopped", by=noor)
    noors.post(of(dossier, "reopen"))
    assert "Dit traject loopt nog." in noors.post(of(dossier, "reopen"), follow=True).text
    assert verbs(dossier).count("dossier.reopened") == 1


def test_a_second_tap_ends_once(noors: Client, dossier: Dossier) -> None:
    for _tap in range(2):
        noors.post(of(dossier, "end"), {"reason": "stable", "on": f"{days_ago(0)}"})
    assert verbs(dossier).count("dossier.ended") == 1


def test_who_never_said_yes_can_be_let_go_and_come_back_to_be_scouted(noors: Client, scouted: Dossier) -> None:
    noors.post(of(scouted, "end"), {"reason": "no_contact", "on": f"{days_ago(0)}"})
    noors.post(of(scouted, "reopen"))
    assert fresh(scouted).is_scouted
    assert span(scouted, "scout")


def test_before_the_yes_guidance_and_phases_are_not_set(noors: Client, scouted: Dossier) -> None:
    shown = noors.get(of(scouted, "course")).text
    assert "Hoe vaak ben je er?" not in shown
    assert_is_not_there([noors], [of(scouted, "set_intensity"), of(scouted, "start_phase")])


# --- another coach ----------------------------------------------------------------------

WORDS = "Zijn oma stelde ons voor. Bel nooit voor twaalf uur."


def given(coach: Person, days: int = 0, words: str = WORDS) -> dict[str, str]:
    """What the form of handing over sends."""
    return {"coach": str(coach.pk), "on": f"{days_ago(-days)}", "words": words}


def test_handing_over_is_to_a_coach_of_the_town(
    noors: Client, noor: Person, bram: Person, yara: Person, lotte: Person, dossier: Dossier
) -> None:
    shown = noors.get(of(dossier, "hand_over")).text
    assert "Bram Voorbeeld" in shown
    for name in ("Noor", "Yara", "Lotte"):
        assert f"{name} Voorbeeld" not in shown


def test_who_handed_over_no_longer_sees_the_dossier(
    noors: Client, client_for: Callable[[Person], Client], noor: Person, bram: Person, dossier: Dossier
) -> None:
    assert noors.post(of(dossier, "hand_over"), given(bram)).status_code == 302
    assert is_coach(bram, dossier)
    assert not is_coach(noor, dossier)
    assert noors.get(of(dossier, "course")).status_code == 404
    assert client_for(bram).get(of(dossier, "course")).status_code == 200


def test_a_second_tap_hands_over_once_and_says_nothing_strange(noors: Client, bram: Person, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "hand_over"), given(bram))
    assert verbs(dossier).count("coach.changed") == 1


@pytest.mark.parametrize("chosen", ["", "niemand", "00000000-0000-4000-8000-000000000000"])
def test_a_coach_is_chosen_out_of_the_list(noors: Client, bram: Person, dossier: Dossier, chosen: str) -> None:
    shown = noors.post(of(dossier, "hand_over"), {"coach": chosen})
    assert shown.status_code == 422
    assert "Kies een coach" in shown.text
    assert not is_coach(bram, dossier)


def test_a_coach_whose_post_ended_is_not_in_the_list(noors: Client, bram: Person, dossier: Dossier) -> None:
    Post.objects.filter(person=bram).update(until=days_ago(1))
    shown = noors.get(of(dossier, "hand_over"))
    assert "Er is nu geen andere coach" in shown.text


def test_somebody_stands_in_up_to_and_including_a_day(noors: Client, stef: Person, dossier: Dossier) -> None:
    noors.post(of(dossier, "stand_in"), {"coach": str(stef.pk), "last_day": f"{days_ago(-4)}"})
    ship = Coachship.objects.get(dossier=dossier, is_stand_in=True)
    assert (ship.coach, ship.until) == (stef, days_ago(-5))
    assert is_stand_in(stef, dossier)
    (shown,) = noors.get(of(dossier, "course")).context["walking"].stand_ins
    assert (shown.coach, shown.last_day) == (stef, days_ago(-4))


@pytest.mark.parametrize(
    ("last_day", "says"),
    [
        ("", "Kies de laatste dag."),
        (f"{days_ago(1)}", "Deze dag is al geweest."),
        (f"{days_ago(-400)}", "Kies een dag binnen een jaar."),
        ("9999-12-31", "Kijk het jaar na"),
        ("straks", "Kies een dag, bijvoorbeeld"),
    ],
)
def test_standing_in_ends_on_a_day_that_can_be(
    noors: Client, stef: Person, dossier: Dossier, last_day: str, says: str
) -> None:
    shown = noors.post(of(dossier, "stand_in"), {"coach": str(stef.pk), "last_day": last_day})
    assert shown.status_code == 422
    assert says in shown.text
    assert shown.context["form"]["coach"].value() == str(stef.pk)
    assert not Coachship.objects.filter(dossier=dossier, is_stand_in=True).exists()


def test_a_second_tap_lets_one_stand_in(noors: Client, stef: Person, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "stand_in"), {"coach": str(stef.pk), "last_day": f"{days_ago(-4)}"})
    assert Coachship.objects.filter(dossier=dossier, is_stand_in=True).count() == 1


def test_who_stands_in_already_needs_no_second_time(
    noors: Client, stef: Person, standing_in: Coachship, dossier: Dossier
) -> None:
    shown = noors.post(of(dossier, "stand_in"), {"coach": str(stef.pk), "last_day": f"{days_ago(-1)}"})
    assert shown.status_code == 422
    assert "Deze coach vervangt je al in deze dagen." in shown.text


def test_what_was_lent_cannot_be_passed_on(
    client_for: Callable[[Person], Client], stef: Person, bram: Person, standing_in: Coachship, dossier: Dossier
) -> None:
    his = client_for(stef)
    assert "Overdragen" not in his.get(of(dossier, "course")).text
    assert_is_not_there([his], [of(dossier, "hand_over"), of(dossier, "stand_in")])


# --- who, and how often it asks -------------------------------------------------------


def test_a_coach_with_a_caseload_of_his_own_changes_nothing_here(
    browsers_of_strangers: list[Client], dossier: Dossier
) -> None:
    names = ("course", "set_intensity", "start_phase", "end", "reopen", "hand_over", "stay", "stand_in")
    urls = [of(dossier, name) for name in names]
    assert_is_not_there(browsers_of_strangers, [*urls, of(dossier, "end_phase", span(dossier, "scan").pk)])
    assert fresh(dossier).ended_on is None


def test_a_phase_of_another_youth_is_not_reached_through_ones_own(
    brams: Client, kim_dossier: Dossier, dossier: Dossier
) -> None:
    assert_is_not_there([brams], [of(kim_dossier, "end_phase", span(dossier, "scan").pk)])


def test_the_page_reads_no_more_than_a_name(noors: Client, noor: Person, dossier: Dossier) -> None:
    forget_looks()
    noors.get(of(dossier, "course"))
    assert sections_read(dossier, noor) == {"identity"}


def test_more_phases_are_no_more_queries(
    noors: Client, noor: Person, dossier: Dossier, queries: Callable[[], Any]
) -> None:
    def more() -> None:
        commands.end_phase(commands.start_phase(dossier, "match", by=noor), by=noor)

    assert_same_number(queries, lambda: noors.get(of(dossier, "course")), more)
