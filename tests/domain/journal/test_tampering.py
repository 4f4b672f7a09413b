"""A thousand random tamperings with the logs or their seals: each is found. An honest log gives no false alarm."""

import shutil
from pathlib import Path

import pytest
from django.db import connection, transaction

from ipta.journal import verify
from tests.domain.journal.sealed import SealedWorld
from tests.domain.journal.tampering import IN_THE_DATABASE, IN_THE_FOLDER, Tamperer
from tests.house.evidence import Report

MANY = 1000 if connection.vendor == "sqlite" else 200  # the same ways, in a database that is slower to put back


def test_an_honest_log_gives_no_alarm(sealed_world: SealedWorld) -> None:
    report = sealed_world.live()
    assert report.faults == []
    assert (report.seals, report.lines > 100, report.chains) == (6, True, 7)


def tampered(world: SealedWorld, seed: int, folder: Path) -> tuple[Tamperer, verify.Report]:
    """What the auditor finds after one tampering; afterwards it did not happen."""
    shutil.copytree(world.folder, folder)
    by = Tamperer(seed, folder)
    with transaction.atomic():
        by.go()
        report = SealedWorld(folder, [], []).live()
        transaction.set_rollback(True)
    return by, report


@pytest.mark.slow
def test_a_thousand_random_tamperings_are_all_found(
    sealed_world: SealedWorld, tmp_path: Path, evidence: Report
) -> None:
    missed, elsewhere, ways = [], [], set()
    for seed in range(MANY):
        by, report = tampered(sealed_world, seed, tmp_path / f"seals-{seed}")
        ways.add(by.way.__name__)
        if report.is_whole:
            missed.append((seed, by.way.__name__))
        elif by.chains and not by.chains & {fault.chain for fault in report.faults}:
            elsewhere.append((seed, by.way.__name__, verify.told(report)))
        shutil.rmtree(tmp_path / f"seals-{seed}")
    evidence("Tamperings with the log found", MANY - len(missed), of=MANY, aim="all")
    assert missed == []
    assert elsewhere == [], "found, but the chain is not named"
    assert len(ways) == len({way.__name__ for way in (*IN_THE_DATABASE, *IN_THE_FOLDER)})
    assert sealed_world.live().is_whole
