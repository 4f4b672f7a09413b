"""Export: a dossier written down whole, through the door."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from ipta.accounts.models import Person
from ipta.api.package import policies, rules
from ipta.api.package.fields import as_text
from ipta.api.package.parts import COURSE, FIND, PAPERS, PARTS, WITH_IDS, YOUTH, Part
from ipta.base import clock
from ipta.base.command import allow
from ipta.dossiers.models import Dossier
from ipta.journal.commands import record
from ipta.journal.models import Entry
from ipta.scans.models import InstrumentVersion
from ipta.sharing.door import Reader
from ipta.sharing.queries import told_lines
from ipta.vault.rules import SECTIONS

Package = dict[str, Any]


def export(dossier: Dossier, reader: Reader) -> Package:
    """The whole dossier as a package: for the youth himself, or for his coach. Raises `Refused`.

    Every section that holds something is opened at the door and gets its line in the reading log; the journal says
    that the dossier went out. Only the youth's own copy tells who looked.
    """
    allow(policies.can_export(reader.person, dossier))
    book = _Book(dossier, reader)
    package = {
        "format": rules.FORMAT,
        "version": rules.VERSION,
        "package_id": str(dossier.package_id or dossier.id),
        "exported_at": _now(),
        "municipality": {"code": dossier.municipality.code, "name": dossier.municipality.name},
        **book.written(),
    }
    record("dossier.exported", by=reader.person, about=dossier)
    return package


def _now() -> str:
    return timezone.localtime(clock.now()).isoformat()


class _Book:
    """A dossier while it is written down: short ids for its lines and for who wrote them."""

    def __init__(self, dossier: Dossier, reader: Reader) -> None:
        self.dossier, self.reader = dossier, reader
        self.gone: set[str] = set()  # sections of which something was erased
        self.rows = {part.name: list(part.rows(dossier)) for part in (FIND, *PARTS)}
        self.ids = {
            row.pk: f"{part.line}-{number}"
            for part in WITH_IDS
            for number, row in enumerate(self.rows[part.name], start=1)
        }
        self.people: list[Package] = []
        self.instruments: list[Package] = []
        self.instrument_ids: dict[UUID, str] = {}
        self.known_as: dict[UUID, str | None] = {}

    def written(self) -> Package:
        self.reader.unlock([self.dossier], *self._sections())
        find = self._lines(FIND)
        lists = {part.name: self._lines(part) for part in PARTS}
        history = [self._entry(entry) for entry in self._happened()]
        return {
            "youth": {field.name: field.write(self.dossier, self) for field in YOUTH},
            "course": {field.name: field.write(self.dossier, self) for field in COURSE},
            "find": find[0] if find else None,
            "people": self.people,
            "instruments": self.instruments,
            **lists,
            "history": history,
            "looks": self._looks(),
            "gone": sorted(self.gone),
        }

    # what the fields ask

    def text(self, sealed: Any) -> str:
        return "" if self.is_gone(sealed) else self.reader.text(sealed)

    def json(self, sealed: Any) -> Any:
        return None if self.is_gone(sealed) else self.reader.json(sealed)

    def content(self, sealed: Any) -> bytes:
        return b"" if self.is_gone(sealed) else self.reader.content(sealed)

    def is_gone(self, sealed: Any) -> bool:
        """What was erased goes out as no words at all: those that tell so were written by nobody."""
        is_gone = self.reader.is_gone(sealed)
        if is_gone:
            self.gone.add(sealed.section)
        return is_gone

    def _sections(self) -> list[str]:
        """The sections in which something stands."""
        found = {getattr(row, "section", "identity") for rows in self.rows.values() for row in rows}
        return [section for section in SECTIONS if section in found | {"identity"}]

    def _lines(self, part: Part) -> list[Package]:
        return [self._line(part, row) for row in self.rows[part.name]]

    def _line(self, part: Part, row: Any) -> Package:
        named = {"id": self.ids[row.pk]} if part.line else {}
        line = named | {field.name: field.write(row, self) for field in part.fields if not field.is_old}
        if part is PAPERS and not line["content"]:  # erased: taken away, and the line is left
            line["removed_at"] = line["removed_at"] or _now()
        return line

    def id_of(self, pk: UUID | None) -> str | None:
        return self.ids.get(pk) if pk else None

    def person(self, pk: UUID | None) -> str | None:
        """How the package calls this person; None for somebody nobody knows by name."""
        if pk is None or pk == self.dossier.youth_id:
            return rules.YOUTH if pk else None
        if pk not in self.known_as:
            self.known_as[pk] = self._introduced(Person.objects.filter(pk=pk).first())
        return self.known_as[pk]

    def instrument(self, version: InstrumentVersion) -> str:
        """How the package calls this questionnaire, which comes along once."""
        if version.pk not in self.instrument_ids:
            self.instrument_ids[version.pk] = known_as = f"instrument-{len(self.instruments) + 1}"
            self.instruments.append({"id": known_as, "definition": as_text(version.definition)})
        return self.instrument_ids[version.pk]

    def _introduced(self, person: Person | None) -> str | None:
        if person is None or not (person.get_full_name() or person.organisation):
            return None
        names = {name: getattr(person, name) for name in ("first_name", "last_name", "organisation")}
        self.people.append({"id": f"person-{len(self.people) + 1}", **names})
        return str(self.people[-1]["id"])

    def _happened(self) -> list[Entry]:
        """Without what happened with a warning of which he was not told yet: the package would give it away."""
        told = set(map(str, self.dossier.warning_set.told().values_list("pk", flat=True)))
        rows = Entry.objects.filter(about=self.dossier.id).order_by("number")
        return [row for row in rows if row.facts.get("warning") in {None, *told}]

    def _entry(self, entry: Entry) -> Package:
        return {
            "at": timezone.localtime(entry.at).isoformat(),
            "did": entry.verb,
            "by": self.person(entry.person_id),
            "facts": self._facts(entry.facts),
        }

    def _facts(self, facts: Package) -> Package:
        """Numbers and keys as they are; an id only when what it names is in the package."""
        found = {name: self._fact(fact) for name, fact in sorted(facts.items())}
        return {name: fact for name, fact in found.items() if fact is not None}

    def _fact(self, fact: Any) -> Any:
        if not isinstance(fact, str):
            return fact
        try:
            pk = rules.identity(fact)
        except ValueError:
            return fact if rules.FACT_FORM.fullmatch(fact) else None
        return rules.YOUTH if pk == self.dossier.youth_id else self.ids.get(pk) or self.known_as.get(pk)

    def _looks(self) -> list[Package]:
        if self.reader.person.id != self.dossier.youth_id:
            return []
        return [
            {
                "at": timezone.localtime(look.at).isoformat(),
                "reader": look.reader_name,
                "role": look.reader_role,
                "organisation": look.reader_organisation,
                "section": look.section,
                "result": look.result,
            }
            for look in told_lines(self.dossier).order_by("number")
        ]
