"""Fills the databases of one installation; run by the bench in the environment of that installation.

Rows are made in as many processes as there are processors, and streamed: no more than a few coaches are ever in memory.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import django

from bench.marks import NOTES, coaches_of, dossiers_of

AT_ONCE = 2  # coaches that are made together
SAMPLE = 5  # dossiers that are opened again afterwards, by their coach
SAID_EVERY = 0.05


def main() -> None:
    django.setup(set_prefix=False)
    from bench.site import settings_of

    began = time.perf_counter()
    wanted = int(os.environ["BENCH_DOSSIERS"])
    say = _Progress(wanted)
    _fill(wanted, settings_of(os.environ), say)
    _try_out(wanted)
    taken = time.perf_counter() - began
    say.end(f"{wanted:,} dossiers x {NOTES} notes in {taken:.0f} s, {SAMPLE} of them opened and their logs checked")
    Path(os.environ["BENCH_FOLDER"], "fill.json").write_text(json.dumps({"seconds": round(taken, 1)}))


class _Progress:
    def __init__(self, all_of_them: int) -> None:
        self.all, self.done, self.said = all_of_them, 0, 0.0

    def add(self, count: int) -> None:
        self.done += count
        part = self.done / self.all
        if part - self.said >= SAID_EVERY:
            self.said = part
            self.say(f"{self.done:,} of {self.all:,} dossiers")

    def say(self, words: str) -> None:
        print(f"\r  filling: {words:<60}" if sys.stdout.isatty() else f"  filling: {words}", flush=True, end=self._end)

    def end(self, words: str) -> None:
        print(f"\r  {words:<72}" if sys.stdout.isatty() else f"  {words}", flush=True)

    @property
    def _end(self) -> str:
        return "" if sys.stdout.isatty() else "\n"


def _fill(wanted: int, names: dict[str, str], say: _Progress) -> None:
    from bench import store
    from bench.dossier import Made, Writer, of_towns
    from ipta.vault import master

    towns = _towns(1 if os.environ["BENCH_DATABASE"] == "sqlite" else None)
    writer = Writer(datetime.now(UTC))
    version = master.newest()
    first = of_towns(towns, master_version=version, master=master.versions()[version], today=writer.today)
    make = partial(_made, writer, towns, wanted)
    places, server = store.Names(**names), os.environ["BENCH_SERVER"]
    with get_context("fork").Pool(os.cpu_count()) as pool:
        if os.environ["BENCH_DATABASE"] == "sqlite":
            sqlite = store.SQLite(places)
            sqlite.put(Made(first, [], []))
            sqlite.put_coaches(_coaches(wanted, writer))
            for made in pool.imap_unordered(make, _batches(wanted)):
                sqlite.put(made)
                say.add(len(made.clear_dossiers))
            sqlite.close()
            return
        postgres = store.Postgres(places, server)
        postgres.put(Made(first, [], []))
        postgres.put_coaches(_coaches(wanted, writer))
        postgres.close()
        indexes = store.Indexes(places, server)
        for count in pool.imap_unordered(partial(_put, make, places, server), _batches(wanted)):
            say.add(count)
    for index in indexes.restore():
        say.say(index)
    say.say("writing out")
    store.to_disk(places, server)


def _coaches(wanted: int, writer: Any) -> Iterator[tuple[Any, ...]]:
    """For the admin, where they are users: somebody who may do everything first, then the coaches."""
    from bench import words

    for number in range(coaches_of(wanted)):
        yield (number + 1, f"coach-{number}", words.first_name(number), number == 0, writer.now)


def _towns(most: int | None) -> list[Any]:
    """The municipalities of the list that ships with the code, each with a new key."""
    from bench.dossier import Town
    from ipta.accounts.models import Municipality
    from ipta.accounts.municipalities import load_municipalities
    from ipta.base import acting
    from ipta.vault import seals

    with acting.as_work():
        load_municipalities()
        found = Municipality.objects.order_by("code")[:most]
        towns = [Town(town.id, town.code, town.name, seals.new_key()) for town in found]
    django.db.connections.close_all()  # none is shared with the processes that are made now
    return towns


def _batches(wanted: int) -> Iterable[range]:
    """The coaches, some at a time, and the one with the full caseload."""
    coaches = coaches_of(wanted) + 1
    return (range(begin, min(begin + AT_ONCE, coaches)) for begin in range(0, coaches, AT_ONCE))


def _made(writer: Any, towns: list[Any], wanted: int, coaches: range) -> Any:
    from bench.dossier import Made
    from bench.tables import merge

    all_of_them = Made({}, [], [])
    for coach in coaches:
        write = writer.full_coach if coach == coaches_of(wanted) else writer.coach
        made = write(coach, towns[coach % len(towns)], dossiers_of(coach, wanted))
        merge(all_of_them.rows, made.rows)
        all_of_them.clear_dossiers += made.clear_dossiers
        all_of_them.clear_notes += made.clear_notes
    return all_of_them


_stores: dict[str, Any] = {}  # the connections of this process


def _put(make: Any, names: Any, server: str, coaches: range) -> int:
    from bench.store import Postgres

    if "mine" not in _stores:
        _stores["mine"] = Postgres(names, server)
    made = make(coaches)
    _stores["mine"].put(made)
    return len(made.clear_dossiers)


def _try_out(wanted: int) -> None:
    """Open some dossiers as their coach does, and look whether both chains are whole. Raises when anything is not."""
    from bench import words
    from bench.dossier import coach_id, dossier_id
    from bench.marks import CASELOAD
    from ipta.accounts.models import Person
    from ipta.base import acting
    from ipta.dossiers.models import Dossier, Note
    from ipta.journal.models import Chain, logs
    from ipta.journal.rules import first_fault
    from ipta.sharing.door import Reader
    from ipta.vault import keyring

    for number in {wanted * part // SAMPLE for part in range(SAMPLE)}:
        coach, pk = coach_id(number // CASELOAD), dossier_id(number)
        with acting.as_person(coach), keyring.held():
            reader = Reader(Person.objects.get(pk=coach))
            found = Note.objects.filter(dossier=pk).order_by("happened_at")
            texts = [(reader.text(note.text), reader.text(note.place)) for note in found]
            if texts != [(words.note(number, n), words.place(n)) for n in range(NOTES)]:
                raise AssertionError(f"dossier {number}: the notes do not say what was written")
            if reader.text(Dossier.objects.get(pk=pk).last_name) != words.last_name(number):
                raise AssertionError(f"dossier {number}: another name")
        with acting.as_work():
            for log in logs():
                lines = list(log._default_manager.filter(about=pk).order_by("number"))
                head = Chain.objects.get(kind=log.log, about=pk)
                if first_fault(lines) or (head.number, head.hash) != (len(lines), lines[-1].hash):
                    raise AssertionError(f"dossier {number}: the chain of {log.log} is not whole")


if __name__ == "__main__":
    main()
