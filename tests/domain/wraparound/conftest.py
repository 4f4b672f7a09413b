"""A meeting that is about to be held, and one that was."""

import pytest

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.wraparound import commands
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.models import Contribution, Invitee, Meeting
from ipta.wraparound.table import commands as table
from tests.cast import fresh


@pytest.fixture
def coming(dossier: Dossier, noor: Person) -> Meeting:
    return commands.prepare_meeting(dossier, place="Buurthuis", leader="Noor", by=noor)


@pytest.fixture
def tante(coming: Meeting, sem: Person) -> Invitee:
    return commands.invite(coming, name="Tante Ria", kind="network", by=sem)


@pytest.fixture
def held(coming: Meeting, noor: Person) -> Meeting:
    return commands.end_meeting(coming, by=noor)


@pytest.fixture
def hers(coming: Meeting, mother: Person, ria: NetworkPerson, sem: Person, noor: Person) -> Contribution:
    """What sem's mother does: her line at the table. It is not shared with her yet."""
    guest = commands.invite(coming, name="Mama", kind="network", somebody=fresh(ria), by=sem)
    table.note_presence(coming, was_there=True, invitee=guest, by=sem)
    line: Contribution = agreed.contribute(coming, invitee=guest, text="Kookt op zondag", by=noor)
    return line
