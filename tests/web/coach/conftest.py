"""The coach at the screen: noor with sem in her caseload, and strangers with caseloads of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier
from ipta.scouting.commands import meet, welcome

SignIn = Callable[[Person], Client]
Lives = Callable[[int], list[Dossier]]


@pytest.fixture
def noors(noor: Person, dossier: Dossier, client_for: SignIn) -> Client:
    """The browser of noor, who walks along with sem."""
    return client_for(noor)


@pytest.fixture
def brams(bram: Person, kim_dossier: Dossier, client_for: SignIn) -> Client:
    """The browser of bram, a coach with a caseload of his own."""
    return client_for(bram)


@pytest.fixture
def browsers_of_strangers(strangers: tuple[Person, Person], olga: Person, client_for: SignIn) -> list[Client]:
    """Coaches with caseloads of their own, near and far, and who coached sem until yesterday."""
    return [client_for(person) for person in (*strangers, olga)]


@pytest.fixture
def appointment(dossier: Dossier) -> Appointment:
    return Appointment.objects.get(dossier=dossier)


@pytest.fixture
def more_lives(zoetermeer: Municipality, noor: Person) -> Lives:
    """Youths with something on every list of today: never spoken, a promise that is due, an appointment."""

    def live(count: int) -> list[Dossier]:
        return [_life(zoetermeer, noor, number) for number in range(count)]

    return live


def _life(municipality: Municipality, coach: Person, number: int) -> Dossier:
    with clock.at(timezone.now() - timedelta(days=30)):
        dossier = meet(municipality, nickname=f"J{number}", by=coach, reach={"whatsapp": "0612345678"}).dossier
        welcome(dossier, first_name=f"Jongere {number}", by=coach)
    commands.promise(dossier, text=f"Bellen {number}", owner="coach", due_on=timezone.localdate(), by=coach)
    commands.appoint(dossier, what=f"Koffie {number}", starts_at=timezone.now() + timedelta(hours=1), by=coach)
    return Dossier.objects.get(pk=dossier.pk)


class Queries:
    count = 0


@pytest.fixture
def queries() -> Callable[[], object]:
    """Counts the queries to both databases."""

    @contextmanager
    def counted() -> Iterator[Queries]:
        found = Queries()
        with (
            CaptureQueriesContext(connections["default"]) as dossiers,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            yield found
        found.count = len(dossiers) + len(keys)

    return counted
