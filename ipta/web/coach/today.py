"""Today: the ten lines that come first, each with what can be done about it, and the way to all the others."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, TruncDate
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ipta.accounts.models import Person, Role
from ipta.base.days import holiday
from ipta.base.prepared import prepared
from ipta.dossiers.corrections.models import Correction
from ipta.dossiers.models import Appointment, Coachship, Dossier, Message, Reminder, Step, View
from ipta.dossiers.specialists.queries import FIELD, on_call
from ipta.plans.models import PlanVersion
from ipta.scans.models import OwnAnswer, Saying, SecondLook
from ipta.scouting.models import Find
from ipta.scouting.rules import is_warned, leaves_on
from ipta.sharing.models import Grant, HelpRequest
from ipta.sharing.queries import caseload
from ipta.sharing.why.models import LookQuestion
from ipta.sharing.why.queries import asked_of
from ipta.web import desk, reminding
from ipta.web.coach import chain, emergency, people, quiet, warnings
from ipta.web.coach.tasks import Leaving, Quiet, Remind, Row, Teller, Told
from ipta.web.templatetags.ipta_ui import day as day_in_words
from ipta.wraparound.models import Condition, Invitee, Meeting, Point

FIRST = 10  # lines, until somebody asks for more: what a telephone shows at once
SOON = timedelta(days=7)
DUE_WITHIN = timedelta(days=2)
STAND_IN_ENDS = timedelta(days=3)
NEWS_FOR = timedelta(days=3)
MOMENTS = Reminder.Moment.values
NEW_FOR = timedelta(days=6)  # whom one took over stands here for a week


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of line: its place on the page, and its name."""

    id: str
    title: str | Promise
    word: str | Promise  # after a number


# In the order of what comes first.
PARTS = {
    "urgent": Part("nu", _("Nu eerst"), _("nu eerst")),
    "meetings": Part("afspraken", _("Afspraken van vandaag"), _("vandaag")),
    "reminders": Part("herinneringen", _("Stuur een herinnering"), _("herinnering")),
    "messages": Part("berichten", _("Nieuwe berichten"), _("bericht")),
    "taken": Part("nieuw-bij-jou", _("Nieuw bij jou"), _("nieuw bij jou")),
    "table": Part("om-tafel", _("Om tafel"), _("om tafel")),
    "answers": Part("antwoorden", _("Nieuwe antwoorden"), _("antwoord")),
    "wishes": Part("veranderen", _("De jongere vraagt: verander dit"), _("te veranderen")),
    "open_meetings": Part("hoe-ging-het", _("Hoe ging het?"), _("hoe ging het")),
    "leaving": Part("weg", _("Zonder ja gaat dit weg"), _("gaat weg")),
    "coach": Part("jij-beloofde", _("Jij beloofde"), _("jij beloofde")),
    "late": Part("hulp", _("Wacht nog op antwoord"), _("antwoord te laat")),
    "news": Part("nieuw", _("Nieuw van de jongere"), _("nieuw")),
    "again": Part("nog-eens", _("Kijk hier nog eens naar"), _("nog eens kijken")),
    "silences": Part("stil", _("Even niet gesproken"), _("even stil")),
    "waiting": Part("plan", _("Het plan wacht op een ja"), _("wacht op ja")),
    "youth": Part("de-jongere-beloofde", _("De jongere beloofde"), _("zij beloofden")),
    "others": Part("anderen-beloofden", _("Anderen beloofden"), _("anderen beloofden")),
    "ending": Part("loopt-af", _("Loopt bijna af"), _("loopt af")),
    "soon": Part("straks", _("De komende week"), _("deze week")),
}
BY_ID = {part.id: name for name, part in PARTS.items()}
WHOLE = ("urgent", "meetings")  # what cannot wait is never cut short
LATER = ("soon",)  # what is not of today


@dataclass(frozen=True, slots=True)
class Glance:
    """How much there is of something, and the way to it."""

    word: str | Promise
    count: int
    href: str
    is_here: bool
    is_first: bool


@desk.coach()
def today(request: desk.DeskRequest) -> HttpResponse:
    """The page a coach opens in the morning and between two conversations."""
    day = timezone.localdate()
    dossiers = {dossier.pk: dossier for dossier in caseload(request.user) if dossier.ended_on is None}
    told = _told_about(request.user, dossiers, day)
    kinds = {one.kind for one in told}
    found = _found(dossiers, told, day)
    here = BY_ID.get(request.GET.get("deel", ""), "")
    rows = found[here] if here else first_lines(found)
    sections = _sections(rows)
    youths = people.known(request.reader, [dossiers[pk] for pk in sections], sections)
    tell = Teller(
        reader=request.reader,
        dossiers=dossiers,
        youths=youths,
        names=people.short(youths),
        works=chain.what_works_with([row.dossier_id for row in rows]) if here == "silences" else {},
        today=day,
        tomorrow=day + timedelta(days=1),
        here=request.get_full_path(),
    )
    count = sum(len(found[name]) for name in found if name not in LATER)
    context = {
        "today": day,
        "holiday": holiday(day),
        **emergency.lately(request),
        "warnings": warnings.lately(request) if Told.WARNED in kinds else [],
        "part": PARTS.get(here),
        "tasks": tell.tasks(rows),
        "rest": max(count - len(rows), 0) if not here else 0,
        "glance": _glance(found, here),
        "coming": _coming(told),
        "asked_why": asked_of(request.user) if Told.WHY in kinds else [],
        "is_empty_caseload": not dossiers,
        "scout_url": reverse("coach:scout"),
        "youths_url": reverse("coach:youths"),
    }
    return render(request, "coach/today.html", context)


def first_lines(found: Mapping[str, Sequence[Row]]) -> list[Row]:
    """What cannot wait, in full; of all else in turn, until there are ten. Shown kind by kind."""
    kept = {name: len(found[name]) for name in WHOLE}
    others = [name for name in PARTS if name not in (*WHOLE, *LATER)]
    rounds = zip_longest(*([name] * len(found[name]) for name in others))
    room = max(FIRST - sum(kept.values()), 0)
    for name in [name for one_each in rounds for name in one_each if name][:room]:
        kept[name] = kept.get(name, 0) + 1
    return [row for name in PARTS for row in found[name][: kept.get(name, 0)]]


def _glance(found: Mapping[str, Sequence[Row]], here: str) -> list[Glance]:
    """Every kind of which there is something; a number opens its lines."""
    page = reverse("coach:today")
    return [
        Glance(part.word, len(found[name]), f"{page}?deel={part.id}", name == here, name == "urgent")
        for name, part in PARTS.items()
        if found[name]
    ]


# --- looking ------------------------------------------------------------------------------------------------------


def _found(dossiers: Mapping[UUID, Dossier], told: Iterable[Told], day: date) -> dict[str, list[Row]]:
    """What the queries found of each kind, in its order, still sealed."""
    mine = list(dossiers)
    until = timezone.make_aware(datetime.combine(day + SOON + timedelta(days=1), datetime.min.time()))
    found: dict[str, list[Row]] = {name: [] for name in PARTS}
    coming: list[Appointment] = []
    for appointment in _appointments(dossiers=mine, until=until):
        days = (timezone.localdate(appointment.starts_at) - day).days
        found["soon" if days > 0 else "meetings" if days == 0 else "open_meetings"].append(appointment)
        coming.append(appointment)
    for step in _steps(dossiers=mine, until=day + DUE_WITHIN, today=day):
        whose = step.owner if step.owner in (Step.Owner.COACH, Step.Owner.YOUTH) else "others"
        found["urgent" if step.kind == Step.Kind.DIRECT else whose].append(step)
    found["silences"] = _silences(dossiers, day)
    newest = {version.dossier_id: version for version in _versions(dossiers=mine)}
    found["waiting"] = [version for version in newest.values() if version.in_force_from is None]
    for one in told:
        if one.kind in _PART_OF:
            found[_PART_OF[one.kind]].append(one)
    kept = {one.dossier_id for one in told if one.kind == Told.KEPT}
    found["reminders"] = _reminders(dossiers, coming, [one for one in told if one.kind == Told.REMINDED])
    found["leaving"] = _leaving([dossier for dossier in dossiers.values() if dossier.is_scouted], kept, day)
    return found


_PART_OF = {
    Told.TAKEN: "taken", Told.LENT: "taken", Told.GIVEN: "ending", Told.VIEW: "news",
    Told.GRANT: "ending", Told.STAND_IN: "ending", Told.ANSWER: "answers", Told.LATE: "late",
    Told.AGAIN: "again", Told.SAID: "news", Told.OWN: "news",
    Told.MESSAGE: "messages", Told.TABLE: "table", Told.FORGOTTEN: "table", Told.REPLIED: "answers",
    Told.WISH: "wishes",
}  # fmt: skip


def _reminders(dossiers: Mapping[UUID, Dossier], coming: Iterable[Appointment], told: Iterable[Told]) -> list[Row]:
    """Those that the coach sends himself, and those that did not come through."""
    gone = {(one.line, *one.section.split()) for one in told}
    found: list[Row] = []
    for appointment in coming:
        pk = appointment.pk
        failed = next((m for m in MOMENTS if (pk, m, Reminder.Outcome.FAILED) in gone), "")
        moment = failed or reminding.moment_to_send(appointment, dossiers[appointment.dossier_id])
        if moment and appointment.starts_at > timezone.now() and (pk, moment, Reminder.Outcome.SENT) not in gone:
            found.append(Remind(appointment, moment, failed=bool(failed)))
    return found


def _leaving(scouted: Iterable[Dossier], kept: Collection[UUID], day: date) -> list[Row]:
    """Who goes within a week if he does not say yes, the first one first. `kept`: of whom that was put off already."""
    leaves: list[Leaving] = []
    for dossier in scouted:
        on = leaves_on(dossier.found_on, dossier.municipality.scout_days, is_kept=dossier.pk in kept)
        if is_warned(on, day):
            leaves.append(Leaving(dossier.pk, on, dossier.pk in kept))
    return [*sorted(leaves, key=lambda one: one.on)]


def _coming(told: Iterable[Told]) -> list[str]:
    """Who comes on a day: how many, from whom, and no names, as they may not be known yet."""
    counted = Counter((one.on, one.section, one.who) for one in told if one.kind == Told.COMES)
    said = []
    for (on, is_lent, who), n in counted.items():
        words = {"day": day_in_words(on), "who": who, "n": n}
        if is_lent:
            text = ngettext(
                "Vanaf %(day)s vervang je %(who)s bij een jongere.",
                "Vanaf %(day)s vervang je %(who)s bij %(n)s jongeren.",
                n,
            )
        else:
            text = ngettext(
                "Vanaf %(day)s neem je een jongere over van %(who)s.",
                "Vanaf %(day)s neem je %(n)s jongeren over van %(who)s.",
                n,
            )
        said.append(text % words)
    return said


def _told_about(coach: Person, mine: Collection[UUID], day: date) -> list[Told]:
    """In order of their days; of what one youth said the newest of each kind only."""
    since = timezone.now() - NEWS_FOR
    rows = _told(
        dossiers=list(mine) or [UUID(int=0)],  # who coaches nobody yet hears who comes
        coach=coach.pk,
        municipalities=coach.municipalities_as(Role.COACH),
        week_ago=day - NEW_FOR,
        today=day,
        tomorrow=day + timedelta(days=1),
        week=day + SOON,
        three_days=day + STAND_IN_ENDS,
        since=since,
        warned_since=warnings.new_since(),
    )
    told = sorted((Told(*row) for row in rows), key=lambda one: one.on)
    of_each = (*Told.NEWS, Told.MESSAGE)
    news = {(one.dossier_id, one.kind): one for one in told if one.kind in of_each}
    return [one for one in told if one.kind not in of_each] + list(news.values())


def _silences(dossiers: Mapping[UUID, Dossier], day: date) -> list[Row]:
    """The longest first."""
    contacts = quiet.contacts_with(dossiers.values())
    silences = {pk: quiet.quiet_since(dossier, contacts[pk], day) for pk, dossier in dossiers.items()}
    return [Quiet(pk, since) for since, pk in sorted((since, pk) for pk, since in silences.items() if since)]


@prepared
def _appointments(dossiers: Collection[UUID], until: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(dossier__in=dossiers, outcome="", starts_at__lt=until)


@prepared
def _steps(dossiers: Collection[UUID], until: date, today: date) -> QuerySet[Step]:
    """What is due, and what cannot wait with whom to call for it (`on_call`)."""
    open_ones = Step.objects.filter(dossier__in=dossiers, done_on=None, dropped_on=None)
    due = open_ones.filter(Q(kind=Step.Kind.DIRECT) | Q(due_on__lte=until))
    return due.annotate(field=FIELD, on_call=Case(When(kind=Step.Kind.DIRECT, then=on_call(today)), default=None))


@prepared
def _versions(dossiers: Collection[UUID]) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.with_yeses().filter(dossier__in=dossiers).order_by("number")


@prepared
def _told(
    dossiers: Collection[UUID],
    coach: UUID,
    municipalities: Collection[UUID],
    week_ago: date,
    today: date,
    tomorrow: date,
    week: date,
    three_days: date,
    since: datetime,
    warned_since: datetime,
) -> QuerySet[Any]:
    """Who soon reads or stands in no longer, who comes and goes, what the youth said, who was kept longer, which
    specialists answered or are late, which messages wait, what is to be looked at again, whether there is a warning or
    somebody asks why this coach looked: in one question."""
    grants = Grant.objects.ending(week).filter(dossier__in=dossiers)
    ships = Coachship.objects.filter(dossier__in=dossiers, is_stand_in=True, until__gt=today, until__lte=three_days)
    views = View.objects.filter(dossier__in=dossiers, written_at__gte=since, author=F("dossier__youth"))
    said = Saying.objects.filter(dossier__in=dossiers, said_at__gte=since, by=F("dossier__youth"))
    # Of whom he is the coach: who stands in for some days settles nothing of it, and may not read it all.
    own = Coachship.objects.now().filter(dossier__in=dossiers, coach=coach, is_stand_in=False).values("dossier")
    looks = SecondLook.objects.open().filter(dossier__in=own)
    answered = OwnAnswer.objects.filter(dossier__in=own, answered_at__gte=since, by=F("dossier__youth"))
    kept = Find.objects.filter(dossier__in=dossiers, dossier__joined_on=None).exclude(kept_on=None)
    reminded = Reminder.objects.filter(dossier__in=dossiers, at__gte=since)
    mine = Coachship.objects.kept().filter(dossier__in=dossiers, coach=coach, since__range=(week_ago, today))
    others = Coachship.objects.kept().filter(dossier__in=dossiers, is_stand_in=False).exclude(coach=coach)
    to_come = Coachship.objects.kept().filter(coach=coach, since__gte=tomorrow)
    sent = Message.objects.to_coach().filter(dossier__in=dossiers)
    asked = HelpRequest.objects.filter(dossier__in=dossiers)
    true = Condition.objects.asking().filter(dossier__in=dossiers)
    held = Meeting.objects.held().filter(dossier__in=dossiers, dossier__ended_on=None)
    forgotten = held.filter(Exists(Point.objects.forgotten().filter(meeting=OuterRef("pk"))))
    replied = Invitee.objects.filter(dossier__in=dossiers, answered_at__gte=since)
    wishes = Correction.objects.waiting().filter(dossier__in=own)
    warned = warnings.made_since(warned_since, coach, municipalities)
    asked_why = LookQuestion.objects.waiting().filter(reader=coach)
    return _as_told(grants, Told.GRANT, "until", F("shared_section"), F("to__first_name")).union(
        _as_told(ships, Told.STAND_IN, "until", Value(""), F("coach__first_name")),
        _as_told(_taken_over(mine), Told.TAKEN, "since", Value(""), F("before")),
        _as_told(mine.filter(is_stand_in=True, until__gt=today), Told.LENT, "until", Value(""), _GIVER),
        _as_told(others.filter(since__range=(tomorrow, week)), Told.GIVEN, "since", Value(""), F("coach__first_name")),
        _as_told(to_come.filter(is_stand_in=False), Told.COMES, "since", Value(""), _GIVER),
        _as_told(to_come.filter(is_stand_in=True), Told.COMES, "since", Value("stand_in"), _GIVER),
        _as_told(views, Told.VIEW, TruncDate("written_at"), Value(""), Value("")),
        _as_told(said, Told.SAID, TruncDate("said_at"), Value(""), Value("")),
        _as_told(answered, Told.OWN, TruncDate("answered_at"), Value(""), Value("")),
        _as_told(reminded, Told.REMINDED, TruncDate("at"), _HOW_IT_WENT, Value(""), F("appointment")),
        _as_told(kept, Told.KEPT, "kept_on", Value(""), Value("")),
        _as_told(asked.unread(), Told.ANSWER, TruncDate("answered_at"), Value(""), _SPECIALIST, *_ABOUT_HELP),
        _as_told(asked.late(today), Told.LATE, "due_on", Value(""), _SPECIALIST, *_ABOUT_HELP),
        _as_told(sent, Told.MESSAGE, TruncDate("sent_at"), Value(""), Value(""), F("pk")),
        _as_told(true, Told.TABLE, TruncDate("came_true_at"), F("kind"), Value(""), F("pk")),
        _as_told(forgotten, Told.FORGOTTEN, TruncDate("held_at"), Value(""), Value(""), F("pk")),
        _as_told(replied, Told.REPLIED, TruncDate("answered_at"), F("answer"), Value(""), F("pk")),
        _as_told(wishes, Told.WISH, TruncDate("asked_at"), Value(""), Value(""), F("pk")),
        _as_told(warned, Told.WARNED, TruncDate("made_at"), Value(""), Value("")),
        _as_told(asked_why, Told.WHY, TruncDate("asked_at"), Value(""), Value("")),
        _as_told(looks, Told.AGAIN, TruncDate("since"), Value(""), Value(""), F("statement")),
    )


def _taken_over(ships: QuerySet[Coachship]) -> QuerySet[Any]:
    """Those that began on the day on which those of another coach ended."""
    earlier = Coachship.objects.kept().filter(dossier=OuterRef("dossier"), is_stand_in=False, until=OuterRef("since"))
    last = earlier.exclude(coach=OuterRef("coach")).order_by("-since")
    before = Subquery(last.values("coach__first_name")[:1])
    return ships.filter(is_stand_in=False).annotate(before=before).exclude(before=None)


_GIVER = Coalesce(F("given_by__first_name"), Value(""))
_SPECIALIST = Coalesce(NullIf(F("specialist__name"), Value("")), F("specialist__organisation"))
_HOW_IT_WENT = Concat(F("moment"), Value(" "), F("outcome"))
_NO_ROW = Cast(Value(None), UUIDField())  # PostgreSQL wants to know of what kind nothing is
_ABOUT_HELP = (F("pk"), F("specialist__phone"))


def _as_told(
    rows: QuerySet[Any], sort: str, on: Any, topic: Any, whom: Any, line: Any = None, phone: Any = None
) -> QuerySet[Any]:
    rows = rows.order_by().annotate(sort=Value(sort), on=F(on) if isinstance(on, str) else on, topic=topic, whom=whom)
    rows = rows.annotate(row=line or _NO_ROW, phone=phone or Value(""))
    return rows.values_list("sort", "dossier_id", "on", "topic", "whom", "row", "phone")


def _sections(rows: Iterable[Row]) -> dict[UUID, set[str]]:
    """What will be read of whom: no more than stands on the page."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        line = row.appointment if isinstance(row, Remind) else row
        found[row.dossier_id] |= {line.section} if isinstance(line, Appointment | Step) else set()
    return found
