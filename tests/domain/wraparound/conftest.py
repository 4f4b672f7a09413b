"""A meeting that is about to be held, and one that was."""

import pytest

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.wraparound import commands
from ipta.wraparound.models import Invitee, Meeting


@pytest.fixture
def coming(dossier: Dossier, noor: Person) -> Meeting:
    return commands.prepare_meeting(dossier, place="Buurthuis", leader="Noor", by=noor)


@pytest.fixture
def tante(coming: Meeting, sem: Person) -> Invitee:
    return commands.invite(coming, name="Tante Ria", kind="network", by=sem)


@pytest.fixture
def held(coming: Meeting, noor: Person) -> Meeting:
    return commands.end_meeting(coming, by=noor)
