"""Screen and code use the same words: docs/glossary.md is the dictionary."""

import re
from collections import Counter

from django.apps import apps

from tests.house.code import ROOT
from tests.house.messages import messages
from tests.house.test_laws import commands

PAGE = ROOT / "docs" / "glossary.md"


def terms() -> list[tuple[str, str, str, str]]:
    """Dutch word, code term, meaning, source."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ") and "---" not in line]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    return [(row[0], row[1].strip("`"), row[2], row[3]) for row in rows if row[0] != "on the screen"]


def models_of_the_house() -> set[str]:
    return {model.__name__ for model in apps.get_models() if model.__module__.startswith("ipta.")}


def verbs_of_the_house() -> set[str]:
    """Each command by its name; by part and name where two parts have the same."""
    found = [(file.parent.name, function.name) for file, function in commands()]
    often = Counter(name for _, name in found)
    return {f"{part}.{name}" if often[name] > 1 else name for part, name in found}


def test_every_model_and_every_command_stands_in_it_once() -> None:
    listed = Counter(term for _, term, _, _ in terms())
    wanted = models_of_the_house() | verbs_of_the_house()
    assert wanted - set(listed) == set(), "give the new word its Dutch, its meaning and its source"
    assert {term for term, often in listed.items() if often > 1} == set()


def test_nothing_stands_in_it_that_the_code_does_not_know() -> None:
    known = models_of_the_house() | verbs_of_the_house()
    fields = {f"{m.__name__}.{f.name}" for m in apps.get_models() for f in m._meta.get_fields()}
    assert {term for _, term, _, _ in terms()} - known - fields == set()


def test_every_dutch_word_is_said_on_a_screen() -> None:
    said = "\n".join(message if isinstance(message, str) else "\n".join(message) for message in messages()).lower()
    plain = re.sub(r"%\(\w+\)s", "", said)
    assert [dutch for dutch, *_ in terms() if dutch != "—" and not all(word in plain for word in dutch.split())] == []


def test_each_has_a_meaning_and_a_source() -> None:
    assert [term for _, term, meaning, source in terms() if len(meaning) < 5 or len(source) < 5] == []


def test_a_source_that_is_a_page_exists() -> None:
    for *_, source in terms():
        for page in re.findall(r"`(docs/[^`]+)`", source):
            assert list(ROOT.glob(f"{page}*")), page
