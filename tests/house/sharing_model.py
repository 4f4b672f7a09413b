"""Who may read what, said once more in a dictionary: a tiny world to play the real one against.

One dossier; his youth sem, his mother ria (who comes in with a link and a code), the coaches noor and bram (who is a
coach in another town as well), the professional dana; lotte says who coaches whom, fem gives the roles. A step with a
small step in it can be shared by itself, and so can that small step. dana may be asked to think along about a warning,
and whoever has the link of one reads it without an account. Nothing in here asks the house: it is written from
docs/access.md, and the machine compares the two.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STAFF = ("noor", "bram", "dana")
COACHES = ("noor", "bram")
EVERYBODY = ("sem", *STAFF)
ALSO_ELSEWHERE = {"bram"}
EVERYTHING = {
    "identity", "plan", "appointments", "scores", "contacts", "work", "money", "health", "living", "family",
    "justice", "story", "messages",
}  # fmt: skip
LENT = {"identity", "plan", "appointments", "scores", "contacts", "work", "living"}
FOUR_HOURS = timedelta(hours=4)
THREE_DAYS = timedelta(hours=72)
HERE = ZoneInfo("Europe/Amsterdam")

# Of each page: the two sections it shows of those two that the world is about, and who gets it at all.
# "reads" also for who has the emergency button; "writes" for who walks along.
PAGES = {
    "coach:plan": ("reads", {"plan"}),
    "coach:network": ("reads", {"family"}),
    "coach:timeline": ("reads", {"plan"}),
    "coach:propose": ("writes", {"plan"}),
    "coach:shared_section plan": ("shared", {"plan"}),
    "coach:shared_section family": ("never", {"family"}),
    "youth:plan": ("own", {"plan"}),
    "youth:people": ("own", {"family"}),
}


# What somebody sees who was given the plan, the step, or the small step alone.
BRINGS = {"": {"plan", "step", "piece"}, "step": {"step", "piece"}, "piece": {"piece"}}


@dataclass
class Given:
    to: str
    section: str
    until: date
    thing: str = ""  # one thing out of it: the step, or its small step
    is_typed: bool = False  # he said yes aloud, and his coach typed it
    is_stopped: bool = False


@dataclass
class Button:
    by: str
    until: datetime
    is_stopped: bool = False


@dataclass
class Warned:
    """Something that is told without his yes; dana thinks along."""

    is_acute: bool
    made_at: datetime
    tells_at: datetime
    times_postponed: int
    hours: int
    given_by: str = ""
    until: datetime | None = None
    answer: str = ""
    is_stopped: bool = False
    was_read: bool = False


@dataclass
class World:
    """What happened, and nothing clever."""

    now: datetime
    coach: str = "noor"
    has_ended: bool = False
    given: list[Given] = field(default_factory=list)
    stand_ins: list[tuple[str, date]] = field(default_factory=list)  # who, and the first day without
    buttons: list[Button] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    has_way: bool = False  # whether ria's link works

    @property
    def today(self) -> date:
        return self.now.astimezone(HERE).date()

    def morning_of(self, day: date) -> datetime:
        return datetime.combine(day, time.min, tzinfo=HERE)

    # who is what, now

    def works_here(self, who: str) -> bool:
        return who in STAFF and who not in self.gone

    def coaches(self, who: str) -> bool:
        return self.works_here(who) and who == self.coach

    def stands_in(self, who: str) -> bool:
        return self.works_here(who) and any(name == who and self.today < until for name, until in self.stand_ins)

    def button_of(self, who: str) -> Button | None:
        """The one that runs."""
        running = [b for b in self.buttons if b.by == who and not b.is_stopped and self.now < b.until]
        return running[0] if running and self.works_here(who) else None

    def shared_with(self, who: str) -> set[str]:
        return {given.section for given in self._held_by(who) if not given.thing}

    def is_shown_one_thing(self, who: str) -> bool:
        """One of the steps: by itself, or because its section is shared as a whole."""
        return bool(self._held_by(who))

    def _held_by(self, who: str) -> list[Given]:
        if not self.works_here(who) and who not in {*ALSO_ELSEWHERE, "ria"}:  # it ends with his last post (decision 9)
            return []
        return [given for given in self.given if given.to == who and not given.is_stopped and self.today <= given.until]

    def ria_sees(self) -> set[str]:
        """On her page: a step brings its small step. Without a way in what is shared opens nothing."""
        held = self._held_by("ria") if self.has_way else []
        return {what for given in held for what in BRINGS[given.thing]}

    def may_share(self, who: str, to: str, section: str, *, aloud: bool) -> bool:
        """The youth himself; his own coach what he says aloud, and never to himself."""
        is_his_word = aloud and self.coaches(who) and who != to and not self.has_ended
        return section != "family" and (who == "sem" or is_his_word)

    def to_confirm(self) -> set[int]:
        """What was typed for him, runs, and waits for him to say that it was so."""
        return {
            number
            for number, given in enumerate(self.given)
            if given.is_typed and not given.is_stopped and self.today <= given.until
        }

    # what follows from it

    def ground(self, who: str, section: str) -> str:
        """Why this opens for him, as the reading log says it; empty when it does not."""
        if who == "sem":
            return "youth"
        if self.coaches(who):
            return "coach"
        if self.stands_in(who) and section in LENT:
            return "stand_in"
        if section in self.shared_with(who):
            return "grant"
        return "emergency" if self.button_of(who) else ""

    def reads(self, who: str) -> set[str]:
        return {section for section in EVERYTHING if self.ground(who, section)}

    def has_in_caseload(self, who: str) -> bool:
        return self.coaches(who) or self.stands_in(who)

    def gets(self, who: str, page: str) -> bool:
        """Whether this page is there for him; otherwise it is the page of what does not exist."""
        kind, shows = PAGES[page]
        if kind == "own":
            return who == "sem"
        if kind == "shared":
            return shows <= self.shared_with(who)
        if kind == "writes":
            return self.has_in_caseload(who)
        return kind == "reads" and (self.has_in_caseload(who) or self.button_of(who) is not None)

    def shows(self, who: str, page: str) -> set[str]:
        """Which of the sections of this page stand on it for him."""
        return PAGES[page][1] & self.reads(who) if self.gets(who, page) else set()

    # what is told without his yes

    def may_warn(self, who: str) -> bool:
        return self.has_in_caseload(who) or self.button_of(who) is not None

    def may_give(self, who: str, warned: Warned) -> bool:
        is_fine = warned.answer == "yes" or (warned.is_acute and not warned.answer)
        is_over = warned.given_by or warned.is_stopped or self.now >= warned.made_at + THREE_DAYS
        return self.may_warn(who) and is_fine and not is_over

    def is_told(self, warned: Warned) -> bool:
        """Whether the youth reads of it."""
        return self.now >= warned.tells_at

    def may_wait_longer(self, who: str, warned: Warned) -> bool:
        return self.may_warn(who) and not self.is_told(warned) and warned.times_postponed == 1

    def link_opens(self, warned: Warned) -> bool:
        """For whoever has it: in time, and while who gave it works here."""
        is_open = warned.until is not None and self.now < warned.until
        return is_open and not warned.is_stopped and warned.answer != "no" and self.works_here(warned.given_by)

    def second_reads(self, who: str) -> bool:
        """What dana was asked is hers to read as long as she works here, and nobody else's."""
        return who == "dana" and self.works_here(who)
