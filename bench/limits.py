"""What nothing on this machine can be quicker than: the database asked directly, without any web around it."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.site import Site, settings_of

FAR = 7919
_INSERT = (
    "INSERT INTO clear_note (dossier_id, author_id, channel, is_reached, is_celebration, happened_at, written_at, "
    "place, text) VALUES (1, 1, 'met', true, false, {0}, {0}, '', {0})"
)


def limits(site: Site, seconds: float) -> dict[str, float]:
    """Milliseconds (median) for one row by its number, for the hundred notes of a dossier, and for one note written
    down for good (the disk says it has it)."""
    names = settings_of(site.environment())
    asked = {
        "one_indexed_read_ms": "SELECT * FROM clear_note WHERE id = {}",
        "hundred_notes_read_ms": "SELECT * FROM clear_note WHERE dossier_id = {} ORDER BY happened_at DESC",
    }
    connection: Any
    if site.database == "postgres":
        connection, mark = psycopg.connect(f"{site.server} dbname={names['clear']} user=ipta", autocommit=True), "%s"
    else:
        connection, mark = sqlite3.connect(names["clear"], isolation_level=None), "?"
        connection.execute("PRAGMA synchronous = FULL")

    def ask(question: str) -> Callable[[int], object]:
        return lambda number: connection.execute(question.format(mark), [number]).fetchall()

    def write(number: int) -> None:
        connection.execute(_INSERT.format(mark), [now, now, f"gemeten {number}"])

    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    try:
        found = {name: _median(ask(question), site.dossiers, seconds) for name, question in asked.items()}
        found["one_insert_ms"] = _median(write, site.dossiers, seconds)
        connection.execute(f"DELETE FROM clear_note WHERE text LIKE {mark} AND dossier_id = 1", ["gemeten %"])
    finally:
        connection.close()
    return found


def _median(ask: Callable[[int], object], dossiers: int, seconds: float) -> float:
    """Milliseconds, over numbers that lie far from each other."""
    times: list[float] = []
    end, number = time.perf_counter() + seconds, 0
    while time.perf_counter() < end or not times:
        number = (number + FAR) % dossiers
        began = time.perf_counter()
        ask(number + 1)
        times.append(time.perf_counter() - began)
    return round(statistics.median(times) * 1000, 3)
