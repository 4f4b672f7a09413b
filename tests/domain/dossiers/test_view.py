"""`view`: the youth's own side beside any line."""

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Note, Step
from ipta.sharing import commands as sharing
from tests.asking import assert_refused, assert_sealed, last_entry, text
from tests.cast import fresh


def test_the_youth_puts_his_side_beside_a_note(note: Note, sem: Person, noor: Person) -> None:
    own = dossiers.view(note, text="Zo was het niet.", by=sem)
    assert text(noor, own, "text") == "Zo was het niet."
    assert (own.line, own.section) == (note.id, "contacts")
    assert_sealed(own, "Zo was het niet")
    assert last_entry(note.dossier).verb == "view.given"


def test_his_side_is_read_by_who_reads_the_line(
    dossier: Dossier, note: Note, step: Step, sem: Person, dana: Person
) -> None:
    beside_note, beside_step = (dossiers.view(line, text="Mijn kant", by=sem) for line in (note, step))
    sharing.grant(dossier, section="plan", to=dana, purpose="schulden", by=sem)
    assert text(dana, beside_step, "text") == "Mijn kant"
    assert not sharing.policies.can_open(dana, dossier, beside_note.section)


def test_it_stays_his_after_the_end(dossier: Dossier, note: Note, noor: Person, sem: Person) -> None:
    dossiers.end(dossier, reason="stopped", by=noor)
    assert dossiers.view(fresh(note), text="Nog iets", by=sem)


def test_not_even_the_coach_speaks_for_him(note: Note, noor: Person, outsiders: list[Person]) -> None:
    assert_refused(dossiers.view, note, text="x", by=[noor, *outsiders], match="Alleen de jongere zelf")
