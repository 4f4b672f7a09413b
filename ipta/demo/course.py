"""The course of a life: scout, picture, plan, work, and on until life is stable. Source: modelwerkwijze, "Stappen"."""

import random
from collections.abc import Callable, Mapping
from typing import Any, Final

from ipta.accounts.models import Person
from ipta.demo import finding, lists, strands
from ipta.demo.life import Life, Strand
from ipta.demo.people import SEED, Youth
from ipta.demo.scenes import play, relieve
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Intensity
from ipta.plans.rules import STRATEGIES
from ipta.scouting import commands as scouting
from ipta.scouting.models import Find

# How many days ago each of these was found: at least, at most.
FOUND_AGO: Final = {
    "scouted": (4, 35),  # with the days since Monday still within six weeks
    "fresh": (20, 40),
    "waiting": (58, 90),
    "searching": (100, 190),
    "working": (140, 420),
    "moved_coach": (300, 480),
    "setback": (230, 480),
    "light": (380, 520),
    "aftercare": (480, 700),
    "ended": (360, 690),
    "reopened": (480, 660),
}
PLACES: Final = [place for place in Find.Place.values if place != Find.Place.UNKNOWN]
KINDS: Final = ("trial", "experience", "job", "job", "internship")
THEMES: Final = {"fresh": 1, "waiting": 2, "searching": 2, "working": 2}  # the others have three


def found_ago(youth: Youth) -> tuple[int, int]:
    if youth.story:
        days = strands.read("lives")[youth.story]["found_ago"]
        return days, days
    return FOUND_AGO[youth.fate]


def course(life: Life) -> Strand:
    """From the first meeting on, as far as the days go."""
    life.enter_trade(life.around.trades.deal()["key"])
    yield from scouting_for(life)
    yield from picture(life)
    if life.youth.fate == "fresh":
        yield from talks(life)
    yield from planning(life)
    yield from _FATES.get(life.youth.fate, on_and_on)(life)


def scouting_for(life: Life) -> Strand:
    """Find him, keep trying, until the yes."""
    meet(life)
    yield life.any((1, 2))
    while life.youth.fate == "scouted" or (life.chance(0.45) and life.days_left > 18):
        _approach(life)
        yield life.any((3, 4, 6, 8))
    life.note("{approach}")
    yield life.any((2, 3, 5))
    welcome(life)
    yield life.any((2, 3, 4))


def meet(life: Life) -> None:
    kind, known = life.any(PLACES), finding.of(life.youth, life.around.finding_places)
    life.dossier = life.do(
        scouting.meet,
        life.around.municipality,
        nickname=life.youth.nickname,
        kind=known["place"].kind if "place" in known else kind,
        where=life.say("{where}"),
        introduced_by=life.say("{introducer}"),
        introduction=life.say("{introduction}"),
        wants=life.say("{wants}"),
        safety=life.say("{safety}"),
        reach=_reach(life),
        on=life.day,
        package_id=life.youth.package_id,
        **known,
    ).dossier
    life.know_coaches()


def _reach(life: Life) -> dict[str, str]:
    """Numbers that nobody has: 06-00 is not given out."""
    number = f"06 0000 {life.rng.randint(1000, 9999)}"
    ways = (
        {"whatsapp": number},
        {"phone": number},
        {"social": life.say("Snap: {bijnaam}_")},
        {"via": life.say("{maat}")},
    )
    return dict(life.any(ways))


def _approach(life: Life) -> None:
    if life.chance(0.4):
        life.note("{missed}", life.any(("called", "whatsapp", "visit")), reached=False)
    else:
        life.note("{approach}", place="{plein}")


def welcome(life: Life) -> None:
    life.note("{said_yes}", place="{plek}")
    year = life.today.year - life.youth.age - 1
    life.do(
        scouting.welcome,
        life.dossier,
        first_name=life.youth.first_name,
        last_name=life.youth.last_name,
        born=life.any((str(year), f"{life.rng.randint(1, 28)} {life.any(_MONTHS)} {year}")),
        on=life.day,
        **finding.how_he_said_yes(life.youth),
    )


_MONTHS: Final = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "oktober", "november")


def picture(life: Life) -> Strand:
    """Talk as equals, then the two sheets side by side. What weighs most, begins at once."""
    life.themes = [_deal_theme(life) for _ in range(THEMES.get(life.youth.fate, 3))]
    for theme in life.themes:
        life.levels[theme["domain"]] = min(life.levels[theme["domain"]], theme["level"])
    life.note("{picture}")
    for kind in ("family", life.any(("friend", "other"))):
        _add_person(life, kind)
    yield life.any((3, 4, 5))
    if life.chance(0.6):
        life.note("{picture_more}")
    if life.youth.fate == "fresh":
        return
    rate(life)
    life.start("scans", later_scans(life), after=life.any((95, 110, 125)))
    life.start("theme 0", play(life, life.themes[0]["scenes"], life.themes[0]["domain"]))
    pause = life.any((2, 4, 6))
    life.start("skills", lists.skills(life), after=16)
    if life.chance(0.4):
        life.start("check-ins", lists.check_ins(life), after=20)
    yield pause


def _deal_theme(life: Life) -> dict[str, Any]:
    """A theme for which he has the years, on a domain that has none yet."""
    youth, busy = life.youth, {theme["domain"] for theme in life.themes}

    def fits(theme: Mapping[str, Any]) -> bool:
        least, most = theme.get("ages", (16, 27))
        is_apart = theme.get("she", False) > youth.is_she or theme.get("he", False) > (not youth.is_she)
        return least <= youth.age <= most and not is_apart and theme["domain"] not in busy

    return dict(life.around.themes.deal(fits))


def _add_person(life: Life, kind: str) -> None:
    name, relation, helps_with = life.say(f"{{{kind}}}").split("|")
    life.person(kind, name, relation, helps_with)


def rate(life: Life) -> None:
    """Both sheets. What is at level 1 asks for something at once."""
    for step in life.scan("{scan_coach}", "{scan_own}"):
        texts = life.around.teller.lists.get(f"direct_{step.domain}", ["{direct_any}"])
        life.note(texts, "called")
        life.start(f"direct {step.domain}", relieve(life, step), after=1)


def later_scans(life: Life) -> Strand:
    while True:
        rate(life)
        yield life.any((180, 210))


def planning(life: Life) -> Strand:
    """The plan, the people around it, and the match: first the plan, the rest overlaps."""
    life.phase("match")
    life.note("{plan_talk}")
    propose(life)
    life.start("talks", talks(life), after=life.any((4, 6, 8)))
    if life.youth.fate == "waiting":
        life.agree("coach")
        yield life.days_left + 9
        return
    yield life.any((1, 1, 2, 5))
    life.agree("coach", life.any(("youth", "youth", "youth", "aloud")))
    for number, theme in enumerate(life.themes[1:], start=1):
        life.start(
            f"theme {number}",
            play(life, theme["scenes"], theme["domain"]),
            after=life.any((10, 20, 30)) * number * number,
        )
    yield life.any((7, 10, 14))
    if life.chance(0.8):
        life.note("{wrap}")
        life.promise("{step_network}", "network", days=10, name=life.words["steunnaam"])
        life.share("plan", life.any(("debt", "housing")), "{purpose_plan}", days=life.any((60, 92, 180)))
        yield life.any((5, 9))
    life.note("{job_search}")
    yield life.any((6, 10))


def propose(life: Life) -> None:
    """A text of the plan, from what is going on in this life."""
    goals = [_goal(life, theme) for theme in life.themes]
    work = {
        "domain": "work",
        "goal": life.say("{goal_work}"),
        "youth": life.trade["wish"],
        "coach": life.say("{coach_work}"),
    }
    elements = {
        "most_important": life.say("{most_important}"),
        "youth_does": _lines(life, "does", "{does}"),
        "youth_learns": _lines(life, "learns", "{learns}"),
        "network_does": _lines(life, "network", "{network}"),
        "taken_over": _lines(life, "over", "{over}"),
        "remember": _lines(life, "remember", "{remember}"),
    }
    voices = {name: {"youth": words, "coach": ""} for name, words in elements.items()}
    dice = random.Random(f"{SEED} {life.youth.slug} voices")  # noqa: S311 - an invented life
    for name in dice.sample(sorted(voices), 3):  # he need not add something everywhere
        voices[name]["coach"] = life.around.teller.tell([f"{{coach_{name}}}"], life.words, dice)
    life.propose([work, *goals], voices, life.any(list(STRATEGIES)))


def _goal(life: Life, theme: Mapping[str, Any]) -> dict[str, str]:
    return {"domain": theme["domain"], **{name: life.say(theme[name]) for name in ("goal", "youth", "coach")}}


def _lines(life: Life, name: str, usual: str) -> str:
    """What the themes bring to this element of the plan, and one line of his own."""
    of_themes = [life.say(theme[name]) for theme in life.themes if name in theme][:2]
    return "\n".join([*of_themes, life.say(usual)])


def talks(life: Life) -> Strand:
    """They see each other: every week or two, later less."""
    while not life.is_over:
        _talk(life)
        yield _rest(life)


def _rest(life: Life) -> int:
    """The days until they speak again: in the last weeks, who is guided intensively is spoken every few days."""
    rest = life.any(_REST[life.dossier.intensity])
    if life.dossier.intensity != Intensity.INTENSIVE:
        return rest
    return min(rest, max(life.days_left - 25, life.any((4, 5, 6))))


_REST: Final[dict[str, tuple[int, ...]]] = {
    Intensity.INTENSIVE: (24, 33, 41, 48),
    Intensity.LIGHT: (24, 29),
    Intensity.AFTERCARE: (45, 60, 75),
}
_TALKS: Final = (
    ("met", "{talk_open} {talk_about}"),
    ("met", "{talk_open} {talk_about} {talk_close}"),
    ("met", "{talk_about} {talk_close}"),
    ("visit", "{talk_about}"),
    ("whatsapp", "{app}"),
    ("whatsapp", "{app}"),
    ("called", "{call}"),
)
_AFTERCARE: Final = (("called", "{aftercare_call}"), ("whatsapp", "{aftercare_app}"), ("met", "{aftercare_met}"))


def _talk(life: Life) -> None:
    if life.chance(0.08):
        life.note("{missed}", life.any(("called", "whatsapp")), reached=False)
        return
    channel, texts = life.any(_TALKS)
    if life.dossier.intensity == Intensity.AFTERCARE:
        channel, texts = life.any(_AFTERCARE)
    note = life.note(texts, channel)
    if life.chance(0.1):
        life.view(note, "{view}")
    if life.chance(0.2):
        life.look(life.coach, "identity", "contacts", "plan")
    if life.chance(0.1):
        life.look(life.himself, "identity", "contacts", "plan")
    _promises(life)


def _promises(life: Life) -> None:
    if life.chance(0.2):
        owner = life.any(("youth", "coach"))
        life.promise(f"{{step_{owner}}}", owner, days=life.any((3, 5, 7, 10)))
    if life.chance(0.22):
        appoint(life, days=life.any((2, 4, 6)), at=f"{life.rng.randint(9, 17)}.{life.any(('00', '15', '30', '45'))}")
    if life.chance(0.05):
        life.note("{win}", celebrate=True)


def appoint(life: Life, *, days: int, at: str) -> None:
    what, place = life.say("{appointment}").split("|")
    life.appoint(what, days=days, at=at, place=place, travel="{appointment_travel}", bring="{appointment_bring}")


# work


def on_and_on(life: Life) -> Strand:
    """A place, and after that another one, until today. Who is looking has none yet."""
    while life.youth.fate == "searching":
        life.note(life.any(("{job_search}", "{job_visit}")))
        yield life.any((14, 20, 26))
    while True:
        yield from working(life, life.any((70, 110, 160, 220)))
        yield from afresh(life)


def working(life: Life, days: int) -> Strand:
    """A firm, a first day, and so many days of work; it stops when days are left after that."""
    life.note("{job_visit}")
    yield life.any((3, 6, 9))
    life.place(life.any(KINDS))
    yield life.any((2, 4, 7))
    if not life.dossier.phasespan_set.filter(phase="coach").exists():
        life.phase("coach")
    life.begin_work()
    life.note(_untold(life, [life.trade["first"]], "{job_first}"), place="{bedrijf}")
    for domain in ("work", "time"):
        life.shift(domain, 1)
    if life.days_left < days + 40:
        days = 999
    yield from _work_days(life, days)
    reason, note, words = life.any(life.trade["hard"])
    life.note(_untold(life, [note], "{job_hard}"))
    yield life.any((5, 8, 12))
    life.stop_work(reason, _untold(life, [words], "{job_stop}"))
    life.shift("work", -1)
    yield life.any((6, 12))


def _work_days(life: Life, days: int) -> Strand:
    since = life.day
    while (life.day - since).days < days:
        yield life.any((40, 55, 70))
        if life.chance(0.12):
            life.note(_untold(life, [life.trade["win"]], "{win}"), celebrate=True)
            life.shift("work", 1)
        else:
            life.note(_untold(life, life.trade["good"], "{job_good}"))


def _untold(life: Life, of_trade: list[str], usual: str) -> str:
    """What belongs to this trade alone is told once; after that the usual words."""
    fresh = [text for text in of_trade if text not in life.around.special]
    if not fresh or life.chance(0.3):
        return usual
    text = life.any(fresh)
    life.around.special.add(text)
    return text


def afresh(life: Life) -> Strand:
    """Another trade, and a new text of the plan."""
    life.enter_trade(life.around.trades.deal()["key"])
    life.note("{plan_again}")
    propose(life)
    yield life.any((1, 3))
    life.agree("coach", "youth")
    life.note("{job_search}")
    yield life.any((9, 15, 22))


# how it goes on


def falling_back(life: Life) -> Strand:
    """Work, a setback, and beginning again."""
    yield from working(life, life.any((45, 70)))
    for _ in range(2):
        life.note("{setback}", life.any(("met", "called", "visit")))
        life.shift(life.any(("mental", "substances", "network", "justice")), -1)
        yield life.any((3, 6))
        life.note("{after_setback}")
        yield life.any((20, 40, 60))
    yield from afresh(life)
    yield from on_and_on(life)


def getting_lighter(life: Life) -> Strand:
    """It goes well: less often, then only aftercare, and for some a good end."""
    yield from working(life, life.any((60, 90)))
    yield from afresh(life)
    life.start("work", working(life, 999))
    yield life.any((60, 90))
    yield from _lighten(life, Intensity.LIGHT)
    if life.youth.fate == "light":
        return
    yield life.any((70, 90))
    yield from _lighten(life, Intensity.AFTERCARE)


def _lighten(life: Life, intensity: Intensity) -> Strand:
    for domain in life.levels:
        life.shift(domain, 1)
    life.note("{light}" if intensity == Intensity.LIGHT else "{aftercare_met}")
    life.do(dossiers.set_intensity, life.dossier, intensity=intensity)
    yield 1


def ending(life: Life) -> Strand:
    """A good end, or another one that judges nobody."""
    how = life.youth.ending
    if how == "stable":
        yield from getting_lighter(life)
    else:
        yield from working(life, life.any((40, 70)))
    yield max(life.days_left - life.rng.randint(15, 120), 5)
    life.note(_GOODBYES.get(how, "{goodbye_other}"), reached=how != "no_contact", celebrate=how == "stable")
    life.do(dossiers.end, life.dossier, reason=how, on=life.day)
    life.is_over = True


_GOODBYES: Final = {"stable": "{goodbye}", "no_contact": "{goodbye_gone}"}


def coming_back(life: Life) -> Strand:
    """Stopped, and back: everything is still there."""
    yield from working(life, life.any((50, 80)))
    life.note("{goodbye_other}")
    life.do(dossiers.end, life.dossier, reason="stopped", on=life.day)
    life.is_over = True
    yield max(life.days_left - life.rng.randint(60, 150), 30)
    life.is_over = False
    life.do(dossiers.reopen, life.dossier, on=life.day)
    life.note("{back}")
    life.start("talks again", talks(life), after=5)
    yield from afresh(life)
    yield from on_and_on(life)


def changing_coach(life: Life) -> Strand:
    """His first coach hands him over to the one of now."""
    yield from working(life, life.any((60, 100)))
    was, life.coach = life.coach, life.around.coach
    life.words["coach"] = life.coach.first_name
    life.do(dossiers.hand_over, life.dossier, to=life.coach, on=life.day, by=was)
    life.dossier.refresh_from_db()
    life.know_coaches()
    yield 1
    life.note("{handed}")
    yield from afresh(life)
    yield from on_and_on(life)


def first_coach(life: Life) -> Person:
    return life.around.colleague if life.youth.fate == "moved_coach" else life.around.coach


_FATES: Final[dict[str, Callable[[Life], Strand]]] = {
    "setback": falling_back,
    "light": getting_lighter,
    "aftercare": getting_lighter,
    "ended": ending,
    "reopened": coming_back,
    "moved_coach": changing_coach,
}


def by_hand(life: Life) -> Strand:
    """A life that was written down, scene by scene."""
    life.enter_trade(strands.read("lives")[life.youth.story]["trade"])
    return play(life, strands.read("lives")[life.youth.story]["scenes"])
