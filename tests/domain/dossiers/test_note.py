import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, Note
from tests.asking import assert_refused, assert_sealed, last_entry, raw, text, verbs
from tests.cast import fresh


def test_a_note_is_written_and_the_youth_reads_it_at_once(dossier: Dossier, noor: Person, sem: Person) -> None:
    line = dossiers.note(dossier, text="Samen koffie gedronken.", place="Stadshart", channel="met", by=noor)
    assert text(sem, line, "text") == "Samen koffie gedronken."
    assert text(noor, line, "place") == "Stadshart"
    assert_sealed(line, "koffie", "Stadshart")
    assert verbs(dossier)[-1] == "note.written"


def test_an_attempt_counts_too(dossier: Dossier, noor: Person) -> None:
    line = dossiers.note(dossier, text="", channel="called", is_reached=False, by=noor)
    assert not fresh(line).is_reached
    assert last_entry(dossier).facts == {"note": str(line.id), "reached": False}


def test_a_correction_stands_beside_the_old_text(dossier: Dossier, noor: Person, note: Note) -> None:
    before = raw(note, "text")
    better = dossiers.note(dossier, text="Het was woensdag.", replaces=note, by=noor)
    assert fresh(note).replaced_by == better
    assert raw(note, "text") == before
    assert verbs(dossier)[-1] == "note.corrected"


def test_a_note_is_corrected_once(dossier: Dossier, noor: Person, note: Note) -> None:
    dossiers.note(dossier, text="Eerst", replaces=fresh(note), by=noor)
    with pytest.raises(Impossible, match="al verbeterd"):
        dossiers.note(dossier, text="Nog eens", replaces=fresh(note), by=noor)


def test_a_note_of_somebody_else_cannot_be_corrected_through_ones_own(
    dossier: Dossier, kim_dossier: Dossier, note: Note, bram: Person
) -> None:
    """Bram may write in kim's dossier: that gives him no say over a line in sem's."""
    with pytest.raises(Impossible):
        dossiers.note(kim_dossier, text="x", replaces=note, by=bram)
    assert not hasattr(fresh(note), "replaced_by")


def test_a_stand_in_writes_too(dossier: Dossier, standing_in: Coachship, stef: Person, sem: Person) -> None:
    assert text(sem, dossiers.note(dossier, text="Hoi", by=stef), "text") == "Hoi"


def test_signs_that_hide_are_left_out(dossier: Dossier, noor: Person) -> None:
    line = dossiers.note(dossier, text="Ali\u202egpj.exe\x00\r\nen\x07 verder\ud800", by=noor)
    assert text(noor, line, "text") == "Aligpj.exe\nen verder"


def test_nobody_else_may(dossier: Dossier, outsiders: list[Person], sem: Person) -> None:
    assert_refused(dossiers.note, dossier, text="x", by=[*outsiders, sem], match="Alleen de coach")
