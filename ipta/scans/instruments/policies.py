"""Who brings an instrument in, and who fills one in."""

from ipta.accounts.models import Municipality, Person, Role
from ipta.base.verdict import Verdict, no
from ipta.base.verdict import yes as granted
from ipta.dossiers.models import Dossier
from ipta.dossiers.policies import can_own, can_write
from ipta.scans.models import FilledSheet, InstrumentVersion


def can_load(person: Person, municipality: Municipality) -> Verdict:
    """Bring in an instrument for this municipality: its functional manager, who has the right to use it."""
    if municipality.id in person.municipalities_as(Role.FUNCTIONAL_MANAGER):
        return granted("functional_manager")
    return no("Alleen de functioneel beheerder van deze gemeente kan dit doen.")


def can_retire(person: Person, version: InstrumentVersion) -> Verdict:
    """Take it out of use: who may load it."""
    return _can_keep(person, version)


def can_put_to_use(person: Person, version: InstrumentVersion) -> Verdict:
    """The same the other way round."""
    return _can_keep(person, version)


def can_discard(person: Person, version: InstrumentVersion) -> Verdict:
    """Throw a draft away: who may load it."""
    return _can_keep(person, version)


def _can_keep(person: Person, version: InstrumentVersion) -> Verdict:
    """What ships with the house is there for every municipality."""
    municipality = version.instrument.municipality
    if municipality is None:
        return no("Deze vragenlijst hoort bij het programma en is van alle gemeenten.")
    return can_load(person, municipality)


def can_fill(person: Person, dossier: Dossier, voice: str) -> Verdict:
    """In the youth's voice either of them, alone or together; in any other the coach, who notes what was said."""
    return can_own(person, dossier) if voice == FilledSheet.Voice.YOUTH else can_write(person, dossier)
