"""The keyring itself: what it asks the store, what it remembers, what it makes, and what is left after destroying."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ipta.base import clock
from ipta.vault import keyring, master, seals
from ipta.vault.models import HouseKey, MunicipalityKey, SectionKey
from ipta.vault.rules import SECTIONS

HERE, THERE = UUID(int=1), UUID(int=2)
GONE = "^Dit onderdeel is gewist\\. Er kan niets meer bij\\.$"


@pytest.fixture
def file(db: None) -> Path:
    """The master key of this test, with one version."""
    path: Path = settings.MASTER_KEY_FILE
    return path


@pytest.fixture
def own_file(file: Path, tmp_path: Path) -> Path:
    """A master key file that may be changed."""
    path: Path = tmp_path / "master.key"
    path.touch(0o600)
    path.write_text(file.read_text())
    settings.MASTER_KEY_FILE = path  # put back after each test (tests/conftest.py)
    return path


def asked() -> CaptureQueriesContext:
    return CaptureQueriesContext(connections["keys"])


# --- keys of the house --------------------------------------------------------------------


def test_a_key_of_the_house_is_made_once_and_then_remembered(file: Path) -> None:
    key = keyring.house_key("proef")
    assert HouseKey.objects.get().purpose == "proef"
    assert keyring.house_key("proef") == key
    with asked() as queries:
        assert keyring.house_key("proef") == key
    assert len(queries) == 0
    keyring.forget_everything()
    assert keyring.house_key("proef") == key
    assert keyring.house_key("iets anders") != key


def test_a_version_that_is_not_in_the_file_is_told_and_what_to_do(own_file: Path) -> None:
    keyring.house_key("proef")
    HouseKey.objects.update(master_version=7)
    keyring.forget_everything()
    with pytest.raises(master.NoMasterKey) as fault:
        keyring.house_key("proef")
    assert str(fault.value) == (
        "The key of proef is wrapped under version 7 of the master key, which is not in the file here. "
        "Put the line of that version back."
    )


def test_a_version_that_is_another_one_is_told_and_what_to_do(own_file: Path) -> None:
    keyring.house_key("proef")
    own_file.write_text(seals.master_key_line(1, seals.new_key()))
    keyring.forget_everything()
    with pytest.raises(master.NoMasterKey) as fault:
        keyring.house_key("proef")
    assert str(fault.value) == (
        "Version 1 of the master key here is not the one that wrapped the key of proef. Put a copy back."
    )


# --- keys of sections ---------------------------------------------------------------------


def test_a_key_is_made_at_the_first_word_and_stays_the_same(file: Path) -> None:
    key = keyring.key_for_writing(HERE, "plan", "GM0637")
    assert keyring.key_for_writing(HERE, "plan", "GM0637") == key
    assert keyring.keys([(HERE, "plan"), (HERE, "work"), (THERE, "plan")]) == {(HERE, "plan"): key}
    row = SectionKey.objects.get()
    assert (row.dossier_id, row.section, row.municipality, row.destroyed_at) == (HERE, "plan", "GM0637", None)


def test_the_store_is_asked_for_these_dossiers_and_sections_alone(file: Path) -> None:
    with asked() as queries:
        keyring.keys([(HERE, "plan"), (THERE, "work")])
    (query,) = (query["sql"] for query in queries)
    condition = query.partition(" WHERE ")[2]
    assert all(said in condition for said in ('"dossier_id" IN', '"section" IN', "'plan'", "'work'"))
    assert "'money'" not in condition


def test_what_a_piece_of_work_holds_is_not_asked_again(file: Path) -> None:
    plan, work = (keyring.key_for_writing(HERE, section, "GM0637") for section in ("plan", "work"))
    with keyring.held():
        assert keyring.keys([(HERE, "plan")]) == {(HERE, "plan"): plan}
        with asked() as queries:
            assert keyring.keys([(HERE, "plan")]) == {(HERE, "plan"): plan}
        assert len(queries) == 0
        assert keyring.keys([(HERE, "plan"), (HERE, "work")]) == {(HERE, "plan"): plan, (HERE, "work"): work}
    with asked() as queries:
        keyring.keys([(HERE, "plan")])
    assert len(queries) == 1


def test_a_store_that_was_put_back_is_noticed(file: Path) -> None:
    """What a worker remembers of the key of a municipality is not that of the store any more."""
    keyring.key_for_writing(HERE, "plan", "GM0637")
    keyring.keys([(HERE, "plan")])
    theirs, plan = seals.new_key(), seals.new_key()
    masters = master.versions()
    MunicipalityKey.objects.update(wrapped=seals.wrap(theirs, under=masters[master.newest()]))
    SectionKey.objects.update(wrapped=seals.wrap(plan, under=theirs))
    assert keyring.keys([(HERE, "plan")]) == {(HERE, "plan"): plan}


def test_nothing_is_written_where_it_was_destroyed(file: Path) -> None:
    keyring.destroy(HERE, ["plan"])
    with pytest.raises(keyring.Destroyed, match=GONE):
        keyring.key_for_writing(HERE, "plan", "GM0637")
    assert keyring.key_for_writing(HERE, "work", "GM0637")


def test_there_is_no_section_that_is_none(file: Path) -> None:
    with pytest.raises(ValueError, match="^hobbies$"):
        keyring.key_for_writing(HERE, "hobbies", "GM0637")


# --- destroying -----------------------------------------------------------------------------


def test_destroyed_is_an_empty_row_with_the_moment_also_where_nothing_stood(file: Path) -> None:
    keyring.key_for_writing(HERE, "plan", "GM0637")
    moment = timezone.now()
    with clock.at(moment):
        keyring.destroy(HERE)
    rows = {row.section: row for row in SectionKey.objects.filter(dossier_id=HERE)}
    assert rows.keys() == set(SECTIONS)
    assert {(row.wrapped, row.destroyed_at) for row in rows.values()} == {(None, moment)}
    assert {section: row.municipality for section, row in rows.items() if row.municipality} == {"plan": "GM0637"}


def test_what_was_destroyed_keeps_its_first_moment(file: Path) -> None:
    first = timezone.now()
    with clock.at(first):
        keyring.destroy(HERE, ["plan"])
    keyring.destroy(HERE, ["plan", "work"])
    assert SectionKey.objects.get(section="plan").destroyed_at == first
    assert SectionKey.objects.get(section="work").destroyed_at > first


def test_other_sections_and_other_dossiers_stay(file: Path) -> None:
    places = [(HERE, "plan"), (HERE, "work"), (THERE, "plan")]
    for dossier, section in places:
        keyring.key_for_writing(dossier, section, "GM0637")
    keyring.destroy(HERE, ["plan"])
    assert [place for place, key in keyring.keys(places).items() if key is None] == [(HERE, "plan")]


def test_it_is_all_or_nothing(file: Path) -> None:
    keyring.key_for_writing(HERE, "plan", "GM0637")

    def halfway() -> Iterator[str]:
        yield "plan"
        raise OSError("the power went out")

    with pytest.raises(OSError, match="power"):
        keyring.destroy(HERE, halfway())
    assert keyring.keys([(HERE, "plan")])[HERE, "plan"]


def test_what_is_held_is_forgotten_too_and_the_rest_is_not(file: Path) -> None:
    plan, work = (keyring.key_for_writing(HERE, section, "GM0637") for section in ("plan", "work"))
    with keyring.held():
        assert keyring.keys([(HERE, "plan"), (HERE, "work")]) == {(HERE, "plan"): plan, (HERE, "work"): work}
        keyring.destroy(HERE, ["money", "plan"])  # of money nothing was held
        with asked() as queries:
            assert keyring.keys([(HERE, "work")]) == {(HERE, "work"): work}
        assert len(queries) == 0
        assert keyring.keys([(HERE, "plan")]) == {(HERE, "plan"): None}


def test_a_dossier_that_was_never_there_can_be_destroyed(file: Path) -> None:
    somebody = uuid4()
    keyring.destroy(somebody)
    assert set(keyring.keys([(somebody, section) for section in SECTIONS]).values()) == {None}
