"""Verander dit at the desk of the coach: on Vandaag until it is answered, and never taken away."""

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.corrections.commands import ask_correction
from ipta.dossiers.corrections.models import Correction, CorrectionAnswer
from ipta.dossiers.corrections.rules import answer_by
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson, Note
from ipta.web.lines import KINDS
from ipta.web.templatetags.ipta_ui import short_day
from tests.asking import text, verbs
from tests.cast import days_ago
from tests.web.coach.shared import assert_is_not_there, of, post_twice

WISH = "Ik was er wel, om tien uur. ⏰"


@pytest.fixture
def asked(note: Note, sem: Person) -> Correction:
    found: Correction = ask_correction(note, kind="gesprek", wish=WISH, by=sem)
    return found


def test_it_stands_on_vandaag_with_the_day_until_it_is_answered(
    noors: Client, dossier: Dossier, asked: Correction
) -> None:
    page = of(dossier, "answer_correction", asked.pk)
    today = noors.get(reverse("coach:today") + "?deel=veranderen").text
    assert page in today
    assert short_day(answer_by(days_ago(0))) in today
    noors.post(page, {"outcome": "changed", "reason": ""})
    assert page not in noors.get(reverse("coach:today")).text


def test_the_page_shows_the_line_the_wish_and_the_way_to_change_it(
    noors: Client, dossier: Dossier, asked: Correction, note: Note, noor: Person
) -> None:
    page = noors.get(of(dossier, "answer_correction", asked.pk)).text
    for words in (WISH, text(noor, note, "text"), of(dossier, "correct", note.pk)):
        assert words in page


def test_the_answer_is_given_once_and_both_stay(
    noors: Client, dossier: Dossier, asked: Correction, sem: Person
) -> None:
    page = of(dossier, "answer_correction", asked.pk)
    refused = noors.post(page, {"outcome": "kept", "reason": ""})
    assert (refused.status_code, "Schrijf op waarom" in refused.text) == (422, True)
    assert noors.post(page, {"outcome": "", "reason": "Ik wist het niet."}).status_code == 422
    post_twice(noors, page, {"outcome": "kept", "reason": "De balie zei het zo."})
    assert text(sem, CorrectionAnswer.objects.get(), "reason") == "De balie zei het zo."
    assert verbs(dossier).count("correction.answered") == 1
    shown = noors.get(of(dossier, "corrections")).text
    for words in (WISH, "Niet aangepast", "De balie zei het zo."):
        assert words in shown
    timeline = noors.get(of(dossier, "timeline")).text
    assert WISH in timeline
    assert "Antwoord van Noor: Niet aangepast." in timeline


def test_a_line_that_was_taken_away_is_answered_too(
    noors: Client, dossier: Dossier, ria: NetworkPerson, sem: Person, noor: Person
) -> None:
    asked = ask_correction(ria, kind="mens", wish=WISH, by=sem)
    dossiers.remove_person(ria, by=noor)
    page = of(dossier, "answer_correction", asked.pk)
    assert "Deze regel is weggehaald." in noors.get(page).text
    noors.post(page, {"outcome": "changed", "reason": ""})
    assert WISH in noors.get(of(dossier, "corrections")).text


def test_who_stands_in_sees_those_of_what_he_reads(
    stefs: Client, dossier: Dossier, asked: Correction, ria: NetworkPerson, sem: Person
) -> None:
    other = ask_correction(ria, kind="mens", wish="Zij is mijn tante niet.", by=sem)
    page = stefs.get(of(dossier, "corrections")).text
    assert WISH in page
    assert "Zij is mijn tante niet." not in page
    assert stefs.get(of(dossier, "answer_correction", other.pk)).status_code == 404


@pytest.fixture
def stefs(stef: Person, standing_in: Coachship, client_for: object) -> Client:
    assert callable(client_for)
    found: Client = client_for(stef)
    return found


def test_it_is_not_there_for_strangers(
    browsers_of_strangers: list[Client], dossier: Dossier, asked: Correction
) -> None:
    pages = [of(dossier, "corrections"), of(dossier, "answer_correction", asked.pk)]
    assert_is_not_there(browsers_of_strangers, pages)


def test_every_kind_has_a_page_where_the_coach_changes_it(dossier: Dossier, note: Note) -> None:
    for kind in KINDS.values():
        assert str(dossier.pk) in kind.change_href(dossier, note.pk)
