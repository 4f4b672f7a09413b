"""A test that somebody else does: only after the youth's own yes, which he may take back until it is done."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.papers.commands import add_paper, remove_paper
from ipta.scans.assessments import commands
from ipta.scans.models import Assessment
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import fresh

TODAY = clock.today


@pytest.fixture
def proposed(dossier: Dossier, noor: Person) -> Assessment:
    return commands.propose_assessment(
        dossier, what="Beroepentest", why="Hij twijfelt", by_whom="Het werkplein", by=noor
    )


def test_the_coach_proposes_and_nothing_of_it_lies_readable(
    proposed: Assessment, dossier: Dossier, sem: Person
) -> None:
    assert_sealed(proposed, "Beroepentest", "twijfelt", "werkplein")
    assert text(sem, proposed, "what") == "Beroepentest"
    assert last_entry(dossier).facts == {"assessment": str(proposed.pk)}


def test_nobody_else_proposes(dossier: Dossier, sem: Person, outsiders: list[Person]) -> None:
    assert_refused(commands.propose_assessment, dossier, what="x", by=[sem, *outsiders])


def test_not_for_who_did_not_say_yes_to_taking_part(scouted: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="ja heeft gezegd"):
        commands.propose_assessment(scouted, what="x", by=noor)


def test_without_his_yes_nothing_is_planned_or_done(proposed: Assessment, noor: Person) -> None:
    for answer in ("", "no"):
        if answer:
            commands.answer_assessment(proposed, answer=answer, by=noor)
        with pytest.raises(Impossible, match="zelf ja"):
            commands.plan_assessment(proposed, on=TODAY(), by=noor)
        with pytest.raises(Impossible, match="zelf ja"):
            commands.finish_assessment(proposed, outcome="x", by=noor)
    for field in ("planned_on", "done_on"):
        with pytest.raises(IntegrityError, match="yes|CHECK"), transaction.atomic():
            Assessment.objects.filter(pk=proposed.pk).update(**{field: TODAY()})


def test_his_yes_is_typed_by_himself_or_said_to_his_coach(proposed: Assessment, noor: Person, sem: Person) -> None:
    said = commands.answer_assessment(proposed, answer="yes", by=noor)
    assert (said.answer, said.answered_how) == ("yes", "said")
    typed = commands.answer_assessment(proposed, answer="yes", own_words="Graag", by=sem)
    assert (typed.answer, typed.answered_how) == ("yes", "typed")
    assert text(noor, proposed, "own_words") == "Graag"
    assert last_entry(proposed.dossier).facts == {"assessment": str(proposed.pk), "answer": "yes", "how": "typed"}


def test_what_he_typed_himself_nobody_changes_for_him(proposed: Assessment, noor: Person, sem: Person) -> None:
    commands.answer_assessment(proposed, answer="no", own_words="Liever niet", by=sem)
    with pytest.raises(Impossible, match="zelf ingevuld"):
        commands.answer_assessment(proposed, answer="yes", by=noor)
    assert fresh(proposed).answer == "no"


def test_who_has_no_right_answers_nothing(
    proposed: Assessment, outsiders: list[Person], sem: Person, noor: Person
) -> None:
    assert_refused(commands.answer_assessment, proposed, answer="yes", by=outsiders)
    commands.answer_assessment(proposed, answer="yes", by=noor)
    assert_refused(commands.plan_assessment, proposed, on=TODAY(), by=[sem, *outsiders])
    assert_refused(commands.finish_assessment, proposed, outcome="x", by=[sem, *outsiders])


def test_changing_his_mind_takes_the_day_away(proposed: Assessment, noor: Person, sem: Person) -> None:
    commands.answer_assessment(proposed, answer="yes", by=sem)
    commands.plan_assessment(proposed, on=TODAY() + timedelta(days=7), by=noor)
    commands.answer_assessment(proposed, answer="no", by=sem)
    there = fresh(proposed)
    assert (there.answer, there.planned_on) == ("no", None)


@pytest.fixture
def wanted(proposed: Assessment, sem: Person) -> Assessment:
    return commands.answer_assessment(proposed, answer="yes", by=sem)


def test_what_came_of_it_stands_there_in_words(wanted: Assessment, noor: Person, sem: Person) -> None:
    commands.finish_assessment(wanted, outcome="Techniek past bij hem", by=noor)
    assert text(sem, wanted, "outcome") == "Techniek past bij hem"
    assert fresh(wanted).done_on == TODAY()
    assert verbs(wanted.dossier)[-1] == "assessment.done"


def test_or_as_a_paper_of_his_dossier(
    wanted: Assessment, noor: Person, bram: Person, dossier: Dossier, kim_dossier: Dossier
) -> None:
    letter = Checked("pdf", b"%PDF-1.5 letter", is_scanned=False)
    mine = add_paper(dossier, letter, by=noor, name="Uitslag", section="work")
    hers = add_paper(kim_dossier, letter, by=bram, name="Van Kim", section="work")
    gone = add_paper(dossier, letter, by=noor, name="Weg", section="work")
    for wrong in (hers, remove_paper(gone, by=noor)):
        with pytest.raises(Impossible, match="papier van deze jongere"):
            commands.finish_assessment(wanted, paper=wrong, by=noor)
    commands.finish_assessment(wanted, paper=mine, by=noor)
    assert fresh(wanted).paper == mine


def test_nothing_said_is_no_outcome(wanted: Assessment, noor: Person) -> None:
    with pytest.raises(Impossible, match="wat eruit kwam"):
        commands.finish_assessment(wanted, outcome=" \u200b ", by=noor)
    with pytest.raises(Impossible, match="al geweest"):
        commands.finish_assessment(wanted, outcome="x", on=TODAY() + timedelta(days=1), by=noor)


def test_what_is_done_stays_as_it_was_told(wanted: Assessment, noor: Person, sem: Person) -> None:
    commands.finish_assessment(wanted, outcome="Klaar", by=noor)
    with pytest.raises(Impossible, match="al gedaan"):
        commands.answer_assessment(wanted, answer="no", by=sem)
    with pytest.raises(Impossible, match="al gedaan"):
        commands.finish_assessment(wanted, outcome="Anders", by=noor)


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_another_answer_is_none(answer: str, proposed: Assessment, sem: Person) -> None:
    with pytest.raises(Impossible, match="ja of nee"):
        commands.answer_assessment(proposed, answer=answer, by=sem)
