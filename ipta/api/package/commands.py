"""Import: a package becomes a dossier, whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from ipta.accounts.models import Municipality, Person
from ipta.api.package import policies, rules
from ipta.api.package.checks import lines_of
from ipta.api.package.fields import SPECIALIST_WORDS, WORKPLACE_WORDS, Field, RoughDay
from ipta.api.package.older import renewed
from ipta.api.package.papers import looked_at
from ipta.api.package.parts import COURSE, FIND, PARTS, WITH_IDS, YOUTH, Part
from ipta.api.package.reading import checked
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.dossiers.models import Coachship, Dossier, Specialist
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.rules import tidy
from ipta.journal.commands import append, gathered, record
from ipta.journal.models import Entry
from ipta.scans.instruments import definition
from ipta.scans.instruments.shelf import set_aside
from ipta.scans.models import InstrumentVersion
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.models import Grant, HelpRequest
from ipta.vault import keyring
from ipta.workplaces.models import Workplace

Package = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    dossier: Dossier
    is_new: bool  # False: this package was read in here before, and nothing changed


@command
def import_package(
    data: Package,
    municipality: Municipality,
    coach: Person,
    *,
    by: Person,
    papers: Mapping[str, Checked] | None = None,
) -> Imported:
    """Make a dossier of a package: everything as it was, and `coach` goes on. Raises `PackageFault`.

    Days, moments and who wrote what stay as they are in the package. Somebody from elsewhere becomes a name without an
    account: he reads nothing here. What was shared with people there ends. `papers`: those of this package, when they
    were looked at before (`looked_at`), so that nobody waits for it.
    """
    allow(policies.can_import(by, municipality, coach))
    package = renewed(checked(data))
    with _whole_or_not_at_all():
        if known := _read_in_before(rules.identity(package["package_id"]), municipality):
            mark_recorded()
            return Imported(known, is_new=False)
        arrival = _Arrival(package, municipality, by, looked_at(package) if papers is None else papers)
        with gathered():
            arrival.move_in()
            arrival.go_on_with(coach)
        return Imported(arrival.dossier, is_new=True)


@contextmanager
def _whole_or_not_at_all() -> Iterator[None]:
    """Also of the keys. A key of the municipality that was made in vain must not be remembered either."""
    try:
        with keyring.held(), transaction.atomic(using="keys"):
            yield
    except BaseException:
        keyring.forget_everything()
        raise


def _read_in_before(package_id: UUID, municipality: Municipality) -> Dossier | None:
    """The dossier that this package made here before, or of which it was made."""
    return municipality.dossier_set.filter(Q(package_id=package_id) | Q(pk=package_id)).first()


class _Arrival:
    """A package while it becomes a dossier."""

    def __init__(self, package: Package, municipality: Municipality, by: Person, papers: Mapping[str, Checked]) -> None:
        self.package, self.municipality, self.by, self.papers = package, municipality, by, papers
        self.ids = dict(_new_ids(package))
        self.people: dict[str | None, Person] = {}
        self.instruments: dict[str, InstrumentVersion] = {}
        self.dossier = self._dossier()

    def _dossier(self) -> Dossier:
        known = _values(YOUTH, self.package["youth"], self) | _values(COURSE, self.package["course"], self)
        return Dossier(
            municipality=self.municipality,
            package_id=rules.identity(self.package["package_id"]),
            **{"found_on": clock.today()} | known,
        )

    def move_in(self) -> None:
        if self.dossier.joined_on:
            self.dossier.youth = Person.objects.create(is_youth=True)
        self.dossier.save()
        for part in (FIND, *PARTS):
            rows = [self._row(part, line) for _, line in lines_of(self.package, part.name)]
            _ascending(rows)
            part.model._default_manager.bulk_create(rows)
        self._tell_history()

    def _row(self, part: Part, line: Package) -> Any:
        row: Any = part.model(**_values(part.fields, line, self))
        if part.line:
            row.pk = self.ids[line["id"]]
        if hasattr(part.model, "dossier"):
            row.dossier = self.dossier
        return row

    def _tell_history(self) -> None:
        """The journal of before, line by line at its own moment; each says from which package it comes."""
        for line in self.package.get("history", []):
            facts = {name: self._fact(fact) for name, fact in line.get("facts", {}).items()}
            entry = Entry(
                about=self.dossier.id,
                person_id=self.person(line.get("by")).id,
                verb=line["did"],
                facts=facts | {"package": self.package["package_id"]},
            )
            with clock.at(rules.moment(line["at"])):
                append("journal", [entry])

    def _fact(self, fact: Any) -> Any:
        if not isinstance(fact, str):
            return fact
        if fact in self.ids:
            return str(self.ids[fact])
        return str(self.people[fact].id) if fact in self.people else fact

    def go_on_with(self, coach: Person) -> None:
        """From today on this coach walks along, and nobody from elsewhere sees anything."""
        today, now = clock.today(), clock.now()
        before = Coachship.objects.filter(dossier=self.dossier).filter(Q(until=None) | Q(until__gt=today))
        for ship in before:
            ship.until, ship.is_off = max(today, ship.since), ship.is_off or ship.since > today
            ship.save(update_fields=["until", "is_off"])
        Coachship.objects.create(dossier=self.dossier, coach=coach, since=today)
        waiting = HelpRequest.objects.filter(dossier=self.dossier).waiting()
        waiting.update(closed_at=now)  # no link to it comes along
        SharingRequest.objects.filter(dossier=self.dossier).waiting().update(
            ends_at=now
        )  # nobody is there to be shown it
        shared = Grant.objects.filter(dossier=self.dossier, revoked_at=None, until__gte=today).update(revoked_at=now)
        record(
            "dossier.imported",
            by=self.by,
            about=self.dossier,
            package=self.package["package_id"],
            coach=coach.id,
            grants_ended=shared,
            **({"gone": ",".join(gone)} if (gone := self.package.get("gone")) else {}),
        )

    # what the fields ask

    def new_id(self, known_as: str) -> UUID:
        return self.ids[known_as]

    def paper(self, written: str) -> Checked:
        return self.papers[written]

    def person(self, known_as: str | None) -> Person:
        """The youth, or somebody of whom we know the name at most."""
        if known_as == rules.YOUTH and self.dossier.youth:
            return self.dossier.youth
        if known_as not in self.people:
            self.people[known_as] = _somebody(self._introduction(known_as))
        return self.people[known_as]

    def _introduction(self, known_as: str | None) -> Package:
        people: list[Package] = self.package.get("people", [])
        return next((person for person in people if person["id"] == known_as), {})

    def instrument(self, known_as: str) -> InstrumentVersion:
        """The same words where they are on the shelf here; otherwise they come along, for nobody to begin with."""
        if known_as not in self.instruments:
            lines: list[Package] = self.package.get("instruments", [])
            content = next(line["definition"] for line in lines if line["id"] == known_as)
            self.instruments[known_as] = set_aside(definition.read(content.encode()), self.municipality)
        return self.instruments[known_as]

    def workplace(self, words: Mapping[str, str]) -> Workplace:
        """The same firm when it is in the book here; otherwise it comes in, closed until a coach was there."""
        known = {name: tidy(words.get(name, "")) for name in WORKPLACE_WORDS}
        there = Workplace.objects.filter(municipality=self.municipality, **known).first()
        return there or Workplace.objects.create(
            municipality=self.municipality, added_by=self.by, is_open=False, **known
        )

    def specialist(self, words: Mapping[str, str]) -> Specialist:
        """The same one when he is in the directory here; otherwise a name, whom nobody can ask anything yet."""
        known = {name: tidy(words.get(name, "")) for name in SPECIALIST_WORDS}
        there = Specialist.objects.filter(municipality=self.municipality, **known).first()
        return there or Specialist.objects.create(
            municipality=self.municipality, added_by=self.by, is_reachable=False, **known
        )


def _somebody(known: Package) -> Person:
    """Somebody from elsewhere: a name, no e-mail, no way in. Never an account of here, whatever the package says."""
    names = {name: tidy(known.get(name, "")) for name in ("first_name", "last_name", "organisation")}
    person = Person(is_active=False, **names)
    person.set_unusable_password()
    person.save()
    return person


def _values(fields: Sequence[Field], line: Package, arrival: _Arrival) -> Package:
    """What the package says of one row. Who wrote it is always asked, as a row must have somebody."""
    values: Package = {}
    for field in fields:
        if field.name in line or field.is_asked:
            values |= field.read(line.get(field.name), arrival)
    return values | _roughness(fields, line)


def _roughness(fields: Sequence[Field], line: Package) -> Package:
    rough = {f.name: rules.how_rough(line[f.name]) for f in fields if isinstance(f, RoughDay) and line.get(f.name)}
    known = {name: how for name, how in rough.items() if how}
    return {"rough": known} if known else {}


def _ascending(rows: Sequence[Any]) -> None:
    """Let the ids follow the order of the package, so that lines of one day keep their order."""
    for row, pk in zip(rows, sorted(row.pk for row in rows if row.pk), strict=False):
        row.pk = pk


def _new_ids(package: Package) -> Iterator[tuple[str, UUID]]:
    """The new id of each line that others may refer to; they ascend already."""
    for part in WITH_IDS:
        lines = lines_of(package, part.name)
        for (_, line), pk in zip(lines, sorted(uuid4() for _ in lines), strict=True):
            yield line["id"], pk
