"""Scenes: how a strand of a life is written down in the texts, and played.

A strand is scenes with an empty line between them. A scene begins with the days since the one before ("8", "5-12");
each line after it is something that happens: a verb, its arguments, and the words.

    8
    met: Onder het bed ligt een tas vol dichte post. // Een la vol brieven, en allemaal dicht.
    youth 6: Alle post meenemen, ook de oude
    appoint 5 14.30: Gesprek over geld @ Stadhuis, balie 2 | bus 70 | legitimatie
    share money debt 92: Meekijken met de schulden
    paper money letter youth: Brief van de gemeente | Beste {naam}, // Kom langs op dinsdag.
    up money

`//` parts texts of which one is told; in a paper it parts the lines.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from ipta.demo.life import Life, Strand
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Step
from ipta.dossiers.rules import DOMAINS
from ipta.scouting import commands as scouting
from ipta.sharing.models import Grant

Line = tuple[str, list[str], str]  # verb, arguments, words
Scene = tuple[tuple[int, int], list[Line]]  # between how many days, what happens
Act = Callable[[Life, list[str], str], object]


@cache
def parsed(text: str) -> list[Scene]:
    return [_scene(block.splitlines()) for block in text.strip().split("\n\n")]


def _scene(lines: list[str]) -> Scene:
    least, _, most = lines[0].partition("-")
    return (int(least), int(most or least)), [_line(line) for line in lines[1:]]


def _line(line: str) -> Line:
    head, _, words = line.partition(": ")
    verb, *arguments = head.removesuffix(":").split()
    return verb, arguments, words.strip()


def play(life: Life, text: str, about: str = "") -> Strand:
    """Live these scenes one by one. `about`: the domain they are about; other scenes pass in between."""
    for (least, most), lines in parsed(text):
        yield life.rng.randint(least, most)
        life.about = about
        for verb, arguments, words in lines:
            VERBS[verb](life, arguments, words)


def relieve(life: Life, step: Step) -> Strand:
    """A direct action is done, and the worst is over."""
    life.finish(step)
    life.shift(step.domain, 1)
    yield from ()


def _texts(words: str) -> list[str]:
    return words.split(" // ")


def _parts(words: str, wanted: int) -> list[str]:
    """The words between the bars; what is left out is empty."""
    return [*(part.strip() for part in words.split("|")), *[""] * wanted][:wanted]


def _found(life: Life, arguments: list[str], words: str) -> None:
    where, introduced_by, introduction, wants, safety, reach = _parts(words, 6)
    life.dossier = life.do(
        scouting.meet,
        life.around.municipality,
        nickname=life.youth.nickname,
        kind=arguments[0],
        where=where,
        introduced_by=introduced_by,
        introduction=introduction,
        wants=wants,
        safety=safety,
        reach={"whatsapp": reach},
        on=life.day,
        package_id=life.youth.package_id,
    ).dossier
    life.know_coaches()


def _yes(life: Life, _: list[str], words: str) -> None:
    life.do(
        scouting.welcome,
        life.dossier,
        first_name=life.youth.first_name,
        last_name=life.youth.last_name,
        born=words,
        on=life.day,
    )


def _note(channel: str, *, reached: bool = True, celebrate: bool = False) -> Act:
    def write(life: Life, _: list[str], words: str) -> None:
        life.line = life.note(_texts(words), channel, reached=reached, celebrate=celebrate)

    return write


def _view(life: Life, _: list[str], words: str) -> None:
    assert life.line is not None  # noqa: S101 - a view stands beside a note
    life.view(life.line, _texts(words))


def _promise(owner: str) -> Act:
    def make(life: Life, arguments: list[str], words: str) -> None:
        """`pro 10 schulden money: ...`: in ten days, by whom, for which goal."""
        days, *rest = arguments
        domain = next((word for word in rest if word in DOMAINS), life.about)
        names = [word for word in rest if word not in DOMAINS]
        name = life.words.get(names[0], names[0]) if names else ""
        life.promise(_texts(words), owner, days=int(days), name=name, domain=domain)

    return make


def _appoint(life: Life, arguments: list[str], words: str) -> None:
    days, at = arguments
    what, _, rest = words.partition(" @ ")
    place, travel, bring = _parts(rest, 3)
    life.appoint(what, days=int(days), at=at, place=place, travel=travel, bring=bring)


def _person(life: Life, arguments: list[str], words: str) -> None:
    life.person(arguments[0], *_parts(words, 3))


def _share(life: Life, arguments: list[str], words: str) -> None:
    section, kind, days = arguments
    life.share(section, kind, _texts(words), days=int(days))


def _show(life: Life, arguments: list[str], words: str) -> None:
    """`show Fatiha plan 300: why`: a section; `show Fatiha appointment 60: why`: the appointment of last alone."""
    name, what, days = arguments
    if what == Grant.Item.APPOINTMENT:
        last = life.dossier.appointment_set.latest("starts_at")
        item = {"section": last.section, "item": last.pk, "item_kind": what}
        life.show(name, _texts(words), int(days), **item)
    else:
        life.show(name, _texts(words), int(days), section=what)


def _shift(by: int) -> Act:
    return lambda life, arguments, words: life.shift(arguments[0], by)


def _scan(life: Life, arguments: list[str], words: str) -> None:
    coach, own = _parts(words, 2)
    levels = {domain: int(level) for domain, _, level in (one.partition("=") for one in arguments)}
    for step in life.scan(coach, own, levels):
        life.start(f"direct {step.domain}", relieve(life, step), after=1)


def _card(life: Life, arguments: list[str], words: str) -> None:
    """`card work youth: ...`: typed by himself; `coach`: by the coach in his words; `seen`: what the coach noticed."""
    key, how = arguments
    life.card(key, "coach" if how == "seen" else "youth", how, words)


def _told(life: Life, arguments: list[str], words: str) -> None:
    """`told school 3: what was said | who said it`: three years ago."""
    life.told(arguments[0], int(arguments[1]), *_parts(words, 2))


def _goal(life: Life, arguments: list[str], words: str) -> None:
    goal, youth, coach = (life.say(part) for part in _parts(words, 3))
    life.goals.append({"domain": arguments[0], "goal": goal, "youth": youth, "coach": coach})


def _small(life: Life, _: list[str], words: str) -> None:
    """The step that was promised last, in small ones; the first is done."""
    life.cut(_texts(words))


def _element(life: Life, arguments: list[str], words: str) -> None:
    """`element remember: what the youth says | what the coach says`."""
    youth, coach = (part.replace(" // ", "\n") for part in _parts(words, 2))
    life.elements[arguments[0]] = {"youth": youth, "coach": coach}


def _propose(life: Life, arguments: list[str], _: str) -> None:
    life.propose(life.goals, life.elements, arguments[0])


def _place(life: Life, arguments: list[str], words: str) -> None:
    life.enter_trade(arguments[0])
    life.place(arguments[1], words)


def _paper(life: Life, arguments: list[str], words: str) -> None:
    section, form, *by = arguments
    name, lines = _parts(words, 2)
    life.paper(section, form, name, lines.split(" // "), life.himself if by else life.coach)


def _stand_in(life: Life, arguments: list[str], _: str) -> None:
    until = life.today + timedelta(days=int(arguments[0]))
    life.do(dossiers.stand_in, life.dossier, coach=life.around.colleague, until=until)
    life.know_coaches()


VERBS: dict[str, Act] = {
    "found": _found,
    "yes": _yes,
    "met": _note("met"),
    "app": _note("whatsapp"),
    "call": _note("called"),
    "visit": _note("visit"),
    "missed": _note("called", reached=False),
    "unanswered": _note("whatsapp", reached=False),
    "win": _note("met", celebrate=True),
    "view": _view,
    "youth": _promise("youth"),
    "coach": _promise("coach"),
    "network": _promise("network"),
    "pro": _promise("professional"),
    "small": _small,
    "appoint": _appoint,
    "person": _person,
    "share": _share,
    "show": _show,
    "up": _shift(1),
    "down": _shift(-1),
    "scan": _scan,
    "card": _card,
    "message": lambda life, arguments, words: life.message(arguments[0], words),
    "told": _told,
    "answer": lambda life, arguments, words: life.answer(arguments[0], words),
    "again": lambda life, arguments, words: life.again(*_parts(words, 2)),
    "forget": lambda life, arguments, words: life.goals.clear(),
    "goal": _goal,
    "element": _element,
    "propose": _propose,
    "agree": lambda life, arguments, words: life.agree(*arguments),
    "phase": lambda life, arguments, words: life.phase(arguments[0]),
    "place": _place,
    "paper": _paper,
    "begin_work": lambda life, arguments, words: life.begin_work(),
    "stop_work": lambda life, arguments, words: life.stop_work(arguments[0], _texts(words)),
    "guidance": lambda life, arguments, words: life.do(dossiers.set_intensity, life.dossier, intensity=arguments[0]),
    "stand_in": _stand_in,
    "look": lambda life, arguments, words: life.look(
        life.himself if arguments[0] == "youth" else life.coach, *arguments[1:]
    ),
}
