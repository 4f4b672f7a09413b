"""`rate`: the coach's view of thirteen domains. "Nagaan of er problemen zijn die om directe actie vragen"."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Step
from ipta.scans import commands as scans
from ipta.scans.models import FilledSheet
from ipta.scans.queries import ZRM_YOUNG
from tests.asking import assert_refused, assert_sealed, last_entry, levels, remark, text, verbs
from tests.cast import days_ago


def direct_actions(dossier: Dossier) -> list[str]:
    return list(Step.objects.filter(dossier=dossier, kind=Step.Kind.DIRECT).values_list("domain", flat=True))


def test_a_rating_is_sealed_and_the_youth_reads_it(dossier: Dossier, noor: Person, sem: Person) -> None:
    sheet = scans.rate(dossier, ratings={"money": 2}, remark="post blijft dicht", by=noor, on=days_ago(1))
    assert (levels(sem, sheet), remark(sem, sheet)) == ({"money": 2}, "post blijft dicht")
    assert_sealed(sheet, "money", "post blijft dicht")
    assert (sheet.voice, sheet.about_on) == (FilledSheet.Voice.COACH, days_ago(1))
    assert last_entry(dossier).facts == {"sheet": str(sheet.id)}


def test_level_one_becomes_a_direct_action_of_the_coach(dossier: Dossier, noor: Person) -> None:
    scans.rate(dossier, ratings={"money": 1, "work": 2}, by=noor)
    step = Step.objects.get(dossier=dossier, kind=Step.Kind.DIRECT)
    assert (step.domain, step.owner, step.due_on) == ("money", Step.Owner.COACH, days_ago(0))
    assert text(noor, step, "text") == "Nu iets doen: financiën"
    assert verbs(dossier)[-2:] == ["step.promised", "scan.rated"]


def test_the_same_alarm_does_not_ring_twice(dossier: Dossier, noor: Person) -> None:
    for _ in range(2):
        scans.rate(dossier, ratings={"money": 1}, by=noor)
    assert direct_actions(dossier) == ["money"]


def test_what_was_solved_and_comes_back_rings_again(dossier: Dossier, noor: Person) -> None:
    scans.rate(dossier, ratings={"money": 1}, by=noor)
    dossiers.finish(Step.objects.get(dossier=dossier, kind=Step.Kind.DIRECT), by=noor)
    scans.rate(dossier, ratings={"money": 1}, by=noor)
    assert direct_actions(dossier) == ["money", "money"]


def test_i_do_not_know_is_an_answer(dossier: Dossier, noor: Person) -> None:
    sheet = scans.rate(dossier, ratings={"money": "unknown", "work": "", "home": None, "time": "4"}, by=noor)
    assert levels(noor, sheet) == {"time": 4}


def test_an_empty_sheet_is_none(dossier: Dossier, noor: Person) -> None:
    before = FilledSheet.objects.count()
    with pytest.raises(Impossible, match="minstens één"):
        scans.rate(dossier, ratings={"money": "unknown"}, remark="  ", by=noor)
    assert FilledSheet.objects.count() == before


@pytest.mark.parametrize("ratings", [{"money": 6}, {"money": 0}, {"money": "2.5"}, {"charm": 3}, {"money": True}])
def test_a_level_that_does_not_exist(ratings: dict[str, object], dossier: Dossier, noor: Person) -> None:
    with pytest.raises(ValueError, match="money|charm"):
        scans.rate(dossier, ratings=ratings, by=noor)


def test_an_older_rating_is_never_changed(dossier: Dossier, noor: Person) -> None:
    first = FilledSheet.objects.get(dossier=dossier)
    scans.rate(dossier, ratings={"money": 5}, by=noor)
    assert levels(noor, first) == {"money": 2, "work": 3}


def test_the_youth_does_not_write_the_coachs_rating(dossier: Dossier, outsiders: list[Person], sem: Person) -> None:
    assert_refused(scans.rate, dossier, ratings={"money": 3}, by=[*outsiders, sem], match="Alleen de coach")


def test_wellbeing_is_no_domain_of_the_matrix_and_gets_a_sheet_of_its_own(dossier: Dossier, noor: Person) -> None:
    before = FilledSheet.objects.count()
    matrix = scans.rate(dossier, ratings={"money": 4, "wellbeing": 2}, by=noor)
    beside = FilledSheet.objects.exclude(pk=matrix.pk).latest("started_at")
    assert (levels(noor, matrix), levels(noor, beside)) == ({"money": 4}, {"wellbeing": 2})
    assert FilledSheet.objects.count() == before + 2


def test_being_very_unwell_is_something_to_talk_about_and_no_alarm(dossier: Dossier, noor: Person) -> None:
    scans.rate(dossier, ratings={"wellbeing": 1}, by=noor)
    assert direct_actions(dossier) == []


def test_what_was_rated_is_signed_off_and_stands_for_what_it_was_asked_with(dossier: Dossier, noor: Person) -> None:
    sheet = scans.rate(dossier, ratings={"money": 4}, by=noor, instrument=ZRM_YOUNG)
    assert sheet.signed_off_at
    assert sheet.version.instrument.url == ZRM_YOUNG


def test_it_is_rated_with_what_is_in_use(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="niet in gebruik"):
        scans.rate(dossier, ratings={"money": 4}, by=noor, instrument="urn:ipta:instrument:nothing")
