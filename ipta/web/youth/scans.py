"""Hoe gaat het? His own view beside the coach's: never averaged, never settled by a machine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier
from ipta.scans import commands
from ipta.scans.matrix import Question
from ipta.scans.models import FilledSheet
from ipta.scans.queries import OWN_VIEW, hear, matrix_for, picture_of
from ipta.scans.rules import PARTS, beside, newest
from ipta.sharing.door import Reader
from ipta.web import desk, kept
from ipta.web.asking import NO_SUCH_ANSWER, Asking, asked, is_ready, shown, told, words
from ipta.web.components.icons import DOMAIN_ICONS
from ipta.web.desk import DeskRequest
from ipta.web.sheets import worded
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks, coach_name
from ipta.web.youth.words import DOMAINS, FACES, LEVELS

SPEAKERS = (FilledSheet.Voice.YOUTH, FilledSheet.Voice.COACH)


@dataclass(frozen=True, slots=True)
class Compared:
    """One part of life: how he says it is, and what the coach sees."""

    name: str
    icon: str
    face: int | None
    face_word: str
    level: int | None
    level_word: str
    is_worth_a_talk: bool


@dataclass(frozen=True, slots=True)
class Answer:
    name: str
    icon: str
    value: int
    word: str


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet, with its date and the words written under it."""

    id: UUID
    on: date
    is_mine: bool
    remark: str
    is_gone: bool
    ratings: Mapping[str, int]
    sides: tuple[Side, ...]

    @property
    def answers(self) -> list[Answer]:
        names = FACES if self.is_mine else LEVELS
        return [
            Answer(str(DOMAINS[key]), DOMAIN_ICONS[key], self.ratings[key], str(names[self.ratings[key]]))
            for key in PARTS
            if key in self.ratings
        ]


class TellForm(Asking):
    """One question for each part of life. Each may be skipped."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = []
        for question in questions:
            self.parts.append(question.domain)
            self.fields[question.domain] = forms.ChoiceField(
                label=worded(question.text),
                choices=[(str(rung.level), worded(rung.value.words)) for rung in question.rungs],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": NO_SUCH_ANSWER},
            )
        self.fields["remark"] = words(_("Wil je nog iets vertellen?"), longest=4000, rows=3)

    @property
    def questions(self) -> list[tuple[str, forms.BoundField]]:
        return [(DOMAIN_ICONS[part], self[part]) for part in self.parts]

    @property
    def ratings(self) -> dict[str, object]:
        return {part: self.cleaned_data[part] for part in self.parts}


def compared(sheets: Sequence[Filled]) -> list[Compared]:
    """The newest that each said of it. A part of life nobody spoke of is left out."""
    mine = newest(sheet.ratings for sheet in sheets if sheet.is_mine)
    theirs = newest(sheet.ratings for sheet in sheets if not sheet.is_mine)
    return [
        Compared(
            name=str(DOMAINS[line.domain]),
            icon=DOMAIN_ICONS[line.domain],
            face=line.youth,
            face_word=str(FACES.get(line.youth or 0, "")),
            level=line.coach,
            level_word=str(LEVELS.get(line.coach or 0, "")),
            is_worth_a_talk=line.is_worth_a_talk,
        )
        for line in beside(theirs, mine)
        if line.coach is not None or line.youth is not None
    ]


def filled(dossier: Dossier, reader: Reader) -> list[Filled]:
    """Every sheet that speaks of the parts of life, newest first."""
    rows = list(picture_of(dossier).filter(voice__in=SPEAKERS))
    sides = sides_beside(rows, dossier, reader)
    return [
        Filled(
            id=one.sheet.pk,
            on=one.sheet.about_on,
            is_mine=one.sheet.voice == FilledSheet.Voice.YOUTH,
            remark=one.remark,
            is_gone=one.is_gone,
            ratings=one.levels,
            sides=sides.get(one.sheet.pk, ()),
        )
        for one in (hear(reader, sheet) for sheet in rows)
    ]


@desk.youth()
def scans(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    sheets = filled(dossier, request.reader)
    context = {"dossier": dossier, "coach": coach_name(dossier), "lines": compared(sheets), "sheets": sheets}
    context["is_gone"] = any(sheet.is_gone for sheet in sheets)
    return render(request, "youth/scans.html", context)


@asks("youth:scans")
def tell(request: DeskRequest) -> HttpResponse:
    """How he says it is."""
    dossier = desk.my_dossier(request)
    form = asked(request, TellForm, questions=matrix_for(dossier.municipality, OWN_VIEW)[1].questions.values())
    if is_ready(request, form):
        with told(form), form.sent() as is_new:
            if is_new:
                remark = form.cleaned_data["remark"]
                commands.tell(dossier, by=request.user, ratings=form.ratings, remark=remark)
            messages.success(request, gettext("Dank je. Nu weet je coach hoe jij het ziet."))
            return kept.done(request, redirect("youth:scans"))
    return shown(request, "youth/tell.html", form, dossier=dossier)
