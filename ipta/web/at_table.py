"""At the table, on both desks: a tap ticks a point off, words are added, and no difficult point is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS
from ipta.plans.rules import ELEMENTS
from ipta.web import asking, kept, meetings
from ipta.web.asking import Asking, choice, words
from ipta.web.desk import DeskRequest
from ipta.web.meetings import VOICES, Shown, Topic
from ipta.wraparound import commands as preparing
from ipta.wraparound.models import Invitee, Meeting, Voice
from ipta.wraparound.table import commands

YOUTH = "jongere"  # who is meant where somebody stands in an address or a button, and is no invitee
BACK = "tafel"  # how an address says that one came from the table
TAP = "tap"  # how a tap of the script of the page says what it is


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two desks: where its pages are, and how it shows a form."""

    request: DeskRequest
    dossier: Dossier
    space: str
    youth: Any = None  # `people.Youth`, on the desk of the coach
    may_change: bool = True
    domains: Mapping[str, Any] = field(default_factory=lambda: DOMAINS)  # how this desk calls the parts of life

    @property
    def is_youth(self) -> bool:
        return self.space == "youth"

    @property
    def voice(self) -> str:
        return Voice.YOUTH if self.is_youth else Voice.COACH

    def href(self, name: str, *parts: Any) -> str:
        return reverse(f"{self.space}:{name}", args=[*([] if self.is_youth else [self.dossier.pk]), *parts])

    def show(self, template: str, **context: Any) -> HttpResponse:
        return render(self.request, f"{self.space}/{template}.html", self._around() | context)

    def page(self, form: Asking, *, title: str, back: str, text: str = "", to: str = "") -> HttpResponse:
        """A page that is no more than one form. `to`: what the way back is called."""
        if self.is_youth:
            about: dict[str, Any] = {"title": title, "text": text, "back": back, "back_label": to}
            return asking.shown(self.request, "youth/meeting_form.html", form, dossier=self.dossier, **about)
        return asking.simple(self.request, form, title=title, back=back, text=text, youth=self.youth)

    def done(self, to: str, said: str) -> HttpResponse:
        messages.success(self.request, said)
        return kept.done(self.request, redirect(to))

    def tapped(self, to: str, change: Callable[[], object], said: str = "") -> HttpResponse:
        """A button without a form. What cannot be done is said."""
        try:
            change()
        except Impossible as objection:
            messages.error(self.request, gettext(str(objection)))
        else:
            if said:
                messages.success(self.request, said)
        return redirect(to)

    def _around(self) -> dict[str, Any]:
        return {"side": self, "dossier": self.dossier, "youth": self.youth, "may_change": self.may_change}


@dataclass(frozen=True, slots=True)
class Row:
    """A point at the table, with what can be done about it on this desk."""

    topic: Topic
    tap: str
    page: str
    aside: str
    plan: str
    mine: bool  # this side said already why it did not come on the table

    @property
    def id(self) -> str:
        return f"punt-{self.topic.key}"


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody at the table, or who was to be there."""

    who: str
    name: str
    under: str
    was_there: bool | None


def table(side: Side, meeting: Meeting) -> HttpResponse:
    """Both have it before them at the same time. What the other ticked off is there when the page is asked again."""
    shown = meetings.in_words(side.request.reader, meeting, side.dossier)
    parts: Mapping[str, list[Topic]] = {
        "hard": shown.forgotten,
        "to_do": [] if shown.held_at else shown.to_do,
        "done": shown.done,
        "rest": shown.to_do if shown.held_at else [],
    }
    context: dict[str, Any] = {name: [_row(side, topic) for topic in topics] for name, topics in parts.items()}
    end = side.href("end_meeting")
    return side.show("table", meeting=shown, present=present(side, shown), end=end, **context)


def present(side: Side, shown: Shown) -> list[Present]:
    you = gettext("Jij") if side.is_youth else side.youth.called
    others = [Present(str(guest.pk), guest.name, guest.under, guest.was_there) for guest in shown.guests]
    return [Present(YOUTH, you, "", shown.youth_was_there), *others]


def _row(side: Side, topic: Topic) -> Row:
    return Row(
        topic=topic,
        tap=side.href("table_point", topic.key),
        page=side.href("discuss", topic.key),
        aside=side.href("set_aside", topic.key),
        plan=_in_the_plan(side, topic),
        mine=any(said.voice == side.voice for said in topic.aside),
    )


def _in_the_plan(side: Side, topic: Topic) -> str:
    """Straight to that part of the plan, and back here."""
    if topic.by or not side.may_change:
        return ""
    is_element = topic.key in ELEMENTS
    ways = {"deel": topic.key, "terug": BACK} if is_element else {"terug": BACK}
    return f"{side.href('propose')}?{urlencode(ways)}#{'rest' if is_element else 'doelen'}"


def and_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who came from the table to change the plan, goes back there when it is done."""

    @wraps(view)
    def changed(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 302 and request.GET.get("terug") == BACK:
            response.headers["Location"] = reverse(
                "youth:table" if request.user.is_youth else "coach:table", kwargs=kwargs
            )
        return response

    return changed


# --- one point ----------------------------------------------------------------------------------------------------


class RemarkForm(Asking):
    text = words(_("Wat is er gezegd?"), longest=2000, rows=4, need=_("Schrijf op wat er gezegd is."))
    voice = choice(_("Wie zegt dit?"), VOICES.items(), initial=Voice.COACH)

    def __init__(self, *args: Any, is_youth: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_youth:
            del self.fields["voice"]


class AsideForm(RemarkForm):
    is_later = choice(
        _("Komt het later?"),
        [("later", _("Later wel")), ("not", _("Nee, niet"))],
        need=_("Kies er een."),
    )
    field_order = ["is_later", "text", "voice"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label, text.error_messages["required"] = gettext("Waarom?"), gettext("Schrijf op waarom.")


def discuss(side: Side, meeting: Meeting, key: str) -> HttpResponse:
    """One point: what was said of it, and room for more."""
    request, topic = side.request, meetings.topic_or_404(side.request.reader, meeting, key)
    form = asking.asked(request, RemarkForm, is_youth=side.is_youth)
    if asking.is_done(request, form, lambda: commands.note_point(meeting, key, by=request.user, **form.cleaned_data)):
        return side.done(side.href("discuss", key), gettext("Het staat erbij."))
    context = {**side._around(), "row": _row(side, topic), "meeting": meeting, "back": side.href("table")}
    return asking.shown(request, f"{side.space}/discuss.html", form, **context)


def table_point(side: Side, meeting: Meeting, key: str) -> HttpResponse:
    """On the table, or not after all. Sent again on a bad line it says the same."""
    meetings.topic_or_404(side.request.reader, meeting, key)
    is_tabled = side.request.POST.get("op_tafel", "1") != "0"
    if side.request.headers.get("X-Requested-With") == TAP:
        commands.table_point(meeting, key, is_tabled=is_tabled, by=side.request.user)
        return HttpResponse(status=204)
    to = f"{side.href('table')}#punt-{key}"
    return side.tapped(to, lambda: commands.table_point(meeting, key, is_tabled=is_tabled, by=side.request.user))


def set_aside(side: Side, meeting: Meeting, key: str) -> HttpResponse:
    """Why a difficult point did not come on the table."""
    request, topic = side.request, meetings.topic_or_404(side.request.reader, meeting, key)
    point = meeting.points.filter(key=key).first()
    if point is None or not topic.hard:
        raise Http404
    point.dossier, point.meeting = side.dossier, meeting
    form = asking.asked(request, AsideForm, is_youth=side.is_youth)

    def change() -> None:
        said = form.cleaned_data
        is_later = said["is_later"] == "later"
        commands.set_aside(point, why=said["text"], is_later=is_later, voice=said.get("voice", ""), by=request.user)

    if asking.is_done(request, form, change):
        return side.done(side.href("table"), gettext("Het staat erin."))
    title = gettext("Niet besproken")
    return side.page(form, title=title, text=topic.text, back=side.href("table"), to=gettext("Aan tafel"))


# --- who was there ------------------------------------------------------------------------------------------------


class AlongForm(Asking):
    name = words(_("Wie is er?"), longest=120, need=_("Schrijf op wie er is."))
    kind = choice(_("Wie is dat?"), Invitee.Kind.choices, need=_("Kies er een."))


def attend(side: Side, meeting: Meeting) -> HttpResponse:
    """Somebody is there, or not."""
    who, was_there = side.request.POST.get("wie", ""), side.request.POST.get("er", "1") != "0"
    invitee = None if who == YOUTH else guest_or_404(meeting, who)
    to = f"{side.href('table')}#wie"
    by = side.request.user
    return side.tapped(to, lambda: commands.note_presence(meeting, was_there=was_there, invitee=invitee, by=by))


def bring_along(side: Side, meeting: Meeting) -> HttpResponse:
    """Somebody nobody had asked."""
    request, form = side.request, asking.asked(side.request, AlongForm)
    if asking.is_done(request, form, lambda: commands.bring_along(meeting, by=request.user, **form.cleaned_data)):
        return side.done(f"{side.href('table')}#wie", gettext("Welkom. Het staat erbij."))
    title = gettext("Wie is er nog meer?")
    return side.page(form, title=title, back=side.href("table"), to=gettext("Aan tafel"))


def end(side: Side, meeting: Meeting) -> HttpResponse:
    """It has been. What was difficult and was not talked about, is asked next."""
    left = meeting.points.forgotten().exists()
    said = gettext("Goed gedaan. Het gesprek is geweest.") if side.is_youth else gettext("Het overleg is geweest.")
    to = f"{side.href('table')}#lastig" if left else side.href("meeting")
    return side.tapped(to, lambda: preparing.end_meeting(meeting, by=side.request.user), said)


def guest_or_404(meeting: Meeting, who: str, **only: bool) -> Invitee:
    """Somebody who was asked to be there, by his number in an address or a button."""
    try:
        found = meeting.invitees.filter(pk=UUID(who), **only).first()
    except ValueError as fault:
        raise Http404 from fault
    if found is None:
        raise Http404
    found.meeting, found.dossier = meeting, meeting.dossier
    return found
