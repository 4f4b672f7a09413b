"""Who may read what, said once more in a dictionary: a tiny world to play the real one against.

One dossier; his youth sem, the coaches noor and bram (who is a coach in another town as well), the professional dana;
lotte says who coaches whom, fem gives the roles. Nothing in here asks the house: it is written from docs/access.md,
and the machine compares the two.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
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


@dataclass
class Given:
    to: str
    section: str
    until: date
    is_stopped: bool = False


@dataclass
class Button:
    by: str
    until: datetime
    is_stopped: bool = False


@dataclass
class World:
    """What happened, and nothing clever."""

    now: datetime
    coach: str = "noor"
    has_ended: bool = False
    given: list[Given] = field(default_factory=list)
    stand_ins: list[tuple[str, date]] = field(default_factory=list)  # who, and the first day without
    buttons: list[Button] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo("Europe/Amsterdam")).date()

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
        if not self.works_here(who) and who not in ALSO_ELSEWHERE:  # it ends with his last post (decision 9)
            return set()
        return {g.section for g in self.given if g.to == who and not g.is_stopped and self.today <= g.until}

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
