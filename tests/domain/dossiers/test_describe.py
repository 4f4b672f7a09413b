import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader
from tests.asking import assert_refused, assert_sealed, last_entry, text
from tests.cast import canary, fresh


def test_both_owners_may_change_how_to_reach_him(dossier: Dossier, noor: Person, sem: Person) -> None:
    dossiers.describe(dossier, reach={"app": "0612345678"}, by=sem)
    assert Reader(noor).json(fresh(dossier).reach) == {"app": "0612345678"}
    dossiers.describe(dossier, safety="niet bellen na zes uur", by=noor)
    assert text(sem, dossier, "safety") == "niet bellen na zes uur"
    assert_sealed(dossier, "0612345678", "niet bellen")


def test_what_was_not_named_stays(dossier: Dossier, noor: Person) -> None:
    dossiers.describe(fresh(dossier), nickname="Nieuw", by=noor)
    assert text(noor, dossier, "first_name").startswith(canary("sem", "identity"))
    assert text(noor, dossier, "safety").startswith(canary("sem", "identity"))


def test_the_journal_tells_what_changed_but_not_into_what(dossier: Dossier, noor: Person) -> None:
    dossiers.describe(dossier, nickname="Nieuw", safety="x", by=noor)
    assert last_entry(dossier).verb == "dossier.described"
    assert last_entry(dossier).facts == {"fields": "nickname,safety"}


def test_fields_that_are_not_words_cannot_be_changed_this_way(dossier: Dossier, noor: Person, kim: Person) -> None:
    before = fresh(dossier)
    dossiers.describe(fresh(dossier), youth=kim, joined_on=None, municipality=None, nickname="x", by=noor)
    after = fresh(dossier)
    assert (after.youth_id, after.joined_on, after.municipality_id) == (
        before.youth_id,
        before.joined_on,
        before.municipality_id,
    )


def test_before_the_yes_it_stays_a_nickname(scouted: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="bijnaam"):
        dossiers.describe(scouted, first_name="Rox", by=noor)
    dossiers.describe(scouted, nickname="Roxy", by=noor)
    assert text(noor, scouted, "nickname") == "Roxy"


def test_nobody_else_may(dossier: Dossier, outsiders: list[Person]) -> None:
    assert_refused(dossiers.describe, dossier, nickname="x", by=outsiders)
