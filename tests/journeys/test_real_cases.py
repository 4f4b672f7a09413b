"""Published cases walk the thread: they come in, and youth and coach both find their page."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person, Role
from ipta.accounts.municipalities import load_municipalities
from ipta.api import package
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import INTENSIVE_CASELOAD
from ipta.journal.models import Entry
from ipta.journal.rules import first_fault
from ipta.sharing.door import Reader
from ipta.sharing.models import Look
from tests import cases
from tests.asking import levels, row_counts
from tests.cast import staff

pytestmark = pytest.mark.skipif(not cases.files(), reason=f"no published cases here: {cases.FOLDER} is not there")
OF_A_YOUTH = [file for file in cases.files() if cases.is_of_a_youth(cases.read(file))]
OTHERS = [file for file in cases.files() if file not in OF_A_YOUTH]
ZOETERMEER = "GM0637"  # for a case that does not tell where


@pytest.fixture
def town(case: cases.Case) -> Municipality:
    load_municipalities()
    return Municipality.objects.get(code=cases.municipality_of(case) or ZOETERMEER)


@pytest.fixture
def coach(town: Municipality) -> Person:
    return staff("Noor", "", (town, Role.COACH))


@pytest.fixture
def case(request: pytest.FixtureRequest) -> cases.Case:
    return cases.read(request.param)


@pytest.fixture
def arrived(case: cases.Case, town: Municipality, coach: Person) -> Dossier:
    content = json.dumps(cases.package_of(case)).encode()
    return package.import_package(package.load(content), town, coach, by=coach).dossier


def of_each(files: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", files, ids=[file.stem for file in files], indirect=True)


@of_each(OF_A_YOUTH)
def test_the_thread_is_there(case: cases.Case, arrived: Dossier, coach: Person) -> None:
    told = dict(cases.facts(case))
    assert {span.phase for span in arrived.phasespan_set.all()} >= {"scout", "scan"}
    assert bool(arrived.planversion_set.exists()) == bool(told.keys() & {"droom", "kracht", "moeite", "aanpak", "team"})
    assert arrived.placement_set.exists() or not told.keys() & {"plaatsing", "werkverleden"}
    assert arrived.planversion_set.in_force().count() == 0, "no case tells that both said yes"
    assert arrived.is_taking_part == (arrived.ended_on is None)
    assert arrived.phasespan_set.filter(until=None).exists() == arrived.is_taking_part
    assert first_fault(Entry.objects.filter(about=arrived.id)) is None


@of_each(OF_A_YOUTH)
def test_nothing_that_is_told_gets_lost_and_nothing_is_made_up(
    case: cases.Case, arrived: Dossier, coach: Person
) -> None:
    read = package.export(Dossier.objects.get(pk=arrived.pk), Reader(coach))
    words = "\n".join(note["text"] for note in read["notes"])
    for _, fact in cases.facts(case):
        assert fact in words
    assert not any(levels(coach, sheet) for sheet in arrived.filledsheet_set.all()), "no case tells a level"
    if case["jaar"]:
        assert read["course"]["found_on"] in re.findall(r"\d{4}", str(case["jaar"])), "no more than the year is known"


@of_each(OF_A_YOUTH)
def test_coach_and_youth_find_their_pages(
    case: cases.Case, arrived: Dossier, coach: Person, client_for: Callable[[Person], Client]
) -> None:
    assert arrived.youth is not None
    for name in ("coach:youth", "coach:timeline", "coach:plan", "coach:work", "coach:scan"):
        assert client_for(coach).get(reverse(name, args=[arrived.pk])).status_code == 200, name
    assert client_for(coach).get(reverse("coach:youths")).status_code == 200
    for name in ("youth:home", "youth:plan", "youth:people", "youth:thread", "youth:looks"):
        assert client_for(arrived.youth).get(reverse(name)).status_code == 200, name
    if case["jaar"]:
        thread = client_for(arrived.youth).get(reverse("youth:thread")).content.decode()
        assert f'<time datetime="{arrived.found_on.year}">{arrived.found_on.year}</time>' in thread
    assert first_fault(Look.objects.filter(about=arrived.id)) is None


@of_each(OF_A_YOUTH)
def test_a_case_comes_in_once(case: cases.Case, arrived: Dossier, town: Municipality, coach: Person) -> None:
    before = row_counts()
    assert not package.import_package(cases.package_of(case), town, coach, by=coach).is_new
    assert row_counts() == before


def test_all_of_them_at_one_desk(
    zoetermeer: Municipality, noor: Person, client_for: Callable[[Person], Client]
) -> None:
    """A caseload of real lives, in one list."""
    for file in OF_A_YOUTH:
        package.import_package(cases.package_of(cases.read(file)), zoetermeer, noor, by=noor)
    assert zoetermeer.dossier_set.count() == len(OF_A_YOUTH)
    for name in ("coach:today", "coach:youths"):
        assert client_for(noor).get(reverse(name)).status_code == 200


@of_each(OTHERS)
def test_a_case_of_a_coach_tells_of_his_caseload(case: cases.Case) -> None:
    """It is no dossier: it has no youth. The caseload it tells of is the one this house is made for."""
    words = " ".join(words for _, words in cases.facts(case))
    least, most = (int(number) for number in re.findall(r"\b\d{1,2}\b", words)[:2])
    assert least in INTENSIVE_CASELOAD and most in INTENSIVE_CASELOAD
