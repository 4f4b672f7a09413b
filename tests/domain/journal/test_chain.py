"""The journal is a chain: whoever changes, removes or slips in a line is found."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from ipta.accounts.models import Municipality, Person
from ipta.dossiers.models import Dossier
from ipta.journal import rules
from ipta.journal.commands import record
from ipta.journal.models import Chain, Entry
from ipta.journal.rules import first_fault
from ipta.sharing.door import Reader
from ipta.sharing.models import Look
from tests.asking import looks


def entries(about: Any) -> list[Entry]:
    return list(Entry.objects.filter(about=about.pk).order_by("number"))


def test_a_dossier_that_lived_has_a_whole_chain(dossier: Dossier, kim_dossier: Dossier) -> None:
    assert len(entries(dossier)) > 8
    assert first_fault(entries(dossier)) is None
    assert first_fault(entries(kim_dossier)) is None


def test_the_head_points_at_the_last_line(dossier: Dossier) -> None:
    head = Chain.objects.get(kind="journal", about=dossier.id)
    last = entries(dossier)[-1]
    assert (head.number, head.hash) == (last.number, last.hash)


def test_lines_of_two_dossiers_do_not_mix(dossier: Dossier, kim_dossier: Dossier) -> None:
    assert [line.number for line in entries(dossier)] == list(range(1, len(entries(dossier)) + 1))
    assert {line.about for line in entries(dossier)} == {dossier.id}


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "note.erased"},
        {"person_id": uuid4()},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"facts": {"reached": "never"}},
        {"previous": "f" * 64},
        {"hash": "f" * 64},
        {"number": 900},
        {"about": uuid4()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_found(dossier: Dossier, change: dict[str, Any]) -> None:
    third = entries(dossier)[2]
    Entry.objects.filter(pk=third.pk).update(**change)
    assert first_fault(entries(dossier)) == 3


def test_a_line_taken_out_is_found(dossier: Dossier) -> None:
    entries(dossier)[3].delete()
    assert first_fault(entries(dossier)) == 4


def test_reading_lines_are_chained_too(dossier: Dossier, noor: Person, sem: Person) -> None:
    for person in (noor, sem, noor):
        Reader(person).unlock([dossier], "identity", "plan")
    assert len(looks(dossier)) == 6
    assert first_fault(looks(dossier)) is None
    Look.objects.filter(pk=looks(dossier)[1].pk).update(reader_name="Iemand anders")
    assert first_fault(looks(dossier)) == 2


def test_facts_hold_no_words(zoetermeer: Municipality, fem: Person) -> None:
    entry = record("town.seen", by=fem, about=zoetermeer, number=3, open=True, none=None, person=fem.id)
    assert Entry.objects.get(pk=entry.pk).facts == {"number": 3, "open": True, "none": None, "person": str(fem.id)}


# --- the rule itself, over generated chains -----------------------------------


class _Line:
    """A line without a database, as `rules.ChainedLine`."""

    def __init__(self, number: int, previous: str, content: dict[str, Any]) -> None:
        self.number, self.previous, self.content = number, previous, content
        self.hash = self.computed_hash()

    def computed_hash(self) -> str:
        return rules.line_hash(self.previous, {"number": self.number, **self.content})


WAYS = ["facts", "rehashed", "removed", "doubled", "swapped", "slipped in"]
facts = st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=8), st.none()), max_size=3)


def _chain(contents: list[dict[str, Any]]) -> list[_Line]:
    lines: list[_Line] = []
    for number, content in enumerate(contents, start=1):
        lines.append(_Line(number, lines[-1].hash if lines else rules.START, {"facts": content}))
    return lines


@given(st.lists(facts, min_size=1, max_size=8))
def test_a_chain_nobody_touched_is_whole(contents: list[dict[str, Any]]) -> None:
    assert first_fault(_chain(contents)) is None


@given(st.lists(facts, min_size=2, max_size=8), st.data())
def test_any_tampering_is_found_where_it_was_done(contents: list[dict[str, Any]], choose: st.DataObject) -> None:
    lines = _chain(contents)
    at = choose.draw(st.integers(0, len(lines) - 1), label="where")
    how = choose.draw(st.sampled_from(WAYS), label="how")
    if how == "facts":
        lines[at].content = {"facts": {**lines[at].content["facts"], "tampered": 1}}
    elif how == "rehashed":  # the clever one: the line fits itself, but no longer the next
        if at == len(lines) - 1:
            return  # only the head of the chain tells this one
        lines[at] = _Line(at + 1, lines[at].previous, {"facts": {"tampered": 1}})
        at += 1
    elif how == "removed":
        if at == len(lines) - 1:
            return  # only the head of the chain tells this one
        del lines[at]
    elif how == "doubled":
        lines.insert(at, lines[at])
        at += 1
    elif how == "swapped":
        if at == 0:
            return
        lines[at - 1], lines[at] = lines[at], lines[at - 1]
        at -= 1
    else:
        lines.insert(at, _Line(at + 1, lines[at].previous, {"facts": {"tampered": 1}}))
        at += 1
    assert first_fault(lines) == at + 1


def test_times_hash_the_same_in_every_time_zone() -> None:
    from zoneinfo import ZoneInfo

    at = datetime(2026, 3, 3, 13, 30, tzinfo=UTC)
    here = at.astimezone(ZoneInfo("Europe/Amsterdam"))
    assert rules.line_hash(rules.START, {"at": at}) == rules.line_hash(rules.START, {"at": here})
    assert rules.line_hash(rules.START, {"at": at}) != rules.line_hash(rules.START, {"at": at + timedelta(seconds=1)})


# --- side by side -------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_chain_stays_whole_under_writers_side_by_side(zoetermeer: Municipality, fem: Person) -> None:
    """Eight writers, ten lines each, on a chain that does not exist yet when they start."""
    faults: list[BaseException] = []
    start = threading.Barrier(8)

    def write() -> None:
        try:
            start.wait()
            for number in range(10):
                with transaction.atomic():
                    record("town.written", by=fem, about=zoetermeer, number=number)
        except BaseException as fault:  # noqa: BLE001 - a thread tells its fault to the test
            faults.append(fault)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert not faults
    assert len(entries(zoetermeer)) == 80
    assert first_fault(entries(zoetermeer)) is None
    assert Chain.objects.get(kind="journal", about=zoetermeer.id).number == 80
