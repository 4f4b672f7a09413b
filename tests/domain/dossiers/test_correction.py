"""`ask_correction` and `answer_correction`: question and answer stay. Source: GDPR (AVG), articles 12.3, 16 and 19."""

from datetime import date

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.corrections.commands import answer_correction, ask_correction
from ipta.dossiers.corrections.models import Correction, CorrectionAnswer
from ipta.dossiers.corrections.rules import answer_by
from ipta.dossiers.models import Dossier, Note
from tests.asking import assert_refused, assert_sealed, last_entry, text

WISH = "Ik was er wel, om tien uur."


@pytest.fixture
def asked(note: Note, sem: Person) -> Correction:
    found: Correction = ask_correction(note, kind="gesprek", wish=WISH, by=sem)
    return found


def test_it_lies_in_the_section_of_its_line_and_waits(asked: Correction, note: Note, noor: Person) -> None:
    assert (asked.line, asked.section) == (note.pk, "contacts")
    assert list(Correction.objects.waiting()) == [asked]
    assert text(noor, asked, "wish") == WISH
    assert_sealed(asked, "tien")
    assert last_entry(note.dossier).facts == {"correction": str(asked.pk), "line": str(note.pk)}


@pytest.mark.parametrize(("outcome", "reason"), [("changed", ""), ("kept", "Zo zei de balie het.")])
def test_the_coach_answers_and_both_stay(
    outcome: str, reason: str, asked: Correction, sem: Person, noor: Person
) -> None:
    answer = answer_correction(asked, outcome=outcome, reason=reason, by=noor)
    assert not Correction.objects.waiting().exists()
    assert text(sem, answer, "reason") == reason
    assert text(sem, asked, "wish") == WISH
    assert last_entry(asked.dossier).facts == {"correction": str(asked.pk), "outcome": outcome}


def test_a_no_says_why(asked: Correction, noor: Person) -> None:
    with pytest.raises(Impossible, match="waarom"):
        answer_correction(asked, outcome="kept", reason=" ", by=noor)
    with pytest.raises(Impossible, match="Kies"):
        answer_correction(asked, outcome="misschien", reason="x", by=noor)
    assert not CorrectionAnswer.objects.exists()


def test_an_answer_is_given_once(asked: Correction, noor: Person) -> None:
    answer_correction(asked, outcome="changed", reason="", by=noor)
    with pytest.raises(Impossible, match="al antwoord"):
        answer_correction(asked, outcome="kept", reason="Toch niet.", by=noor)
    assert CorrectionAnswer.objects.get().outcome == "changed"


def test_only_he_asks_and_only_who_walks_along_answers(
    asked: Correction, note: Note, sem: Person, noor: Person, outsiders: list[Person]
) -> None:
    assert_refused(ask_correction, note, kind="gesprek", wish=WISH, by=[noor, *outsiders])
    assert_refused(answer_correction, asked, outcome="changed", reason="", by=[sem, *outsiders])


def test_asking_stays_his_when_it_has_ended(dossier: Dossier, note: Note, noor: Person, sem: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert ask_correction(note, kind="gesprek", wish=WISH, by=sem)
    with pytest.raises(Impossible):
        ask_correction(note, kind="gesprek", wish=" ", by=sem)


@pytest.mark.parametrize(
    ("on", "by"),
    [
        (date(2026, 3, 2), date(2026, 4, 2)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_within_a_month(on: date, by: date) -> None:
    assert answer_by(on) == by
