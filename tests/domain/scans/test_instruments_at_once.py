"""Two tabs, two managers: what happens at the same moment ends as if one came after the other."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Impossible
from ipta.scans.instruments import commands
from ipta.scans.models import Instrument, InstrumentVersion
from tests.asking import verbs
from tests.method.instruments.made import URL, file_of, item

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "keys"], transaction=True)]
TABS = 6


def at_once(*doings: Callable[[], Any]) -> list[BaseException]:
    """All of them, begun at the same moment; what went wrong."""
    start, faults = threading.Barrier(len(doings)), []

    def run(doing: Callable[[], Any]) -> None:
        try:
            start.wait()
            doing()
        except BaseException as fault:  # noqa: BLE001 - a thread tells its fault to the test
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[doing]) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def load(municipality: Municipality, by: Person, version: str = "1", **more: Any) -> InstrumentVersion:
    content = file_of(item("a"), version=version, **more)
    return commands.load_instrument(municipality, content, by=by, is_draft=True)


def test_the_same_file_in_many_tabs_is_one_version(zoetermeer: Municipality, fem: Person) -> None:
    assert at_once(*[lambda: load(zoetermeer, fem)] * TABS) == []
    assert Instrument.objects.filter(url=URL).count() == 1
    assert InstrumentVersion.objects.filter(instrument__url=URL).count() == 1
    assert verbs(zoetermeer).count("instrument.loaded") == 1


def test_of_two_files_with_one_number_the_second_is_told(zoetermeer: Municipality, fem: Person) -> None:
    faults = at_once(*(lambda words=words: load(zoetermeer, fem, title=words) for words in ("een", "twee")))
    assert [type(fault) for fault in faults] == [Impossible]
    assert InstrumentVersion.objects.filter(instrument__url=URL).count() == 1


def test_of_many_put_to_use_at_once_one_is_in_use(zoetermeer: Municipality, fem: Person) -> None:
    made = [load(zoetermeer, fem, version=str(number)) for number in range(TABS)]
    assert at_once(*(lambda one=one: commands.put_to_use(one, by=fem) for one in made)) == []
    assert InstrumentVersion.objects.active().filter(instrument__url=URL).count() == 1
    assert not InstrumentVersion.objects.filter(status=InstrumentVersion.Status.DRAFT).exists()


def test_what_is_put_to_use_is_not_thrown_away_in_the_same_moment(zoetermeer: Municipality, fem: Person) -> None:
    for number in range(TABS):
        made = load(zoetermeer, fem, version=str(number))
        faults = at_once(
            lambda made=made: commands.put_to_use(made, by=fem), lambda made=made: commands.discard(made, by=fem)
        )
        is_there = InstrumentVersion.objects.filter(pk=made.pk).exists()
        assert [type(fault) for fault in faults] == [Impossible]
        assert is_there == InstrumentVersion.objects.active().filter(pk=made.pk).exists()
