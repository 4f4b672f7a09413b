"""Secrets of the second factor are sealed under a key of the house; those of before hung on the master key itself."""

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import connections

from ipta.accounts.models import Person
from ipta.vault import keyring, master, rules, seals, store
from ipta.vault.models import HouseKey

migration = import_module("ipta.vault.migrations.0002_house_key")
KEYS = SimpleNamespace(connection=connections["keys"])
OLD, NEWER = seals.new_key(), seals.new_key()


@pytest.fixture(autouse=True)
def file(tmp_path: Path) -> Path:
    """A master key that was renewed once, before there were keys of the house."""
    file = tmp_path / "master.key"
    file.write_text(seals.master_key_line(3, OLD) + seals.master_key_line(4, NEWER))
    settings.MASTER_KEY_FILE = file
    keyring.forget_everything()
    return file


def as_before(secret: str) -> str:
    """Sealed the way it was: under a key made of the lowest version."""
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"ipta mfa").derive(OLD)
    return seals.seal(secret, key, at=b"mfa").hex()


def test_secrets_of_before_stay_readable_and_let_the_old_master_key_go(noor: Person) -> None:
    sealed = as_before("GEHEIM")
    Authenticator.objects.create(user=noor, type="totp", data={"secret": sealed})
    migration.carry_over(apps, KEYS)
    assert HouseKey.objects.get().master_version == 4
    store.retire(3)
    keyring.forget_everything()
    assert get_adapter().decrypt(sealed) == "GEHEIM"


def test_a_new_house_gets_a_key_of_its_own() -> None:
    migration.carry_over(apps, KEYS)
    assert not HouseKey.objects.exists()
    get_adapter().encrypt("GEHEIM")
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"ipta mfa").derive(OLD)
    assert keyring.house_key(rules.SECOND_FACTOR) != derived


def test_without_the_master_key_nothing_is_carried_over(noor: Person, file: Path) -> None:
    """Better no migration than a key that opens nothing."""
    Authenticator.objects.create(user=noor, type="totp", data={"secret": as_before("GEHEIM")})
    file.unlink()
    with pytest.raises(master.NoMasterKey):
        migration.carry_over(apps, KEYS)


def test_a_secret_lies_sealed_and_only_its_own_key_opens_it(noor: Person) -> None:
    sealed = get_adapter().encrypt("GEHEIM")
    assert "GEHEIM" not in sealed and b"GEHEIM" not in bytes.fromhex(sealed)
    with pytest.raises(seals.Unreadable):
        seals.unseal(bytes.fromhex(sealed), keyring.house_key("iets anders"), at=b"mfa")


def test_a_secret_that_was_changed_does_not_open() -> None:
    sealed = bytearray.fromhex(get_adapter().encrypt("GEHEIM"))
    sealed[-1] ^= 1
    with pytest.raises(seals.Unreadable):
        get_adapter().decrypt(sealed.hex())
