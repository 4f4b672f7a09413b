"""Three dossiers that were lived in and looked at for three days, with a seal each day and anchors in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.journal import sealing
from ipta.journal.dump import dump
from ipta.journal.verify import Report, verify
from ipta.sharing.door import Reader


@pytest.fixture
def key_of_the_log(tmp_path: Path) -> Iterator[Path]:
    """The key that signs, and a data folder of this test alone."""
    before = settings.LOG_KEY_FILE, settings.DATA_DIR
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.LOG_KEY_FILE = settings.DATA_DIR / "log.key"
    settings.LOG_KEY_FILE.write_text(sealing.new_key())
    yield settings.LOG_KEY_FILE
    settings.LOG_KEY_FILE, settings.DATA_DIR = before


@dataclass
class SealedWorld:
    folder: Path
    dossiers: list[Dossier]
    readers: list[Person]

    def live(self, public_key: Path | None = None) -> Report:
        """What the auditor finds, asking the database itself."""
        return verify(dump(), self.folder, public_key, is_live=True)

    def read(self, *sections: str) -> None:
        for dossier in self.dossiers:
            for person in self.readers:
                Reader(person).unlock([dossier], *sections)

    def write(self) -> None:
        for dossier, person in zip(self.dossiers, self.readers, strict=False):
            dossiers.note(dossier, text="Even gesproken.", by=person)


@pytest.fixture
def sealed_world(
    key_of_the_log: Path,
    tmp_path: Path,
    dossier: Dossier,
    kim_dossier: Dossier,
    ali_dossier: Dossier,
    noor: Person,
    bram: Person,
    yara: Person,
    sem: Person,
    kim: Person,
    ali: Person,
) -> SealedWorld:
    """Whatever is in the logs is under a seal, but the line that the house wrote of the last one."""
    world = SealedWorld(tmp_path / "seals", [dossier, kim_dossier, ali_dossier], [noor, bram, yara, sem, kim, ali])
    began = timezone.now()
    for day in range(3):
        for hour, sections in enumerate((["identity"], ["plan", "contacts"])):
            with time_machine.travel(began + timedelta(days=day, hours=hour)):
                world.read(*sections)
                world.write()
                sealing.seal(world.folder, sealing.DAY if hour == 0 else sealing.ANCHOR)
    return world
