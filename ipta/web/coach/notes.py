"""A note in one screen, in under half a minute."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Note, Step
from ipta.dossiers.rules import TEXT_LENGTH
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency
from ipta.sharing.queries import caseload
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, clock, day, tick, words
from ipta.web.coach import people

FIRST, MANY = 6, 8  # of more than so many youths, so many stand in sight
CHANNELS = dict(Note.Channel.choices)
CHANNEL_ICONS = {"met": "people", "whatsapp": "chat", "called": "phone", "visit": "home"}
SOON = [("1", _("Morgen")), ("7", _("Over een week")), ("", _("Geen dag"))]
HERE, HERE_SINCE = "place", "place_since"  # in the session: where the coach was at the last note
STILL_HERE = timedelta(hours=3)
A_MOMENT = timedelta(minutes=5)  # clocks of telephones differ


@dataclass(frozen=True, slots=True)
class Shown:
    """A note in clear words."""

    pk: UUID
    when: datetime
    title: str
    text: str
    author: str
    is_reached: bool
    is_celebration: bool
    may_correct: bool

    @property
    def icon(self) -> str:
        return "star" if self.is_celebration else "note" if self.is_reached else "phone"

    @property
    def tone(self) -> str:
        return "sun" if self.is_celebration else ""


def in_words(reader: Reader, notes: Iterable[Note]) -> list[Shown]:
    """Notes with their author; what was corrected is not shown as if it still stood."""
    return [
        Shown(
            pk=note.pk,
            when=note.happened_at,
            title=_title(note, reader.text(note.place)),
            text=reader.text(note.text),
            author=note.author.get_full_name(),
            is_reached=note.is_reached,
            is_celebration=note.is_celebration,
            may_correct=not note.author.is_youth,
        )
        for note in notes
    ]


def _title(note: Note, place: str) -> str:
    channel = str(CHANNELS.get(note.channel, note.channel))
    how = channel if note.is_reached else gettext("Niet bereikt")
    if not note.is_reached and note.channel != Note.Channel.MET:
        how = f"{how} ({channel.lower()})"
    return f"{how} · {place}" if place else how


class WordsForm(Asking):
    """The note itself. The words may be left out only for an attempt."""

    channel = choice(_("Hoe?"), Note.Channel.choices, initial=Note.Channel.MET, need=_("Kies hoe het contact was."))
    is_missed = tick(_("Niet bereikt"))
    text = words(_("Wat?"), longest=TEXT_LENGTH, rows=5)
    place = words(_("Waar?"), longest=200)
    is_celebration = tick(_("Iets om te vieren"))
    channel_icons = CHANNEL_ICONS
    on = day(_("Dag"), hint=_("Leeg is vandaag."), only=asking.past)
    at = clock(_("Tijd"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        asking.check_clock(self)
        if not typed.get("text") and not typed.get("is_missed") and "text" not in self.errors:
            self.add_error("text", gettext("Schrijf in een paar woorden op wat er was."))
        if not self.errors and (self._moment() or timezone.now()) > timezone.now() + A_MOMENT:
            self.add_error("at", gettext("Deze tijd komt nog. Kies een tijd die al geweest is."))
        return typed

    def has_place(self) -> bool:
        """Whether place, day or time were filled in: then they stand open."""
        return any(self[name].value() for name in ("place", "on", "at"))

    def note(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "channel": typed["channel"],
            "is_reached": not typed["is_missed"],
            "is_celebration": typed["is_celebration"],
            "text": typed["text"],
            "place": typed["place"],
            "at": self._moment(),
        }

    def _moment(self) -> datetime | None:
        on, at = self.cleaned_data["on"], self.cleaned_data["at"]
        if not on and not at:
            return None
        now = timezone.localtime()
        return timezone.make_aware(datetime.combine(on or now.date(), at or now.time()))


class NoteForm(WordsForm):
    field_order = ["over"]

    over = forms.MultipleChoiceField(
        label=_("Over wie?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Over meer jongeren? Noem ze dan niet bij naam. De notitie komt bij elk van hen."),
        error_messages={"required": _("Kies over wie het gaat."), "invalid_choice": _("Kies iemand uit je lijst.")},
    )
    next_step = words(_("Wat is de volgende stap?"), longest=500)
    next_when = choice(_("Wanneer?"), SOON)
    next_owner = choice(_("Wie doet dat?"), Step.Owner.choices, initial=Step.Owner.COACH)
    next_on = day(_("Een andere dag"), only=asking.coming)

    def __init__(self, *args: Any, names: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(pk): name for pk, name in names.items()}
        self.fields["over"].choices = list(self.names.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        has_day = typed.get("next_on") or typed.get("next_when")
        if has_day and not typed.get("next_step") and "next_step" not in self.errors:
            self.add_error("next_step", gettext("Schrijf op wat er die dag gebeurt, of maak de dag leeg."))
        self._check_names(typed)
        return typed

    def _check_names(self, typed: dict[str, Any]) -> None:
        """Who reads his own dossier should not find another youth in it. Said once; who sends it again means it."""
        over, text = typed.get("over", []), typed.get("text", "")
        firsts = [first for pk in over if (first := self.names[pk].partition(" ")[0])]
        named = [name for name in firsts if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]
        if len(over) > 1 and named:
            said = gettext(
                "%(name)s staat erin met naam. De anderen lezen dat ook. Haal de naam weg, of laat hem staan."
            )
            self.tell_once("text", "names", said % {"name": named[0]})

    def has_next(self) -> bool:
        return bool(self["next_on"].value() or self["next_owner"].errors)

    def step(self) -> dict[str, Any] | None:
        """What comes next, if anything was promised."""
        typed = self.cleaned_data
        if not typed["next_step"]:
            return None
        owner = typed["next_owner"] or Step.Owner.COACH
        return {"text": typed["next_step"], "owner": owner, "due_on": typed["next_on"] or self._chosen_day()}

    def _chosen_day(self) -> date | None:
        days = self.cleaned_data["next_when"]
        return timezone.localdate() + timedelta(days=int(days)) if days else None


@desk.coach("GET", "HEAD", "POST")
def note(request: desk.DeskRequest) -> HttpResponse:
    """Write down a contact or an attempt, and what comes next, about anybody of the caseload."""
    return _note_page(request, _by_last_note(caseload(request.user)))


@desk.coach("GET", "HEAD", "POST")
def note_about(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The same about one youth: then only his name is opened, and stands in the reading log."""
    dossier = desk.dossier_to_read(request, pk)
    emergency = request.emergency if request.reads_only else None
    return _note_page(request, [dossier], one=dossier, emergency=emergency)


def _note_page(
    request: desk.DeskRequest, mine: list[Dossier], one: Dossier | None = None, emergency: Emergency | None = None
) -> HttpResponse:
    # About one youth there is nobody to choose: his name is opened for the page that says it, not for what was sent.
    names = {one.pk: ""} if one else people.short(people.known(request.reader, mine))
    initial = {"over": [one.pk] if one else None, "place": _still_here(request)}
    form = asking.asked(request, NoteForm, names=names, initial=initial)
    if asking.is_ready(request, form):
        over = [dossier for dossier in mine if str(dossier.pk) in form.cleaned_data["over"]]
        with asking.told(form):
            _write([emergency] if emergency else over, form, by=request.user)
            return kept.done(request, _written(request, form, over))
    context: dict[str, Any] = {
        "one": people.known(request.reader, [one])[one.pk] if one else None,
        "is_nobody": not mine,
        "first": FIRST if len(mine) > MANY else None,
    }
    return asking.shown(request, "coach/note.html", form, **context)


def _write(where: Sequence[Dossier | Emergency], form: NoteForm, *, by: Person) -> None:
    """Notes and next steps come in together, or none does. In an emergency what comes next must happen at once."""
    with form.sent() as is_first:
        for about in where if is_first else []:
            write: Any = commands if isinstance(about, Dossier) else sharing
            write.note(about, by=by, **form.note())
            if step := form.step():
                write.promise(about, by=by, **step)


def _written(request: desk.DeskRequest, form: NoteForm, over: Sequence[Dossier]) -> HttpResponse:
    """Back to the youth; of several to Vandaag."""
    if place := form.cleaned_data["place"]:
        request.session[HERE], request.session[HERE_SINCE] = place, timezone.now().timestamp()
    said = ngettext("Genoteerd.", "Genoteerd bij %(n)s jongeren.", len(over)) % {"n": len(over)}
    messages.success(request, said)
    if people.has_number(form.cleaned_data["text"]):
        messages.info(request, gettext("Er staat een telefoonnummer in. Bij Mensen vind je het sneller terug."))
    return redirect("coach:youth", over[0].pk) if len(over) == 1 else redirect("coach:today")


def _still_here(request: desk.DeskRequest) -> str:
    """The place of the last note, for as long as an evening on one square lasts."""
    since = request.session.get(HERE_SINCE, 0)
    return request.session.get(HERE, "") if timezone.now().timestamp() - since < STILL_HERE.total_seconds() else ""


def _by_last_note(dossiers: list[Dossier]) -> list[Dossier]:
    """Who was spoken last stands first; who is done stands last."""
    lines = Note.objects.filter(dossier__in=[d.pk for d in dossiers]).order_by().values_list("dossier")
    last: dict[Any, datetime] = dict(lines.annotate(last=Max("happened_at")))
    never = timezone.make_aware(datetime(2000, 1, 1))
    return sorted(dossiers, key=lambda d: (d.ended_on is None, last.get(d.pk, never)), reverse=True)


@desk.coach("GET", "HEAD", "POST")
def correct(request: desk.DeskRequest, pk: UUID, note: UUID) -> HttpResponse:
    """A better note in the place of an old one, which stays readable on the timeline."""
    dossier = desk.own_dossier(request, pk)
    old = dossier.note_set.select_related("author").filter(pk=note).first()
    if old is None:
        raise Http404
    youth = people.known(request.reader, [dossier], {pk: {"contacts"}})[pk]
    form = asking.asked(request, WordsForm, initial=_as_typed(request.reader, old))
    if asking.is_done(request, form, lambda: commands.note(dossier, by=request.user, replaces=old, **form.note())):
        messages.success(request, gettext("Verbeterd. De oude notitie blijft te lezen op de tijdlijn."))
        return kept.done(request, redirect("coach:youth", pk))
    return asking.shown(request, "coach/correct.html", form, youth=youth)


def _as_typed(reader: Reader, note: Note) -> dict[str, Any]:
    moment = timezone.localtime(note.happened_at)
    return {
        "channel": note.channel,
        "is_missed": not note.is_reached,
        "is_celebration": note.is_celebration,
        "text": reader.text(note.text),
        "place": reader.text(note.place),
        "on": moment.date(),
        "at": moment.time(),
    }
