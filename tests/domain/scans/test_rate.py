"""`rate`: the coach's view of thirteen domains. "Nagaan of er problemen zijn die om directe actie vragen"."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Step
from ipta.scans import commands as scans
from ipta.scans.models import Sheet
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import days_ago


def direct_actions(dossier: Dossier) -> list[str]:
    return list(Step.objects.filter(dossier=dossier, kind=Step.Kind.DIRECT).values_list("domain", flat=True))


def test_a_rating_is_sealed_and_the_youth_reads_it(dossier: Dossier, noor: Person, sem: Person) -> None:
    sheet = scans.rate(dossier, ratings={"money": 2}, remark="post blijft dicht", by=noor, on=days_ago(1))
    assert text(sem, sheet, "ratings") == '{"money": 2}'
    assert_sealed(sheet, "money", "post blijft dicht")
    assert (sheet.voice, sheet.about_on) == (Sheet.Voice.COACH, days_ago(1))
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
    assert text(noor, sheet, "ratings") == '{"time": 4}'


def test_an_empty_sheet_is_none(dossier: Dossier, noor: Person) -> None:
    before = Sheet.objects.count()
    with pytest.raises(Impossible, match="minstens één"):
        scans.rate(dossier, ratings={"money": "unknown"}, remark="  ", by=noor)
    assert Sheet.objects.count() == before


@pytest.mark.parametrize("ratings", [{"money": 6}, {"money": 0}, {"money": "2.5"}, {"charm": 3}, {"money": True}])
def test_a_level_that_does_not_exist(ratings: dict[str, object], dossier: Dossier, noor: Person) -> None:
    with pytest.raises(ValueError, match="money|charm"):
        scans.rate(dossier, ratings=ratings, by=noor)


def test_an_older_rating_is_never_changed(dossier: Dossier, noor: Person) -> None:
    first = Sheet.objects.get(dossier=dossier)
    scans.rate(dossier, ratings={"money": 5}, by=noor)
    assert text(noor, first, "ratings") == '{"money": 2, "work": 3}'


def test_the_youth_does_not_write_the_coachs_rating(dossier: Dossier, outsiders: list[Person], sem: Person) -> None:
    assert_refused(scans.rate, dossier, ratings={"money": 3}, by=[*outsiders, sem], match="Alleen de coach")
