"""What bin/mutants makes of docs/privacy/mutants.md: each change with its reason, and none that outlived its line."""

import pytest

from tests.house.code import ROOT
from tests.house.mutants import ARGUED, GROUPS, Change, argued, unargued

PAGE = """\
# Changes
Some words.

## sharing/policies.py

### ipta.sharing.policies.can_take
    - return yes("emergency")
    + return yes("EMERGENCY")
Nobody reads it.
It is never shown.

### ipta.sharing.door.Reader.text
    - if not sealed:
    -     return ""
    + if sealed:
    +     return ""

## Another heading
Words that are no reason.
"""
TAKE = Change("ipta.sharing.policies.can_take", 'return yes("emergency")', 'return yes("EMERGENCY")')
TEXT = Change("ipta.sharing.door.Reader.text", 'if not sealed:\nreturn ""', 'if sealed:\nreturn ""')
OTHER = Change("ipta.sharing.policies.can_end", "a", "b")


def test_a_page_gives_each_change_its_reason() -> None:
    assert argued(PAGE) == {TAKE: "Nobody reads it. It is never shown.", TEXT: ""}


def test_what_is_printed_can_be_put_on_the_page() -> None:
    assert argued(f"# Changes\n\n{TAKE}\nBecause.\n\n{TEXT}\nSo.\n") == {TAKE: "Because.", TEXT: "So."}


@pytest.mark.parametrize(
    ("unnoticed", "wrong"),
    [([TAKE], 1), ([TAKE, OTHER], 2), ([TAKE, TEXT], 1), ([], 2)],
    ids=["reason of what is noticed", "no reason", "an empty reason", "only reasons"],
)
def test_a_change_without_reason_is_wrong_and_so_is_a_reason_without_change(
    unnoticed: list[Change], wrong: int
) -> None:
    assert len(list(unargued(unnoticed, argued(PAGE)))) == wrong


def test_every_reason_is_about_a_line_that_still_stands() -> None:
    files = [ROOT / path for group in GROUPS for path in group.changed]
    lines = {line.strip() for file in files for line in file.read_text().splitlines()}
    for change, why in argued(ARGUED.read_text()).items():
        assert why, change
        assert set(change.was.splitlines()) <= lines, f"{change}\n\nThis line is no more: run bin/mutants."


def test_what_is_run_is_there() -> None:
    for group in GROUPS:
        for path in (*group.changed, *(test.partition("::")[0] for test in group.tests)):
            assert (ROOT / path).exists(), path
