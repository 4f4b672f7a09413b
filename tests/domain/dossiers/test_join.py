import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from tests.asking import assert_refused, assert_sealed, text, verbs
from tests.cast import days_ago, fresh


def test_the_yes_gives_him_an_account_without_a_name_in_it(scouted: Dossier, noor: Person) -> None:
    dossiers.join(scouted, first_name="Rox", last_name="Kwetter", born="2008", by=noor)
    joined = fresh(scouted)
    assert joined.is_taking_part
    assert joined.youth.is_youth
    assert (joined.youth.email, joined.youth.first_name, joined.youth.last_name) == (None, "", "")
    assert text(joined.youth, joined, "first_name") == "Rox"
    assert_sealed(joined, "Rox", "Kwetter", "2008")
    assert verbs(scouted)[-2:] == ["dossier.joined", "phase.started"]


def test_nobody_else_says_yes_for_him(scouted: Dossier, outsiders: list[Person]) -> None:
    assert_refused(dossiers.join, scouted, by=outsiders)


def test_a_second_yes_changes_nothing(dossier: Dossier, noor: Person, sem: Person) -> None:
    with pytest.raises(Impossible, match="doet al mee"):
        dossiers.join(dossier, first_name="Ander", by=noor)
    assert fresh(dossier).youth == sem


def test_nobody_joins_before_he_was_found(scouted: Dossier, noor: Person) -> None:
    dossiers.join(scouted, by=noor, on=days_ago(1000))
    assert fresh(scouted).joined_on == scouted.found_on
