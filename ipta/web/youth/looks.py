"""Wie keek er? The reading log in plain sentences: the last days one by one, what was before week by week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing import commands
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency, Warning
from ipta.sharing.queries import DayOfLooking, look_numbered, looks_at
from ipta.sharing.rules import SECTION_NAMES
from ipta.sharing.why import commands as why
from ipta.sharing.why.models import LookQuestion
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.network.names import Named, nameless, names_of_guests
from ipta.web.templatetags.ipta_ui import day as day_in_words
from ipta.web.templatetags.ipta_ui import short_day
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import one_tap
from ipta.web.youth.words import SECTION_ICONS, SECTIONS

DAYS_A_PAGE = 7
DAY_BY_DAY = timedelta(days=14)  # before that: week by week
GUEST_READS = "guest"
HOUSE_READS = "reminder"  # what the house opens itself: nobody is asked about it
LINK_READS = "help"  # who has the link to a question: he was asked something, and reads no more than that
INVITED = "invite"  # somebody whom one of the two asked to come
WARNED = "warning"  # who was told something without his yes
BY_LINK = {LINK_READS, INVITED, WARNED}
SECOND = "second"  # a colleague who thought along about that
NOT_ASKED = {HOUSE_READS, LINK_READS, INVITED, WARNED, SECOND}  # nobody is asked why: it says so itself
_KEY_OF = {name: key for key, name in SECTION_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    icon: str


@dataclass(frozen=True, slots=True)
class Why:
    """That he asked why, and what was said."""

    pk: UUID
    who: str
    day: date
    answer: str


@dataclass(frozen=True, slots=True)
class LookLine:
    """What one person read on a day, or in a week: in one sentence, and by what right."""

    who: str
    role: str
    sentence: str
    parts: list[Part]
    why: str
    last_at: datetime
    is_refused: bool
    number: int
    is_doubted: bool
    may_ask: bool
    asked: Why | None
    days: Sequence["LookLine"] = ()  # of a week


@dataclass(frozen=True, slots=True)
class LookDay:
    """A day on which somebody looked; or a week, by its monday."""

    day: date
    lines: list[LookLine]
    is_week: bool = False

    @property
    def title(self) -> str:
        words = {"day": short_day(self.day)}
        return gettext("Week van %(day)s") % words if self.is_week else day_in_words(self.day).capitalize()


@dataclass(frozen=True, slots=True)
class Button:
    """Somebody pressed the emergency button, and said why."""

    taken: Emergency
    reason: str
    sides: tuple[Side, ...] = ()


@desk.youth()
def looks(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    teller = _teller(dossier, request.reader)
    lately = list(dossier.emergency_set.lately())
    reasons, sides = reasons_of(request.reader, lately), sides_beside(lately, dossier, request.reader)
    context = {
        "dossier": dossier,
        "page": Paginator(teller.all_of_it(), DAYS_A_PAGE).get_page(request.GET.get("page")),
        "emergencies": [Button(one, reasons[one.pk], sides.get(one.pk, ())) for one in lately],
        "answers": teller.unread(),
    }
    return render(request, "youth/looks.html", context)


def _teller(dossier: Dossier, reader: Reader) -> "_Teller":
    looking = named(reader, dossier, looks_at(dossier))
    taken = list(dossier.emergency_set.filter(pk__in={look.emergency for look in looking if look.emergency}))
    questions = list(dossier.lookquestion_set.all())
    names = {look.reader_id: look.reader for look in looking if look.reader and look.role not in BY_LINK}
    has_guest = any(look.role == GUEST_READS for look in looking) or any(not names.get(q.reader_id) for q in questions)
    return _Teller(
        looking=[look for look in looking if not look.is_self],
        reasons=reasons_of(reader, taken),
        guests=names_of_guests(dossier, reader) if has_guest else {},
        coaches=set(Coachship.objects.now().filter(dossier=dossier, is_stand_in=False).values_list("coach", flat=True)),
        running=set(dossier.grant_set.now().values_list("pk", flat=True)),
        questions=questions,
        answers={one.pk: reader.text(one.answer) for one in questions if one.answered_at},
        names=names,
        day_by_day=timezone.localdate() - DAY_BY_DAY,
    )


@one_tap("youth:looks")
def end_emergency(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The youth stops it at once; nobody asks him why."""
    taken = get_object_or_404(desk.my_dossier(request).emergency_set, pk=pk)
    commands.end(taken, by=request.user)
    messages.success(request, gettext("Gestopt. Deze persoon kan niet meer meekijken."))
    return redirect("youth:looks")


@one_tap("youth:looks")
def doubt(request: DeskRequest, number: int) -> HttpResponse:
    """ "Klopt dit niet?": the line goes to the privacy officer. No words are asked."""
    dossier = desk.my_dossier(request)
    look = look_numbered(dossier, number)
    if look is None:
        raise Http404
    commands.doubt(dossier, look, by=request.user)
    messages.success(request, gettext("Gemeld. Iemand die op privacy let, kijkt ernaar. Je coach ziet dit niet."))
    return redirect("youth:looks")


@one_tap("youth:looks")
def ask_why(request: DeskRequest, number: int) -> HttpResponse:
    """ "Vraag waarom": who looked finds it on his own desk. No words are asked."""
    dossier = desk.my_dossier(request)
    look = look_numbered(dossier, number)
    if look is None:
        raise Http404
    why.ask_why(dossier, look, by=request.user)
    messages.success(request, gettext("Gevraagd. Het antwoord lees je hier."))
    return redirect("youth:looks")


@one_tap("youth:looks")
def see_answer(request: DeskRequest, pk: UUID) -> HttpResponse:
    """He has read it: it goes to the day it is about."""
    found = get_object_or_404(desk.my_dossier(request).lookquestion_set.select_related("dossier"), pk=pk)
    why.see_answer(found, by=request.user)
    return redirect("youth:looks")


def reasons_of(reader: Reader, taken: Iterable[Emergency]) -> dict[UUID, str]:
    """Why each of them used the emergency button, in their own words."""
    return {one.pk: reader.text(one.reason) for one in taken}


def named(reader: Reader, dossier: Dossier, looking: Sequence[DayOfLooking]) -> Sequence[DayOfLooking]:
    """With the name of who was told something without his yes: it lies sealed with what was told."""
    wanted = {look.warning for look in looking if look.warning and not look.reader}
    rows = Warning.objects.filter(dossier=dossier, pk__in=wanted).told() if wanted else ()
    names: dict[UUID | None, str] = {row.pk: reader.text(row.to_name) for row in rows}
    nameless = [look for look in looking if not look.reader and look.warning in names]
    return [replace(look, reader=names[look.warning]) if look in nameless else look for look in looking]


_READ = {
    LINK_READS: _("%(when)s las %(who)s een vraag over jou."),
    INVITED: _("%(when)s las %(who)s de uitnodiging."),
    WARNED: _("%(when)s las %(who)s wat je coach moest vertellen."),
    SECOND: _("%(when)s las %(who)s een vraag van je coach."),
}


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says the lines of the reading log in sentences."""

    looking: Sequence[DayOfLooking]
    reasons: Mapping[UUID, str]
    guests: Mapping[UUID, Named]
    coaches: set[UUID]
    running: set[UUID]  # what he shares now
    questions: Sequence[LookQuestion]
    answers: Mapping[UUID, str]
    names: Mapping[UUID, str]
    day_by_day: date
    asked: dict[tuple[date, UUID], LookQuestion] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.asked.update({(one.day, one.reader_id): one for one in self.questions})

    def all_of_it(self) -> list[LookDay]:
        """The days on which somebody else looked, newest first; those of long ago by week."""
        newest_first = sorted(self.looking, key=lambda look: (look.day, look.last_at), reverse=True)
        lately = [look for look in newest_first if look.day > self.day_by_day]
        before = [look for look in newest_first if look.day <= self.day_by_day]
        days = groupby(lately, key=lambda look: look.day)
        weeks = groupby(before, key=lambda look: _monday(look.day))
        return [
            *(LookDay(day, [self._line(look) for look in found]) for day, found in days),
            *(LookDay(monday, self._week(monday, list(found)), is_week=True) for monday, found in weeks),
        ]

    def unread(self) -> list[Why]:
        """What was answered, and he has not read."""
        return [self._why(one) for one in self.questions if one.answered_at and not one.seen_at]

    # --- a week -----------------------------------------------------------------------------------------------

    def _week(self, monday: date, looking: Sequence[DayOfLooking]) -> list[LookLine]:
        """One sentence for each person and right; the days stand below it."""
        of: dict[tuple[object, ...], list[DayOfLooking]] = {}
        for look in looking:
            of.setdefault((look.reader_id, look.role, look.is_refused, look.emergency, look.warning), []).append(look)
        return [self._in_week(monday, found) for found in of.values()]

    def _in_week(self, monday: date, found: Sequence[DayOfLooking]) -> LookLine:
        sections = tuple(dict.fromkeys(section for look in reversed(found) for section in look.sections))
        grants = frozenset(grant for look in found for grant in look.grants)
        whole = replace(found[0], sections=sections, times=sum(look.times for look in found), grants=grants)
        when = gettext("In de week van %(day)s") % {"day": short_day(monday)}
        line = replace(self._line(whole, when), number=0, is_doubted=False, asked=None)
        days = len({look.day for look in found})
        on = ngettext("Dat was op één dag.", "Dat was op %(days)s dagen.", days) % {"days": days}
        return replace(line, sentence=f"{line.sentence} {on}", days=[self._line(look) for look in found])

    # --- one line ---------------------------------------------------------------------------------------------

    def _line(self, look: DayOfLooking, when: str = "") -> LookLine:
        asked = self.asked.get((look.day, look.reader_id))
        who, role = self._who(look), self._role(look)
        return LookLine(
            who=who,
            role=role,
            sentence=self._sentence(look, when or day_in_words(look.day).capitalize(), who),
            parts=[_part(name) for name in look.sections],
            why=self._ground(look),
            last_at=look.last_at,
            is_refused=look.is_refused,
            number=0 if look.role in {HOUSE_READS, INVITED} else look.number,
            is_doubted=look.is_doubted,
            may_ask=look.role not in NOT_ASKED and asked is None,
            asked=self._why(asked) if asked else None,
        )

    def _sentence(self, look: DayOfLooking, when: str, who: str) -> str:
        """ "Maandag 2 maart keek je coach 4 keer." """
        is_coach = look.role == "coach" and look.reader_id in self.coaches
        times = ngettext("één keer", "%(n)s keer", look.times) % {"n": look.times}
        what = _joined([str(SECTIONS[_KEY_OF[name]]) for name in look.sections])
        words = {"when": when, "who": gettext("je coach") if is_coach else who, "times": times, "what": what}
        if look.is_refused:
            return gettext("%(when)s wilde %(who)s iets lezen.") % words
        if look.emergency:
            return gettext("%(when)s keek %(who)s met een noodknop.") % words
        if look.role == HOUSE_READS:
            return gettext("%(when)s las de computer %(what)s.") % words
        if look.role in _READ:
            return gettext(_READ[look.role]) % words
        if look.grants:
            return gettext("%(when)s las %(who)s %(what)s.") % words
        return gettext("%(when)s keek %(who)s %(times)s.") % words

    def _ground(self, look: DayOfLooking) -> str:
        if look.is_refused:
            return gettext("Dat mocht niet. Er was niets te zien.")
        if look.emergency:
            return gettext("Waarom: %(reason)s") % {"reason": self.reasons.get(look.emergency, "")}
        if look.grants:
            if look.grants & self.running:
                return gettext("Daar had je ja op gezegd.")
            return gettext("Daar had je toen ja op gezegd. Nu kan het niet meer.")
        if look.role == "coach" and look.reader_id not in self.coaches:
            return gettext("Dat was toen je coach.")
        words = {
            "coach": gettext("Je coach leest mee om je te helpen."),
            "stand_in": gettext("Je coach was er even niet."),
            HOUSE_READS: gettext("Om jou een herinnering te sturen, zoals jij wilde. Geen mens heeft het gelezen."),
            LINK_READS: gettext("Je coach stelde die vraag, samen met jou. Meer was er niet te lezen."),
            INVITED: gettext("Iemand die gevraagd is om erbij te zijn las de uitnodiging. Meer niet."),
            WARNED: gettext("Je coach moest dit vertellen, zonder jouw ja. Zo komt er niemand in gevaar."),
            SECOND: gettext(
                "Deze collega dacht mee of je coach iets moest vertellen. Hij of zij las alleen die vraag."
            ),
        }
        return words.get(look.role, "")

    def _who(self, look: DayOfLooking) -> str:
        if look.role == HOUSE_READS:
            return gettext("De computer")
        if look.role in BY_LINK:  # the line bears the number of who made the link
            return look.reader or gettext("iemand")
        return look.reader or self._called(look.reader_id)

    def _called(self, reader: UUID) -> str:
        return self.names.get(reader) or (self.guests.get(reader) or nameless()).name

    def _role(self, look: DayOfLooking) -> str:
        if look.role == HOUSE_READS:
            return ""
        if look.role == GUEST_READS:
            return (self.guests.get(look.reader_id) or nameless()).relation
        if look.role == "coach" and look.reader_id not in self.coaches:
            return gettext("toen jouw coach")
        words = {
            "coach": gettext("jouw coach"),
            "stand_in": gettext("viel in voor je coach"),
            "emergency": gettext("een andere coach"),
            INVITED: gettext("met de link die jullie stuurden"),
        }
        return words.get(look.role) or look.organisation or gettext("iemand van de gemeente")

    def _why(self, question: LookQuestion) -> Why:
        return Why(question.pk, self._called(question.reader_id), question.day, self.answers.get(question.pk, ""))


def _part(name: str) -> Part:
    key = _KEY_OF[name]
    return Part(name=str(SECTIONS[key]), icon=SECTION_ICONS[key])


def _joined(words: Sequence[str]) -> str:
    """One, two and three."""
    *first, last = words or [""]
    return gettext("%(first)s en %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
