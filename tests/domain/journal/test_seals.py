"""Seals over both logs: what a seal holds, when one is made, and when the house refuses to seal."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.journal import sealing, verify
from ipta.journal.models import Chain, Entry
from ipta.journal.sealing import ANCHOR, DAY, House, Made, seal, seal_of_the_day
from ipta.sharing.door import Reader
from ipta.sharing.models import Look
from tests.asking import verbs
from tests.domain.journal.sealed import SealedWorld

pytestmark = pytest.mark.usefixtures("key_of_the_log")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outside"


def made(folder: Path, kind: str = DAY) -> Made:
    now = seal(folder, kind)
    assert now
    return now


def seals(folder: Path) -> list[verify.Seal]:
    return [verify.read_seal(file) for file in verify.seal_files(folder).values()]


def moved(seal: verify.Seal) -> set[tuple[str, str]]:
    """The chains that a seal names, by what they are about and which log."""
    return {(head.split(" ")[0], head.split(" ")[1]) for head in seal.heads}


def test_the_first_seal_holds_every_chain(folder: Path, dossier: Dossier, kim_dossier: Dossier, noor: Person) -> None:
    Reader(noor).unlock([dossier], "plan")
    now, (first,) = made(folder), seals(folder)
    about, kims = dossier.id.hex, kim_dossier.id.hex
    assert moved(first) == {(about, "journal"), (about, "looks"), (kims, "journal")}
    assert first.statement["before"] == verify.START
    assert (now.number, now.chains) == (1, 3)
    assert now.lines == Look.objects.count() + Entry.objects.exclude(about=House().id).count()


def test_the_next_holds_what_moved_and_names_the_one_before(
    folder: Path, dossier: Dossier, kim_dossier: Dossier, bram: Person
) -> None:
    made(folder)
    Reader(bram).unlock([kim_dossier], "plan")
    made(folder)
    first, second = seals(folder)
    assert moved(second) == {(kim_dossier.id.hex, "looks"), (verify.HOUSE, "journal")}
    assert second.statement["before"] == first.hash
    assert second.statement["series"] == first.statement["series"]


def test_a_day_is_sealed_though_nothing_happened_and_an_anchor_only_when_something_did(
    folder: Path, dossier: Dossier, noor: Person
) -> None:
    made(folder)
    made(folder)
    assert seal(folder, ANCHOR) is None
    Reader(noor).unlock([dossier], "plan")
    assert made(folder, ANCHOR).number == 3
    assert [one.statement["kind"] for one in seals(folder)] == ["day", "day", "anchor"]


def test_the_house_writes_that_it_sealed(folder: Path, dossier: Dossier) -> None:
    made(folder)
    (entry,) = Entry.objects.filter(about=House().id)
    assert (entry.verb, entry.facts["number"], entry.facts["seal"]) == ("log.sealed", 1, seals(folder)[0].hash)
    assert verbs(dossier), "and what it is about was there before"


def test_the_public_key_lies_beside_and_the_private_one_does_not(folder: Path, dossier: Dossier) -> None:
    made(folder)
    assert sorted(file.name for file in folder.iterdir()) == ["0000001.seal", "log.pub"]
    (key,) = verify.public_keys(folder / "log.pub").values()
    assert key.public_bytes_raw() == sealing.read_key(settings.LOG_KEY_FILE).public_key().public_bytes_raw()
    assert "PRIVATE" not in "".join(file.read_text() for file in folder.iterdir())
    assert (folder / "0000001.seal").stat().st_mode & 0o222 == 0


def test_a_seal_holds_ids_numbers_and_hashes_only(folder: Path, dossier: Dossier, noor: Person) -> None:
    Reader(noor).unlock([dossier], "plan")
    made(folder)
    text = (folder / "0000001.seal").read_text()
    assert "Noor" not in text
    assert "plan" not in text


def test_without_what_was_remembered_of_the_last_seal_the_folder_tells_it(
    folder: Path, dossier: Dossier, noor: Person
) -> None:
    for section in ("plan", "work"):
        Reader(noor).unlock([dossier], section)
        made(folder)
    (settings.DATA_DIR / "log.heads").unlink()
    Reader(noor).unlock([dossier], "money")
    made(folder)
    assert moved(seals(folder)[-1]) == {(dossier.id.hex, "looks"), (verify.HOUSE, "journal")}


def test_a_day_is_sealed_once(folder: Path, dossier: Dossier) -> None:
    today = timezone.now().replace(hour=12)
    with time_machine.travel(today):
        assert seal_of_the_day(folder)
        assert seal_of_the_day(folder) is None
    with time_machine.travel(today + timedelta(days=1)):
        assert seal_of_the_day(folder)


# --- what is no longer what it was is not sealed over ----------------------------------------------


@pytest.mark.parametrize("keeps", [0, 2])
def test_a_chain_that_became_shorter_is_not_sealed_over(keeps: int, sealed_world: SealedWorld) -> None:
    chain = Entry.objects.filter(about=sealed_world.dossiers[0].id)
    chain.filter(number__gt=keeps).delete()
    last = chain.order_by("number").last()
    head = Chain.objects.filter(kind="journal", about=sealed_world.dossiers[0].id)
    if last:
        head.update(number=last.number, hash=last.hash)
    else:
        head.delete()
    with pytest.raises(Impossible, match=f"first journal {sealed_world.dossiers[0].id.hex}"):
        seal(sealed_world.folder)
    assert len(seals(sealed_world.folder)) == 6


def test_a_chain_that_was_made_anew_is_not_sealed_over(sealed_world: SealedWorld) -> None:
    Chain.objects.filter(kind="looks", about=sealed_world.dossiers[1].id).update(hash="f" * 64)
    with pytest.raises(Impossible, match="1 chains are no longer what the last seal saw"):
        seal(sealed_world.folder, ANCHOR)


def test_after_a_seal_was_taken_away_no_other_comes_in_its_place(sealed_world: SealedWorld) -> None:
    (sealed_world.folder / "0000006.seal").unlink()
    with pytest.raises(Impossible, match="seal 6 was made, and is not in"):
        seal(sealed_world.folder)


def test_a_folder_of_another_key_is_not_sealed_into(folder: Path, dossier: Dossier) -> None:
    made(folder)
    settings.LOG_KEY_FILE.write_text(sealing.new_key())
    with pytest.raises(Impossible, match="is of another key"):
        seal(folder)


def test_a_renewed_key_goes_on_once_it_is_laid_beside(folder: Path, dossier: Dossier) -> None:
    made(folder)
    settings.LOG_KEY_FILE.write_text(sealing.new_key())
    with (folder / "log.pub").open("a") as beside:
        beside.write(sealing.public_pem(sealing.read_key(settings.LOG_KEY_FILE)))
    made(folder)
    assert SealedWorld(folder, [], []).live().is_whole


def test_after_a_restore_one_begins_in_a_new_folder(sealed_world: SealedWorld, folder: Path) -> None:
    Chain.objects.filter(about=sealed_world.dossiers[0].id).delete()
    Entry.objects.filter(about=sealed_world.dossiers[0].id).delete()
    Look.objects.filter(about=sealed_world.dossiers[0].id).delete()
    assert made(folder).number == 1
    assert SealedWorld(folder, [], []).live().is_whole
    assert not sealed_world.live().is_whole


def test_a_seal_is_whole_or_not_there(folder: Path, dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power fails while it is written."""

    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as failing:
        failing.setattr("os.fsync", fails)
        with pytest.raises(OSError, match="Input/output"):
            seal(folder)
    assert verify.seal_files(folder) == {}
    assert made(folder).number == 1
    assert SealedWorld(folder, [], []).live().is_whole


# --- the tree --------------------------------------------------------------------------------------


def test_the_tree_comes_to_one_root_in_one_go_and_step_by_step() -> None:
    heads = sorted(f"{number * 977 % 4099:032x} looks {number} {number:064x}" for number in range(300))
    spread = sorted(f"{head[29:32]}{head[3:]}" for head in heads)
    tree = verify.Tree()
    assert tree.root() == verify.root_of([])
    for first in range(0, 300, 50):
        tree.put(spread[first : first + 50])
        assert tree.root() == verify.root_of(spread[: first + 50])
    assert list(tree.heads()) == spread
    tree.put([f"{spread[7].rsplit(' ', 2)[0]} 9999 {'f' * 64}"])
    assert tree.root() != verify.root_of(spread)
