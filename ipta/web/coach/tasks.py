"""The lines of Vandaag: about whom, what, what to know before calling or visiting, and what can be done about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import quote, urlencode
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.corrections.rules import answer_by
from ipta.dossiers.models import Appointment, Dossier, Step
from ipta.plans.models import PlanVersion
from ipta.sharing.door import Reader
from ipta.sharing.rules import SECTION_NAMES
from ipta.web import reminding, when
from ipta.web.coach import people
from ipta.web.coach.appointments import in_words
from ipta.web.coach.chain import Line
from ipta.web.coach.people import Youth
from ipta.web.hrefs import call_href, href
from ipta.web.templatetags.ipta_ui import clock, day_clock, short_day
from ipta.web.templatetags.ipta_ui import day as day_in_words
from ipta.wraparound.models import Condition, Invitee


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody who was not spoken for longer than fits his guidance."""

    dossier_id: UUID
    since: date


@dataclass(frozen=True, slots=True)
class Told:
    """Who soon reads no longer, who comes to walk along or stops, that the youth said something himself, or that a
    specialist answered or is late."""

    GRANT: ClassVar = "grant"
    STAND_IN: ClassVar = "stand_in"
    VIEW: ClassVar = "view"
    SAID: ClassVar = "said"  # by himself, in the talk
    OWN: ClassVar = "own"  # whether what another said is right
    NEWS: ClassVar = (VIEW, SAID, OWN)  # what the youth said himself
    MESSAGE: ClassVar = "message"  # from him, and nobody opened it yet
    KEPT: ClassVar = "kept"
    ANSWER: ClassVar = "answer"
    LATE: ClassVar = "late"
    REMINDED: ClassVar = "reminded"  # in `section`: of which moment, and what came of it
    TAKEN: ClassVar = "taken"  # over from another coach
    GIVEN: ClassVar = "given"  # over to another coach, on a day to come
    LENT: ClassVar = "lent"  # to me, who stands in
    AGAIN: ClassVar = "again"  # what another said does not fit, and nobody said what came of it
    TABLE: ClassVar = "table"  # what was agreed at the table came true; in `section` of which kind
    FORGOTTEN: ClassVar = "forgotten"  # a difficult point did not come on the table, and not both said why
    REPLIED: ClassVar = "replied"  # somebody answered his invitation himself; in `section` what
    WISH: ClassVar = "wish"  # he asks to change a line
    WARNED: ClassVar = "warned"  # something was told without his yes, by whoever it was
    WHY: ClassVar = "why"  # I am asked why I looked: of somebody I may not know any more
    COMES: ClassVar = "comes"  # to me, on a day to come: whom it is about I may not know yet

    kind: str
    dossier_id: UUID
    on: date
    section: str
    who: str
    line: UUID | None = None  # of a question to a specialist, or of what another said
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody of whom everything goes on a day, if he does not say yes. `is_kept`: it was put off already."""

    dossier_id: UUID
    on: date
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Remind:
    """An appointment of which the coach sends a reminder himself. `failed`: another way did not work."""

    appointment: Appointment
    moment: str
    failed: bool

    @property
    def dossier_id(self) -> UUID:
        return self.appointment.dossier_id


def is_acute(row: Any) -> bool:
    """Whether it is a direct action: what cannot wait."""
    return isinstance(row, Step) and row.kind == Step.Kind.DIRECT


Row = Remind | Appointment | Step | PlanVersion | Quiet | Told | Leaving


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done with one tap. `sends`: it changes something; without it the way leads to a page."""

    label: str | Promise
    href: str
    icon: str = ""
    sends: Mapping[str, str] | None = None
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    youth: Youth
    name: str  # as one calls him in this caseload
    title: str
    under: str
    icon: str
    first: Action  # in sight; the others after a tap on the line
    others: Sequence[Action] = ()
    time: str = ""
    text: str = ""
    tone: str = ""
    warns: bool = False  # he is about to be met or called: what to know stands in sight


WISH_IS_NEAR = timedelta(days=7)
NOTE, READ, LOOK, DONE = _("Notitie"), _("Lees"), _("Bekijk"), _("Gedaan")


@dataclass(frozen=True, slots=True)
class Teller:
    """Says the rows of one page in words."""

    reader: Reader
    dossiers: Mapping[UUID, Dossier]
    youths: Mapping[UUID, Youth]
    names: Mapping[UUID, str]
    works: Mapping[UUID, Line]  # what works to reach him, where that is shown
    today: date
    tomorrow: date
    here: str

    def tasks(self, rows: Sequence[Row]) -> list[Task]:
        tell: dict[type, Callable[[Any], Task]] = {
            Appointment: self._meeting,
            Remind: self._remind,
            Step: self._promise,
            PlanVersion: self._waiting,
            Quiet: self._quiet,
            Told: self._told,
            Leaving: self._leaving,
        }
        return [tell[type(row)](row) for row in rows]

    def _task(self, dossier: UUID, title: str, under: str, icon: str, first: Action, **rest: Any) -> Task:
        youth = self.youths[dossier]
        others = [*rest.pop("others", ()), *self._ways(dossier), Action(NOTE, youth.note_href, "note")]
        others = [action for action in others if action.href != first.href]
        return Task(youth, self.names.get(dossier, youth.called), title, under, icon, first, others, **rest)

    def _ways(self, dossier: UUID) -> list[Action]:
        ways = people.ways_to(self.reader, self.dossiers[dossier])
        calls = [Action(_("Bellen"), way.call, "phone") for way in ways if way.call]
        return calls + [Action(_("Appen"), way.chat, "chat", is_outside=True) for way in ways if way.chat]

    def _meeting(self, row: Appointment) -> Task:
        (shown,) = in_words(self.reader, [row])
        ids = (row.dossier_id, row.pk)
        file = Action(_("In de agenda"), href("coach:calendar_file", *ids), "calendar")
        off = Action(_("Ging niet door"), f"{href('coach:call_off', *ids)}?next={self.here}")
        went = Action(_("Gelukt"), href("coach:close_appointment", *ids), "", self._sends(outcome="happened"))
        days = (timezone.localdate(row.starts_at) - self.today).days
        if days < 0:
            under = gettext("%(when)s · hoe ging het?") % {"when": day_clock(row.starts_at)}
            return self._task(row.dossier_id, shown.what, under, "calendar", went, others=[off], tone="sun")
        note = Action(NOTE, href("coach:note_about", row.dossier_id))
        others = [off, went] if shown.has_been else [off, file]
        time = clock(row.starts_at).partition(" ")[0] if days == 0 else ""
        under = shown.under if days == 0 else day_clock(row.starts_at)
        first = went if shown.has_been else note
        text = shown.under if days else ""
        return self._task(
            row.dossier_id, shown.what, under, "calendar", first, others=others, time=time, text=text, warns=True
        )

    def _remind(self, row: Remind) -> Task:
        meeting, dossier = row.appointment, self.dossiers[row.dossier_id]
        at = {"when": day_clock(meeting.starts_at)}
        said = (
            gettext("Herinnering kwam niet aan: %(when)s") if row.failed else gettext("Stuur een herinnering: %(when)s")
        )
        words = urlencode({"text": reminding.chat_words(self.reader, meeting, dossier, row.moment)}, quote_via=quote)
        chats = [way.chat for way in people.ways_to(self.reader, dossier) if way.chat]
        app = [Action(_("Appen"), f"{chats[0]}?{words}", "chat", is_outside=True)] if chats else []
        sent = Action(
            _("Gestuurd"), href("coach:reminded", row.dossier_id, meeting.pk), "", self._sends(moment=row.moment)
        )
        first, others = (app[0], [sent]) if app else (sent, [])
        what = self.reader.text(meeting.what)
        return self._task(row.dossier_id, said % at, what, "clock", first, others=others, warns=True)

    def _promise(self, step: Step) -> Task:
        ids = (step.dossier_id, step.pk)
        due = when.due(step.due_on, self.today)
        others = [
            Action(_("Morgen"), href("coach:postpone", *ids), "", self._sends(until=self.tomorrow.isoformat())),
            Action(_("Later"), href("coach:step", *ids)),
        ]
        done = Action(DONE, href("coach:finish", *ids), "", self._sends())
        text = self.reader.text(step.text)
        if is_acute(step):
            helpers, under = self._helpers(step), gettext("nu eerst")
            others = [*helpers, *others]
            return self._task(step.dossier_id, text, under, "flag", done, others=others, tone="thread")
        return self._task(step.dossier_id, text, self._promised(step) % {"due": due}, "check", done, others=others)

    def _helpers(self, step: Step) -> list[Action]:
        """The specialist of this domain beside it: to ask, and to call."""
        known: Any = step  # with what Vandaag brought along
        if not known.on_call:
            return []
        name, _line, phone = known.on_call.partition("\n")
        who = {"who": name}
        page = f"{href('coach:ask_help', step.dossier_id)}?voor={known.field}"
        ask, call = Action(gettext("Vraag %(who)s") % who, page, "question"), call_href(phone)
        return [ask, *([Action(gettext("Bel %(who)s") % who, call, "phone")] if call else [])]

    def _promised(self, step: Step) -> str:
        if step.owner == Step.Owner.COACH:
            return gettext("jij, %(due)s")
        if step.owner == Step.Owner.YOUTH:
            return gettext("doet hij of zij zelf, %(due)s")
        who = self.reader.text(step.owner_name) or str(step.get_owner_display()).lower()
        return f"{who.replace('%', '%%')}, %(due)s"

    def _quiet(self, row: Quiet) -> Task:
        days = (self.today - row.since).days
        words = ngettext("%(days)s dag stil", "%(days)s dagen stil", days) % {"days": days}
        youth = self.youths[row.dossier_id]
        kind = gettext("nog geen ja") if self.dossiers[row.dossier_id].is_scouted else youth.intensity.lower()
        ways = self._ways(row.dossier_id)
        works = self.works.get(row.dossier_id)
        careful = self.reader.json(self.dossiers[row.dossier_id].careful) or []
        text = works.line if works and works.is_allowed(careful) else ""
        # Who is not to be called just like that is called from the line itself, below what to know.
        first = ways[0] if ways and not youth.safety else Action(NOTE, youth.note_href)
        return self._task(row.dossier_id, words, kind, "chat", first, text=text, warns=True)

    def _leaving(self, leaving: Leaving) -> Task:
        day = gettext("vandaag") if leaving.on <= self.today else day_in_words(leaving.on)
        title = gettext("Zonder ja gaat alles weg: %(when)s") % {"when": day}
        says_yes = Action(_("Zegt ja"), href("coach:join", leaving.dossier_id), "heart")
        longer = Action(_("Langer"), href("coach:keep", leaving.dossier_id))
        first, others = (says_yes, []) if leaving.is_kept else (longer, [says_yes])
        return self._task(leaving.dossier_id, title, gettext("nog geen ja"), "clock", first, others=others, tone="sun")

    def _waiting(self, version: PlanVersion) -> Task:
        title = gettext("Het plan wacht op een ja")
        said: Any = version  # with who said yes, as `with_yeses` brings it along
        if said.youth_said_yes:
            under = gettext("op jouw ja")
        else:
            under = gettext("op de jongere") if said.coach_said_yes else gettext("op jullie allebei")
        read = Action(READ, href("coach:plan", version.dossier_id))
        return self._task(version.dossier_id, title, under, "plan", read)

    def _told(self, told: Told) -> Task:
        of_youth = {Told.AGAIN: self._again, Told.MESSAGE: self._message} | dict.fromkeys(Told.NEWS, self._news)
        of_youth |= {Told.TABLE: self._table, Told.FORGOTTEN: self._forgotten, Told.REPLIED: self._replied}
        of_youth |= {Told.WISH: self._wish}
        if told.kind in of_youth:
            return of_youth[told.kind](told)
        if told.line:
            return self._answered(told, told.line) if told.kind == Told.ANSWER else self._late(told, told.line)
        if told.kind in (Told.TAKEN, Told.LENT):
            return self._came(told)
        if told.kind == Told.GIVEN:
            title = gettext("%(who)s neemt het over") % {"who": told.who}
            look = Action(LOOK, href("coach:course", told.dossier_id))
            under = gettext("vanaf %(day)s") % {"day": short_day(told.on)}
            return self._task(told.dossier_id, title, under, "people", look)
        if told.kind == Told.GRANT:
            words = {
                "what": gettext(SECTION_NAMES[told.section]).lower(),
                "who": told.who or gettext("Iemand uit het netwerk"),
            }
            title, name, icon = gettext("%(who)s leest straks niet meer mee: %(what)s") % words, "grants", "share"
        else:
            title, name, icon = gettext("De vervanging door %(who)s stopt") % {"who": told.who}, "course", "people"
        until = gettext("tot %(day)s") % {"day": when.due(told.on, self.today)}
        return self._task(told.dossier_id, title, until, icon, Action(LOOK, href(f"coach:{name}", told.dossier_id)))

    def _news(self, told: Told) -> Task:
        titles = {
            Told.VIEW: (gettext("Zette een eigen kijk bij het dossier"), "timeline"),
            Told.SAID: (gettext("Schreef iets bij het gesprek"), "talk"),
            Told.OWN: (gettext("Zei of iets klopt"), "told"),
        }
        title, name = titles[told.kind]
        read = Action(READ, href(f"coach:{name}", told.dossier_id))
        return self._task(told.dossier_id, title, when.ago(told.on, self.today), "chat", read, tone="leaf")

    def _message(self, told: Told) -> Task:
        """Without a word of it: a list is no place where something is opened."""
        read = Action(READ, href("coach:open_messages", told.dossier_id), "", {})
        under = when.ago(told.on, self.today)
        return self._task(told.dossier_id, gettext("Stuurde een bericht"), under, "chat", read, tone="leaf")

    def _wish(self, told: Told) -> Task:
        """Until it is answered; by law within a month."""
        ids = (told.dossier_id, *([told.line] if told.line else []))
        under = gettext("antwoord uiterlijk %(day)s") % {"day": short_day(answer_by(told.on))}
        tone = "sun" if answer_by(told.on) <= self.today + WISH_IS_NEAR else ""
        read = Action(READ, href("coach:answer_correction", *ids))
        return self._task(told.dossier_id, gettext("Vraagt: verander dit"), under, "edit", read, tone=tone)

    def _again(self, told: Told) -> Task:
        under = gettext("wat een ander zei, %(when)s") % {"when": when.ago(told.on, self.today)}
        look = Action(LOOK, f"{href('coach:told', told.dossier_id)}#regel-{told.line}")
        return self._task(told.dossier_id, gettext("Kijk nog eens"), under, "eye", look)

    def _table(self, told: Told) -> Task:
        """By its kind alone: the words stand on the page where they choose."""
        kind = str(Condition.Kind(told.section).label).lower()
        under = gettext("jullie spraken af: %(kind)s. Dat is nu zo.") % {"kind": kind}
        look = Action(LOOK, href("coach:meeting", told.dossier_id))
        title = gettext("Nog een keer om tafel?")
        return self._task(told.dossier_id, title, under, "people", look, tone="sun", warns=True)

    def _forgotten(self, told: Told) -> Task:
        look = Action(LOOK, f"{href('coach:table', told.dossier_id)}#lastig")
        under = gettext("overleg van %(day)s") % {"day": short_day(told.on)}
        title = gettext("Een lastig punt kwam niet op tafel")
        return self._task(told.dossier_id, title, under, "warning", look, tone="sun")

    def _replied(self, told: Told) -> Task:
        read = Action(READ, f"{href('coach:meeting', told.dossier_id)}#wie")
        under = f"{Invitee.Answer(told.section).label}, {when.ago(told.on, self.today)}"
        return self._task(told.dossier_id, gettext("Antwoord op een uitnodiging"), under, "mail", read, tone="leaf")

    def _came(self, told: Told) -> Task:
        """Somebody new to walk along with: what to know stands at the top of his page."""
        if told.kind == Told.TAKEN:
            title = gettext("Overgenomen van %(who)s") % {"who": told.who}
            under = when.ago(told.on, self.today)
        else:
            title = gettext("Je vervangt %(who)s") % {"who": told.who}
            under = gettext("tot en met %(day)s") % {"day": short_day(told.on - timedelta(days=1))}
        read = Action(READ, href("coach:youth", told.dossier_id))
        return self._task(told.dossier_id, title, under, "people", read, tone="leaf", warns=True)

    def _answered(self, told: Told, line: UUID) -> Task:
        title = gettext("%(who)s antwoordde") % {"who": told.who}
        read = Action(READ, href("coach:read_answer", told.dossier_id, line), "", {})
        under = gettext("kwam %(when)s") % {"when": when.ago(told.on, self.today)}
        return self._task(told.dossier_id, title, under, "question", read, tone="leaf")

    def _late(self, told: Told, line: UUID) -> Task:
        title = gettext("%(who)s heeft nog niet geantwoord") % {"who": told.who}
        under = gettext("afgesproken: %(day)s") % {"day": when.due(told.on, self.today)}
        remind = Action(_("Herinner"), href("coach:help", told.dossier_id, line), "again")
        call = call_href(told.phone)
        others = [Action(gettext("Bel %(who)s") % {"who": told.who}, call, "phone")] if call else []
        return self._task(told.dossier_id, title, under, "question", remind, others=others)

    def _sends(self, **fields: str) -> dict[str, str]:
        return fields | {"next": self.here}
