"""`hand_code`, `remove_device`, `open_device`: the coach hands over the way in, and takes a lost phone away."""

import pytest

from ipta.accounts import entry as accounts
from ipta.accounts.models import Device, EntryCode, Person
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing import entry
from tests.asking import assert_refused, verbs
from tests.cast import fresh


@pytest.fixture
def device(dossier: Dossier, noor: Person) -> Device:
    found = accounts.find_code(entry.hand_code(dossier, by=noor))
    assert found is not None
    new = accounts.use_code(found, pin="8316", label="Mijn telefoon")
    assert new is not None
    return new.device


@pytest.mark.parametrize("who", ["noor", "sem"])
def test_the_coach_or_he_himself_makes_a_code(
    who: str, dossier: Dossier, sem: Person, request: pytest.FixtureRequest
) -> None:
    code = entry.hand_code(dossier, by=request.getfixturevalue(who))
    found = accounts.find_code(code)
    assert found is not None
    assert found.person == sem
    assert verbs(dossier)[-1] == "code.handed"


def test_the_code_itself_is_written_nowhere(dossier: Dossier, noor: Person) -> None:
    code = entry.hand_code(dossier, by=noor)
    kept = EntryCode.objects.values().get()
    assert code not in str(kept)


def test_before_the_yes_there_is_nobody_to_come_in(scouted: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="ja heeft gezegd"):
        entry.hand_code(scouted, by=noor)


def test_a_stand_in_cannot_come_in_as_the_youth(dossier: Dossier, standing_in: Coachship, stef: Person) -> None:
    """With a code one reads as the youth does: more than the seven sections a stand-in was lent."""
    assert_refused(entry.hand_code, dossier, by=[stef], match="vervanger")


def test_a_stand_in_opens_a_locked_phone(
    dossier: Dossier, device: Device, standing_in: Coachship, stef: Person
) -> None:
    Device.objects.filter(pk=device.pk).update(wrong_pins=5)
    entry.open_device(dossier, fresh(device), by=stef)
    assert not fresh(device).is_locked
    assert verbs(dossier)[-1] == "device.opened"


def test_the_youth_does_not_open_his_own_locked_phone(dossier: Dossier, device: Device, sem: Person) -> None:
    assert_refused(entry.open_device, dossier, device, by=[sem])


@pytest.mark.parametrize("who", ["noor", "sem"])
def test_a_lost_phone_no_longer_comes_in(
    who: str, dossier: Dossier, device: Device, request: pytest.FixtureRequest
) -> None:
    entry.remove_device(dossier, device, by=request.getfixturevalue(who))
    assert fresh(device).removed_at
    assert verbs(dossier)[-1] == "device.removed"


def test_after_the_trajectory_his_own_phone_still_goes(
    dossier: Dossier, device: Device, noor: Person, sem: Person
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    entry.remove_device(fresh(dossier), device, by=sem)
    assert fresh(device).removed_at


def test_the_right_to_one_dossier_is_none_to_somebody_elses_phone(
    kim_dossier: Dossier, device: Device, bram: Person, kim: Person
) -> None:
    assert_refused(entry.remove_device, kim_dossier, device, by=[bram, kim], match="niet van deze jongere")
    assert_refused(entry.open_device, kim_dossier, device, by=[bram], match="niet van deze jongere")


def test_nobody_else_may(dossier: Dossier, device: Device, outsiders: list[Person]) -> None:
    assert_refused(entry.hand_code, dossier, by=outsiders)
    assert_refused(entry.remove_device, dossier, device, by=outsiders)
    assert_refused(entry.open_device, dossier, device, by=outsiders)


def test_a_code_of_before_the_hand_over_is_the_youths_still(
    dossier: Dossier, noor: Person, bram: Person, sem: Person
) -> None:
    code = entry.hand_code(dossier, by=noor)
    dossiers.hand_over(dossier, to=bram, by=noor)
    with pytest.raises(Refused):
        entry.hand_code(dossier, by=noor)
    assert accounts.find_code(code) is not None
