"""How things stand with the key store, and whether it really opens."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.vault import keyring, master, rules, seals, store
from ipta.vault.models import MunicipalityKey, SectionKey

MANY = len(rules.SECTIONS)


def test_an_empty_store_is_not_in_use() -> None:
    assert not store.is_in_use()
    keyring.house_key(rules.SECOND_FACTOR)
    assert store.is_in_use()


def test_it_counts_what_is_there(dossier: Dossier, ali_dossier: Dossier, noor: Person) -> None:
    keyring.house_key(rules.SECOND_FACTOR)
    keyring.destroy(dossier.id, ["plan", "work"])
    now = store.state()
    assert (now.versions, now.under) == ((1,), {1: 3})
    assert (now.municipalities, now.houses, now.sections, now.destroyed) == (2, 1, 2 * MANY - 2, 2)


def test_all_keys_are_tried(dossier: Dossier, ali_dossier: Dossier) -> None:
    keyring.destroy(dossier.id, ["plan"])
    trial = store.tried(None)
    assert (trial.tried, trial.faults) == (2 + 2 * MANY - 1, [])
    assert store.tried(5).tried == 2 + 5


def test_a_sample_is_not_always_the_same(dossier: Dossier, ali_dossier: Dossier) -> None:
    """Each of them comes up some time: the odds that one of 26 stays away in 40 samples of 8 are one in a million."""
    broken = SectionKey.objects.order_by("pk").last()
    assert broken is not None
    SectionKey.objects.filter(pk=broken.pk).update(wrapped=os.urandom(40))
    assert any(store.tried(8).faults for _ in range(40))
    assert not all(store.tried(8).faults for _ in range(40))


def test_what_does_not_open_is_named(dossier: Dossier, ali_dossier: Dossier) -> None:
    SectionKey.objects.filter(dossier_id=dossier.id, section="plan").update(wrapped=b"x" * 40)
    assert store.tried(None).faults == [f"The key of section plan of dossier {dossier.id} does not open."]


def test_a_key_of_another_municipality_does_not_open(dossier: Dossier, ali_dossier: Dossier) -> None:
    """Somebody swapped the two in the database."""
    ours, theirs = MunicipalityKey.objects.order_by("municipality")
    MunicipalityKey.objects.filter(pk=ours.pk).update(wrapped=theirs.wrapped)
    MunicipalityKey.objects.filter(pk=theirs.pk).update(wrapped=ours.wrapped)
    assert len(store.tried(None).faults) == 2 * MANY


def test_sections_whose_municipality_is_missing_do_not_open(dossier: Dossier) -> None:
    MunicipalityKey.objects.all().delete()
    assert len(store.tried(None).faults) == MANY


def test_a_lost_municipality_is_not_made_anew_by_looking(dossier: Dossier) -> None:
    MunicipalityKey.objects.all().delete()
    keyring.forget_everything()
    store.state(), store.tried(None)
    with pytest.raises(keyring.NeverMade):
        keyring.keys([(dossier.id, "plan")])
    assert not MunicipalityKey.objects.exists()


def test_the_wrong_master_key_opens_nothing_of_it(dossier: Dossier, tmp_path: Path) -> None:
    settings.MASTER_KEY_FILE = tmp_path / "master.key"
    settings.MASTER_KEY_FILE.write_text(seals.master_key_line(1, seals.new_key()))
    trial = store.tried(None)
    assert len(trial.faults) == trial.tried == 1 + MANY
    assert "is not the one that wrapped the key of GM0637" in trial.faults[0]
    assert master.newest() == 1
