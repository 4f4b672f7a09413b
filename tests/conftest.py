from collections.abc import Iterator
from pathlib import Path

import pytest

from ipta.vault import keyring, seals


@pytest.fixture(scope="session")
def master_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "master.key"
    file.write_text(seals.master_key_line(1, seals.new_key()))
    return file


@pytest.fixture(autouse=True)
def keys(settings: object, master_key_file: Path) -> Iterator[None]:
    settings.MASTER_KEY_FILE = master_key_file
    keyring.forget_everything()
    yield
    keyring.forget_everything()
