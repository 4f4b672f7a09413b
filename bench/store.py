"""Putting rows where they belong: COPY on PostgreSQL, executemany on SQLite. Both take what `dossier.py` makes."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from bench.dossier import CLEAR_DOSSIER, CLEAR_NOTE, MANY, Made
from bench.tables import Row, columns_of

_CLEAR_COACH: Final = (
    "id", "username", "first_name", "is_superuser", "date_joined", "password", "last_name", "email", "is_staff",
    "is_active",
)  # fmt: skip


def _clear_coaches(coaches: Iterable[Row]) -> list[Row]:
    """Users of the admin; the first of them may do everything there."""
    return [(*coach, "!", "Voorbeeld", "", True, True) for coach in coaches]


@dataclass(frozen=True, slots=True)
class Names:
    """The databases of one filling: for SQLite the files, for PostgreSQL the names on the server of the bench."""

    texts: str
    keys: str
    clear: str


# --- PostgreSQL ------------------------------------------------------------------------------------------------


class Postgres:
    """Writes as the administrator of the server, past walls and triggers: what comes in is whole by itself."""

    def __init__(self, names: Names, server: str) -> None:
        self.texts, self.keys, self.clear = (
            psycopg.connect(f"{server} dbname={name} user=ipta", autocommit=True)
            for name in (names.texts, names.keys, names.clear)
        )
        for connection in (self.texts, self.keys, self.clear):
            connection.execute("SET session_replication_role = replica")
            connection.execute("SET synchronous_commit = off")
        self._types: dict[str, list[int]] = {}

    def put(self, made: Made) -> None:
        for table, rows in made.rows.items():
            self._copy(self.keys if table.is_of_keys else self.texts, table.name, table.columns, rows)
        self._copy(self.clear, "clear_dossier", CLEAR_DOSSIER, made.clear_dossiers)
        self._copy(self.clear, "clear_note", CLEAR_NOTE, made.clear_notes)

    def put_coaches(self, coaches: Iterable[Row]) -> None:
        self._copy(self.clear, "auth_user", _CLEAR_COACH, _clear_coaches(coaches))

    def _copy(self, connection: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: list[Row]) -> None:
        if not rows:
            return
        named = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table), named)
        types = self._types_of(connection, table, columns)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row([Jsonb(value) if isinstance(value, dict) else value for value in row])

    def _types_of(self, connection: psycopg.Connection[Any], table: str, columns: Sequence[str]) -> list[int]:
        if table not in self._types:
            asked = "SELECT attname, atttypid FROM pg_attribute WHERE attrelid = %s::regclass"
            of = dict(connection.execute(asked, [table]).fetchall())
            self._types[table] = [of[column] for column in columns]
        return self._types[table]

    def close(self) -> None:
        for connection in (self.texts, self.keys, self.clear):
            connection.close()


class Indexes:
    """Those of the big tables are taken away while these are filled, and made again at the end, all at once."""

    _FIND = """
        SELECT c.relname, i.relname, pg_get_indexdef(i.oid), o.conname, pg_get_constraintdef(o.oid)
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
        LEFT JOIN pg_constraint o ON o.conindid = i.oid AND o.contype = 'u'
        WHERE c.relname = ANY (%s) AND NOT x.indisprimary
    """

    def __init__(self, names: Names, server: str) -> None:
        tables = {names.texts: [table.name for table in MANY], names.clear: ["clear_note"]}
        self._server = server
        self._again: list[tuple[str, str]] = []
        for database, wanted in tables.items():
            with psycopg.connect(f"{server} dbname={database} user=ipta", autocommit=True) as connection:
                for table, index, made, constraint, says in connection.execute(self._FIND, [wanted]).fetchall():
                    if constraint:
                        connection.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')
                        made = f'ALTER TABLE "{table}" ADD CONSTRAINT "{constraint}" {says}'  # noqa: PLW2901
                    else:
                        connection.execute(f'DROP INDEX "{index}"')
                    self._again.append((database, made))

    def restore(self) -> Iterable[str]:
        """Make them again; gives what is being made."""
        for database, statement in self._again:
            yield statement.split(" USING ")[0]
            with psycopg.connect(f"{self._server} dbname={database} user=ipta", autocommit=True) as connection:
                connection.execute("SET maintenance_work_mem = '1GB'")
                connection.execute(statement)


def to_disk(names: Names, server: str) -> None:
    """Count what there is for the planner, and write everything out, so that nothing of the filling is left to do."""
    for name in (names.texts, names.keys, names.clear):
        with psycopg.connect(f"{server} dbname={name} user=ipta", autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE, PARALLEL 2)")
            connection.execute("CHECKPOINT")


# --- SQLite ----------------------------------------------------------------------------------------------------


class SQLite:
    """One process writes; power may fail while it does."""

    def __init__(self, names: Names) -> None:
        self._stack = ExitStack()
        self.texts, self.keys, self.clear = (self._open(Path(name)) for name in (names.texts, names.keys, names.clear))

    def _open(self, file: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(file, isolation_level=None)
        self._stack.callback(connection.close)
        for pragma in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def put(self, made: Made) -> None:
        for connection in (self.texts, self.keys, self.clear):
            connection.execute("BEGIN")
        for table, rows in made.rows.items():
            self._insert(self.keys if table.is_of_keys else self.texts, table.name, table.columns, rows)
        self._insert(self.clear, "clear_dossier", CLEAR_DOSSIER, made.clear_dossiers)
        self._insert(self.clear, "clear_note", CLEAR_NOTE, made.clear_notes)
        for connection in (self.texts, self.keys, self.clear):
            connection.execute("COMMIT")

    def put_coaches(self, coaches: Iterable[Row]) -> None:
        self._insert(self.clear, "auth_user", _CLEAR_COACH, _clear_coaches(coaches))

    def _insert(self, connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: list[Row]) -> None:
        marks = ", ".join("?" * len(columns))
        statement = f'INSERT INTO "{table}" ({columns_of(columns)}) VALUES ({marks})'
        connection.executemany(statement, (tuple(map(_as_django_does, row)) for row in rows))

    def close(self) -> None:
        for connection in (self.texts, self.keys, self.clear):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._stack.close()


def _as_django_does(value: Any) -> Any:
    """The form in which Django keeps it in SQLite."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, dict | list) else value
