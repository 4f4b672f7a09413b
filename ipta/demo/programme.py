"""The demo programme: two years of the pilot in invented people, lived through the commands and ending today."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from ipta.accounts import commands as accounts
from ipta.accounts.founding import found
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.demo import course, finding, helping, law, reins, strands, tables
from ipta.demo.life import Around, Deck, Life, moment
from ipta.demo.people import SEED, Staff, Youth, staff, youths
from ipta.demo.today import Act, with_last_acts
from ipta.demo.words import Teller
from ipta.dossiers.models import Dossier, Specialist
from ipta.journal.commands import gathered
from ipta.scouting.models import FindingPlace
from ipta.sharing import commands as sharing
from ipta.sharing.queries import caseload_of
from ipta.sharing.review import Verdict, Week
from ipta.sharing.weeks import week_of, weeks_of
from ipta.workplaces import commands as workplaces
from ipta.workplaces.models import Workplace

BEGAN = timedelta(days=735)
STILL_OPEN = 2  # last week, and this one
Say = Callable[[str], object]


def aloud(text: str) -> None:
    print(text, flush=True)


def seed(how_many: int | None = None, say: Say = aloud) -> None:
    """Fill an empty database. `how_many` youths, taken evenly from all of them; all of them when None."""
    if Dossier.objects.exists():
        raise Impossible("Hier zijn al dossiers. De proef begint in een lege database.")
    programme = Programme()
    everybody = youths()
    chosen = everybody if how_many is None else [everybody[i * len(everybody) // how_many] for i in range(how_many)]
    lived = 0
    for coach, group in groupby(chosen, key=lambda youth: youth.coach):
        mine = list(group)
        around = programme.around(coach)
        for youth, last in with_last_acts(mine):
            programme.live(youth, around, last)
        lived += len(mine)
        say(f"  {lived:3} / {len(chosen)}  {around.coach.first_name}, {around.municipality}")
    for town in programme.towns:
        _of_late(town)
    programme.review()


def _of_late(town: "Town") -> None:
    """What is going on in a town these weeks, between the youths of its coaches and those around them."""
    finding.look_around(town.finding_places, by=town.coaches[-1])
    coach, specialist = town.coaches[0], town.specialists[0]
    busy_with = _busy_with(coach)
    helping.ask(busy_with[:2], specialist, by=coach)
    tables.sit_down(busy_with, by=coach)
    reins.hold(busy_with, by=coach, mental=town.professionals["mental"], housing=town.professionals["housing"])
    if town.officer:
        _by_law(town, town.manager, town.officer)


def _by_law(town: "Town", manager: Person, officer: Person) -> None:
    """Of the lives that were written by hand nothing is told or erased: their stories know nothing of it."""
    coach, other = town.coaches[0], town.coaches[-1]
    for dossier, tell in zip(reversed(_unwritten(_busy_with(coach))), (law.told, law.told_later), strict=False):
        tell(dossier, by=coach)
    for dossier in _unwritten(_busy_with(other))[-1:]:
        law.told_at_once(dossier, by=other)
    of_town = Dossier.objects.filter(municipality=town.municipality).select_related("municipality", "youth")
    law.answer(_unwritten(of_town.order_by("found_on", "package_id")), manager=manager, officer=officer)


def _unwritten(dossiers: Iterable[Dossier]) -> list[Dossier]:
    written = {youth.package_id for youth in youths() if youth.story}
    return [dossier for dossier in dossiers if dossier.package_id not in written]


def _busy_with(coach: Person) -> list[Dossier]:
    """The youths of this coach who take part, who was found first, first."""
    there = caseload_of(coach).filter(ended_on=None).exclude(joined_on=None)
    return list(there.select_related("municipality", "youth").order_by("found_on", "package_id"))


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with who works there, and where there is work."""

    municipality: Municipality
    manager: Person
    officer: Person | None  # of privacy: not in every town
    coaches: Sequence[Person]
    professionals: Mapping[str, Person]
    workplaces: Mapping[str, tuple[Workplace, str]]
    places: Sequence[str]
    finding_places: Sequence[FindingPlace]
    specialists: Sequence[Specialist]
    themes: Deck
    trades: Deck


class Programme:
    """The seven towns, and the lives in them."""

    def __init__(self) -> None:
        self.today = clock.today()
        self.monday = self.today - timedelta(days=self.today.weekday())
        self.teller, self.special = Teller(), set[str]()
        with clock.at(moment(self.monday - BEGAN, 9, 0)), gathered():
            by_town = groupby(staff(), key=lambda one: one.town)
            self.towns = [_open(number, list(group)) for number, (_, group) in enumerate(by_town)]

    def around(self, coach: str) -> Around:
        """What is around the lives of this coach, by his slug."""
        town, person = next(
            (town, person) for town in self.towns for person in town.coaches if person.email == f"{coach}@demo.ipta"
        )
        return Around(
            municipality=town.municipality,
            coach=person,
            colleague=next((other for other in town.coaches if other != person), person),
            professionals=town.professionals,
            workplaces=town.workplaces,
            places=town.places,
            finding_places=town.finding_places,
            themes=town.themes,
            trades=town.trades,
            teller=self.teller,
            special=self.special,
        )

    def live(self, youth: Youth, around: Around, last: Sequence[Act]) -> Dossier:
        """One life, from the first meeting until last night."""
        rng = random.Random(f"{SEED} {youth.slug} since")  # noqa: S311 - an invented life
        ago = rng.randint(*course.found_ago(youth))
        life = Life(youth, around, monday=self.monday, today=self.today, found_ago=ago)
        life.coach = course.first_coach(life)
        return life.live(course.by_hand(life) if youth.story else course.course(life), *last)

    def review(self) -> None:
        """The privacy officer signs each week on the Monday after it, and has the last one still before him."""
        for post in Post.objects.filter(role=Role.PRIVACY_OFFICER).select_related("person", "municipality"):
            weeks = [state.week for state in reversed(weeks_of(post.municipality))]
            for week in weeks[:-STILL_OPEN]:
                with clock.at(moment(week.monday + timedelta(days=7), 10, 0)), gathered():
                    _review(post.municipality, week, by=post.person)


def _review(municipality: Municipality, week: Week, *, by: Person) -> None:
    for one in week_of(municipality, week).found:
        sharing.judge(municipality, week, one.signal.key, verdict=Verdict.EXPLAINED, by=by)
    sharing.sign(municipality, week, by=by)


def _open(number: int, people: Sequence[Staff]) -> Town:
    """A municipality begins: its functional manager lets the others in, and the coaches make a book of workplaces."""
    manager, *others = people
    by = found(manager.town, manager.email, first_name=manager.first_name, last_name=manager.last_name)
    municipality = Municipality.objects.get(code=manager.town)
    employed = {one: _employ(one, municipality, by=by) for one in others}
    coaches = [person for one, person in employed.items() if one.role == "coach"]
    rng = random.Random(f"{SEED} {manager.town}")  # noqa: S311 - invented firms
    places = strands.read("people")["town"][number]["places"]
    return Town(
        municipality=municipality,
        manager=by,
        officer=next((person for one, person in employed.items() if one.role == Role.PRIVACY_OFFICER), None),
        coaches=coaches,
        professionals={one.trade: person for one, person in employed.items() if one.trade},
        workplaces=_book(number, municipality, rng, by=coaches[0]),
        places=places,
        finding_places=finding.book(municipality, places, by=coaches[0]),
        specialists=helping.directory(municipality, by=by),
        themes=Deck(strands.read("themes")["theme"], rng),
        trades=Deck(strands.read("trades")["trade"], rng),
    )


def _employ(one: Staff, municipality: Municipality, *, by: Person) -> Person:
    person = accounts.introduce(
        municipality,
        email=one.email,
        first_name=one.first_name,
        last_name=one.last_name,
        organisation=f"{one.organisation} {municipality}",
        by=by,
    )
    accounts.appoint(person, municipality=municipality, role=one.role, by=by)
    return person


def _book(
    number: int, municipality: Municipality, rng: random.Random, *, by: Person
) -> dict[str, tuple[Workplace, str]]:
    """The firm of each trade in this town, and the first name of its boss."""
    names = strands.read("people")["names"]
    book = {}
    for trade in strands.read("trades")["trade"]:
        boss = rng.choice(names[f"boss_{trade.get('boss', 'he')}"])
        words = {"employer": trade["firms"][number], "work": trade["work"], "mood": trade["mood"], "contact": boss}
        book[trade["key"]] = (workplaces.add(municipality, by=by, place=str(municipality), **words), boss)
    return book
