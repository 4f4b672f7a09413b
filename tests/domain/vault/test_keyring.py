"""One key per dossier and section, in a database of its own."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Note
from ipta.sharing.door import GONE, Reader
from ipta.vault import keyring, seals
from ipta.vault.fields import Sealed
from ipta.vault.models import HouseKey, MunicipalityKey, SectionKey
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
    assert bare and bare not in bytes(row.wrapped or b"")
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
    places = [(somebody, section) for section in SECTIONS]
    assert keyring.keys(places) == dict.fromkeys(places)
    with pytest.raises(keyring.Destroyed):
        keyring.key_for_writing(somebody, "plan", "GM0637")


def test_a_destroyed_key_is_forgotten_in_the_middle_of_a_request(dossier: Dossier) -> None:
    with keyring.held():
        assert keyring.keys([(dossier.id, "plan")])
        keyring.destroy(dossier.id, ["plan"])
        assert keyring.keys([(dossier.id, "plan")]) == {(dossier.id, "plan"): None}


def test_held_keys_are_forgotten_when_the_work_ends(dossier: Dossier) -> None:
    with keyring.held():
        keyring.keys([(dossier.id, "plan")])
        assert keyring._held.get()
    assert keyring._held.get() is None


def test_what_was_never_written_has_no_key(dossier: Dossier) -> None:
    assert keyring.keys([(uuid4(), "plan"), (dossier.id, "hobbies")]) == {}


def test_a_lost_key_is_a_fault_and_not_said_to_be_erased(dossier: Dossier, noor: Person, note: Note) -> None:
    """The key store was lost, or a row of it hidden: nobody erased anything."""
    SectionKey.objects.filter(dossier_id=dossier.id, section="contacts").delete()
    with pytest.raises(seals.Unreadable):
        Reader(noor).text(Note.objects.get(pk=note.pk).text)


def test_destroying_again_keeps_the_day_it_was_done(dossier: Dossier) -> None:
    keyring.destroy(dossier.id, ["plan"])
    before = list(SectionKey.objects.order_by("pk").values_list())
    keyring.destroy(dossier.id, ["plan"])
    assert list(SectionKey.objects.order_by("pk").values_list()) == before
    destroyed_at = SectionKey.objects.get(dossier_id=dossier.id, section="plan").destroyed_at
    assert destroyed_at and destroyed_at.date() == timezone.now().date()


def test_destroying_one_section_leaves_the_others(dossier: Dossier, kim_dossier: Dossier) -> None:
    keyring.destroy(dossier.id, ["plan"])
    living = keyring.keys((d.id, section) for d in (dossier, kim_dossier) for section in SECTIONS)
    assert [place for place, key in living.items() if key is None] == [(dossier.id, "plan")]


def test_who_is_told_that_a_section_is_gone_is_told_in_plain_words(dossier: Dossier, noor: Person) -> None:
    """As everything that cannot be done: a form says it beside the words that were typed."""
    keyring.destroy(dossier.id, ["contacts"])
    with pytest.raises(Impossible, match="Dit onderdeel is gewist"):
        dossiers.note(dossier, text="Nog iets", by=noor)


def test_keys_of_the_house_are_made_once_and_differ(dossier: Dossier) -> None:
    one, other = keyring.house_key("een"), keyring.house_key("ander")
    keyring.forget_everything()
    assert (keyring.house_key("een"), keyring.house_key("ander")) == (one, other)
    assert one != other
    for row in HouseKey.objects.all():
        assert row._state.db == "keys"
        assert one not in bytes(row.wrapped) and other not in bytes(row.wrapped)


def test_a_new_key_never_hangs_on_one_that_was_rolled_back(dossier: Dossier, kim_dossier: Dossier) -> None:
    """What is remembered of a municipality may be gone from the store."""
    with transaction.atomic(using="keys"):
        keyring.key_for_writing(uuid4(), "plan", "GM0599")
        transaction.set_rollback(True, using="keys")
    place = (uuid4(), "plan")
    new = keyring.key_for_writing(*place, "GM0599")
    keyring.forget_everything()
    assert keyring.keys([place]) == {place: new}


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
