"""The words around a warning, opened at the door: what can be picked, what was picked, what a colleague is asked."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.dossiers.models import Dossier, Note
from ipta.sharing import policies as sharing
from ipta.sharing.door import Reader
from ipta.sharing.models import Consultation, Look, Warning
from ipta.sharing.warning import policies
from ipta.sharing.warning.commands import Told
from ipta.sharing.warning.rules import SHOWN, Picked, ground_of
from ipta.sharing.words import name_of

PICKED_FROM = ("identity", "contacts", "plan", "appointments", "family")


def pickable(dossier: Dossier, reader: Reader) -> list[Picked]:
    """The lines one can pick from, one by one: his name and how he is reached, and the latest of each list.

    Of a section this reader may not open there is nothing. Of a paper one can tell that it is there, not what it says.
    """
    papers = [
        paper for paper in dossier.paper_set.filter(removed_at=None)[:SHOWN] if reader.may(dossier, paper.section)
    ]
    sections = [section for section in PICKED_FROM if reader.may(dossier, section)]
    reader.unlock([dossier], *sections, *{paper.section for paper in papers})
    found = [*_known(dossier, reader), *_notes(dossier, reader), *_promised(dossier, reader), *_around(dossier, reader)]
    found += [Picked("paper", paper.pk, paper.section, _words(reader, paper.name)) for paper in papers]
    return [one for one in found if one.section in {*sections, *(p.section for p in papers)} and one.words]


def _known(dossier: Dossier, reader: Reader) -> Iterator[Picked]:
    """Who it is. Two lines that lie in the dossier itself, each under a number made of its own."""
    if not reader.may(dossier, "identity") or reader.is_gone(dossier.nickname):
        return
    name = f"{reader.text(dossier.first_name)} {reader.text(dossier.last_name)}".strip()
    yield Picked("known", dossier.pk, "identity", name or reader.text(dossier.nickname))
    for number, way in enumerate(filter(None, (reader.json(dossier.reach) or {}).values()), start=1):
        yield Picked("known", UUID(int=number), "identity", str(way))


def _notes(dossier: Dossier, reader: Reader) -> Iterator[Picked]:
    if not reader.may(dossier, "contacts"):
        return
    for note in Note.objects.standing([dossier.pk])[:SHOWN]:
        text = _words(reader, note.text)
        yield Picked("note", note.pk, "contacts", _on(note.happened_at.date(), text) if text else "")


def _promised(dossier: Dossier, reader: Reader) -> Iterator[Picked]:
    if reader.may(dossier, "plan"):
        for step in dossier.step_set.filter(done_on=None, dropped_on=None)[:SHOWN]:
            yield Picked("step", step.pk, "plan", _words(reader, step.text))
    if reader.may(dossier, "appointments"):
        for row in dossier.appointment_set.filter(outcome="").order_by("starts_at")[:SHOWN]:
            words = _words(reader, row.what, row.place)
            on = timezone.localdate(row.starts_at)
            yield Picked("appointment", row.pk, "appointments", _on(on, words) if words else "")


def _around(dossier: Dossier, reader: Reader) -> Iterator[Picked]:
    if not reader.may(dossier, "family"):
        return
    for person in dossier.networkperson_set.all()[:SHOWN]:
        yield Picked("somebody", person.pk, "family", _words(reader, person.name, person.relation, person.reach))


def _words(reader: Reader, *sealed: Any) -> str:
    """What stands there, one beside the other; nothing where it was erased: that is not told to anybody."""
    return ", ".join(filter(None, (reader.text(one) for one in sealed if not reader.is_gone(one))))


def _on(day: object, words: str) -> str:
    return f"{day:%d-%m-%Y}: {words}"


# --- what was picked ----------------------------------------------------------------------------------------------


def told(warning: Warning, reader: Reader) -> Told:
    """As the receiver gets it. What this reader may not open, or was erased since, is left out."""
    items = [row for row in warning.items.all() if reader.may(warning.dossier, row.section)]
    reader.unlock([warning.dossier], warning.section, *{row.section for row in items})
    receiver = (reader.text(warning.to_name), reader.text(warning.to_function), reader.text(warning.to_organisation))
    return Told(
        ground=str(Warning.Ground(warning.ground).label),
        facts=reader.text(warning.facts),
        receiver=", ".join(filter(None, receiver)),
        items=tuple((name_of(row.section), reader.text(row.words)) for row in items),
    )


class SecondReader(Reader):
    """Opens what one colleague is asked about a warning, for him; nothing else of that dossier."""

    def __init__(self, person: Person, asked: Consultation, request_id: UUID) -> None:
        super().__init__(person, request_id)
        self._asked = asked
        self._his = {getattr(asked, name).place for name in ("question", "receiver", "words")}

    def _grounds(self, dossiers: Collection[Dossier]) -> dict[UUID, sharing.Grounds]:
        if not policies.can_read_asked(self.person, self._asked):
            return {}
        return {self._asked.dossier_id: {self._asked.section: ground_of(self._asked.warning_id)}}

    def _key_of(self, sealed: object) -> bytes | None:
        if getattr(sealed, "place", None) not in self._his:
            raise Refused("Dit is niet met jou gedeeld.")
        return super()._key_of(sealed)

    def _line(self, place: tuple[UUID, str], ground: str, result: str) -> Look:
        line = super()._line(place, ground, result)
        line.reader_role = "second"
        return line


def chosen(lines: Iterable[Picked], keys: Collection[str]) -> list[Picked]:
    """Those of these lines, in their order."""
    wanted = set(keys)
    return [one for one in lines if one.key in wanted]
