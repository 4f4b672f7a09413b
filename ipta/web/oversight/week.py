"""One week: what stands out in it, what to make of that, and a name below it. Whoever looks is written down too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base import clock
from ipta.base.verdict import Impossible, Refused
from ipta.sharing import commands, policies
from ipta.sharing.review import Signal, Verdict, Week
from ipta.sharing.rules import SECTION_NAMES, number_of, spaced
from ipta.sharing.weeks import Found, OpenWeek, looks_in
from ipta.web import desk
from ipta.web.asking import Asking
from ipta.web.oversight.weeks import municipality_of
from ipta.web.oversight.words import ICONS, RELATIONS, TITLES, TONES, VERDICTS, WHY

SHOWN = 12  # dossiers of one signal that are named


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Line:
    """A signal in words."""

    key: str
    icon: str
    title: str
    why: str
    readers: list[Reader]
    days: tuple[date, ...]
    dossiers: list[str]
    more_dossiers: int
    sections: str
    relations: str
    times: int
    verdict: str
    tone: str
    judged_by: str
    is_mine: bool  # about the one who looks: somebody else judges it


class Judging(Asking):
    key = forms.CharField(max_length=16)
    verdict = forms.ChoiceField(choices=[(verdict.value, verdict.value) for verdict in Verdict])


@desk.privacy_officer()
def week(request: desk.DeskRequest, municipality: UUID, year: int, week: int) -> HttpResponse:
    """What stands out, with what was made of it."""
    here, wanted = municipality_of(request, municipality), _week(year, week)
    opened = commands.open_week(here, wanted, by=request.user)
    may_sign = policies.can_sign(request.user, here, looks_in(here, wanted))
    context = {
        "municipality": here,
        "opened": opened,
        "week": wanted,
        "state": opened.state,
        "lines": _lines(opened, request.user),
        "verdicts": VERDICTS.items(),
        "open": sum(one.judgement is None for one in opened.found),
        "why_not": "" if may_sign else gettext(may_sign.reason),
    }
    return render(request, "oversight/week.html", context)


@desk.privacy_officer("POST")
def judge(request: desk.DeskRequest, municipality: UUID, year: int, week: int) -> HttpResponse:
    """One tap: explained, to talk about, or an incident."""
    here, wanted = municipality_of(request, municipality), _week(year, week)
    form = Judging(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Kies verklaard, bespreken of incident."))
        return _back(here, wanted)
    key, verdict = form.cleaned_data["key"], form.cleaned_data["verdict"]
    try:
        commands.judge(here, wanted, key, verdict=verdict, by=request.user)
    except (Impossible, Refused) as objection:
        messages.error(request, gettext(str(objection)))
    return _back(here, wanted, key)


@desk.privacy_officer("POST")
def sign(request: desk.DeskRequest, municipality: UUID, year: int, week: int) -> HttpResponse:
    """The week was gone through."""
    here, wanted = municipality_of(request, municipality), _week(year, week)
    try:
        commands.sign(here, wanted, by=request.user)
    except (Impossible, Refused) as objection:
        messages.error(request, gettext(str(objection)))
        return _back(here, wanted)
    messages.success(request, gettext("Getekend. Deze week ligt vast."))
    return redirect("oversight:weeks", here.pk)


def _back(here: Municipality, week: Week, key: str = "") -> HttpResponseRedirect:
    place = f"#signaal-{key}" if key else ""
    return redirect(reverse("oversight:week", args=[here.pk, week.year, week.number]) + place)


def _week(year: int, number: int) -> Week:
    """The week of this number, if it has begun."""
    try:
        week = Week.numbered(year, number)
    except ValueError as fault:
        raise Http404 from fault
    if week.monday > clock.today():
        raise Http404
    return week


def _lines(opened: OpenWeek, me: Person) -> list[Line]:
    people = _Names(opened.municipality, (reader for one in opened.found for reader in one.signal.readers))
    return [_line(one, people, me) for one in opened.found]


def _line(one: Found, people: "_Names", me: Person) -> Line:
    signal, judgement = one.signal, one.judgement
    verdict = Verdict(judgement.verdict) if judgement else None
    return Line(
        key=signal.key,
        icon=ICONS[signal.rule],
        title=str(TITLES[signal.rule]),
        why=str(WHY[signal.rule]),
        readers=[people.of(reader) for reader in signal.readers],
        days=signal.days,
        dossiers=[spaced(number_of(dossier)) for dossier in signal.dossiers[:SHOWN]],
        more_dossiers=max(0, len(signal.dossiers) - SHOWN),
        sections=", ".join(gettext(SECTION_NAMES[section]) for section in signal.sections),
        relations=_relations(signal),
        times=signal.times,
        verdict=str(VERDICTS[verdict]) if verdict else "",
        tone=TONES[verdict] if verdict else "",
        judged_by=str(judgement.judged_by) if judgement else "",
        is_mine=me.pk in signal.readers,
    )


def _relations(signal: Signal) -> str:
    return ", ".join(str(RELATIONS.get(relation, relation)) for relation in signal.relations)


class _Names:
    """What the readers are called, and what they do here."""

    def __init__(self, municipality: Municipality, readers: Iterable[UUID]) -> None:
        self._people: dict[Any, Person] = Person.objects.in_bulk(set(readers))
        posts = Post.objects.filter(municipality=municipality, person__in=self._people).order_by("since")
        self._roles = dict(posts.values_list("person_id", "role"))

    def of(self, reader: UUID) -> Reader:
        person = self._people.get(reader)
        if person is None or person.is_youth:
            return Reader(gettext("Een jongere"), "")
        if person.is_guest:
            return Reader(gettext("Iemand uit het netwerk"), "")
        role = str(Role(self._roles[reader]).label) if reader in self._roles else ""
        return Reader(str(person), ", ".join(filter(None, [role, person.organisation])))
