"""How often he is asked how his week was: he says so, and nobody for him."""

from datetime import date, timedelta

import pytest

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.scans.check_in import commands
from ipta.scans.check_in.queries import URL, check_ins
from ipta.scans.check_in.rules import EVERY
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.commands import sign_off, start_sheet
from ipta.scans.instruments.queries import version_for
from ipta.scans.models import CheckInRhythm, FilledSheet
from ipta.web.youth.waiting import waiting_for
from tests.asking import assert_refused, last_entry, verbs
from tests.cast import days_ago, fresh


def is_time(dossier: Dossier, today: date) -> bool:
    """Whether his page asks it on that day."""
    return waiting_for(dossier, today).week


def done(dossier: Dossier, by: Person, days: int) -> FilledSheet:
    version = version_for(dossier.municipality, URL)
    assert version
    sheet = start_sheet(dossier, version, voice="youth", by=by, on=days_ago(days))
    return sign_off(sheet, Answers(), seen=0, by=by)


def test_he_says_how_often_and_may_change_his_mind(dossier: Dossier, sem: Person) -> None:
    commands.set_rhythm(dossier, often="weekly", by=sem)
    assert last_entry(dossier).facts == {"often": "weekly"}
    commands.set_rhythm(dossier, often="never", by=sem)
    assert [row.often for row in CheckInRhythm.objects.filter(dossier=dossier)] == ["never"]


def test_the_same_again_writes_nothing(dossier: Dossier, sem: Person) -> None:
    commands.set_rhythm(dossier, often="monthly", by=sem)
    before = verbs(dossier)
    commands.set_rhythm(dossier, often="monthly", by=sem)
    assert verbs(dossier) == before


def test_nobody_says_it_for_him(dossier: Dossier, noor: Person, stef: Person, outsiders: list[Person]) -> None:
    assert_refused(commands.set_rhythm, dossier, often="weekly", by=[noor, stef, *outsiders])


def test_when_it_all_has_ended_nothing_is_asked_any_more(dossier: Dossier, sem: Person) -> None:
    commands.set_rhythm(dossier, often="weekly", by=sem)
    Dossier.objects.filter(pk=dossier.pk).update(ended_on=clock.today())
    assert not is_time(fresh(dossier), clock.today())
    assert_refused(commands.set_rhythm, fresh(dossier), often="never", by=[sem])


@pytest.mark.parametrize("often", ["", "daily", "WEEKLY"])
def test_another_answer_is_none(often: str, dossier: Dossier, sem: Person) -> None:
    with pytest.raises(Impossible, match="Kies hoe vaak"):
        commands.set_rhythm(dossier, often=often, by=sem)


def test_as_long_as_he_chose_nothing_nobody_asks(dossier: Dossier) -> None:
    assert not is_time(dossier, clock.today())


@pytest.mark.parametrize("often", EVERY)
def test_it_is_asked_again_when_the_time_is_over(often: str, dossier: Dossier, sem: Person) -> None:
    commands.set_rhythm(dossier, often=often, by=sem)
    assert is_time(dossier, clock.today())
    done(dossier, sem, days=2)
    assert not is_time(dossier, clock.today())
    assert is_time(dossier, days_ago(2) + EVERY[often])
    assert not is_time(dossier, days_ago(2) + EVERY[often] - timedelta(days=1))


def test_what_is_only_begun_or_of_another_list_does_not_count(dossier: Dossier, sem: Person, noor: Person) -> None:
    commands.set_rhythm(dossier, often="weekly", by=sem)
    for url, voice in ((URL, "youth"), ("urn:ipta:instrument:own-view", "youth")):
        version = version_for(dossier.municipality, url)
        assert version
        sheet = start_sheet(dossier, version, voice=voice, by=sem)
        if url != URL:
            sign_off(sheet, Answers(), seen=0, by=sem)
    assert is_time(dossier, clock.today())
    assert not check_ins(dossier).exists()
