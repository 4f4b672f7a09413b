"""Another master key: the keys it wraps are wrapped anew, and nothing else is touched."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from ipta.accounts.models import Municipality, Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Note
from ipta.vault import keyring, master, rules, seals, store
from ipta.vault.models import HouseKey, MunicipalityKey, SectionKey
from ipta.vault.store import StoreFault
from tests.api.lives import undone
from tests.asking import raw, text
from tests.cast import canary
from tests.conftest import sign_in


@pytest.fixture(autouse=True)
def file(tmp_path: Path) -> Path:
    """A master key file of this test alone, with the version the cast begins with."""
    file = tmp_path / "master.key"
    file.write_text(seals.master_key_line(1, seals.new_key()))
    settings.MASTER_KEY_FILE = file
    keyring.forget_everything()
    return file


def sections() -> list[tuple[Any, ...]]:
    return list(SectionKey.objects.order_by("pk").values_list())


def versions() -> set[int]:
    return {row.master_version for row in store.keys_under_master()}


def test_a_rotation_touches_no_text_no_section_and_no_second_factor(
    dossier: Dossier, ali_dossier: Dossier, noor: Person, note: Note
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(noor, secret)
    codes = RecoveryCodes.activate(noor)
    used = codes.get_unused_codes()
    before = sections(), raw(note, "text"), list(Authenticator.objects.values_list("data", flat=True))
    assert master.add() == 2
    assert store.rewrap() == 3  # two municipalities, and the second factor
    store.retire(1)
    assert (sections(), raw(note, "text"), list(Authenticator.objects.values_list("data", flat=True))) == before
    assert versions() == {2} and 1 not in master.versions()
    for remembered in (True, False):
        if not remembered:
            keyring.forget_everything()
        assert text(noor, note, "text").startswith(canary("sem", "contacts"))
        kept = Authenticator.objects.get(user=noor, type="totp")
        assert keyring_opens(kept.data["secret"]) == secret
        assert RecoveryCodes(Authenticator.objects.get(user=noor, type="recovery_codes")).get_unused_codes() == used


def keyring_opens(sealed: str) -> str:
    return seals.unseal(bytes.fromhex(sealed), keyring.house_key(rules.SECOND_FACTOR), at=b"mfa")


def test_somebody_signs_in_with_his_old_app_after_the_old_master_key_is_gone(noor: Person, dossier: Dossier) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
    from django.test import Client

    noor.set_password("een lang wachtwoord voor nu")
    noor.save()
    secret = generate_totp_secret()
    TOTP.activate(noor, secret)
    master.add()
    store.rewrap()
    store.retire(1)
    keyring.forget_everything()
    hers = Client()
    hers.post("/accounts/login/", {"login": noor.email, "password": "een lang wachtwoord voor nu"})
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    answer = hers.post("/accounts/2fa/authenticate/", {"code": code})
    assert answer.status_code == 302
    assert hers.get("/vandaag/").status_code == 200


def test_what_broke_off_goes_on_where_it_was(
    dossier: Dossier, ali_dossier: Dossier, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    master.add()
    put = store._put_under

    def once(*args: Any) -> int:
        monkeypatch.setattr(store, "_put_under", break_off)
        return put(*args)

    def break_off(*_: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_put_under", once)
    with pytest.raises(KeyboardInterrupt):
        store.rewrap()
    assert versions() == {1, 2}
    monkeypatch.setattr(store, "_put_under", put)
    assert (store.rewrap(), store.rewrap()) == (1, 0)
    assert versions() == {2}


def test_two_at_once_do_no_harm(dossier: Dossier, noor: Person, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one finds that the first was there already, and leaves it."""
    master.add()
    put = store._put_under

    def late(row: Any, key: bytes, version: int) -> int:
        assert put(row, key, version) == 1
        return put(row, key, version)

    monkeypatch.setattr(store, "_put_under", late)
    assert store.rewrap() == 0
    keyring.forget_everything()
    assert text(noor, note, "text")


def test_a_key_that_cannot_be_opened_is_said_after_the_others_are_done(dossier: Dossier, ali_dossier: Dossier) -> None:
    master.add()
    MunicipalityKey.objects.filter(municipality="GM0606").update(master_version=7)
    with pytest.raises(StoreFault, match=r"key of GM0606 is wrapped under version 7 .* Put the line of that version"):
        store.rewrap()
    assert MunicipalityKey.objects.get(municipality="GM0637").master_version == 2


# --- retiring ------------------------------------------------------------------------------------------------


def test_a_version_that_is_needed_stays(file: Path, dossier: Dossier) -> None:
    master.add()
    before = file.read_text()
    with pytest.raises(StoreFault, match="1 keys are still wrapped under version 1"):
        store.retire(1)
    assert file.read_text() == before


@pytest.mark.parametrize(("version", "why"), [(1, "newest"), (2, "no version 2"), (0, "no version 0")])
def test_the_newest_and_what_is_not_there_cannot_be_retired(file: Path, version: int, why: str) -> None:
    before = file.read_text()
    with pytest.raises(StoreFault, match=why):
        store.retire(version)
    assert file.read_text() == before


def test_a_worker_that_still_ran_wraps_a_new_key_under_the_new_version(dossier: Dossier, ali_dossier: Dossier) -> None:
    """It remembered the old master key, and meets a municipality that is new to it."""
    MunicipalityKey.objects.filter(municipality="GM0606").delete()
    SectionKey.objects.filter(municipality="GM0606").delete()
    master.add()
    keyring.key_for_writing(ali_dossier.id, "plan", "GM0606")
    assert {row.municipality: row.master_version for row in MunicipalityKey.objects.all()} == {"GM0637": 1, "GM0606": 2}


def test_no_key_is_ever_made_under_a_version_that_was_just_retired(
    file: Path, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the master key and writing the new key, somebody retires that version."""
    after = f"2 {file.read_text().split()[1]}\n"
    wrap, made = seals.wrap, []

    def retired_meanwhile(key: bytes, *, under: bytes) -> bytes:
        if not made:
            file.write_text(after)
        made.append(key)
        return wrap(key, under=under)

    monkeypatch.setattr(seals, "wrap", retired_meanwhile)
    key = keyring.house_key("proef")
    assert HouseKey.objects.get(purpose="proef").master_version == 2
    keyring.forget_everything()
    assert keyring.house_key("proef") == key != made[0]


# --- what cannot be opened is said ---------------------------------------------------------------------------


def test_a_version_that_is_missing_is_named(file: Path, dossier: Dossier, noor: Person, note: Note) -> None:
    file.write_text(seals.master_key_line(2, seals.new_key()))
    keyring.forget_everything()
    with pytest.raises(master.NoMasterKey, match="key of GM0637 is wrapped under version 1"):
        text(noor, note, "text")


def test_another_key_of_the_same_version_is_named(file: Path, dossier: Dossier, noor: Person, note: Note) -> None:
    file.write_text(seals.master_key_line(1, seals.new_key()))
    keyring.forget_everything()
    with pytest.raises(master.NoMasterKey, match="Version 1 .* is not the one that wrapped the key of GM0637"):
        text(noor, note, "text")


@pytest.mark.parametrize("what", ["gone", "another", "broken"])
def test_without_the_master_key_the_site_says_it_is_away(file: Path, what: str, dossier: Dossier, noor: Person) -> None:
    hers = sign_in(noor)
    hers.raise_request_exception = False
    file.write_text(seals.master_key_line(1, seals.new_key()) if what == "another" else "x")
    if what == "gone":
        file.unlink()
    keyring.forget_everything()
    answer = hers.get(f"/jongeren/{dossier.id}/")
    assert answer.status_code == 503
    assert "Even niet beschikbaar" in answer.text and "gewist" not in answer.text


# --- in any order --------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.sampled_from(["new", "rewrap", "half", "retire", "write", "write elsewhere", "forget", "second factor"]),
    min_size=4,
    max_size=12,
)


@hypothesis(
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, data=st.data())
def test_in_any_order_every_text_stays(
    steps: list[str], data: st.DataObject, file: Path, zoetermeer: Municipality, schiedam: Municipality,
    noor: Person, yara: Person,
) -> None:  # fmt: skip
    with undone():
        file.unlink(missing_ok=True)
        file.write_text(seals.master_key_line(1, os.urandom(32)))
        keyring.forget_everything()
        life = _Life(data, {noor: zoetermeer, yara: schiedam})
        for step in steps:
            life.do(step)
            life.assert_everything_opens()
        keyring.forget_everything()
        life.assert_everything_opens()


class _Life:
    """Texts that are written while the master key changes."""

    def __init__(self, data: st.DataObject, coaches: dict[Person, Municipality]) -> None:
        self.data, self.coaches = data, coaches
        self.written: list[tuple[Person, Note, str]] = []
        self.sealed: list[str] = []

    def do(self, step: str) -> None:
        noor, yara = self.coaches
        happen: dict[str, Any] = {
            "new": master.add,
            "rewrap": store.rewrap,
            "half": self.half,
            "retire": self.retire,
            "write": lambda: self.write(noor),
            "write elsewhere": lambda: self.write(yara),
            "forget": keyring.forget_everything,
            "second factor": self.seal,
        }
        happen[step]()

    def write(self, by: Person) -> None:
        words = f"woorden {len(self.written)}"
        dossier = dossiers.begin(self.coaches[by], nickname=words, by=by)
        self.written.append((by, dossiers.note(dossier, text=words, by=by), words))

    def seal(self) -> None:
        blob = seals.seal(str(len(self.sealed)), keyring.house_key(rules.SECOND_FACTOR), at=b"mfa")
        self.sealed.append(blob.hex())

    def half(self) -> None:
        rows: Iterator[Any] = store.keys_under_master()
        newest = master.newest()
        if row := next(rows, None):
            store._put_under(row, keyring.opened(row), newest)

    def retire(self) -> None:
        version = self.data.draw(st.sampled_from(sorted(master.versions())))
        is_needed = version in versions() or version == master.newest()
        if is_needed:
            with pytest.raises(StoreFault):
                store.retire(version)
        else:
            store.retire(version)

    def assert_everything_opens(self) -> None:
        for by, note, words in self.written:
            assert text(by, note, "text") == words
        assert [keyring_opens(sealed) for sealed in self.sealed] == [str(n) for n in range(len(self.sealed))]
