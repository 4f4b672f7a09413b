"""The youth at the screen: sem with everything of his own, and kim with as much."""

from collections.abc import Callable

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier
from ipta.sharing import commands as sharing
from ipta.sharing.models import Grant

SignIn = Callable[[Person], Client]


@pytest.fixture
def sems(sem: Person, client_for: SignIn) -> Client:
    """The phone of sem."""
    return client_for(sem)


@pytest.fixture
def kims(kim: Person, client_for: SignIn) -> Client:
    """The phone of another youth, with a dossier of her own."""
    return client_for(kim)


@pytest.fixture
def appointment(dossier: Dossier) -> Appointment:
    return Appointment.objects.get(dossier=dossier)


@pytest.fixture
def granted(dossier: Dossier, sem: Person, dana: Person) -> Grant:
    """Sem lets dana read his plan."""
    return sharing.grant(dossier, section="plan", to=dana, purpose="Hulp met post", by=sem)


@pytest.fixture
def ended(dossier: Dossier, noor: Person) -> Dossier:
    return dossiers.end(dossier, reason="stable", by=noor)
