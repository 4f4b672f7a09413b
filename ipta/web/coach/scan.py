"""The quick scan: the coach's rating and the youth's own view, side by side and never averaged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base import clock
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS
from ipta.scans import commands, rules
from ipta.scans.instruments.queries import asked_by
from ipta.scans.matrix import Matrix, Question, Rung
from ipta.scans.models import FilledSheet, InstrumentVersion
from ipta.scans.queries import (
    IN_THE_SCAN,
    OWN_VIEW,
    WELLBEING_LIST,
    ZRM,
    ZRM_YOUNG,
    Heard,
    by_day,
    heard,
    matrices_for,
    matrix_for,
)
from ipta.scans.rules import PARTS
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept, told
from ipta.web.asking import Asking, Words, choice, words
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, not_yet
from ipta.web.components.icons import DOMAIN_ICONS
from ipta.web.sheet_ages import not_made_for
from ipta.web.sheets import worded

UNKNOWN = ""
SHEETS = 8  # per voice; what was said of a domain longer ago stands in no table here
COLUMNS = 4
MATRICES = {ZRM: "volwassenen", ZRM_YOUNG: "jongeren"}  # and how the address calls them
# What fits on a rung; the names of the levels are those of the matrix.
SHORT = {5: _("volledig"), 4: _("voldoende"), 3: _("beperkt"), 2: _("niet"), 1: _("acuut")}


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

    heard: Sequence[Heard]
    words: Mapping[int, str]

    @property
    def newest(self) -> FilledSheet | None:
        return self.heard[0].sheet if self.heard else None

    @property
    def remark(self) -> str:
        return next((one.remark for one in self.heard if one.sheet.about_on == self.heard[0].sheet.about_on), "")

    @property
    def known(self) -> dict[str, int]:
        """The newest level of each part of life that was ever spoken of."""
        return rules.newest(one.levels for one in self.heard)

    @property
    def is_gone(self) -> bool:
        return any(one.is_gone for one in self.heard)

    def said(self, part: str) -> Said | None:
        told = self._told(part)
        if not told:
            return None
        on, level = told[0]
        return Said(
            level=level,
            word=gettext(self.words[level]),
            on=on,
            before=told[1][1] if len(told) > 1 else None,
            is_older=on < self.heard[0].sheet.about_on,
        )

    def _told(self, part: str) -> list[tuple[date, int]]:
        return [(one.sheet.about_on, one.levels[part]) for one in self.heard if part in one.levels]


@dataclass(frozen=True, slots=True)
class Line:
    """One domain: the two voices beside each other."""

    name: str
    icon: str
    coach: Said | None
    youth: Said | None
    is_worth_a_talk: bool
    is_acute: bool

    @property
    def lowest(self) -> int:
        return min(said.level for said in (self.coach, self.youth) if said)


def voices_of(reader: Reader, dossier: Dossier) -> tuple[Voice, Voice]:
    """The coach's and the youth's."""
    return _voice(reader, dossier, FilledSheet.Voice.COACH), _voice(reader, dossier, FilledSheet.Voice.YOUTH)


def _voice(reader: Reader, dossier: Dossier, whose: str) -> Voice:
    words = rules.LEVELS if whose == FilledSheet.Voice.COACH else rules.FACES
    return Voice(heard(reader, dossier, whose, SHEETS), words)


def lines_of(coach: Voice, youth: Voice) -> list[Line]:
    """What is known, domain by domain. Where nobody said anything stands nothing."""
    return [
        Line(
            name=gettext(PARTS[both.domain]),
            icon=DOMAIN_ICONS[both.domain],
            coach=coach.said(both.domain),
            youth=youth.said(both.domain),
            is_worth_a_talk=both.is_worth_a_talk,
            is_acute=both.coach == rules.DIRECT_ACTION and both.domain in DOMAINS,
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
    coach, own = voices_of(reader, dossier)
    lines = lines_of(coach, own)
    context = {
        "youth": youth,
        "coach": coach,
        "own": own,
        "is_own_typed": own.newest is not None and own.newest.by_id == dossier.youth_id,
        "lines": lines,
        "is_gone": coach.is_gone or own.is_gone,
        "acute": [line.name for line in lines if line.is_acute],
        "talks": [line for line in lines if line.is_worth_a_talk],
        "missing": _missing(coach.known | own.known) if coach.newest else [],
        "earlier": _earlier(coach) if len(coach.heard) > 1 else None,
        "remarks": _earlier_remarks([*coach.heard, *own.heard], shown={coach.remark, own.remark}),
        "times": sorted([*coach.heard, *own.heard], key=lambda one: one.sheet.about_on, reverse=True),
        "begun": FilledSheet.objects.open().filter(dossier=dossier, version__instrument__url__in=IN_THE_SCAN),
        "again": told.to_look_at_again(reader, dossier),
        "views": [reader.text(view.text) for view in dossier.view_set.filter(section="scores")],
    }
    return render(request, "coach/scan.html", context)


def _missing(known: Mapping[str, int]) -> list[str]:
    """What the method wants to know in any case and nobody knows yet."""
    return [gettext(name) for part, name in PARTS.items() if part in rules.MINIMUM and part not in known]


def _earlier(voice: Voice) -> dict[str, Any]:
    """The last days as a table: a column each, oldest first. What was said last on a day is what stands there."""
    columns = list(by_day(voice.heard).items())[:COLUMNS][::-1]
    return {
        "days": [day for day, _levels in columns],
        "rows": [
            (gettext(name), [levels.get(part) for _day, levels in columns])
            for part, name in PARTS.items()
            if any(part in levels for _day, levels in columns)
        ],
    }


@dataclass(frozen=True, slots=True)
class Remark:
    on: date
    is_youths: bool
    text: str


def _earlier_remarks(said: Sequence[Heard], shown: Collection[str]) -> list[Remark]:
    """What else was said with the sheets, newest first."""
    found = [
        Remark(one.sheet.about_on, one.sheet.voice == FilledSheet.Voice.YOUTH, one.remark)
        for one in said
        if one.remark and one.remark not in shown
    ]
    return sorted(found, key=lambda remark: remark.on, reverse=True)


# --- filling in -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of life as it is asked: five rungs, the one of last time, and what each level means if somebody says."""

    field: forms.BoundField
    icon: str
    before: str
    is_minimum: bool
    meanings: Sequence[tuple[int, str]]


class SheetForm(Asking):
    """A tap for each part of life; "weet ik nog niet" is always an answer, and the one to begin with."""

    unknown: ClassVar[Words] = _("Weet ik niet")
    remark = words(_("Wil je er iets bij zeggen?"), longest=asking.LONG, rows=3)

    def __init__(self, *args: Any, questions: Sequence[Question], before: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {question.domain: question for question in questions}
        self.before = before
        for part, question in self.questions.items():
            rungs = [(str(rung.level), self.word(part, rung)) for rung in question.rungs]
            answers = [*rungs, (UNKNOWN, self.unknown)]
            self.fields[part] = choice(worded(question.text), answers, hint=worded(question.help), initial=UNKNOWN)
        self.order_fields([*self.questions, "remark"])

    def word(self, part: str, rung: Rung) -> Words:
        return worded(rung.value.words)

    def asked(self) -> list[Asked]:
        return [
            Asked(
                field=self[part],
                icon=DOMAIN_ICONS[part],
                before=str(self.before.get(part, "")),
                is_minimum=question.is_minimum,
                meanings=self.meanings(question),
            )
            for part, question in self.questions.items()
        ]

    def meanings(self, question: Question) -> list[tuple[int, str]]:
        return []

    def ratings(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in self.questions if self.cleaned_data[part] != UNKNOWN}


class RateForm(SheetForm):
    """The coach's. Rated from level 5 downwards, over the last thirty days."""

    unknown = _("Weet ik nog niet")

    def word(self, part: str, rung: Rung) -> Words:
        """A word that fits under a thumb. The whole text of a level stands below the question."""
        return SHORT[rung.level] if part in DOMAINS else super().word(part, rung)

    def meanings(self, question: Question) -> list[tuple[int, str]]:
        """What this instrument says of each level beyond its name: the official texts, where they were loaded."""
        return [(rung.level, rung.text) for rung in question.rungs if rung.text]


@desk.coach("GET", "HEAD", "POST")
def rate(request: desk.DeskRequest, pk: UUID, which: str = "") -> HttpResponse:
    """The coach's sheet. What is acute becomes a direct action by itself. `which`: the other matrix than proposed."""
    dossier = dossier_since_yes(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"scores"}})[pk]
    in_use = matrices_for(dossier.municipality, *MATRICES, WELLBEING_LIST)
    matrices = _matrices(request.reader, dossier, youth.called, in_use)
    chosen = next((one for one in matrices if one.name == which), None if which else matrices[0])
    if chosen is None:
        raise Http404
    wellbeing = in_use[WELLBEING_LIST][1]
    questions = [*chosen.matrix.questions.values(), *wellbeing.questions.values()]
    coach = _voice(request.reader, dossier, FilledSheet.Voice.COACH)
    form = asking.asked(request, RateForm, questions=questions, before=coach.known, initial=_initial(request, coach))
    if asking.is_done(
        request, form, lambda: commands.rate(dossier, **_said(form), by=request.user, instrument=chosen.url)
    ):
        messages.success(request, _thanks(form))
        return kept.done(request, redirect("coach:scan", pk))
    others = [one for one in matrices if one is not chosen]
    return asking.shown(request, "coach/rate.html", form, youth=youth, chosen=chosen, others=others)


@desk.coach("GET", "HEAD", "POST")
def tell(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The youth's own view, typed together on the coach's phone."""
    dossier = dossier_since_yes(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"scores"}})[pk]
    questions = matrix_for(dossier.municipality, OWN_VIEW)[1].questions.values()
    own = _voice(request.reader, dossier, FilledSheet.Voice.YOUTH)
    form = asking.asked(request, SheetForm, questions=[*questions], before=own.known, initial=_initial(request, own))
    if asking.is_done(request, form, lambda: commands.tell(dossier, **_said(form), by=request.user)):
        messages.success(request, gettext("Bewaard."))
        return kept.done(request, redirect("coach:scan", pk))
    return asking.shown(request, "coach/tell.html", form, youth=youth)


@dataclass(frozen=True, slots=True)
class Offered:
    """A matrix the coach can fill in for this youth."""

    url: str
    name: str  # in the address
    title: str
    matrix: Matrix
    rights: str  # of whom its texts are
    mind: str  # where it was made for no age that he can have


def _matrices(
    reader: Reader, dossier: Dossier, called: str, in_use: Mapping[str, tuple[InstrumentVersion, Matrix]]
) -> list[Offered]:
    """Those in use here; the one that was made for his age first. Where the age is not known, the adults'."""
    born, today = reader.text(dossier.born), clock.today()
    found = []
    for url, name in MATRICES.items():
        version, matrix = in_use[url]
        asked = asked_by(version)
        mind = not_made_for(asked, born, today, called=called)
        found.append(Offered(url, name, worded(str(version.instrument)), matrix, asked.copyright, mind))
    return sorted(found, key=lambda one: bool(one.mind))


def _initial(request: desk.DeskRequest, voice: Voice) -> dict[str, str]:
    """ "Zelfde als vorige keer": begin with what was known, and change what changed."""
    return {part: str(level) for part, level in voice.known.items()} if "zelfde" in request.GET else {}


def _said(form: SheetForm) -> dict[str, Any]:
    return {"ratings": form.ratings(), "remark": form.cleaned_data["remark"]}


def _thanks(form: SheetForm) -> str:
    acute = [part for part, level in form.ratings().items() if level == str(rules.DIRECT_ACTION) and part in DOMAINS]
    return gettext("Bewaard. Wat acuut is, staat nu bij Vandaag als directe actie.") if acute else gettext("Bewaard.")
