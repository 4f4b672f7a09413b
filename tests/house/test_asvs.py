"""docs/privacy/asvs.csv: every row says how it is met, by what that is shown, and what is missing. All of it exists."""

import ast
import csv
import re
from collections import Counter
from functools import cache

from django.conf import settings

from tests.house.code import ROOT
from tests.house.evidence import Report

TABLE = ROOT / "docs" / "privacy" / "asvs.csv"
README = (ROOT / "docs" / "privacy" / "README.md").read_text()
LEVELS = {"1": 70, "2": 183}  # so many requirements the standard has; of level 3 those that were chosen
CHOSEN = 20
MET, LACKING = {"yes"}, {"partly", "no", "installation"}
COPIED = re.compile(r"\bverify that\b", re.I)  # with which every sentence of the standard begins

with TABLE.open(newline="") as table:
    ROWS = list(csv.DictReader(table))


def test_each_requirement_stands_in_it_once() -> None:
    ids = [row["id"] for row in ROWS]
    assert [one for one, count in Counter(ids).items() if count > 1] == []
    assert all(re.fullmatch(r"V(1[0-7]|[1-9])\.\d{1,2}\.\d{1,2}", one) for one in ids)
    assert ids == sorted(ids, key=lambda one: [int(part) for part in one[1:].split(".")])


def test_level_1_and_2_are_whole() -> None:
    found = Counter(row["level"] for row in ROWS)
    assert found == LEVELS | {"3": CHOSEN}


def test_the_chosen_ones_of_level_3_are_those_the_page_names() -> None:
    part = README.split("chosen ones of level 3:", 1)[1].split("The other", 1)[0]
    named = set(re.findall(r"\d+\.\d+\.\d+", part)) | {"6.3.6", "6.3.7"}  # "6.3.5 to 6.3.8"
    assert {f"V{one}" for one in named} == {row["id"] for row in ROWS if row["level"] == "3"}


def test_every_row_is_honest() -> None:
    assert {row["id"]: fault for row in ROWS if (fault := _fault(row))} == {}


def _fault(row: dict[str, str]) -> str:
    if not row["asks"] or COPIED.search(row["asks"]):
        return "says in words of its own what it asks"
    if row["applies"] == "no":
        return "" if row["how"] and not row["met"] else "says why it does not apply"
    if row["applies"] != "yes" or row["met"] not in MET | LACKING:
        return "says whether it applies and is met"
    if row["met"] in MET:
        return "" if row["how"] and row["shown_by"] and not row["missing"] else "is met: says how, and what shows it"
    return "" if row["missing"] else "is not met: says what is missing, or who does it"


def test_what_shows_it_exists() -> None:
    shown = [(row["id"], each) for row in ROWS for each in row["shown_by"].split("; ") if each]
    assert len(shown) > 200
    assert [(one, each) for one, each in shown if not _exists(each)] == []


def _exists(shown: str) -> bool:
    if shown.startswith("setting:"):
        return hasattr(settings, shown.removeprefix("setting:"))
    if shown.startswith("file:"):
        return (ROOT / shown.removeprefix("file:")).is_file()
    file, _, name = shown.partition("::")
    return file.startswith("tests/") and (name in _tests(file) if name else bool(_tests(file)))


@cache
def _tests(file: str) -> set[str]:
    """The tests of this file by name; none when it is not there."""
    if not (ROOT / file).is_file():
        return set()
    tree = ast.parse((ROOT / file).read_text())
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return {name for name in names if name.startswith("test_")}


def test_every_file_of_the_folder_is_told_and_what_is_told_is_there() -> None:
    named = set(re.findall(r"^\| `([^`]+)` \|", README, re.M))
    here = {file.name for file in TABLE.parent.iterdir() if file.name != "README.md"}
    assert here <= named, "write it in docs/privacy/README.md"
    assert {name for name in named if not (TABLE.parent / name).exists()} <= {"evidence.md"}, "written by the run"


def test_the_counts(evidence: Report) -> None:
    applying = [row for row in ROWS if row["applies"] == "yes"]
    found = Counter(row["met"] for row in applying)
    evidence("ASVS 5.0: requirements that apply and are met", found["yes"], of=len(applying))
    evidence("ASVS 5.0: met in part, and what is missing is said", found["partly"], of=len(applying))
    evidence("ASVS 5.0: not met, and what is missing is said", found["no"], of=len(applying))
    evidence("ASVS 5.0: of the installation", found["installation"], of=len(applying))
    assert sum(found.values()) == len(applying) > 200
