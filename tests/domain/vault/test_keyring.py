"""One key per dossier and section, in a database of its own."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Note
from ipta.sharing.door import GONE, Reader
from ipta.vault import keyring, seals
from ipta.vault.fields import Sealed
from ipta.vault.models import MunicipalityKey, SectionKey
from ipta.vault.rules import SECTIONS
from tests.asking import raw
from tests.cast import canary


def test_each_section_has_a_key_of_its_own(dossier: Dossier, kim_dossier: Dossier) -> None:
    places = [(d.id, section) for d in (dossier, kim_dossier) for section in SECTIONS]
    keys = keyring.keys(places)
    assert len(keys) == len(places)
    assert len(set(keys.values())) == len(places)


def test_keys_lie_apart_from_texts_and_wrapped(dossier: Dossier) -> None:
    row = SectionKey.objects.get(dossier_id=dossier.id, section="plan")
    assert row._state.db == "keys"
    bare = keyring.keys([(dossier.id, "plan")])[dossier.id, "plan"]
    assert bare not in bytes(row.wrapped or b"")
    assert {key.municipality for key in MunicipalityKey.objects.all()} == {"GM0637"}


def test_a_section_that_does_not_exist_gets_no_key() -> None:
    with pytest.raises(ValueError, match="hobbies"):
        keyring.key_for_writing(uuid4(), "hobbies", "GM0637")


def test_a_text_copied_to_another_row_does_not_open(dossier: Dossier, noor: Person, note: Note) -> None:
    """An SQL statement of somebody clever moves the words of one note into another."""
    other = dossiers.note(dossier, text="Iets anders", by=noor)
    Note.objects.filter(pk=other.pk).update(text=raw(note, "text"))
    with pytest.raises(seals.Unreadable):
        Reader(noor).text(Note.objects.get(pk=other.pk).text)


def test_a_text_copied_to_a_stranger_does_not_open(
    dossier: Dossier, kim_dossier: Dossier, note: Note, bram: Person
) -> None:
    his = Note.objects.get(dossier=kim_dossier)
    Note.objects.filter(pk=his.pk).update(text=raw(note, "text"))
    with pytest.raises(seals.Unreadable):
        Reader(bram).text(Note.objects.get(pk=his.pk).text)


def test_a_row_moved_to_another_dossier_does_not_open(kim_dossier: Dossier, note: Note, bram: Person) -> None:
    Note.objects.filter(pk=note.pk).update(dossier=kim_dossier)
    with pytest.raises(seals.Unreadable):
        Reader(bram).text(Note.objects.get(pk=note.pk).text)


def test_a_destroyed_section_is_gone_for_ever(dossier: Dossier, noor: Person, note: Note) -> None:
    keyring.destroy(dossier.id, ["contacts"])
    assert Reader(noor).text(Note.objects.get(pk=note.pk).text) == GONE
    assert Reader(noor).text(Dossier.objects.get(pk=dossier.pk).first_name).startswith(canary("sem", "identity"))


def test_a_destroyed_section_cannot_be_written_again(dossier: Dossier, noor: Person) -> None:
    keyring.destroy(dossier.id, ["contacts"])
    before = Note.objects.count()
    with pytest.raises(keyring.Destroyed):
        dossiers.note(dossier, text="Nog iets", by=noor)
    assert Note.objects.count() == before
    assert SectionKey.objects.get(dossier_id=dossier.id, section="contacts").wrapped is None


def test_a_section_can_be_destroyed_before_anything_was_written() -> None:
    somebody = uuid4()
    keyring.destroy(somebody)
    assert keyring.keys([(somebody, section) for section in SECTIONS]) == {}
    with pytest.raises(keyring.Destroyed):
        keyring.key_for_writing(somebody, "plan", "GM0637")


def test_a_destroyed_key_is_forgotten_in_the_middle_of_a_request(dossier: Dossier) -> None:
    with keyring.held():
        assert keyring.keys([(dossier.id, "plan")])
        keyring.destroy(dossier.id, ["plan"])
        assert keyring.keys([(dossier.id, "plan")]) == {}


def test_held_keys_are_forgotten_when_the_work_ends(dossier: Dossier) -> None:
    with keyring.held():
        keyring.keys([(dossier.id, "plan")])
        assert keyring._held.get()
    assert keyring._held.get() is None


def test_a_new_master_key_still_opens_what_the_old_one_wrapped(
    dossier: Dossier, noor: Person, note: Note, tmp_path: Path
) -> None:
    lines = settings.MASTER_KEY_FILE.read_text()
    rotated = tmp_path / "master.key"
    rotated.write_text(lines + seals.master_key_line(2, seals.new_key()))
    settings.MASTER_KEY_FILE = rotated
    keyring.forget_everything()
    assert Reader(noor).text(Note.objects.get(pk=note.pk).text).startswith(canary("sem", "contacts"))


def test_another_master_key_opens_nothing(dossier: Dossier, noor: Person, note: Note, tmp_path: Path) -> None:
    other = tmp_path / "master.key"
    other.write_text(seals.master_key_line(1, seals.new_key()))
    settings.MASTER_KEY_FILE = other
    keyring.forget_everything()
    with pytest.raises(Exception):  # noqa: B017, PT011 - which fault it is, is the business of `cryptography`
        Reader(noor).text(Note.objects.get(pk=note.pk).text)


def test_read_from_a_row_it_is_sealed_and_prints_dots(note: Note) -> None:
    sealed = Note.objects.get(pk=note.pk).text
    assert isinstance(sealed, Sealed)
    assert str(sealed) == repr(sealed) == f"{sealed}" == "•••"
    assert bool(sealed)
    assert "kwetter" not in repr(Note.objects.get(pk=note.pk).__dict__)


def test_an_empty_text_is_empty(dossier: Dossier, noor: Person) -> None:
    empty = dossiers.note(dossier, text="", is_reached=False, by=noor)
    sealed = Note.objects.get(pk=empty.pk).text
    assert not sealed
    assert str(sealed) == ""
    assert raw(empty, "text") == b""


def test_only_text_is_sealed(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(TypeError, match="takes text"):
        Note.objects.create(dossier=dossier, author=noor, channel="met", happened_at=timezone.now(), text=5)
