"""`weigh`: of who is under 18 it is noted that was weighed whether his parents should know something."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Coachship, Dossier
from ipta.law import commands
from ipta.law.models import Weighing
from tests.asking import assert_refused, assert_sealed, last_entry, text


def test_the_coach_notes_it_sealed_and_the_youth_reads_it(dossier: Dossier, noor: Person, sem: Person) -> None:
    weighing = commands.weigh(dossier, outcome="himself", reason="Hij is 17 en kan dit goed zelf.", by=noor)
    assert text(sem, weighing, "reason") == "Hij is 17 en kan dit goed zelf."
    assert text(sem, weighing, "outcome") == "himself"
    assert_sealed(weighing, "himself", "17 en kan")
    assert last_entry(dossier).facts == {"weighing": str(weighing.pk)}


def test_who_does_not_read_who_his_people_are_does_not_weigh(
    dossier: Dossier, outsiders: list[Person], sem: Person, stef: Person, standing_in: Coachship
) -> None:
    assert_refused(commands.weigh, dossier, outcome="nothing", reason="x", by=[*outsiders, sem, stef])


def test_it_has_an_outcome_and_a_reason(dossier: Dossier, noor: Person) -> None:
    for outcome, reason in (("misschien", "x"), ("coach", " ")):
        with pytest.raises(Impossible):
            commands.weigh(dossier, outcome=outcome, reason=reason, by=noor)
    assert not Weighing.objects.exists()
