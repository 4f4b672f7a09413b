"""The second line: raw SQL in PostgreSQL, on behalf of somebody. No query or policy of Python helps here."""

import os
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from ipta.accounts.models import Municipality, Person
from ipta.base import acting
from ipta.dossiers.models import Dossier
from ipta.scans.instruments import commands, shelf
from ipta.scans.instruments.definition import read_definition
from ipta.scans.instruments.queries import times_filled
from ipta.scans.models import FilledSheet, InstrumentVersion
from tests.method.instruments.made import URL, file_of, item, questionnaire, said

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.skipif(os.environ.get("IPTA_TEST_DATABASE") != "postgres", reason="PostgreSQL has the walls"),
]


def changed(sql: str, *values: object) -> int:
    """How many rows it touched; a refusal is none."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)
    except DatabaseError as fault:
        assert "row-level security" in str(fault), fault
        return 0


@pytest.fixture
def own(zoetermeer: Municipality, fem: Person) -> InstrumentVersion:
    """Brought in by the functional manager of zoetermeer, as the web does it."""
    with acting.as_person(fem.pk):
        return commands.load_instrument(zoetermeer, file_of(item("b")), by=fem)


def seen_by(person: Person) -> tuple[int, int]:
    """How many instruments of this url, and how many versions."""
    with acting.as_person(person.pk):
        return (
            changed("SELECT 1 FROM scans_instrument WHERE url = %s", URL),
            changed("SELECT 1 FROM scans_instrumentversion WHERE definition ->> 'url' = %s", URL),
        )


def test_a_municipalitys_own_copy_is_there_for_who_works_or_lives_there(
    own: InstrumentVersion, noor: Person, fem: Person, sem: Person, yara: Person, ali: Person
) -> None:
    assert [seen_by(person) for person in (noor, fem, sem)] == [(1, 1)] * 3
    assert [seen_by(person) for person in (yara, ali)] == [(0, 0)] * 2


def test_that_of_the_house_is_there_for_everybody_and_for_nobody_to_change(
    zoetermeer: Municipality, noor: Person, fem: Person, yara: Person
) -> None:
    version, _ = shelf.shelve(read_definition(questionnaire(item("a"))), None, None)
    assert [seen_by(person) for person in (noor, fem, yara)] == [(1, 1)] * 3
    with acting.as_person(fem.pk):
        assert not changed("UPDATE scans_instrument SET title = 'x' WHERE id = %s", version.instrument_id)
        assert not changed("UPDATE scans_instrumentversion SET status = 'retired' WHERE id = %s", version.pk)
        assert not changed("INSERT INTO scans_instrument (id, url, name, title, publisher, copyright) "
                           "VALUES (%s, 'urn:x', '', '', '', '')", uuid4())  # fmt: skip
    with acting.as_nobody():
        assert not changed("SELECT 1 FROM scans_instrument")


def test_only_its_functional_manager_changes_it(
    own: InstrumentVersion, noor: Person, fem: Person, yara: Person
) -> None:
    retire = "UPDATE scans_instrumentversion SET status = 'retired' WHERE id = %s"
    for person in (noor, yara):
        with acting.as_person(person.pk):
            assert not changed(retire, own.pk)
            assert not changed("DELETE FROM scans_instrumentversion WHERE id = %s", own.pk)
    with acting.as_person(fem.pk):
        assert changed(retire, own.pk) == 1


def test_a_sheet_is_written_as_the_web_does_it_and_signed_it_is_shut(
    dossier: Dossier, own: InstrumentVersion, noor: Person, bram: Person, sem: Person
) -> None:
    change = "UPDATE scans_filledsheet SET answers = %s WHERE id = %s"
    with acting.as_person(noor.pk):
        sheet = commands.start_sheet(dossier, own, voice=FilledSheet.Voice.COACH, by=noor)
        commands.save_answers(sheet, said(b="thuis"), seen=0, by=noor)
        assert not changed("UPDATE scans_filledsheet SET by_id = %s WHERE id = %s", sem.pk, sheet.pk)
        commands.sign_off(sheet, said(b="thuis"), seen=1, by=noor)
    for person in (noor, sem, bram):
        with acting.as_person(person.pk):
            assert not changed(change, b"anders", sheet.pk)
            assert not changed("UPDATE scans_filledsheet SET signed_off_at = NULL WHERE id = %s", sheet.pk)
            assert not changed("DELETE FROM scans_filledsheet WHERE id = %s", sheet.pk)
    with acting.as_person(bram.pk):
        assert not changed("SELECT 1 FROM scans_filledsheet")
    with acting.as_person(noor.pk):
        better = commands.correct(sheet, said(b="thuis"), by=noor)
        assert commands.sign_off(better, said(b="buiten"), seen=0, by=noor).replaces_id == sheet.pk


def test_a_draft_goes_by_its_functional_manager_alone_and_what_was_in_use_never(
    own: InstrumentVersion, zoetermeer: Municipality, noor: Person, fem: Person, vera: Person
) -> None:
    throw_away = "DELETE FROM scans_instrumentversion WHERE id = %s"
    with acting.as_person(fem.pk):
        draft = commands.load_instrument(zoetermeer, file_of(item("b"), version="2"), by=fem, is_draft=True)
        assert not changed(throw_away, own.pk)
    for person in (noor, vera):
        with acting.as_person(person.pk):
            assert not changed(throw_away, draft.pk)
    with acting.as_person(fem.pk):
        assert changed(throw_away, draft.pk) == 1


def test_the_functional_manager_counts_without_reading(
    own: InstrumentVersion, dossier: Dossier, noor: Person, fem: Person, vera: Person
) -> None:
    with acting.as_person(noor.pk):
        sheet = commands.start_sheet(dossier, own, voice="coach", by=noor)
        commands.sign_off(sheet, said(b="ja"), seen=0, by=noor)
    with acting.as_person(fem.pk):
        assert not changed("SELECT 1 FROM scans_filledsheet")
        assert times_filled(fem)[own.pk] == 1
    with acting.as_person(vera.pk):
        assert own.pk not in times_filled(vera)
