"""What the auditor is told: one clear line for each fault. With one file, and nothing of the application."""

import re
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from ipta.journal import rules, sealing, verify
from ipta.journal.dump import dump
from ipta.journal.models import Chain, Entry
from ipta.sharing.models import Look
from tests.domain.journal.sealed import SealedWorld
from tests.domain.journal.tampering import Tamperer, sign_all_with_another_key_and_lay_it_beside
from tests.house.code import IPTA

ALONE = IPTA / "journal" / "verify.py"


@pytest.fixture
def auditors_key(key_of_the_log: Path, tmp_path: Path) -> Path:
    """The copy that the auditor got when the house began."""
    file = tmp_path / "own.pub"
    file.write_text(sealing.public_pem(sealing.read_key(key_of_the_log)))
    return file


def told(report: verify.Report) -> list[str]:
    return [str(fault) for fault in report.faults]


def said(world: SealedWorld) -> str:
    """The one line, with what was the third line of sem's journal written as SEM."""
    (line,) = told(world.live())
    return line.replace(world.dossiers[0].id.hex, "SEM")


def sems(world: SealedWorld, number: int) -> Entry:
    return Entry.objects.get(about=world.dossiers[0].id, number=number)


def relink(world: SealedWorld, lines: list[Entry]) -> None:
    tamperer = Tamperer(0, world.folder)
    tamperer.chain_anew(lines)


# --- a line for each fault --------------------------------------------------------------------------


def test_a_changed_line(sealed_world: SealedWorld) -> None:
    Entry.objects.filter(pk=sems(sealed_world, 3).pk).update(verb="note.never_written")
    assert said(sealed_world) == "CHANGED  journal SEM, line 3: its content does not fit its hash"


def test_a_line_taken_out(sealed_world: SealedWorld) -> None:
    sems(sealed_world, 3).delete()
    assert said(sealed_world) == "REMOVED  journal SEM, line 3: it was taken out"


def test_three_lines_taken_out(sealed_world: SealedWorld) -> None:
    Entry.objects.filter(about=sealed_world.dossiers[0].id, number__in=[3, 4, 5]).delete()
    assert said(sealed_world) == "REMOVED  journal SEM, line 3: it and 2 more, up to line 5, were taken out"


def test_a_line_put_in_behind_the_last(sealed_world: SealedWorld) -> None:
    chain = Entry.objects.filter(about=sealed_world.dossiers[0].id).order_by("number")
    last = chain.last()
    assert last
    new = Entry(id=uuid4(), about=last.about, at=last.at, person_id=last.person_id, verb="note.written", facts={})
    new.number, new.previous = last.number + 1, last.hash
    new.hash = new.computed_hash()
    new.save()
    assert said(sealed_world).startswith(
        f"PUT IN  journal SEM, line {new.number}: the head of this chain says there are"
    )


def test_a_tail_that_was_cut(sealed_world: SealedWorld) -> None:
    chain = list(Entry.objects.filter(about=sealed_world.dossiers[0].id).order_by("number"))
    relink(sealed_world, chain[:4])
    assert said(sealed_world) == f"TAIL CUT  journal SEM, line 5: seal 6 saw {len(chain)} lines, there are 4"


def test_a_chain_that_is_gone(sealed_world: SealedWorld) -> None:
    chain = Entry.objects.filter(about=sealed_world.dossiers[0].id)
    count = chain.count()
    chain.delete()
    Chain.objects.filter(kind="journal", about=sealed_world.dossiers[0].id).delete()
    assert said(sealed_world) == f"CHAIN GONE  journal SEM, line 1: all {count} lines that seal 6 saw"


def test_a_chain_made_anew_with_hashes_that_fit(sealed_world: SealedWorld) -> None:
    """Nothing in the database itself tells: only the seal does."""
    chain = list(Entry.objects.filter(about=sealed_world.dossiers[0].id).order_by("number"))
    chain[2].verb = "note.never_written"
    relink(sealed_world, chain)
    assert re.fullmatch(
        r"REWRITTEN  journal SEM, line \d+: seal 1 holds another hash: the chain was made anew from some line before",
        said(sealed_world),
    )


def test_a_head_that_was_changed(sealed_world: SealedWorld) -> None:
    Chain.objects.filter(kind="journal", about=sealed_world.dossiers[0].id).update(hash="f" * 64)
    assert "the head of this chain holds another hash" in said(sealed_world)


def test_a_database_that_was_put_back_as_a_whole(sealed_world: SealedWorld) -> None:
    """To what it was after the fourth seal: everything fits, but it is of another day."""
    seals = [verify.read_seal(file) for file in verify.seal_files(sealed_world.folder).values()]
    known: dict[str, int] = {}
    for seal in seals[:4]:
        known |= {head.rsplit(" ", 2)[0]: int(head.split(" ")[2]) for head in seal.heads}
    for head in Chain.objects.all():
        model = Entry if head.kind == "journal" else Look
        keep = known.get(f"{head.about.hex} {head.kind}", 0)
        model.objects.filter(about=head.about, number__gt=keep).delete()
        last = model.objects.filter(about=head.about).order_by("number").last()
        assert last
        Chain.objects.filter(pk=head.pk).update(number=last.number, hash=last.hash)
    first = told(sealed_world.live())[0]
    assert first.startswith("ROLLED BACK  the whole database was put back to a moment before seal 5 (")


def test_a_cut_tail_is_not_called_a_database_that_was_put_back(sealed_world: SealedWorld) -> None:
    chain = list(Entry.objects.filter(about=sealed_world.dossiers[0].id).order_by("number"))
    relink(sealed_world, chain[:4])
    assert "ROLLED BACK" not in said(sealed_world)


@pytest.mark.parametrize(
    ("numbers", "words"), [([3], "seal 3 is"), ([2, 3, 4], "seals 2 to 4 are"), ([6], "seal 6 was made")]
)
def test_a_seal_that_is_missing(numbers: list[int], words: str, sealed_world: SealedWorld) -> None:
    for number in numbers:
        (sealed_world.folder / verify.seal_name(number)).unlink()
    assert said(sealed_world).startswith(f"SEAL MISSING  {words}")


def test_a_seal_that_was_changed(sealed_world: SealedWorld) -> None:
    file = sealed_world.folder / verify.seal_name(2)
    file.chmod(0o644)
    file.write_text(file.read_text().replace(" looks 1 ", " looks 2 ", 1).replace(" looks 9 ", " looks 8 ", 1) + "x\n")
    assert said(sealed_world) == "SEAL CHANGED  seal 2: its list of heads was changed"


def test_seals_signed_anew_by_somebody_else_who_lays_his_key_beside(
    sealed_world: SealedWorld, auditors_key: Path
) -> None:
    """With the auditor's own copy of the key every one of them is found; without it the log itself still tells."""
    sign_all_with_another_key_and_lay_it_beside(Tamperer(0, sealed_world.folder))
    with_own_key = told(sealed_world.live(auditors_key))
    assert [line[:28] for line in with_own_key] == [f"SEAL FORGED  seal {n}: it was s"[:28] for n in range(1, 7)]
    assert all(line.startswith("SEAL FORGED") for line in told(sealed_world.live()))
    assert len(told(sealed_world.live())) == 6


def test_each_fault_is_told_once_and_together(sealed_world: SealedWorld) -> None:
    Entry.objects.filter(pk=sems(sealed_world, 3).pk).update(verb="note.never_written")
    Look.objects.filter(about=sealed_world.dossiers[1].id, number=2).delete()
    (sealed_world.folder / verify.seal_name(3)).unlink()
    assert sorted(line.split("  ")[0] for line in told(sealed_world.live())) == ["CHANGED", "REMOVED", "SEAL MISSING"]


# --- with a dump, and with nothing but one file ------------------------------------------------------


@pytest.fixture
def dumped(sealed_world: SealedWorld, tmp_path: Path) -> Path:
    file = tmp_path / "logs.jsonl"
    file.write_text("".join(dump()), encoding="utf-8")
    return file


def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The file as an auditor runs it: where no application and no framework is."""
    shut = f"import sys, runpy; sys.modules.update(django=None, ipta=None); sys.argv[:] = {list(map(str, arguments))!r}"
    line = f"{shut}; runpy.run_path({str(ALONE)!r}, run_name='__main__')"
    line = line.replace("sys.argv[:] = [", "sys.argv[:] = ['verify.py', ")
    return subprocess.run([sys.executable, "-I", "-c", line], capture_output=True, text=True, check=False)


def test_one_file_is_enough(sealed_world: SealedWorld, dumped: Path, auditors_key: Path) -> None:
    done = alone(dumped, sealed_world.folder, "--public-key", auditors_key)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("All is well. ")


def test_one_file_finds_what_the_house_would_find(sealed_world: SealedWorld, dumped: Path) -> None:
    Entry.objects.filter(pk=sems(sealed_world, 3).pk).update(verb="note.never_written")
    dumped.write_text("".join(dump()), encoding="utf-8")
    done = alone(dumped, sealed_world.folder)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith("CHANGED  journal ")
    assert done.stdout.splitlines()[-1].startswith("1 faults. ")


def test_without_a_key_of_his_own_the_auditor_is_told_to_compare(sealed_world: SealedWorld, dumped: Path) -> None:
    key = sealing.read_key(settings.LOG_KEY_FILE).public_key()
    assert verify.fingerprint(key) in alone(dumped, sealed_world.folder).stdout


def test_a_file_that_is_not_there_is_a_line_too(sealed_world: SealedWorld, tmp_path: Path) -> None:
    done = alone(tmp_path / "nowhere.jsonl", sealed_world.folder)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def checked(dumped: Path, world: SealedWorld) -> verify.Report:
    with dumped.open(encoding="utf-8", newline="\n") as texts:
        return verify.verify(texts, world.folder)


@pytest.mark.parametrize("part", ["head", "tail", "middle"])
def test_a_dump_that_is_not_whole_is_no_proof(part: str, sealed_world: SealedWorld, dumped: Path) -> None:
    lines = dumped.read_text(encoding="utf-8").splitlines(keepends=True)
    cut = {"head": lines[1:], "tail": lines[:-1], "middle": [*lines[:30], lines[30][:80], *lines[31:]]}[part]
    dumped.write_text("".join(cut), encoding="utf-8")
    assert "DAMAGED" in {line.split("  ")[0] for line in told(checked(dumped, sealed_world))}


def test_a_dump_from_before_the_last_seals_is_compared_with_those_before(
    sealed_world: SealedWorld, dumped: Path
) -> None:
    text = dumped.read_text(encoding="utf-8")
    fourth = verify.read_seal(sealed_world.folder / verify.seal_name(4)).made_at
    dumped.write_text(re.sub(r'"made_at":"[^"]+"', f'"made_at":"{fourth}"', text, count=1), encoding="utf-8")
    report = checked(dumped, sealed_world)
    assert report.is_whole
    assert report.notes[1].startswith("2 seals are newer than this dump")


def test_a_dump_that_no_seal_can_speak_for_is_a_fault(sealed_world: SealedWorld, dumped: Path) -> None:
    text = dumped.read_text(encoding="utf-8")
    dumped.write_text(re.sub(r'"made_at":"\d{4}', '"made_at":"2001', text, count=1), encoding="utf-8")
    assert "SEAL MISSING  every seal is newer than this dump" in told(checked(dumped, sealed_world))[0]


def test_a_dump_holds_no_word_of_a_youth(dumped: Path) -> None:
    assert "kwetter" not in dumped.read_text(encoding="utf-8")


def test_the_log_and_the_auditor_hash_in_one_way(sealed_world: SealedWorld) -> None:
    """The auditor's file stands alone; this is where it is held beside the rules."""
    content = {"b": [1, None, True], "a": 'é\u2028"\\', "c": {"z": 1, "y": 2}}
    assert verify.canonical(content) == rules.canonical(content)
    assert verify.START == rules.START


@pytest.mark.slow
def test_a_million_lines_take_less_than_fifteen_seconds(sealed_world: SealedWorld, dumped: Path) -> None:
    """Of the processor: measured over ten thousand lines, the best of five, so that a busy machine does not count."""
    entry = next(line for line in dumped.read_text().splitlines(keepends=True) if '"log":"looks"' in line)
    previous, lines = verify.START, []
    content = re.search(r'"line":(\{.*\})\}', entry)[1]  # type: ignore[index]
    for number in range(1, 10_001):
        numbered = re.sub(r'"number":\d+', f'"number":{number}', content)
        own = verify.sha256(previous + numbered)
        lines.append(f'{{"log":"looks","previous":"{previous}","hash":"{own}","line":{numbered}}}\n')
        previous = own
    took = []
    for _ in range(5):
        began = time.process_time()
        report = verify.verify(lines, sealed_world.folder)
        took.append(time.process_time() - began)
        assert report.lines == 10_000
    assert min(took) / 10_000 * 1_000_000 < 15
