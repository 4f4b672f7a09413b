"""Who may read what: one card for each person, the same for the youth and for his coach.

Nothing is kept for it. It is asked of what was given, of who walks along, and of the reading log.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from textwrap import shorten
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from ipta.accounts.models import Person
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson
from ipta.sharing import commands, guests
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency, Grant, Look
from ipta.sharing.policies import grounds
from ipta.sharing.queries import promises_unread
from ipta.sharing.rules import ITEMS, READS, SHAREABLE, TOLD_BEFORE
from ipta.web.network.names import Named, named, nameless, names_of_guests
from ipta.web.templatetags.ipta_ui import clock, short_day

MOST_BEFORE = 20
LONGER_FROM = timedelta(days=31)  # then one tap makes it longer


@dataclass(frozen=True, slots=True)
class Voice:
    """To whom the page speaks: the youth himself, or his coach. `names`: what each part is called there; `way`: the
    address of what can be done with a row."""

    is_youth: bool
    names: Mapping[str, str | Promise]
    icons: Mapping[str, str]
    way: Callable[[Dossier, str, UUID], str]
    may_give: bool = True
    may_preview: bool = True


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that somebody may read, or could."""

    pk: UUID
    what: str
    icon: str
    why: str
    since: date
    until: date
    how: str
    looked: str = ""
    stops: str = ""  # said in the last week
    waits_for_youth: bool = False  # his coach typed it, and he did not say himself that it is so
    stop: str = ""
    longer: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing, and who may read it."""

    to: str
    role: str
    thing: Thing


@dataclass(slots=True)
class Holder:
    """Somebody in the circle, and all that is his to read now."""

    person: UUID | None
    name: str
    role: str
    words: str = ""  # what he reads, where that is not given thing by thing
    looked: str = ""
    things: list[Thing] = field(default_factory=list)
    end: str = ""  # an emergency can be stopped
    seen_by: str = ""  # the page as he sees it


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody would like to read something, and it waits for the youth."""

    pk: UUID
    to: str
    role: str
    what: str
    icon: str
    why: str
    by: str  # who asks, where that is somebody else
    asked_at: datetime
    is_put_off: bool
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """Who could read something, until when."""

    pk: UUID
    name: str
    text: str
    again: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A yes that the coach typed: the youth says himself whether it is so."""

    who: str
    typed_by: str
    thing: Thing
    confirm: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody promised something, and does not read it himself."""

    name: str
    steps: list[str]
    share: str


@dataclass(frozen=True, slots=True)
class Reins:
    """The whole page."""

    holders: list[Holder]
    offers: list[Offer]
    questions: list[Question]
    to_confirm: list[Typed]
    before: list[Before]

    @property
    def shares(self) -> bool:
        return any(holder.things for holder in self.holders)


def reins_of(dossier: Dossier, reader: Reader, voice: Voice) -> Reins:
    """Who reads what now, what was asked, and who could before."""
    rows = list(_grants(dossier))
    running = {grant.pk for grant in dossier.grant_set.now()}
    now, before = [one for one in rows if one.pk in running], [one for one in rows if one.pk not in running]
    told = _told(dossier, reader, voice, rows, _last_looks(dossier))
    holders = [*told.coaches(), *told.emergencies(), *told.given(now), *told.specialists()]
    return Reins(
        holders=holders,
        offers=offers_in(dossier, reader, voice),
        questions=told.questions(),
        to_confirm=told.to_confirm(now),
        before=told.before(before[:MOST_BEFORE]),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """Says the rows in words."""

    dossier: Dossier
    reader: Reader
    voice: Voice
    readable: set[str]
    looked: Mapping[tuple[UUID, str], datetime]
    names: Mapping[UUID, tuple[str, str]]
    items: Mapping[UUID, str]

    # --- who reads without being given ------------------------------------------------------------------------

    def coaches(self) -> list[Holder]:
        ships = Coachship.objects.now().filter(dossier=self.dossier).select_related("coach").order_by("is_stand_in")
        return [self._coach(ship) for ship in ships]

    def _coach(self, ship: Coachship) -> Holder:
        name, looked = ship.coach.get_full_name(), self._when(ship.coach_id)
        if not ship.is_stand_in:
            role = gettext("jouw coach") if self.voice.is_youth else gettext("coach")
            return Holder(ship.coach_id, name, role, gettext("Kan alles lezen."), looked)
        parts = ", ".join(str(self.voice.names[key]) for key in self.voice.names if key in READS["stand_in"])
        words = gettext("Kan een deel lezen, tot en met %(day)s: %(what)s.")
        said = words % {"day": short_day(ship.last_day), "what": parts}
        return Holder(ship.coach_id, name, gettext("valt in"), said, looked)

    def emergencies(self) -> list[Holder]:
        return [self._emergency(one) for one in self.dossier.emergency_set.now().select_related("taken_by")]

    def _emergency(self, taken: Emergency) -> Holder:
        words = gettext("Kijkt mee met een noodknop, tot %(time)s.") % {"time": clock(taken.until)}
        if taken.section in self.readable:
            words = f"{words} {gettext('Waarom: %(why)s') % {'why': self.reader.text(taken.reason)}}"
        name, looked = taken.taken_by.get_full_name(), self._when(taken.taken_by_id)
        end = self.voice.way(self.dossier, "end_emergency", taken.pk)
        return Holder(taken.taken_by_id, name, gettext("een andere coach"), words, looked, end=end)

    def specialists(self) -> list[Holder]:
        """Who has the link to a question: he reads that question, and nothing else."""
        waiting = self.dossier.helprequest_set.waiting().select_related("specialist").defer("letter")
        return [
            Holder(
                None,
                str(one.specialist),
                gettext("antwoordt op een vraag"),
                gettext("Leest alleen de vraag van je coach.")
                if self.voice.is_youth
                else gettext("Leest alleen de vraag die je stuurde."),
                gettext("Las het voor het eerst: %(day)s.") % {"day": short_day(one.opened_at)}
                if one.opened_at
                else gettext("Heeft nog niet gekeken."),
            )
            for one in waiting
        ]

    # --- what was given ---------------------------------------------------------------------------------------

    def given(self, grants: Iterable[Grant]) -> list[Holder]:
        """By person; of the same thing given twice what lasts longest."""
        found: dict[UUID, Holder] = {}
        longest: dict[tuple[Any, ...], Grant] = {}
        for grant in sorted(grants, key=lambda one: one.until):
            longest[same(grant)] = grant
        for grant in longest.values():
            name, role = self.names[grant.to_id]
            seen_by = self.voice.way(self.dossier, "seen_by", grant.to_id) if self.voice.may_preview else ""
            holder = found.setdefault(grant.to_id, Holder(grant.to_id, name, role, seen_by=seen_by))
            holder.things.append(self._thing(grant))
        return sorted(found.values(), key=lambda holder: holder.name)

    def _thing(self, grant: Grant) -> Thing:
        looked = self.looked.get((grant.to_id, grant.shared_section))
        soon = timezone.localdate() + LONGER_FROM
        return Thing(
            pk=grant.pk,
            what=self._what(grant),
            icon=self.voice.icons[grant.shared_section],
            why=self._open(grant.purpose, grant.shared_section),
            since=grant.since,
            until=grant.until,
            how=self._how(grant),
            looked=self._looked(looked),
            stops=stops_in(grant.until),
            waits_for_youth=grant.is_aloud and grant.confirmed_at is None,
            stop=self.voice.way(self.dossier, "revoke", grant.pk),
            longer="" if grant.until > soon else self._again(grant),
        )

    def _what(self, grant: Grant) -> str:
        return _what(grant, self.voice.names, self.items)

    def _again(self, grant: Grant) -> str:
        """Where a new one can be given: by who may, of what he may read himself."""
        may = self.voice.may_give and grant.shared_section in self.readable
        return self.voice.way(self.dossier, "grant_again", grant.pk) if may else ""

    def _how(self, grant: Grant) -> str:
        """Given by whom and how: himself, together, or asked for first."""
        asked = getattr(grant, "asked", None)
        who = {"who": grant.given_by.first_name, "by": self._asker(asked) if asked else ""}
        if grant.is_aloud:
            theirs = (
                gettext("Jij zei ja, %(who)s schreef het op.")
                if self.voice.is_youth
                else gettext("Samen: %(who)s schreef het op.")
            )
            said = theirs % who
        else:
            said = gettext("Jij zei ja.") if self.voice.is_youth else gettext("De jongere zei zelf ja.")
        return " ".join(filter(None, [gettext("%(by)s vroeg het.") % who if asked else "", said]))

    def to_confirm(self, grants: Iterable[Grant]) -> list[Typed]:
        return [
            Typed(
                who=self.names[one.to_id][0],
                typed_by=one.given_by.first_name,
                thing=self._thing(one),
                confirm=self.voice.way(self.dossier, "confirm", one.pk),
            )
            for one in grants
            if self.voice.is_youth and one.is_aloud and one.confirmed_at is None
        ]

    def before(self, grants: Iterable[Grant]) -> list[Before]:
        found = []
        for grant in grants:
            until = timezone.localdate(grant.revoked_at) if grant.revoked_at else grant.until
            words = {"what": self._what(grant), "day": short_day(until)}
            text = gettext("Las %(what)s tot %(day)s") % words
            found.append(Before(grant.pk, self.names[grant.to_id][0], text, self._again(grant)))
        return found

    # --- what was asked ---------------------------------------------------------------------------------------

    def questions(self) -> list[Question]:
        rows = SharingRequest.objects.waiting().filter(dossier=self.dossier).select_related("to", "asked_by")
        waiting = list(rows)
        names = names_of(self.reader, self.dossier, [row.to for row in waiting])
        items = _names_of_items(self.reader, [row for row in waiting if row.shared_section in self.readable])
        return [self._question(row, items, *names[row.to_id]) for row in waiting]

    def _question(self, row: SharingRequest, items: Mapping[UUID, str], name: str, role: str) -> Question:
        return Question(
            pk=row.pk,
            to=name,
            role=role,
            what=_what(row, self.voice.names, items),
            icon=self.voice.icons[row.shared_section],
            why=self._open(row.reason, row.shared_section),
            by=self._asker(row) if row.asked_by_id != row.to_id else "",
            asked_at=row.asked_at,
            is_put_off=row.answer == SharingRequest.Answer.LATER,
            answer=self.voice.way(self.dossier, "answer_request", row.pk) if self.voice.may_give else "",
        )

    def _asker(self, row: SharingRequest) -> str:
        known = self.names.get(row.asked_by_id)
        return row.asked_by.first_name or (known[0] if known else gettext("Iemand"))

    # --- words ------------------------------------------------------------------------------------------------

    def _open(self, sealed: Any, section: str) -> str:
        """Nothing where this person may not read that part: who stands in sees that it is given, not what for."""
        return self.reader.text(sealed) if section in self.readable else ""

    def _when(self, person: UUID) -> str:
        return self._looked(max((at for (who, _), at in self.looked.items() if who == person), default=None))

    @staticmethod
    def _looked(at: datetime | None) -> str:
        if at is None:
            return gettext("Heeft nog niet gekeken.")
        days = (timezone.localdate() - timezone.localdate(at)).days
        day = {0: gettext("vandaag"), 1: gettext("gisteren")}.get(days) or short_day(at)
        return gettext("Keek het laatst: %(day)s.") % {"day": day}


def shared_now(dossier: Dossier, reader: Reader, voice: Voice) -> list[Shared]:
    """What is given now, thing by thing, with whose it is."""
    rows = list(_grants(dossier).filter(pk__in=dossier.grant_set.now().values("pk")))
    told = _told(dossier, reader, voice, rows)
    return [Shared(holder.name, holder.role, thing) for holder in told.given(rows) for thing in holder.things]


def _told(
    dossier: Dossier,
    reader: Reader,
    voice: Voice,
    rows: list[Grant],
    looked: Mapping[tuple[UUID, str], datetime] | None = None,
) -> _Told:
    names = names_of(reader, dossier, [one.to for one in rows])
    readable = _readable(reader, dossier, rows)
    items = _names_of_items(reader, [row for row in rows if row.shared_section in readable])
    return _Told(dossier, reader, voice, readable, looked or {}, names, items)


ITEM_WORDS = {"step": "text", "contribution": "text", "appointment": "what", "note": "text", "paper": "name"}
LEAD = 60


def what_is_in(row: Grant | SharingRequest, reader: Reader, names: Mapping[str, str | Promise]) -> str:
    """What was shared, or is asked for: for who reads that himself."""
    return _what(row, names, _names_of_items(reader, [row]))


def _what(row: Grant | SharingRequest, names: Mapping[str, str | Promise], items: Mapping[UUID, str]) -> str:
    """The part; or the one thing out of it, by what it is called."""
    if row.item is None:
        return str(names[row.shared_section])
    words, kind = items.get(row.item, ""), str(row.get_item_kind_display()).lower()
    return gettext("alleen %(what)s") % {"what": f"{kind} “{words}”" if words else kind}


def _names_of_items(reader: Reader, grants: Iterable[Grant | SharingRequest]) -> dict[UUID, str]:
    """What each single thing is called; nothing for what is there no more."""
    ids: defaultdict[str, set[UUID]] = defaultdict(set)
    for row in grants:
        if row.item:
            ids[row.item_kind].add(row.item)
    found: dict[UUID, str] = {}
    for kind, wanted in ids.items():
        model: Any = apps.get_model(ITEMS[kind][0])
        for thing in model.objects.filter(pk__in=wanted):
            found[thing.pk] = shorten(words_of_item(reader, kind, thing), LEAD, placeholder="…")
    return found


def words_of_item(reader: Reader, kind: str, row: Any) -> str:
    """What it is, in its own words; a text of the plan by its number."""
    if kind == Grant.Item.PLAN:
        return gettext("Tekst %(number)s van het plan") % {"number": row.number}
    return reader.text(getattr(row, ITEM_WORDS[kind]))


def offers_in(dossier: Dossier, reader: Reader, voice: Voice) -> list[Offer]:
    """Of everybody with a page of his own: what he promised and does not read."""
    if not voice.may_give:
        return []
    people = dossier.networkperson_set.filter(account__is_active=True, steps__done_on=None, steps__dropped_on=None)
    found = []
    for somebody in people.exclude(steps=None).distinct():
        if unread := promises_unread(somebody):
            words = [reader.text(step.text) for step in unread]
            share = voice.way(dossier, "share_promised", somebody.pk)
            found.append(Offer(named(somebody, reader).name, words, share))
    return found


def share_promised(somebody: NetworkPerson, *, by: Person, aloud: bool = False) -> None:
    """What he promised, thing by thing, with the reason that he reads above it."""
    purpose = gettext("Dit heb jij beloofd. Fijn dat je meedoet.")
    guests.share_promises(somebody, purpose=purpose, by=by, aloud=aloud)


def stopping_in(dossier: Dossier, reader: Reader, voice: Voice) -> list[Shared]:
    """What stops by itself within a week."""
    ending = set(dossier.grant_set.all().ending().values_list("pk", flat=True))
    return [one for one in shared_now(dossier, reader, voice) if one.thing.pk in ending]


def typed_in(dossier: Dossier, reader: Reader, voice: Voice) -> list[Typed]:
    """What his coach typed, and he did not say himself that it is so."""
    rows = list(_grants(dossier).filter(pk__in=dossier.grant_set.all().to_confirm().values("pk")))
    return _told(dossier, reader, voice, rows).to_confirm(rows)


def questions_in(dossier: Dossier, reader: Reader, voice: Voice) -> list[Question]:
    """What stands on his first page: not what he put off a moment ago."""
    shown = set(SharingRequest.objects.to_show().filter(dossier=dossier).values_list("pk", flat=True))
    return [one for one in _told(dossier, reader, voice, []).questions() if one.pk in shown]


def stops_in(until: date) -> str:
    """In its last week: when it stops by itself."""
    days = (until - timezone.localdate()).days
    if days > TOLD_BEFORE.days:
        return ""
    if days <= 0:
        return gettext("Stopt na vandaag.")
    return ngettext("Stopt over %(days)s dag.", "Stopt over %(days)s dagen.", days) % {"days": days}


def same(grant: Grant) -> tuple[Any, ...]:
    """What makes two of them the same thing for the same person."""
    return (grant.to_id, grant.shared_section, grant.item)


def running_alike(grant: Grant) -> list[Grant]:
    """All that run now for the same thing and person: stopping is one tap for all of them."""
    rows = Grant.objects.now().filter(dossier=grant.dossier_id, to=grant.to_id).select_related("dossier__municipality")
    return [row for row in rows if same(row) == same(grant)]


def stop(grant: Grant, *, by: Person) -> None:
    """That person reads nothing of it any more, however often it was given."""
    with transaction.atomic():
        for row in running_alike(grant) or [grant]:
            commands.revoke(row, by=by)


def give_again(before: Grant, reader: Reader, *, by: Person, aloud: bool = False) -> None:
    """The same once more, from today; nothing where it runs on for long enough."""
    if any(one.lasts for one in running_alike(before)):
        return
    commands.grant(
        before.dossier,
        section=before.shared_section,
        to=before.to,
        purpose=reader.text(before.purpose),
        item=before.item,
        item_kind=before.item_kind,
        by=by,
        aloud=aloud,
    )


def stopped_lately(request: HttpRequest, dossier: Dossier) -> UUID | None:
    """What was stopped a moment ago, so that one tap takes that back."""
    try:
        pk = UUID(request.GET.get("gestopt", ""))
    except ValueError:
        return None
    is_there = dossier.grant_set.filter(pk=pk).exclude(revoked_at=None).exists()
    return pk if is_there and not running_alike(grant_or_404(dossier, pk)) else None


def item_or_404(dossier: Dossier, kind: str, pk: UUID) -> Any:
    """One thing of this dossier that can be shared by itself."""
    if kind not in ITEMS:
        raise Http404
    row: Any = get_object_or_404(apps.get_model(ITEMS[kind][0]), dossier=dossier, pk=pk)
    if row.section not in SHAREABLE:
        raise Http404
    return row


def grant_or_404(dossier: Dossier, pk: UUID) -> Grant:
    found = dossier.grant_set.select_related("to").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.dossier = dossier
    return found


def request_or_404(dossier: Dossier, pk: UUID) -> SharingRequest:
    found = SharingRequest.objects.filter(dossier=dossier, pk=pk).select_related("to", "asked_by").first()
    if found is None:
        raise Http404
    found.dossier = dossier
    return found


def names_of(reader: Reader, dossier: Dossier, people: Iterable[Person]) -> dict[UUID, tuple[str, str]]:
    """What each of them is called, and where he works."""
    there = list(people)
    of_guests = names_of_guests(dossier, reader) if any(person.is_guest for person in there) else {}
    return {person.pk: _called(person, of_guests) for person in there}


def in_full_of(reader: Reader, dossier: Dossier, people: Mapping[str, Person]) -> dict[str, str]:
    """The same to choose from: of two names that look alike it shows which one is meant."""
    called = names_of(reader, dossier, people.values())
    of_guests = {key: ", ".join(filter(None, called[person.pk])) for key, person in people.items() if person.is_guest}
    return {key: person.in_full for key, person in people.items()} | of_guests


def _called(person: Person, of_guests: Mapping[UUID, Named]) -> tuple[str, str]:
    """A colleague by his name; a guest as he is called in the dossier."""
    if person.is_guest:
        found = of_guests.get(person.pk) or nameless()
        return found.name, found.relation
    return person.get_full_name(), person.organisation


# --- rows ---------------------------------------------------------------------------------------------------------


def _grants(dossier: Dossier) -> QuerySet[Grant]:
    rows = dossier.grant_set.select_related("to", "given_by", "asked__asked_by").defer("asked__reason")
    return rows.order_by("-given_at")


def _readable(reader: Reader, dossier: Dossier, grants: Iterable[Grant]) -> set[str]:
    """Of the parts that were given those that this person may read himself, opened at once."""
    readable = set(grounds(reader.person, [dossier])[dossier.pk])
    reader.unlock([dossier], *({grant.shared_section for grant in grants} & readable))
    return readable


def _last_looks(dossier: Dossier) -> dict[tuple[UUID, str], datetime]:
    """When each person last opened each part."""
    rows = Look.objects.filter(about=dossier.pk, result="opened").order_by().values_list("person_id", "section")
    found: defaultdict[tuple[UUID, str], datetime] = defaultdict()
    for person, section, at in rows.annotate(last=Max("at")):
        found[person, section] = at
    return dict(found)
