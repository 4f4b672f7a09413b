"""What others said of the youth, in words for both desks: who, when, what he says of it, what was looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext

from ipta.dossiers.models import Dossier
from ipta.scans.models import OwnAnswer, SecondLook, Statement
from ipta.scans.told.queries import Told, told_of
from ipta.scans.told.rules import REPLIES
from ipta.sharing.door import Reader
from ipta.web.cards import name_of
from ipta.web.templatetags.ipta_ui import short_day, spelled

ICONS: Final = {
    "school": "school", "work": "work", "help": "heart", "justice": "shield", "health": "health", "money": "money",
    "housing": "home", "home": "people", "other": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the youth said of it, and who typed that when it was not he."""

    reply: str
    words: str
    at: datetime
    typed_by: str


@dataclass(frozen=True, slots=True)
class Look:
    """Why it was looked at again, and what came of that."""

    pk: UUID
    why: str
    since: datetime
    by: str
    came_of: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Text:
    """A statement as it was put down once, with what stands beside it; newest first."""

    pk: UUID
    text: str
    source: str
    when: str
    by: str
    cited_at: datetime
    answers: Sequence[Answer]
    looks: Sequence[Look]


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement of now, and the texts it replaced."""

    kind: str
    icon: str
    now: Text
    before: Sequence[Text]
    open_look: UUID | None

    @property
    def pk(self) -> UUID:
        return self.now.pk


def shown(reader: Reader, dossier: Dossier) -> list[Shown]:
    """What others said, as far as this person reads it: each lies in the section of what it is about."""
    found = told_of(dossier)
    sections = {text.section for told in found for text in told.texts}
    reader.unlock([dossier], *sections)
    readable = {section for section in sections if reader.may(dossier, section)}
    return [_shown(reader, dossier, told, readable) for told in found if told.now.section in readable]


def _shown(reader: Reader, dossier: Dossier, told: Told, readable: set[str]) -> Shown:
    look = told.open_look
    return Shown(
        kind=str(told.now.get_kind_display()),
        icon=ICONS[told.now.kind],
        now=_text(reader, dossier, told, told.now),
        before=[_text(reader, dossier, told, text) for text in told.before if text.section in readable],
        open_look=look.pk if look and look.section in readable else None,
    )


def _text(reader: Reader, dossier: Dossier, told: Told, row: Statement) -> Text:
    return Text(
        pk=row.pk,
        text=reader.text(row.text),
        source=reader.text(row.source),
        when=when_in_words(row.about_on, row.rough.get("about_on", "")),
        by=name_of(row.by),
        cited_at=row.cited_at,
        answers=[_answer(reader, dossier, own) for own in reversed(told.answers.get(row.pk, []))],
        looks=[_look(reader, look) for look in reversed(told.looks.get(row.pk, []))],
    )


def _answer(reader: Reader, dossier: Dossier, own: OwnAnswer) -> Answer:
    reply = reader.text(own.reply)
    return Answer(
        reply=gettext(REPLIES[reply]) if reply in REPLIES else reply,  # what was erased says so
        words="" if reader.is_gone(own.words) else reader.text(own.words),
        at=own.answered_at,
        typed_by="" if own.by_id == dossier.youth_id else name_of(own.by),
    )


def _look(reader: Reader, look: SecondLook) -> Look:
    return Look(look.pk, reader.text(look.why), look.since, name_of(look.by), reader.text(look.came_of), look.closed_at)


def when_in_words(day: date | None, rough: str) -> str:
    """No more than is known of it."""
    if day is None:
        return ""
    return {"year": f"{day.year}", "month": spelled(day, "F Y")}.get(rough) or short_day(day)


def statement_of(dossier: Dossier, pk: UUID, reader: Reader) -> Statement:
    """What stands in this dossier and this person reads; 404 for anything else."""
    row: Any = Statement.objects.filter(dossier=dossier, pk=pk).first()
    if row is None or not reader.may(dossier, row.section):
        raise Http404
    row.dossier = dossier
    return row  # type: ignore[no-any-return]


def to_look_at_again(reader: Reader, dossier: Dossier) -> list[str]:
    """What those statements are about of which nobody said yet what came of looking again; without a word of them."""
    looks = SecondLook.objects.open().filter(dossier=dossier).select_related("statement")
    rows = list(looks.defer("why", "came_of", "statement__text", "statement__source"))
    readable = {section for section in {look.section for look in rows} if reader.may(dossier, section)}
    kinds = (str(look.statement.get_kind_display()) for look in rows if look.section in readable)
    return list(dict.fromkeys(kinds))
