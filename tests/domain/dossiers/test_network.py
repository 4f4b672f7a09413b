"""`add_person`, `remove_person`: being listed gives nobody a right to read anything."""

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.sharing.queries import dossiers_visible_to
from tests.asking import assert_refused, assert_sealed, last_entry, text
from tests.cast import staff


def test_the_youth_adds_somebody_himself(dossier: Dossier, sem: Person, noor: Person) -> None:
    aunt = dossiers.add_person(dossier, kind="family", name="Tante Fatima", relation="tante", by=sem)
    assert text(noor, aunt, "name") == "Tante Fatima"
    assert_sealed(aunt, "Fatima", "tante")
    assert last_entry(dossier).verb == "network.added"


def test_being_listed_gives_no_right(dossier: Dossier, ria: NetworkPerson) -> None:
    ria.account = staff("Ria")
    ria.save(update_fields=["account"])
    assert not dossiers_visible_to(ria.account).exists()


def test_removed_is_gone_from_the_list_and_told_in_the_journal(ria: NetworkPerson, sem: Person) -> None:
    his = ria.dossier
    dossiers.remove_person(ria, by=sem)
    assert not NetworkPerson.objects.filter(dossier=his).exists()
    assert last_entry(his).verb == "network.removed"


def test_nobody_else_may(dossier: Dossier, ria: NetworkPerson, outsiders: list[Person]) -> None:
    assert_refused(dossiers.add_person, dossier, kind="family", name="x", by=outsiders)
    assert_refused(dossiers.remove_person, ria, by=outsiders)
