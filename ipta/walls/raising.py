"""Raising the walls. `bin/ipta migrate` does it anew each time, so that they are always those of the code."""

from pathlib import Path

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from ipta.base.postgres.base import context_key
from ipta.walls.tables import ADDED_ONLY, Wall, walls

HERE = Path(__file__).parent
GATE, WEB, STATISTICS = "ipta_gate", "ipta_web", "ipta_statistics"
BACKUP = {"default": "ipta_backup", "keys": "ipta_keys_backup"}
_FUNCTIONS = {"default": ("gate.sql", "people.sql"), "keys": ("gate.sql", "keys.sql")}
# What the functions of the gate look up, and no more.
_LOOKED_UP = (
    "accounts_person",
    "accounts_post",
    "dossiers_dossier",
    "dossiers_coachship",
    "sharing_grant",
    "sharing_emergency",
)
_BLOCK = 64  # of SHA-256


def raise_walls(alias: str) -> int:
    """Raise the walls of this database and tell around how many tables. Nothing on SQLite, which has one municipality.

    Runs as the owner of the tables, who may act as `ipta_gate`.
    """
    if connections[alias].vendor != "postgresql":
        return 0
    around = walls(alias)
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        _open_the_gate(cursor, alias)
        for model, wall in around.items():
            _wall(cursor, model._meta.db_table, wall)
        _share_out(cursor, alias, [model._meta.db_table for model in around if model._meta.label in ADDED_ONLY])
    return len(around)


def _open_the_gate(cursor: CursorWrapper, alias: str) -> None:
    """The functions that know who asks, and the seal by which they know it."""
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {GATE}")
    if alias == "default":
        cursor.execute(f"GRANT SELECT ON {', '.join(_LOOKED_UP)} TO {GATE}")
        cursor.execute(f"GRANT SELECT (id, dossier_id, parent_id) ON dossiers_step TO {GATE}")
    cursor.execute(f"SET LOCAL ROLE {GATE}")
    for file in _FUNCTIONS[alias]:
        cursor.execute((HERE / file).read_text())
    key = context_key().ljust(_BLOCK, b"\0")
    cursor.execute("DELETE FROM gate.seal")
    cursor.execute(
        "INSERT INTO gate.seal VALUES (%s, %s)",
        [bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)],
    )
    cursor.execute(f"GRANT USAGE ON SCHEMA gate TO {WEB}, {STATISTICS}, {BACKUP[alias]}")
    cursor.execute("RESET ROLE")


def _wall(cursor: CursorWrapper, table: str, wall: Wall) -> None:
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    cursor.execute("SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = %s", [table])
    for (policy,) in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{policy}" ON "{table}"')
    for verb in ("select", "insert", "update", "delete"):
        condition = f"(SELECT gate.is_work()) OR ({getattr(wall, verb)})"
        said = f"WITH CHECK ({condition})" if verb == "insert" else f"USING ({condition})"
        if verb == "update" and wall.becomes:
            said += f" WITH CHECK ((SELECT gate.is_work()) OR ({wall.becomes}))"
        cursor.execute(f'CREATE POLICY who_may_{verb} ON "{table}" FOR {verb} {said}')


def _share_out(cursor: CursorWrapper, alias: str, added_only: list[str]) -> None:
    """What each role may do at all: the web never empties a table or touches a line of a log, others only read."""
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {WEB}, {BACKUP[alias]}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB}")
    cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {WEB}")
    for table in added_only:
        cursor.execute(f'REVOKE UPDATE, DELETE ON "{table}" FROM {WEB}')
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB}")
    cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP[alias]}")
    cursor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP[alias]}")
