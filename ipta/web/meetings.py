"""The meeting about the plan, in words for both desks: the agenda, who comes, and what is sent to ask them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base import clock as house_clock
from ipta.dossiers.models import Dossier, NetworkPerson, Specialist
from ipta.plans.models import PlanVersion
from ipta.plans.rules import ELEMENTS, all_words
from ipta.sharing.door import GONE, Reader
from ipta.web import asking
from ipta.web.asking import Asking, choice, clock, day, tick, words
from ipta.web.templatetags.ipta_ui import day_clock
from ipta.wraparound import commands
from ipta.wraparound.invited import commands as invited
from ipta.wraparound.invited import letters as invitations
from ipta.wraparound.models import Invitee, Meeting, Point, SetAside, Voice
from ipta.wraparound.rules import agenda_of


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one of the two, at the table."""

    voice: str
    text: str
    at: datetime
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A point of the agenda. The words are those of the plan, or somebody's own."""

    key: str
    text: str
    by: str = ""  # whose own point it is: a voice
    hard: str = ""  # who finds it difficult: a voice
    why_hard: str = ""
    left_out: str = ""  # who would rather not talk about it: a voice
    is_hard_by_youth: bool = False  # typed by himself
    is_left_out_by_youth: bool = False
    is_tabled: bool = False
    remarks: Sequence[Said] = ()  # what was said of it at the table
    aside: Sequence[Said] = ()  # why it did not come there

    @property
    def is_forgotten(self) -> bool:
        """Difficult, and neither on the table nor set aside by both."""
        return bool(self.hard) and not self.left_out and not self.is_tabled and len(self.aside) < len(Voice)

    @property
    def because(self) -> str:
        """Why it is difficult, behind who says so."""
        return f" · {self.why_hard}" if self.why_hard else ""


@dataclass(frozen=True, slots=True)
class Guest:
    pk: UUID
    name: str
    kind: str
    may_see: str
    answer: str
    answer_key: str
    words: str
    brings: str
    was_there: bool | None
    came_along: bool
    names_youth: bool
    letter_at: datetime | None
    is_read: bool

    @property
    def under(self) -> str:
        """What he answered; as long as he did not, whether the invitation arrived."""
        if self.came_along:
            return gettext("Was er ook bij")
        waiting = gettext("Nog geen antwoord")
        if self.letter_at:
            waiting = gettext("Las de uitnodiging, nog geen antwoord") if self.is_read else gettext("Link gemaakt")
        return " · ".join(filter(None, [self.answer or waiting, self.words, self.brings]))


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting in clear words."""

    pk: UUID
    made_at: datetime
    starts_at: datetime | None
    when: str
    place: str
    leader: str
    reason: str
    held_at: datetime | None
    called_off_at: datetime | None
    why_off: str
    topics: list[Topic]
    guests: list[Guest]
    youth_was_there: bool | None
    joined_on: date | None

    @property
    def moment(self) -> str:
        """The moment, or about when; empty as long as nobody knows."""
        return day_clock(self.starts_at) if self.starts_at else self.when

    @property
    def spoken_of(self) -> list[Topic]:
        return [topic for topic in self.topics if not topic.left_out]

    @property
    def left_out(self) -> list[Topic]:
        return [topic for topic in self.topics if topic.left_out]

    @property
    def forgotten(self) -> list[Topic]:
        return [topic for topic in self.topics if topic.is_forgotten]

    @property
    def to_do(self) -> list[Topic]:
        """What is still to be talked about, without the difficult points: those stand on top."""
        return [topic for topic in self.spoken_of if not (topic.is_tabled or topic.hard)]

    @property
    def done(self) -> list[Topic]:
        return [topic for topic in self.spoken_of if not topic.is_forgotten and (topic.is_tabled or topic.hard)]

    @property
    def has_words(self) -> bool:
        """Whether something was said at the table and written down."""
        return any(topic.remarks or topic.aside for topic in self.topics)

    @property
    def at_table(self) -> list[Guest]:
        return [guest for guest in self.guests if guest.was_there]

    # Standards to be seen, not to be enforced.

    @property
    def has_own_people(self) -> bool:
        """Somebody of his own network: asked, or there."""
        there = self.at_table if self.held_at else self.guests
        return any(guest.kind == Invitee.Kind.NETWORK for guest in there)

    @property
    def days_from_start(self) -> int | None:
        """From his yes to this talk, or to now as long as it has not been."""
        if self.joined_on is None or self.called_off_at:
            return None
        until = self.held_at or self.starts_at
        return ((timezone.localdate(until) if until else house_clock.today()) - self.joined_on).days


def in_words(reader: Reader, meeting: Meeting, dossier: Dossier) -> Shown:
    meeting.dossier = dossier
    appointment = meeting.appointment
    is_set = appointment is not None and appointment.outcome != appointment.Outcome.NOT
    return Shown(
        pk=meeting.pk,
        made_at=meeting.made_at,
        starts_at=appointment.starts_at if appointment and is_set else None,
        when=reader.text(meeting.when),
        place=reader.text(meeting.place),
        leader=reader.text(meeting.leader),
        reason=reader.text(meeting.reason),
        held_at=meeting.held_at,
        called_off_at=meeting.called_off_at,
        why_off=reader.text(meeting.why_off),
        topics=list(_topics(reader, meeting, dossier)),
        guests=[guest_of(reader, row, dossier) for row in meeting.invitees.all()],
        youth_was_there=meeting.youth_was_there,
        joined_on=dossier.joined_on,
    )


def _topics(reader: Reader, meeting: Meeting, dossier: Dossier) -> Iterable[Topic]:
    said = {point.key: point for point in meeting.points.prefetch_related("set_aside")}
    remarks = defaultdict(list)
    for remark in meeting.remarks.all():
        remark.dossier = dossier
        remarks[remark.key].append(Said(remark.voice, reader.text(remark.text), remark.written_at))
    planned = plan_of(reader, dossier)
    for key, text in planned.items():
        yield _topic(reader, key, text, said.get(key), dossier, remarks.pop(key, ()))
    for key, point in said.items():
        point.dossier = dossier
        if point.voice:
            yield _topic(reader, key, reader.text(point.text), point, dossier, remarks.pop(key, ()))
        elif key not in planned and (point.tabled_at or point.hard_voice or key in remarks):
            # It stood in a text of the plan that was changed since: what was said of it stays.
            words = gettext("Stond eerder in het plan")
            yield _topic(reader, key, words, point, dossier, remarks.pop(key, ()))
    for key, lines in remarks.items():
        yield Topic(key, gettext("Stond eerder in het plan"), remarks=lines)


def plan_of(reader: Reader, dossier: Dossier) -> dict[str, str]:
    """The newest text of the plan, as points of an agenda."""
    version = dossier.planversion_set.first()
    if version is None:
        return {}
    version.dossier = dossier
    goals: list[Mapping[str, str]]
    goals = [{"goal": gettext(GONE)}] if reader.is_gone(version.goals) else reader.json(version.goals) or []
    return agenda_of(goals, _spoken(reader, version))


def _spoken(reader: Reader, version: PlanVersion) -> dict[str, str]:
    """Of each element what was written together and what each of the two says."""
    voices = {} if reader.is_gone(version.voices) else reader.json(version.voices) or {}
    together = {name: reader.text(getattr(version, name)) for name in ELEMENTS}
    return {name: all_words(text, voices.get(name, {})) for name, text in together.items()}


def _topic(
    reader: Reader, key: str, text: str, point: Point | None, dossier: Dossier, remarks: Sequence[Said]
) -> Topic:
    if point is None:
        return Topic(key, text, remarks=remarks)
    point.dossier = dossier
    return Topic(
        key=key,
        text=text,
        by=point.voice,
        hard=point.hard_voice,
        why_hard=reader.text(point.why_hard),
        left_out=point.left_out_voice,
        is_hard_by_youth=point.is_hard_by_himself,
        is_left_out_by_youth=point.is_left_out_by_himself,
        is_tabled=point.tabled_at is not None,
        remarks=remarks,
        aside=[_aside(reader, row, dossier) for row in point.set_aside.all()],
    )


def _aside(reader: Reader, row: SetAside, dossier: Dossier) -> Said:
    row.dossier = dossier
    return Said(row.voice, reader.text(row.why), row.said_at, row.is_later)


def guest_of(reader: Reader, row: Invitee, dossier: Dossier) -> Guest:
    row.dossier = dossier
    return Guest(
        pk=row.pk,
        name=reader.text(row.name),
        kind=row.kind,
        may_see=row.may_see,
        answer=str(row.get_answer_display()) if row.answer else "",
        answer_key=row.answer,
        words=reader.text(row.answer_words),
        brings=reader.text(row.brings),
        was_there=row.was_there,
        came_along=row.came_along,
        names_youth=row.names_youth,
        letter_at=row.letter_at,
        is_read=row.opened_at is not None,
    )


# --- which one ----------------------------------------------------------------------------------------------------


def ahead(dossier: Dossier) -> Meeting | None:
    """What is being prepared."""
    return Meeting.objects.ahead().filter(dossier=dossier).select_related("appointment").first()


def ahead_or_404(dossier: Dossier) -> Meeting:
    meeting = ahead(dossier)
    if meeting is None:
        raise Http404
    meeting.dossier = dossier
    return meeting


def latest(dossier: Dossier) -> Meeting | None:
    """What is being prepared; otherwise the last one."""
    rows = Meeting.objects.filter(dossier=dossier).select_related("appointment")
    return ahead(dossier) or rows.first()


def at_table(dossier: Dossier) -> Meeting | None:
    """The one that is about to be held, or otherwise the last that was."""
    held = Meeting.objects.held().filter(dossier=dossier).select_related("appointment", "agreement__appointment")
    found = ahead(dossier) or held.order_by("-held_at").first()
    if found is not None:
        found.dossier = dossier
    return found


def at_table_or_404(dossier: Dossier) -> Meeting:
    found = at_table(dossier)
    if found is None:
        raise Http404
    return found


def before(dossier: Dossier, this: Meeting | None) -> list[Meeting]:
    """The other ones, by their dates alone."""
    rows = Meeting.objects.filter(dossier=dossier)
    return list(rows.exclude(pk=this.pk)) if this else []


def needs_reason(dossier: Dossier) -> bool:
    """In principle once."""
    return ahead(dossier) is None and Meeting.objects.held().filter(dossier=dossier).exists()


def invitee_or_404(dossier: Dossier, pk: UUID) -> Invitee:
    meeting = ahead_or_404(dossier)
    found = meeting.invitees.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.dossier, found.meeting = dossier, meeting
    return found


def topic_or_404(reader: Reader, meeting: Meeting, key: str) -> Topic:
    for topic in _topics(reader, meeting, meeting.dossier):
        if topic.key == key:
            return topic
    raise Http404


# --- what is asked ------------------------------------------------------------------------------------------------

VOICES = {Voice.YOUTH: _("De jongere, in eigen woorden"), Voice.COACH: _("Ik als coach")}
ANSWERS = {Invitee.Answer.YES: _("Ja"), Invitee.Answer.NO: _("Nee"), Invitee.Answer.OTHER: _("Een ander moment")}


class ArrangeForm(Asking):
    on = day(_("Welke dag?"), only=asking.coming, hint=_("Nog niet bekend? Laat het leeg."))
    at = clock(_("Hoe laat?"))
    when = words(_("Of ongeveer wanneer?"), longest=200, hint=_("Bijvoorbeeld: na de vakantie, in de avond."))
    place = words(_("Waar?"), longest=300, hint=_("Een plek waar iedereen zich goed voelt."))
    leader = words(_("Wie leidt het gesprek?"), longest=120)
    reason = words(
        _("Waarom nog een gesprek?"),
        longest=1000,
        rows=3,
        need=_("Schrijf op waarom er nog een gesprek nodig is."),
        hint=_("Eén keer is meestal genoeg."),
    )

    def __init__(self, *args: Any, with_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_reason:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("on") and not typed.get("at") and "at" not in self.errors:
            self.add_error("at", gettext("Kies ook een tijd. Nog niet bekend? Haal de dag dan weg."))
        if typed.get("at") and not typed.get("on") and "on" not in self.errors:
            self.add_error("on", gettext("Kies ook een dag."))
        asking.check_clock(self)
        asking.tell_holiday(self)
        return typed

    def answers(self) -> dict[str, Any]:
        said = {name: text for name, text in self.cleaned_data.items() if name not in {"on", "at"}}
        has_moment = self.cleaned_data["on"] and self.cleaned_data["at"]
        return said | {"starts_at": asking.moment(self) if has_moment else None}


def arranged(reader: Reader, meeting: Meeting | None, leader: str) -> dict[str, Any]:
    """What stands in the form: as it was arranged before, or the usual."""
    if meeting is None:
        return {"leader": leader}
    found: dict[str, Any] = {
        name: "" if reader.is_gone(sealed := getattr(meeting, name)) else reader.text(sealed)
        for name in ("when", "place", "leader")
    }
    if (appointment := meeting.appointment) and appointment.outcome != appointment.Outcome.NOT:
        local = timezone.localtime(appointment.starts_at)
        found |= {"on": local.date(), "at": local.time()}
    return found


def arrange(form: ArrangeForm, dossier: Dossier, meeting: Meeting | None, by: Any) -> None:
    said = form.answers()
    if meeting is None:
        commands.prepare_meeting(dossier, by=by, **said)
    else:
        commands.arrange_meeting(meeting, by=by, is_elsewhere="place" in form.changed_data, **said)


class PointForm(Asking):
    text = words(_("Waar moet het ook over gaan?"), longest=1000, rows=3, need=_("Schrijf op waar het over gaat."))
    voice = choice(_("Wie zegt dit?"), VOICES.items(), initial=Voice.COACH)

    def __init__(self, *args: Any, is_youth: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_youth:
            del self.fields["voice"]


class MarkForm(Asking):
    """What the other side said of a point is not asked: it is shown."""

    is_hard = tick(_("Dit is een lastig punt"), hint=_("Dan vergeten we het niet."))
    why = words(_("Waarom is het lastig?"), longest=1000, rows=3)
    is_left_out = tick(_("Dit bespreken we niet"))
    voice = choice(_("Wie zegt dit?"), VOICES.items(), initial=Voice.COACH)

    def __init__(self, *args: Any, topic: Topic, is_youth: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closed = ["voice"] if is_youth else []
        if topic.hard and topic.is_hard_by_youth != is_youth:
            closed += ["is_hard", "why"]
        if topic.is_left_out_by_youth and not is_youth:
            closed += ["is_left_out"]
        for name in closed:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("why") and not typed.get("is_hard"):
            self.add_error("is_hard", gettext("Kies ook dit, of haal de woorden hieronder weg."))
        return typed


def marked(reader: Reader, meeting: Meeting, topic: Topic) -> dict[str, Any]:
    point = meeting.points.filter(key=topic.key).first()
    if point is None:
        return {}
    point.dossier = meeting.dossier
    why = "" if reader.is_gone(point.why_hard) else reader.text(point.why_hard)
    voice = topic.hard or topic.left_out or Voice.COACH
    return {"is_hard": bool(topic.hard), "why": why, "is_left_out": bool(topic.left_out), "voice": voice}


class InviteForm(Asking):
    who = choice(_("Wie vraag je?"), [])
    name = words(_("Of iemand anders: wie?"), longest=120)
    kind = choice(_("Wie is dat?"), Invitee.Kind.choices)
    may_see = choice(_("Wat mag die persoon van tevoren zien?"), Invitee.MaySee.choices, initial=Invitee.MaySee.NOTHING)

    def __init__(
        self, *args: Any, people: Mapping[str, NetworkPerson | Specialist], names: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.names = people, names
        if names:
            self.fields["who"].choices = list(names.items())  # type: ignore[attr-defined]
        else:
            del self.fields["who"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("who") and not typed.get("name") and not self.errors:
            self.add_error("name", gettext("Schrijf op wie er komt."))
        if typed.get("name") and not typed.get("kind") and not self.errors:
            self.add_error("kind", gettext("Kies er een."))
        return typed

    def answers(self) -> dict[str, Any]:
        """Whom it is about. A name that was typed comes before what was picked."""
        said = self.cleaned_data
        may_see = said["may_see"] or Invitee.MaySee.NOTHING
        if said["name"]:
            return {"name": said["name"], "kind": said["kind"], "may_see": may_see}
        picked = self.people[said["who"]]
        somebody = picked if isinstance(picked, NetworkPerson) else None
        is_close = somebody is not None and somebody.kind != NetworkPerson.Kind.PROFESSIONAL
        kind = Invitee.Kind.NETWORK if is_close else Invitee.Kind.PROFESSIONAL
        return {"name": self.names[said["who"]], "kind": kind, "may_see": may_see, "somebody": somebody}


def to_invite(reader: Reader, meeting: Meeting, specialists: Iterable[Specialist] = ()) -> dict[str, dict[str, Any]]:
    """Who can be picked: the people around him that are not asked yet, and whom a coach may call on."""
    people: dict[str, Any] = {}
    names: dict[str, str] = {}
    if reader.may(meeting.dossier, "family"):
        asked = meeting.invitees.exclude(somebody=None).values("somebody")
        for row in meeting.dossier.networkperson_set.exclude(pk__in=asked):
            row.dossier = meeting.dossier
            if row.name and not reader.is_gone(row.name):
                people[str(row.pk)], names[str(row.pk)] = row, reader.text(row.name)
    for specialist in specialists:
        people[str(specialist.pk)], names[str(specialist.pk)] = specialist, str(specialist)
    return {"people": people, "names": names}


class ReplyForm(Asking):
    answer = choice(_("Wat was het antwoord?"), ANSWERS.items())
    words = words(_("Wat zei die persoon erbij?"), longest=500, rows=2, hint=_("Bijvoorbeeld: alleen in de avond."))
    may_see = choice(_("Wat mag die persoon van tevoren zien?"), Invitee.MaySee.choices, need=_("Kies er een."))


def replied(reader: Reader, row: Invitee) -> dict[str, Any]:
    said = "" if reader.is_gone(row.answer_words) else reader.text(row.answer_words)
    return {"answer": row.answer, "words": said, "may_see": row.may_see}


class CallOffForm(Asking):
    why = words(_("Waarom niet?"), longest=1000, rows=3, hint=_("Dit mag je overslaan."))


def text_or_gone(reader: Reader, text: str, sealed: Iterable[Any]) -> str:
    """What stands above the form; that it was erased, where what stood in it was."""
    return gettext(GONE) if any(reader.is_gone(one) for one in sealed) else text


def words_of(meeting: Meeting | None) -> list[Any]:
    return [meeting.when, meeting.place, meeting.leader] if meeting else []


def names_around(reader: Reader, dossier: Dossier) -> list[Any]:
    if not reader.may(dossier, "family"):
        return []
    rows = list(dossier.networkperson_set.all())
    for row in rows:
        row.dossier = dossier
    return [row.name for row in rows]


# --- what is sent -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Letter:
    """The words that ask somebody to come. They never tell what it is about."""

    text: str
    whatsapp: str
    mail: str


def letter(shown: Shown, guest: Guest, *, asks: str) -> Letter:
    """`asks`: the first name of the youth, if he ticked that; empty where who sends it asks."""
    wish = gettext("Ik vraag jou erbij. We gaan samen om tafel.")
    if asks:
        wish = gettext("%(name)s vraagt jou erbij. We gaan samen om tafel.") % {"name": asks}
    human = gettext("Kom zoals je bent, als mens.")
    if guest.kind == Invitee.Kind.PROFESSIONAL:
        human = gettext("Kom ook als mens, niet alleen voor je werk.")
    lines = [
        gettext("Hoi %(name)s,") % {"name": guest.name},
        wish,
        gettext("Wanneer: %(when)s") % {"when": shown.moment or gettext("dat spreken we nog af")},
        gettext("Waar: %(place)s") % {"place": shown.place} if shown.place else "",
        human,
        gettext("Kun je dan? Zeg ja, nee, of een ander moment."),
    ]
    text = "\n".join(filter(None, lines))
    subject = quote(gettext("Kom je erbij?"))
    return Letter(text, f"https://wa.me/?text={quote(text)}", f"mailto:?subject={subject}&body={quote(text)}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A link to the invitation of somebody, with words to send it in."""

    to: str
    url: str
    text: str


def link_for(request: Any, row: Invitee, dossier: Dossier, *, youth: str, coach: str) -> Sent:
    """Write the letter of this person, and a link to it. Who asks: the youth by name only if he ticked that himself."""
    shown, guest = in_words(request.reader, row.meeting, dossier), guest_of(request.reader, row, dossier)
    is_youth = Invitee.objects.filter(pk=row.pk, names_youth=True).exists() and bool(youth)
    letter = invitations.Letter(
        to=guest.name,
        asks=youth if is_youth else coach,
        is_youth=is_youth,
        when=shown.when,
        place=shown.place,
        kind=guest.kind,
        agenda=[topic.text for topic in shown.spoken_of] if guest.may_see == Invitee.MaySee.AGENDA else [],
    )
    token = invited.send_invitation(row, letter, by=request.user)
    url = request.build_absolute_uri(reverse("invited:invitation", args=[token]))
    return Sent(guest.name, url, gettext("Hoi %(name)s, kom je erbij? Lees het hier:") % {"name": guest.name})
