"""Ways to tamper with a log, for who holds the whole database and can reach the folder with the seals."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import models

from ipta.journal import rules, sealing, verify
from ipta.journal.models import Chain, Entry, Line
from ipta.sharing.models import Look

HOUSE = UUID(verify.HOUSE)


class Tamperer:
    """One dishonest day: a way is chosen, then everything in it, all by the seed."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.chains: set[str] = set()  # that were touched: "<about> <log>"
        self.ways = [*IN_THE_DATABASE, *IN_THE_FOLDER]
        self.way = self.ways[seed % len(self.ways)]

    def go(self) -> None:
        self.way(self)

    # --- what to choose from ---------------------------------------------------------------

    def lines(self, least: int = 3) -> list[Any]:
        """The sealed lines of some chain that has at least so many."""
        model = self.chance.choice([Entry, Look])
        abouts = [
            about
            for about, number in Chain.objects.filter(kind=model.log).order_by("about").values_list("about", "number")
            if number >= least and about != HOUSE
        ]
        found = list(model.objects.filter(about=self.chance.choice(abouts)).order_by("number"))
        self.touch(found[0])
        return found

    def touch(self, line: Line) -> None:
        self.chains.add(f"{line.about.hex} {line.log}")

    def line(self) -> Any:
        return self.chance.choice(self.lines())

    def seals(self) -> list[Path]:
        return list(verify.seal_files(self.folder).values())

    # --- what follows when it is done well --------------------------------------------------

    def chain_anew(self, lines: list[Any]) -> None:
        """Number and hash all lines again, and let the head follow: nothing in the database itself tells."""
        model = type(lines[0])
        old = model.objects.filter(about=lines[0].about)
        old.delete()
        previous = rules.START
        for number, line in enumerate(lines, start=1):
            line.number, line.previous = number, previous
            line.hash = previous = line.computed_hash()
        model.objects.bulk_create(lines)
        self.set_head(lines[-1])

    def set_head(self, last: Line) -> None:
        Chain.objects.filter(kind=last.log, about=last.about).update(number=last.number, hash=last.hash)


def another(value: Any, chance: random.Random, field: models.Field[Any, Any]) -> Any:
    """Another value that the column can hold."""
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime):
        return value + timedelta(microseconds=chance.choice([1, -1, 3_600_000_000]))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, dict):
        return {**value, "more": 1} if chance.random() < 0.5 or not value else dict(list(value.items())[1:])
    if field.name in {"hash", "previous"}:
        return f"{chance.randrange(16**64):064x}"
    return (value[1:] + "x")[: field.max_length] if value else "x"


# --- in the database -----------------------------------------------------------------------------


def change_a_column(by: Tamperer) -> None:
    line = by.line()
    field = by.chance.choice(line._meta.concrete_fields)
    value = another(getattr(line, field.attname), by.chance, field)
    type(line).objects.filter(pk=line.pk).update(**{field.attname: value})


def change_a_column_and_its_hash(by: Tamperer) -> None:
    line = by.line()
    field = by.chance.choice(
        [f for f in line._meta.concrete_fields if f.name in {"person_id", "at", "verb", "section"}]
    )
    setattr(line, field.attname, another(getattr(line, field.attname), by.chance, field))
    line.hash = line.computed_hash()
    line.save()


def take_one_out(by: Tamperer) -> None:
    lines = by.lines()
    by.chance.choice(lines[:-1]).delete()


def take_some_out(by: Tamperer) -> None:
    for line in by.chance.sample(by.lines()[1:], 2):
        line.delete()


def cut_the_tail(by: Tamperer) -> None:
    lines = by.lines()
    keep = by.chance.randrange(1, len(lines))
    type(lines[0]).objects.filter(about=lines[0].about, number__gt=keep).delete()
    by.set_head(lines[keep - 1])


def cut_the_tail_and_leave_the_head(by: Tamperer) -> None:
    by.lines()[-1].delete()


def take_a_whole_chain(by: Tamperer) -> None:
    first = by.lines()[0]
    type(first).objects.filter(about=first.about).delete()
    Chain.objects.filter(kind=first.log, about=first.about).delete()


def take_all_lines_and_leave_the_head(by: Tamperer) -> None:
    first = by.lines()[0]
    type(first).objects.filter(about=first.about).delete()


def swap_two(by: Tamperer) -> None:
    one, other = by.chance.sample(by.lines(), 2)
    model, free = type(one), 100_000
    model.objects.filter(pk=one.pk).update(number=free)
    model.objects.filter(pk=other.pk).update(number=one.number)
    model.objects.filter(pk=one.pk).update(number=other.number)


def swap_who_it_was(by: Tamperer) -> None:
    lines = by.lines()
    one, other = by.chance.sample(lines, 2)
    model = type(one)
    model.objects.filter(pk=one.pk).update(person_id=other.person_id, at=other.at)
    model.objects.filter(pk=other.pk).update(person_id=one.person_id, at=one.at + timedelta(seconds=1))


def put_one_in(by: Tamperer) -> None:
    lines = by.lines()
    at = by.chance.randrange(1, len(lines))
    for line in reversed(lines[at:]):
        type(line).objects.filter(pk=line.pk).update(number=line.number + 1)
    new = copy_of(lines[at])
    new.previous = lines[at - 1].hash
    new.hash = new.computed_hash()
    new.save(force_insert=True)
    Chain.objects.filter(kind=new.log, about=new.about).update(number=len(lines) + 1)


def put_one_at_the_end(by: Tamperer) -> None:
    last = by.lines()[-1]
    new = copy_of(last)
    new.number, new.previous = last.number + 1, last.hash
    new.hash = new.computed_hash()
    new.save(force_insert=True)


def change_and_chain_anew(by: Tamperer) -> None:
    lines = by.lines()
    line = by.chance.choice(lines)
    line.person_id = uuid4()
    by.chain_anew(lines)


def take_out_and_chain_anew(by: Tamperer) -> None:
    lines = by.lines()
    lines.remove(by.chance.choice(lines[:-1]))
    by.chain_anew(lines)


def put_in_and_chain_anew(by: Tamperer) -> None:
    lines = by.lines()
    at = by.chance.randrange(len(lines))
    lines.insert(at, copy_of(lines[at]))
    by.chain_anew(lines)


def reorder_and_chain_anew(by: Tamperer) -> None:
    lines = by.lines()
    one, other = by.chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    by.chain_anew(lines)


def put_everything_back(by: Tamperer) -> None:
    """The database as a back-up of an earlier moment holds it."""
    moments = sorted({line.at for model in (Entry, Look) for line in model.objects.exclude(about=HOUSE)})
    sealed = [read(file).made_at for file in by.seals()]
    moment = by.chance.choice([m for m in moments if m < datetime.fromisoformat(sealed[-1])][:-1])
    for model in (Entry, Look):
        model.objects.filter(at__gt=moment).delete()
    for head in Chain.objects.all():
        model = {"journal": Entry, "looks": Look}[head.kind]
        last = model.objects.filter(about=head.about).order_by("number").last()
        by.chains.add(f"{head.about.hex} {head.kind}")
        if last is None:
            head.delete()
        else:
            by.set_head(last)


def change_a_head(by: Tamperer) -> None:
    last = by.lines()[-1]
    head = Chain.objects.filter(kind=last.log, about=last.about)
    change: Callable[[], Any] = by.chance.choice(
        [
            lambda: head.update(number=last.number + 1),
            lambda: head.update(number=last.number - 1),
            lambda: head.update(hash="f" * 64),
            lambda: head.update(about=uuid4()),
            lambda: head.update(kind="lookz"),
            head.delete,
        ]
    )
    change()


def copy_of(line: Any) -> Any:
    values = {field.attname: getattr(line, field.attname) for field in line._meta.concrete_fields}
    return type(line)(**{**values, "id": uuid4(), "person_id": uuid4()})


IN_THE_DATABASE: list[Callable[[Tamperer], None]] = [
    change_a_column, change_a_column, change_a_column, change_a_column, change_a_column, change_a_column,
    change_a_column_and_its_hash, take_one_out, take_some_out, cut_the_tail, cut_the_tail_and_leave_the_head,
    take_a_whole_chain, take_all_lines_and_leave_the_head, swap_two, swap_who_it_was, put_one_in, put_one_at_the_end,
    change_and_chain_anew, take_out_and_chain_anew, put_in_and_chain_anew, reorder_and_chain_anew,
    put_everything_back, change_a_head,
]  # fmt: skip


# --- in the folder with the seals ----------------------------------------------------------------


def read(file: Path) -> verify.Seal:
    return verify.read_seal(file)


def write(file: Path, text: str) -> None:
    file.chmod(0o644)
    file.write_text(text)


def sign_anew(file: Path, with_: Ed25519PrivateKey, **changes: Any) -> verify.Seal:
    """The same seal, or a changed one, signed with another key: everything in it fits."""
    old = read(file)
    heads = "".join(f"{head}\n" for head in old.heads)
    statement = {**old.statement, "key": verify.fingerprint(with_.public_key()), **changes}
    write(file, verify.seal_text(statement, heads, with_.sign))
    return read(file)


def remove_a_seal(by: Tamperer) -> None:
    by.chance.choice(by.seals()).unlink()


def remove_the_last_seals(by: Tamperer) -> None:
    for file in by.seals()[-by.chance.randint(1, 3) :]:
        file.unlink()


def change_a_seal(by: Tamperer) -> None:
    file = by.chance.choice(by.seals())
    text = file.read_text()
    at = by.chance.randrange(len(text))
    write(file, text[:at] + ("b" if text[at] == "a" else "a") + text[at + 1 :])


def cut_a_seal_short(by: Tamperer) -> None:
    file = by.chance.choice(by.seals())
    text = file.read_text()
    write(file, text[: by.chance.randrange(len(text))])


def take_a_head_out_of_a_seal(by: Tamperer) -> None:
    file = by.chance.choice(by.seals())
    write(file, "\n".join([*file.read_text().splitlines()[:-1], ""]))


def swap_two_seals(by: Tamperer) -> None:
    one, other = by.chance.sample(by.seals(), 2)
    first, second = one.read_text(), other.read_text()
    write(one, second)
    write(other, first)


def put_a_seal_twice(by: Tamperer) -> None:
    seals = by.seals()
    shutil.copy(by.chance.choice(seals), by.folder / verify.seal_name(len(seals) + 1))


def sign_a_seal_with_another_key(by: Tamperer) -> None:
    sign_anew(by.chance.choice(by.seals()), Ed25519PrivateKey.generate())


def sign_in_the_name_of_the_key(by: Tamperer) -> None:
    file = by.chance.choice(by.seals())
    sign_anew(file, Ed25519PrivateKey.generate(), key=read(file).statement["key"])


def sign_all_with_another_key_and_lay_it_beside(by: Tamperer) -> None:
    key, before = Ed25519PrivateKey.generate(), verify.START
    for file in by.seals():
        before = sign_anew(file, key, before=before).hash
    (by.folder / verify.PUBLIC_KEY).write_text(sealing.public_pem(key))


def lay_another_key_beside(by: Tamperer) -> None:
    (by.folder / verify.PUBLIC_KEY).write_text(sealing.public_pem(Ed25519PrivateKey.generate()))


IN_THE_FOLDER: list[Callable[[Tamperer], None]] = [
    remove_a_seal, remove_the_last_seals, change_a_seal, cut_a_seal_short, take_a_head_out_of_a_seal, swap_two_seals,
    put_a_seal_twice, sign_a_seal_with_another_key, sign_in_the_name_of_the_key,
    sign_all_with_another_key_and_lay_it_beside, lay_another_key_beside,
]  # fmt: skip
