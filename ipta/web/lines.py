"""Every kind of line somebody wrote in a dossier: where it stands at both desks, and which words of it are shown."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier
from ipta.scans.models import FilledSheet
from ipta.scans.queries import hear
from ipta.sharing.door import Reader
from ipta.web.hrefs import href
from ipta.web.sheets import worded


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line the youth can put his side beside, or ask to change."""

    rows: str
    words: str  # the field that is shown again; none: the remark on a questionnaire
    page: str  # where it stands at the desk of the youth
    name: str | Promise
    change: str  # where the coach changes it, or the page where it stands when it is never changed
    takes_row: bool = False
    may_wait: bool = False  # he is told later of some of them: until then they are not there

    def of(self, dossier: Dossier) -> QuerySet[Any]:
        """The lines of this kind that he knows of."""
        rows = getattr(dossier, self.rows)
        found: QuerySet[Any] = rows.told() if self.may_wait else rows.all()
        return found

    def change_href(self, dossier: Dossier, line: UUID) -> str:
        return href(f"coach:{self.change}", dossier.pk, *([line] if self.takes_row else []))


KINDS = {
    "gesprek": Kind("note_set", "text", "youth:notes", _("Dit is opgeschreven"), "correct", takes_row=True),
    "stap": Kind("step_set", "text", "youth:steps", _("Dit is een stap"), "step", takes_row=True),
    "plan": Kind("planversion_set", "most_important", "youth:plan", _("Dit is je plan"), "propose"),
    "scan": Kind("filledsheet_set", "", "youth:scans", _("Zo is het ingevuld"), "scan"),
    "werk": Kind("placement_set", "what", "youth:work", _("Dit is een werkplek"), "amend", takes_row=True),
    "afspraak": Kind("appointment_set", "what", "youth:appointments", _("Dit was een afspraak"), "timeline"),
    "mens": Kind(
        "networkperson_set", "name", "youth:people", _("Dit is iemand om je heen"), "change_person", takes_row=True
    ),
    "papier": Kind("paper_set", "name", "youth:papers", _("Dit is een papier"), "papers"),
    "coach": Kind("briefing_set", "text", "youth:people", _("Dit schreef je coach"), "timeline"),
    "kaart": Kind("saying_set", "text", "youth:talk", _("Dit viel je coach op"), "talk"),
    "begin": Kind("find_set", "introduction", "youth:known", _("Zo begon het"), "retell"),
    "gezegd": Kind("statement_set", "text", "youth:told", _("Dit zei iemand over jou"), "cite_better", takes_row=True),
    "vraag": Kind("helprequest_set", "question", "youth:helps", _("Dit vroeg je coach"), "help", takes_row=True),
    "test": Kind("assessment_set", "what", "youth:assessments", _("Dit is een test"), "assessments"),
    "verteld": Kind(
        "warning_set",
        "facts",
        "youth:warnings",
        _("Dit is verteld zonder jouw ja"),
        "warning",
        takes_row=True,
        may_wait=True,
    ),  # fmt: skip
    "nood": Kind("emergency_set", "reason", "youth:looks", _("Zo keek iemand mee"), "youth"),
}
# A message is answered with a message, and what he typed himself he changes himself.


def kind_or_404(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def line_or_404(dossier: Dossier, kind: str, pk: UUID) -> Any:
    """A line of this dossier, whatever it is."""
    line = line_of(dossier, kind_or_404(kind), pk)
    if line is None:
        raise Http404
    return line


def line_of(dossier: Dossier, kind: Kind, pk: UUID) -> Any:
    """The line; nothing where it was taken away."""
    line = kind.of(dossier).filter(pk=pk).first()
    if line is not None:
        line.dossier = dossier
    return line


def words_of(reader: Reader, kind: Kind, line: Any) -> str:
    return reader.text(getattr(line, kind.words)) if kind.words else _remark(reader, line)


def _remark(reader: Reader, sheet: FilledSheet) -> str:
    """What was written with it, or else which questionnaire it is."""
    said = hear(reader, sheet)
    return reader.text(sheet.answers) if said.is_gone else said.remark or worded(str(sheet.version.instrument))
