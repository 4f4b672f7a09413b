"""What can happen with a test: proposed, answered by the youth, planned, done.

Source: "Eventuele scans of testen, als de jongere die nuttig vindt, kunnen in de vorm van een interview worden gedaan".
"""

from datetime import date

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier, Paper
from ipta.dossiers.policies import is_youth
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.scans.assessments import policies
from ipta.scans.models import Assessment


@command
def propose_assessment(dossier: Dossier, *, what: str, by: Person, why: str = "", by_whom: str = "") -> Assessment:
    """Which test, why, and who would do it. Nothing happens before the youth says what he thinks of it."""
    allow(policies.can_propose_assessment(by, dossier))
    if dossier.joined_on is None:
        raise Impossible("Dit kan pas als de jongere ja heeft gezegd.")
    if not tidy(what):
        raise Impossible("Schrijf op welke test het is.")
    made: Assessment = Assessment.objects.create(
        dossier=dossier, proposed_by=by, what=tidy(what), why=tidy(why), by_whom=tidy(by_whom)
    )
    record("assessment.proposed", by=by, about=dossier, assessment=made.id)
    return made


@command
def answer_assessment(assessment: Assessment, *, answer: str, by: Person, own_words: str | None = None) -> Assessment:
    """His yes or his no, typed by himself or said to his coach. As long as it is not done he may change his mind."""
    allow(policies.can_answer_assessment(by, assessment))
    there = _locked(assessment)
    if answer not in Assessment.Answer.values:
        raise Impossible("Kies ja of nee.")
    is_self = is_youth(by, there.dossier)
    if there.answered_how == Assessment.How.TYPED and not is_self:
        raise Impossible("De jongere heeft dit zelf ingevuld. Alleen hij verandert het.")
    there.answer = Assessment.Answer(answer)
    there.answered_how = Assessment.How.TYPED if is_self else Assessment.How.SAID
    there.answered_at = clock.now()
    if answer == Assessment.Answer.NO:
        there.planned_on = None
    changed = ["answer", "answered_how", "answered_at", "planned_on"]
    if own_words is not None:
        there.own_words = tidy(own_words)
        changed.append("own_words")
    there.save(update_fields=changed)
    how = str(there.answered_how)
    record("assessment.answered", by=by, about=there.dossier, assessment=there.id, answer=answer, how=how)
    return there


@command
def plan_assessment(assessment: Assessment, *, on: date, by: Person) -> Assessment:
    """The day on which it is done, as a talk in which the coach joins."""
    allow(policies.can_plan_assessment(by, assessment))
    there = _with_a_yes(assessment)
    there.planned_on = on
    there.save(update_fields=["planned_on"])
    record("assessment.planned", by=by, about=there.dossier, assessment=there.id, on=on.isoformat())
    return there


@command
def finish_assessment(
    assessment: Assessment, *, by: Person, outcome: str = "", paper: Paper | None = None, on: date | None = None
) -> Assessment:
    """What came of it: in words, as a paper in the dossier, or both."""
    allow(policies.can_finish_assessment(by, assessment))
    there = _with_a_yes(assessment)
    day = on or clock.today()
    if day > clock.today():
        raise Impossible("Kies een dag die al geweest is.")
    if not tidy(outcome) and paper is None:
        raise Impossible("Schrijf op wat eruit kwam, of kies het papier waar het in staat.")
    if paper is not None and (paper.dossier_id != there.dossier_id or not paper.is_there):
        raise Impossible("Kies een papier van deze jongere.")
    there.outcome, there.paper, there.done_on = tidy(outcome), paper, day
    there.save(update_fields=["outcome", "paper", "done_on"])
    record("assessment.done", by=by, about=there.dossier, assessment=there.id)
    return there


def _with_a_yes(assessment: Assessment) -> Assessment:
    there = _locked(assessment)
    if there.answer != Assessment.Answer.YES:
        raise Impossible("Dit kan pas als de jongere zelf ja heeft gezegd.")
    return there


def _locked(assessment: Assessment) -> Assessment:
    """As it is now, if it is not done: from then on it stays as it was told."""
    found = Assessment.objects.select_for_update(of=("self",)).select_related("dossier__municipality")
    there = found.get(pk=assessment.pk)
    if there.done_on is not None:
        raise Impossible("Dit is al gedaan. De uitkomst staat erbij.")
    return there
