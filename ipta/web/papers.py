"""Papers at both desks: how they are asked for, how they are shown, and how one goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier, Paper
from ipta.dossiers.papers import checking, commands, rules
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.rules import NAME_LENGTH
from ipta.sharing.door import Reader
from ipta.sharing.rules import SHAREABLE
from ipta.web.asking import Asking, choice, words
from ipta.web.templatetags.ipta_ui import short_day

CONTENT_TYPES: Final = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
ICONS: Final = {"jpg": "camera", "png": "camera", "pdf": "file"}
# Whatever it is, and whoever opens it: it runs nothing, fetches nothing, and is nobody's page.
LOCKED_UP: Final = "sandbox; default-src 'none'"
UNKNOWN: Final = "messages"  # where a paper lies of which nobody said where it belongs

Named = tuple[str, Checked]


class Pick(forms.FileInput):
    """The camera of the telephone, or a file: the telephone itself offers both."""

    allow_multiple_selected = True


class PickedFiles(forms.FileField):
    """A few files at once. What is in them is looked at later, outside the form."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            raise forms.ValidationError(self.error_messages["required"])
        if len(data) > rules.MOST_AT_ONCE:
            raise forms.ValidationError(gettext("Kies hoogstens 5 bestanden tegelijk."))
        return list(data)


class PaperForm(Asking):
    file = PickedFiles(
        label=_("Maak een foto of kies een bestand"),
        help_text=_("Een foto of een PDF, hoogstens 10 MB. Je mag er 5 tegelijk kiezen."),
        widget=Pick(attrs={"accept": "image/*,application/pdf"}),
        error_messages={"required": _("Maak een foto, of kies een bestand.")},
    )
    section = choice(
        _("Waar gaat het over?"),
        [(key, _(name)) for key, name in rules.PAPER_SECTIONS.items()],
        initial=UNKNOWN,
    )
    name = words(_("Hoe heet het?"), longest=NAME_LENGTH, hint=_("Bijvoorbeeld: brief van de huurbaas."))

    def looked_at(self) -> list[Named]:
        """The files, clean, each with its name. Raises `Impossible`: all of them come in, or none."""
        return list(self._looked_at(self.cleaned_data["file"]))

    def _looked_at(self, files: Sequence[UploadedFile[bytes]]) -> Iterator[Named]:
        for number, file in enumerate(files, start=1):
            try:
                checked = checking.check(file.read())
            except Impossible as objection:
                raise Impossible(_about(file, gettext(str(objection)), of=len(files))) from None
            name = self.cleaned_data["name"] or rules.called(file.name or "") or _nameless(checked)
            yield _numbered(name, number, of=len(files)), checked


def _about(file: UploadedFile[bytes], objection: str, *, of: int) -> str:
    return f"{file.name}: {objection}" if of > 1 else objection


def _nameless(checked: Checked) -> str:
    """A camera gives numbers for names; a day says more."""
    day = short_day(timezone.localdate())
    return (
        gettext("PDF van %(day)s") % {"day": day}
        if checked.kind == "pdf"
        else gettext("Foto van %(day)s") % {"day": day}
    )


def _numbered(name: str, number: int, *, of: int) -> str:
    """Several at once are pages of the same letter."""
    return f"{name} ({number})" if of > 1 else name


def add(dossier: Dossier, form: PaperForm, papers: Sequence[Named], *, by: Person) -> None:
    for name, checked in papers:
        commands.add_paper(dossier, checked, by=by, name=name, section=form.cleaned_data["section"] or UNKNOWN)


# --- showing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    pk: UUID
    name: str
    section: str
    about: str  # in which part of the dossier it lies
    what: str  # a photo of so many kilobytes, at which no scanner looked
    icon: str
    by: Person
    at: datetime
    removed_at: datetime | None
    is_scanned: bool
    may_remove: bool

    @property
    def may_share(self) -> bool:
        """Whether this kind of paper can be shown to somebody at all."""
        return self.removed_at is None and self.section in SHAREABLE


def in_words(reader: Reader, rows: Iterable[Paper]) -> list[Shown]:
    """Papers of one dossier as a screen names them: what stands in them stays closed."""
    return [_in_words(reader, row, may_remove) for row, may_remove in _with_verdicts(reader.person, rows)]


def named(reader: Reader, rows: Iterable[Paper]) -> list[Shown]:
    """The same where nothing can be done with them."""
    return [_in_words(reader, row, may_remove=False) for row in rows]


def _with_verdicts(person: Person, rows: Iterable[Paper]) -> Iterator[tuple[Paper, bool]]:
    """Each with whether this person may take it away: asked once for what he added, and once for what others did."""
    known: dict[bool, bool] = {}
    for row in rows:
        is_own = row.added_by_id == person.id
        if is_own not in known:
            known[is_own] = bool(policies.can_remove_paper(person, row))
        yield row, known[is_own]


def _in_words(reader: Reader, row: Paper, may_remove: bool) -> Shown:
    return Shown(
        pk=row.pk,
        name=reader.text(row.name) or gettext("Zonder naam"),
        section=row.section,
        about=gettext(rules.PAPER_SECTIONS[row.section]),
        what=_what(row),
        icon=ICONS[row.kind] if row.is_there else "trash",
        by=row.added_by,
        at=row.added_at,
        removed_at=row.removed_at,
        is_scanned=row.is_scanned,
        may_remove=row.is_there and may_remove,
    )


def _what(row: Paper) -> str:
    parts = [f"{row.get_kind_display()}, {filesizeformat(row.size)}", "" if row.is_scanned else gettext("niet gescand")]
    return " · ".join(filter(None, parts))


def has_unscanned(papers: Iterable[Shown]) -> bool:
    """Whether there is one at which no scanner looked: then the page says what that means."""
    return any(not paper.is_scanned and paper.removed_at is None for paper in papers)


def sections_of(dossier: Dossier) -> set[str]:
    """In which parts of the dossier papers lie. Nothing is opened for it."""
    return set(dossier.paper_set.order_by().values_list("section", flat=True).distinct())


# --- going out -----------------------------------------------------------------------------------------------------


def handed_over(reader: Reader, paper: Paper | None) -> HttpResponse:
    """The paper itself, to be kept by who asked for it: never shown as a page of ours."""
    content = reader.content(paper.content) if paper and paper.is_there else b""
    if paper is None or not content:
        raise Http404
    response = HttpResponse(content, content_type=CONTENT_TYPES[paper.kind])
    name = rules.file_name(reader.text(paper.name), paper.kind)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Content-Security-Policy"] = LOCKED_UP
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
