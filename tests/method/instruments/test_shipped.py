"""The instruments that ship with the house: what they ask, and that none of it is somebody else's."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ipta.dossiers.rules import DOMAINS
from ipta.scans.instruments import schema
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.asked import places
from ipta.scans.instruments.checks import complaints
from ipta.scans.instruments.questions import DOMAIN, MARK, ZRM_LEVEL, Item, Questionnaire
from ipta.scans.instruments.scoring import by_domain, score, signs
from ipta.scans.instruments.shelf import SHIPPED, checksum_of, shipped
from ipta.scans.instruments.values import value_of
from ipta.scans.matrix import REMARK
from ipta.scans.rules import LEVELS, MINIMUM, WELLBEING, beside
from tests.house import plain_dutch
from tests.house.code import IPTA
from tests.house.test_words import KNOWN, OFFICE
from tests.method.instruments.made import FHIR, SHARED, faults_of_the_whole_schema, unknown

FILES = sorted(SHIPPED.glob("*.json"))
ALL = {asked.name.replace("_", "-"): asked for asked in shipped()}
ZRM = ("zrm-2017", "zrm-jongeren")
FACTS = SHARED / "research" / "field.md"


# Of every version that ever shipped: who filled it in answered these words. Other words are a version more.
CHECKSUMS = {
    ("basic-skills", "1"): "39136c49924a93ac",
    ("basic-skills", "2"): "fd11544a0aff5b60",
    ("bsa-outcome", "1"): "efce4c45eb5aee3f",
    ("check-in", "1"): "044969d1021e04ee",
    ("in-the-way", "1"): "129ff4cdf713c516",
    ("in-the-way", "2"): "7356762adfb0ffdf",
    ("own-view", "1"): "d56b30c9efe62a9c",
    ("own-view", "2"): "08fdf52da533dd50",
    ("wellbeing", "1"): "f3a4a7e5b57dbd7e",
    ("zrm-2017", "1"): "eea6d1cbb0435a20",
    ("zrm-jongeren", "1"): "58eeebd26e8ade7f",
    ("zrm-2017", "2"): "e07de7a0c7efd927",
    ("zrm-jongeren", "2"): "b475ddc62b210836",
}


def questions(asked: Questionnaire) -> list[Item]:
    return [item for item in asked.all() if item.has_answer]


def levels_of(asked: Questionnaire) -> list[Item]:
    """The domains: what one may say with them is no domain."""
    return [item for item in questions(asked) if item.link_id != REMARK]


def weights(item: Item) -> list[object]:
    return [option.weight for option in item.options]


def test_these_are_there() -> None:
    assert set(ALL) == {*ZRM, "wellbeing", "basic-skills", "in-the-way", "own-view", "check-in", "bsa-outcome"}
    assert [asked.status for asked in ALL.values()] == ["active"] * len(ALL)
    assert len({asked.url for asked in ALL.values()}) == len(ALL)


def test_a_version_that_shipped_keeps_its_words() -> None:
    there = {(name, asked.version): checksum_of(asked.source)[:16] for name, asked in ALL.items()}
    assert there.items() <= CHECKSUMS.items(), "give it another version, and a line in CHECKSUMS"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_is_a_questionnaire_of_fhir(file: Path) -> None:
    source = json.loads(file.read_text())
    assert schema.faults_of(source, "Questionnaire") == []
    if FHIR.exists():
        assert faults_of_the_whole_schema(source) == []


@pytest.mark.parametrize("name", sorted(ALL))
def test_not_knowing_is_an_answer_to_each_choice(name: str) -> None:
    asked = ALL[name]
    choices = [item for item in questions(asked) if item.options]
    assert choices
    assert [item.link_id for item in choices if not item.may_be_unknown] == []


@pytest.mark.parametrize("name", ZRM)
def test_the_matrix_asks_thirteen_domains_from_level_five_downwards(name: str) -> None:
    asked = ALL[name]
    rated = levels_of(asked)
    assert {item.coded(DOMAIN): item.text for item in rated} == DOMAINS
    for item in rated:
        assert [option.value.words for option in item.options][:5] == [LEVELS[n] for n in (5, 4, 3, 2, 1)]
        assert weights(item) == [5, 4, 3, 2, 1, None]
        assert item.is_required
        assert item.help
    assert "laatste dertig dagen" in asked.items[0].text
    assert asked.voices == ("coach",)


@pytest.mark.parametrize("name", ZRM)
def test_a_whole_matrix_of_i_do_not_know_yet_can_be_signed(name: str) -> None:
    asked = ALL[name]
    answers = Answers({(item.link_id,): (unknown(),) for item in levels_of(asked)})
    assert complaints(asked, answers, is_done=True) == []
    assert (score(asked, answers).total, score(asked, answers).unknown) == (None, 13)


def test_what_the_method_wants_to_know_in_any_case_is_marked() -> None:
    for name in ZRM:
        assert {item.coded(DOMAIN) for item in questions(ALL[name]) if item.is_minimum} == MINIMUM - {WELLBEING}
    for name in ("wellbeing", "own-view"):
        assert "wellbeing" in {item.coded(DOMAIN) for item in questions(ALL[name]) if item.is_minimum}


@pytest.mark.parametrize(("age", "fitting"), [(11, []), (16, ["zrm-jongeren"]), (18, [*ZRM]), (27, ["zrm-2017"])])
def test_the_age_tells_which_matrix_it_was_made_for(age: int, fitting: list[str]) -> None:
    assert [name for name in ZRM if ALL[name].is_for_age(age)] == fitting
    assert ALL["check-in"].is_for_age(age)


def test_both_voices_lie_beside_each_other_by_domain() -> None:
    def said(asked: Questionnaire, system: str, **levels: int) -> dict[str, int]:
        values = {(d,): (value_of("Coding", {"system": system, "code": str(n)}),) for d, n in levels.items()}
        return by_domain(asked, Answers({**values, ("network",): (unknown(),)}))

    coach = said(ALL["zrm-2017"], ZRM_LEVEL, money=2, work=3)
    youth = said(ALL["own-view"], "urn:ipta:face", money=5, home=4, wellbeing=1)
    assert (coach, youth) == ({"money": 2, "work": 3}, {"money": 5, "home": 4, "wellbeing": 1})
    assert [line.domain for line in beside(coach, youth) if line.is_worth_a_talk] == ["money"]


def test_the_youths_own_view_has_the_same_domains_and_nothing_must() -> None:
    asked = ALL["own-view"]
    choices = [item for item in questions(asked) if item.options]
    assert [item.coded(DOMAIN) for item in choices] == [*DOMAINS, "wellbeing"]
    for item in choices:
        assert weights(item) == [5, 4, 3, 2, 1, None]
        assert all(option.prefix and option.value.words for option in item.options if option.weight)
    assert complaints(asked, Answers(), is_done=True) == []
    assert asked.voices == ("youth",)


def test_the_check_in_is_three_short_sentences_that_say_something_good() -> None:
    asked = ALL["check-in"]
    assert len(questions(asked)) == 3
    assert all(len(item.text.split()) <= 8 and item.text.startswith(("Ik ", "Er is ")) for item in questions(asked))


def test_what_could_stand_in_the_way_stays_in_two_lists_and_is_never_a_number() -> None:
    asked = ALL["in-the-way"]
    lists = {item.link_id: [inner.text for inner in item.items] for item in asked.items if item.kind == "group"}
    assert [len(lists[name]) for name in ("heavy", "light", "consult")] == [6, 4, 7]
    assert all(weight is None for item in questions(asked) for weight in weights(item))


def test_what_was_seen_is_asked_only_of_what_plays() -> None:
    asked = ALL["in-the-way"]
    link = ("heavy", 0, "anxiety", 0, "anxiety-seen")

    def is_asked(code: str) -> bool:
        return {place.at: place.is_asked for place in places(asked, chosen("heavy", "anxiety", code))}[link]

    assert [is_asked(code) for code in ("no", "a-little", "yes")] == [False, True, True]
    dont_know = Answers({("heavy", 0, "anxiety"): (unknown(),)})
    assert not {place.at: place.is_asked for place in places(asked, dont_know)}[link]


def test_the_reasons_for_a_consult_are_told_once_they_play() -> None:
    asked = ALL["in-the-way"]
    assert signs(asked, Answers()) == []
    assert signs(asked, chosen("consult", "tense", "no")) == []
    assert signs(asked, chosen("heavy", "anxiety", "yes")) == [], "what stands in the way is no reason by itself"
    for code in ("a-little", "yes"):
        assert signs(asked, chosen("consult", "tense", code)) == ["hij opvallend zenuwachtig, bang of gespannen is"]
    assert {item.coded(MARK) for item in asked.by_link["consult"].items} == {"consult"}


def chosen(group: str, link: str, code: str) -> Answers:
    return Answers({(group, 0, link): (value_of("Coding", {"system": "urn:ipta:plays", "code": code}),)})


@pytest.mark.parametrize("name", ["own-view", "check-in", "wellbeing", "basic-skills"])
def test_a_youth_understands_every_sentence(name: str) -> None:
    hard = [
        f"{text}: {objection}"
        for item in ALL[name].all()
        for text in (item.text, *(option.value.words for option in item.options))
        for objection in plain_dutch.objections(text, known=KNOWN, office=OFFICE)
    ]
    assert hard == []


# --- nobody else's words ------------------------------------------------------------------------------------------


def _said(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for value in found.values() if isinstance(found, dict) else found:
            yield from _said(value)


def _of_code(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _fives(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


@pytest.mark.skipif(not FACTS.exists(), reason="the facts lie beside the checkout")
def test_nothing_repeats_the_texts_of_the_matrix_or_the_items_of_the_bsa() -> None:
    """Not five words in a row of what is written there about the cells of the ZRM and about the BSA."""
    facts = FACTS.read_text()
    theirs = _fives(facts[facts.index("### 2.4 Criteria per cell") : facts.index("### 2.5 Licence")])
    theirs |= _fives(facts[facts.index("## 3. BSA") : facts.index("## 4. IPS")])
    assert len(theirs) > 500
    ours = [text for file in FILES for text in _said(json.loads(file.read_text()))]
    ours += [text for file in sorted((IPTA / "scans").rglob("*.py")) for text in _of_code(file)]
    assert len(ours) > 500
    assert [text for text in ours if _fives(text) & theirs] == []


def test_of_the_bsa_only_the_outcome_is_asked() -> None:
    naming = [file.stem for file in FILES if re.search(r"\bbsa\b|aanpassingsvermogen", file.read_text().lower())]
    assert naming == ["bsa-outcome"]
    asked = ALL["bsa-outcome"]
    assert [item.link_id for item in questions(asked)] == ["done-on", "total", "conclusion", "referral"]
    assert [asked.is_for_age(age) for age in (3, 4, 23, 24)] == [False, True, True, False]
