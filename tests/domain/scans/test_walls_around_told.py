"""The second line around what others said: raw SQL in PostgreSQL, on behalf of somebody."""

import os

import pytest
from django.db import DatabaseError, connection, transaction

from ipta.accounts.models import Person
from ipta.base import acting
from ipta.dossiers.models import Coachship, Dossier
from ipta.scans.talk.commands import say
from ipta.scans.told import commands

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.skipif(os.environ.get("IPTA_TEST_DATABASE") != "postgres", reason="PostgreSQL has the walls"),
]
TABLES = ("scans_statement", "scans_ownanswer", "scans_secondlook", "scans_saying")


def touched(sql: str) -> int:
    """How many rows it touched; a refusal is none."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            return int(cursor.rowcount)
    except DatabaseError as fault:
        assert "row-level security" in str(fault), fault
        return 0


@pytest.fixture
def told(dossier: Dossier, noor: Person, sem: Person) -> None:
    """Of school, which a stand-in reads, and of the police, which he does not; and words on a card."""
    say(dossier, card="work", text="Lassen", by=sem)
    for kind in ("school", "justice"):
        statement = commands.cite(dossier, kind=kind, text="Iets", source="Iemand", by=noor)
        commands.answer(statement, reply="no", by=sem)
        commands.look_again(statement, why="Past niet", by=noor)


def seen(person: Person) -> list[int]:
    with acting.as_person(person.pk):
        return [touched(f"SELECT 1 FROM {table}") for table in TABLES]


@pytest.mark.usefixtures("told")
def test_each_row_is_there_for_who_reads_its_section(
    noor: Person, sem: Person, stef: Person, standing_in: Coachship, outsiders: list[Person]
) -> None:
    assert seen(noor) == seen(sem) == [2, 2, 2, 1]
    assert seen(stef) == [1, 1, 1, 1]
    for person in outsiders:
        # Who came in with the emergency button, and whose time is over, sees nothing any more.
        assert seen(person) == [0, 0, 0, 0], person.first_name


@pytest.mark.usefixtures("told")
def test_nobody_changes_an_answer_or_takes_one_away(noor: Person, sem: Person, stef: Person) -> None:
    for person in (noor, sem, stef):
        with acting.as_person(person.pk):
            assert not touched("UPDATE scans_ownanswer SET reply = ''::bytea")
            for table in TABLES:
                assert not touched(f"DELETE FROM {table}")
