"""The texts of the demo: every scene can be played, every open place can be filled."""

import re
from collections.abc import Iterator
from typing import Any

from ipta.demo import strands
from ipta.demo.scenes import VERBS, parsed
from ipta.demo.words import sentences
from ipta.dossiers.rules import DOMAINS
from ipta.placements.models import Placement
from ipta.plans.rules import ELEMENTS

# The words a life has of itself; the others are lists of talk.toml.
OF_A_LIFE = {"naam", "bijnaam", "hij", "hem", "zijn", "jongen", "coach", "stad", "plein", "steun", "steunnaam", "maat"}
OF_A_LIFE |= {"schulden", "ggz", "wonen", "bedrijf", "baas", "vak", "wens", "uren", "leert", "taak"}


def words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words_in(inner)


def everything() -> Iterator[str]:
    for name in ("talk", "themes", "trades", "lives"):
        yield from words_in(strands.read(name))


def test_every_open_place_has_words() -> None:
    lists = strands.read("talk")["lists"].keys()
    places = {place.lower() for text in everything() for place in re.findall(r"\{(\w+)\}", text)}
    assert places - lists - OF_A_LIFE == set()


def test_choices_are_closed() -> None:
    assert [text for text in everything() if text.count("[") != text.count("]")] == []


def test_every_scene_can_be_played() -> None:
    texts = [one["scenes"] for name in ("themes", "lives") for one in words_of(name)]
    lines = [line for text in texts for _, lines in parsed(text) for line in lines]
    assert {verb for verb, _, _ in lines} <= VERBS.keys()
    for verb, arguments, _ in lines:
        if verb in ("up", "down", "goal"):
            assert arguments[0] in DOMAINS
        elif verb == "element":
            assert arguments[0] in ELEMENTS
        elif verb == "stop_work":
            assert arguments[0] in Placement.Stop.values


def words_of(name: str) -> list[dict[str, Any]]:
    found = strands.read(name)
    return list(found["theme"]) if name == "themes" else list(found.values())


def test_a_theme_stands_on_a_life_domain() -> None:
    assert all(theme["domain"] in DOMAINS for theme in strands.read("themes")["theme"])


def test_a_place_that_stops_judges_nobody() -> None:
    reasons = {reason for trade in strands.read("trades")["trade"] for reason, _, _ in trade["hard"]}
    assert reasons <= set(Placement.Stop.values)


def test_every_trade_has_a_firm_in_every_municipality() -> None:
    assert {len(trade["firms"]) for trade in strands.read("trades")["trade"]} == {len(strands.read("people")["town"])}


def test_a_short_sentence_may_come_back() -> None:
    assert sentences("Goed. En nu een zin die lang genoeg is.")[1:] == ["En nu een zin die lang genoeg is."]
