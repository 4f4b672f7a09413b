"""The quick scan: the coach's rating and the youth's own view, side by side and never averaged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS
from ipta.scans import commands, rules
from ipta.scans.models import Sheet
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept, told
from ipta.web.asking import Asking, choice, words
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, not_yet
from ipta.web.components.icons import DOMAIN_ICONS

UNKNOWN = ""
SHEETS = 8  # per voice; what was said of a domain longer ago stands in no table here
COLUMNS = 4


# --- what both said ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice said last of a domain, when, and what it said the time before."""

    level: int
    word: str
    on: date
    before: int | None
    is_older: bool  # than this voice's newest sheet: a sheet need not speak of everything


@dataclass(frozen=True, slots=True)
class Voice:
    """Everything one of the two filled in, newest first."""

    sheets: Sequence[Sheet]
    ratings: Sequence[Mapping[str, int]]
    remark: str
    words: Mapping[int, str]

    @property
    def newest(self) -> Sheet | None:
        return self.sheets[0] if self.sheets else None

    @property
    def known(self) -> dict[str, int]:
        """The newest level of each domain that was ever spoken of."""
        return {domain: told[0][1] for domain in DOMAINS if (told := self._told(domain))}

    def said(self, domain: str) -> Said | None:
        told = self._told(domain)
        if not told:
            return None
        on, level = told[0]
        return Said(
            level=level,
            word=gettext(self.words[level]),
            on=on,
            before=told[1][1] if len(told) > 1 else None,
            is_older=on < self.sheets[0].about_on,
        )

    def _told(self, domain: str) -> list[tuple[date, int]]:
        sheets = zip(self.sheets, self.ratings, strict=True)
        return [(sheet.about_on, ratings[domain]) for sheet, ratings in sheets if domain in ratings]


@dataclass(frozen=True, slots=True)
class Line:
    """One domain: the two voices beside each other."""

    name: str
    icon: str
    coach: Said | None
    youth: Said | None
    is_worth_a_talk: bool
    is_acute: bool


def voice_of(reader: Reader, dossier: Dossier, voice: str) -> Voice:
    sheets = list(dossier.sheet_set.filter(voice=voice).select_related("by")[:SHEETS])
    return Voice(
        sheets=sheets,
        ratings=[reader.json(sheet.ratings) or {} for sheet in sheets],
        remark=reader.text(sheets[0].remark) if sheets else "",
        words=rules.LEVELS if voice == Sheet.Voice.COACH else rules.FACES,
    )


def lines_of(coach: Voice, youth: Voice) -> list[Line]:
    """What is known, domain by domain. Where nobody said anything stands nothing."""
    return [
        Line(
            name=gettext(DOMAINS[both.domain]),
            icon=DOMAIN_ICONS[both.domain],
            coach=coach.said(both.domain),
            youth=youth.said(both.domain),
            is_worth_a_talk=both.is_worth_a_talk,
            is_acute=both.coach == rules.DIRECT_ACTION,
        )
        for both in rules.beside(coach.known, youth.known)
        if both.coach or both.youth
    ]


@desk.coach()
def scan(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """How the coach sees it and how the youth sees it."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Scan"))
    reader = request.reader
    youth = people.known(reader, [dossier], {pk: {"scores"}})[pk]
    coach, own = voice_of(reader, dossier, Sheet.Voice.COACH), voice_of(reader, dossier, Sheet.Voice.YOUTH)
    lines, newest = lines_of(coach, own), coach.newest or own.newest
    context = {
        "youth": youth,
        "coach": coach,
        "own": own,
        "is_own_typed": own.newest is not None and own.newest.by_id == dossier.youth_id,
        "lines": lines,
        "is_gone": newest is not None and reader.is_gone(newest.ratings),
        "acute": [line.name for line in lines if line.is_acute],
        "talks": [line for line in lines if line.is_worth_a_talk],
        "missing": _missing(coach.known) if coach.newest else [],
        "earlier": _earlier(coach) if len(coach.sheets) > 1 else None,
        "remarks": _earlier_remarks(reader, [*coach.sheets[1:], *own.sheets[1:]]),
        "again": told.to_look_at_again(reader, dossier),
        "views": [reader.text(view.text) for view in dossier.view_set.filter(section="scores")],
    }
    return render(request, "coach/scan.html", context)


def _missing(known: Mapping[str, int]) -> list[str]:
    """What the method wants to know in any case and nobody knows yet."""
    return [gettext(name) for domain, name in DOMAINS.items() if domain in rules.MINIMUM and domain not in known]


def _earlier(voice: Voice) -> dict[str, Any]:
    """The last sheets as a table: a column each, oldest first."""
    columns = list(zip(voice.sheets, voice.ratings, strict=True))[:COLUMNS][::-1]
    return {
        "days": [sheet.about_on for sheet, _ratings in columns],
        "rows": [
            (gettext(name), [ratings.get(domain) for _sheet, ratings in columns])
            for domain, name in DOMAINS.items()
            if any(domain in ratings for _sheet, ratings in columns)
        ],
    }


@dataclass(frozen=True, slots=True)
class Remark:
    on: date
    is_youths: bool
    text: str


def _earlier_remarks(reader: Reader, sheets: Sequence[Sheet]) -> list[Remark]:
    """What was said with the sheets before, newest first."""
    found = [Remark(sheet.about_on, sheet.voice == Sheet.Voice.YOUTH, reader.text(sheet.remark)) for sheet in sheets]
    return sorted((remark for remark in found if remark.text), key=lambda remark: remark.on, reverse=True)


# --- filling in -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """One domain as it is asked: five rungs, and the one of last time."""

    field: forms.BoundField
    icon: str
    before: str


class SheetForm(Asking):
    """Thirteen questions of one tap each; "weet ik nog niet" is always an answer, and the one to begin with."""

    answers: ClassVar[list[tuple[str, Any]]] = []
    questions: ClassVar[Mapping[str, str]] = {}
    remark = words(_("Wil je er iets bij zeggen?"), longest=asking.LONG, rows=3)

    def __init__(self, *args: Any, before: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        for domain, question in self.questions.items():
            hint = self.hint(domain)
            self.fields[domain] = choice(gettext(question), self.answers, hint=hint, initial=UNKNOWN)
        self.order_fields([*DOMAINS, "remark"])

    def hint(self, domain: str) -> str:
        return ""

    def asked(self) -> list[Question]:
        return [Question(self[d], DOMAIN_ICONS[d], str(self.before.get(d, ""))) for d in DOMAINS]

    def ratings(self) -> dict[str, str]:
        return {domain: self.cleaned_data[domain] for domain in DOMAINS if self.cleaned_data[domain] != UNKNOWN}


class RateForm(SheetForm):
    """The coach's. Rated from level 5 downwards, over the last thirty days."""

    questions = DOMAINS
    answers = [
        ("5", _("volledig")),
        ("4", _("voldoende")),
        ("3", _("beperkt")),
        ("2", _("niet")),
        ("1", _("acuut")),
        (UNKNOWN, _("Weet ik nog niet")),
    ]

    def hint(self, domain: str) -> str:
        return gettext(rules.HINTS[domain])


class TellForm(SheetForm):
    """The youth's, in his own words."""

    questions = rules.OWN_WORDS
    answers = [
        *((str(level), _(face)) for level, face in sorted(rules.FACES.items(), reverse=True)),
        (UNKNOWN, _("Weet ik niet")),
    ]


@desk.coach("GET", "HEAD", "POST")
def rate(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The coach's sheet. What is acute becomes a direct action by itself."""
    return _sheet(request, pk, RateForm, Sheet.Voice.COACH, "coach/rate.html")


@desk.coach("GET", "HEAD", "POST")
def tell(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The youth's own view, typed together on the coach's phone."""
    return _sheet(request, pk, TellForm, Sheet.Voice.YOUTH, "coach/tell.html")


def _sheet(request: desk.DeskRequest, pk: UUID, form_class: type[SheetForm], voice: str, template: str) -> HttpResponse:
    dossier = dossier_since_yes(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"scores"}})[pk]
    before = voice_of(request.reader, dossier, voice).known
    form = asking.asked(request, form_class, before=before)
    if asking.is_ready(request, form):
        with asking.told(form):
            _write(dossier, form, voice, request)
            messages.success(request, _thanks(form, voice))
            return kept.done(request, redirect("coach:scan", pk))
    return asking.shown(request, template, form, youth=youth)


def _write(dossier: Dossier, form: SheetForm, voice: str, request: desk.DeskRequest) -> None:
    write = commands.rate if voice == Sheet.Voice.COACH else commands.tell
    with form.sent() as is_first:
        if is_first:
            write(dossier, ratings=form.ratings(), remark=form.cleaned_data["remark"], by=request.user)


def _thanks(form: SheetForm, voice: str) -> str:
    if voice == Sheet.Voice.COACH and str(rules.DIRECT_ACTION) in form.ratings().values():
        return gettext("Bewaard. Wat acuut is, staat nu bij Vandaag als directe actie.")
    return gettext("Bewaard.")
