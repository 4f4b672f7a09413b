"""Scout: find, be introduced, keep trying, until the yes. Source: "Vinden van deelnemers"."""

from datetime import date
from uuid import UUID

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.dossiers import commands as dossiers
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier, PhaseSpan
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.scouting import policies as scouts
from ipta.scouting.models import Find, FindingPlace, Observation, Place

WORDS = ("name", "area", "hours", "opens_doors")


@command
def add_finding_place(municipality: Municipality, *, kind: str, by: Person, **words: str) -> FindingPlace:
    """A place more in the book. `words`: name, area, hours, opens_doors."""
    allow(scouts.can_keep(by, municipality))
    said = {name: tidy(words.get(name, "")) for name in WORDS}
    place = FindingPlace.objects.create(municipality=municipality, kind=_known(kind), added_by=by, **said)
    record("finding_place.added", by=by, about=municipality, place=place.id, kind=kind)
    return place


@command
def change_finding_place(place: FindingPlace, *, by: Person, kind: str = "", **words: str) -> FindingPlace:
    """Write what is known now; words that are not given stay as they are."""
    allow(scouts.can_keep(by, place.municipality))
    place.kind = _known(kind) if kind else place.kind
    for name in words.keys() & set(WORDS):
        setattr(place, name, tidy(words[name]))
    place.save()
    record("finding_place.changed", by=by, about=place.municipality, place=place.id)
    return place


def _known(kind: str) -> str:
    if Place(kind) == Place.UNKNOWN:
        raise ValueError(kind)
    return kind


@command
def observe(place: FindingPlace, *, words: str, by: Person, on: date | None = None) -> Observation:
    """Write down what was to be seen there, on a day. Nobody changes it any more."""
    allow(scouts.can_keep(by, place.municipality))
    seen = Observation.objects.create(
        municipality=place.municipality, place=place, author=by, seen_on=on or clock.today(), words=tidy(words)
    )
    record("finding_place.observed", by=by, about=place.municipality, place=place.id, observation=seen.id)
    return seen


@command
def meet(
    municipality: Municipality,
    *,
    nickname: str,
    by: Person,
    kind: str = Find.Place.UNKNOWN,
    where: str = "",
    introduced_by: str = "",
    introduction: str = "",
    wants: str = "",
    safety: str = "",
    reach: dict[str, str] | None = None,
    on: date | None = None,
    package_id: UUID | None = None,
) -> Find:
    """Note somebody: a nickname, where, introduced by whom, how to reach him safely."""
    allow(policies.can_begin(by, municipality))
    dossier = dossiers.begin(
        municipality, nickname=nickname, safety=safety, reach=reach, by=by, on=on, package_id=package_id
    )
    find = Find.objects.create(
        dossier=dossier,
        kind=Find.Place(kind),
        where=tidy(where),
        introduced_by=tidy(introduced_by),
        introduction=tidy(introduction),
        wants=tidy(wants),
    )
    record("youth.met", by=by, about=dossier, kind=kind)
    return find


@command
def welcome(
    dossier: Dossier, *, by: Person, first_name: str = "", last_name: str = "", born: str = "", on: date | None = None
) -> Dossier:
    """The yes ("hij doet mee"): scouting ends, the dossier begins with everything already typed."""
    allow(policies.can_write(by, dossier))
    dossiers.join(dossier, by=by, first_name=first_name, last_name=last_name, born=born, on=on)
    for span in PhaseSpan.objects.filter(dossier=dossier, phase="scout", until=None):
        dossiers.end_phase(span, by=by, on=on)
    record("youth.welcomed", by=by, about=dossier)
    return dossier
