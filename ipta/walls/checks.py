"""What must be right in the database before the site serves anybody."""

import time
from collections.abc import Iterator

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ipta.walls.tables import walls

MOST_SKEW = 30  # seconds
_WHO = "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = session_user"
_OWNED = (
    "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace "
    "AND pg_has_role(session_user, relowner, 'MEMBER') ORDER BY relname"
)
_WALLED = (
    "SELECT relname FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relforcerowsecurity"
)
_HANGING = (
    "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' "
    "AND column_name IN ('dossier_id', 'municipality_id', 'about', 'municipality')"
)
_IS_SEALED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"


def faults(alias: str) -> Iterator[str]:
    """Nothing on SQLite: there is no server, and no wall."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        for look in (_role, _owner, _standing, _secret, _clock):
            yield from look(connection)


def _role(connection: BaseDatabaseWrapper) -> Iterator[str]:
    for name, is_super, bypasses in _rows(connection, _WHO):
        if is_super or bypasses:
            yield f"The site signs in to {_name(connection)} as {name}, whom no wall stops. IPTA_PG_USER is ipta_web."


def _owner(connection: BaseDatabaseWrapper) -> Iterator[str]:
    if owned := [str(table) for (table,) in _rows(connection, _OWNED)]:
        yield (
            f"The site signs in to {_name(connection)} as an owner of its tables ({owned[0]} ...), who can take down a "
            "wall. IPTA_PG_USER is ipta_web, and IPTA_PG_OWNER_USER ipta_owner."
        )


def _standing(connection: BaseDatabaseWrapper) -> Iterator[str]:
    wanted = {model._meta.db_table for model in walls(connection.alias)}
    wanted |= {str(table) for (table,) in _rows(connection, _HANGING)}
    if missing := sorted(wanted - {table for (table,) in _rows(connection, _WALLED)}):
        yield f"In {_name(connection)} there is no wall around {', '.join(missing)}. Run bin/ipta migrate."


def _secret(connection: BaseDatabaseWrapper) -> Iterator[str]:
    host = str(connection.settings_dict["HOST"])
    is_here = not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
    if not is_here and _rows(connection, _IS_SEALED) != [(True,)]:
        yield f"The way to {_name(connection)} at {host} is not sealed. Turn on ssl in PostgreSQL."


def _clock(connection: BaseDatabaseWrapper) -> Iterator[str]:
    before = time.time()
    ((there,),) = _rows(connection, "SELECT extract(epoch FROM clock_timestamp())")
    skew = abs(float(str(there)) - (before + time.time()) / 2)
    if skew > MOST_SKEW:
        yield f"The clock of {_name(connection)} is {skew:.0f} seconds off from the clock here. Set both by NTP."


def _rows(connection: BaseDatabaseWrapper, sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[object, ...]] = cursor.fetchall()
        return found


def _name(connection: BaseDatabaseWrapper) -> str:
    return f"database {connection.settings_dict['NAME']}"
