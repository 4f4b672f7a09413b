"""The nastiest JSON there is, as a file for `bin/ipta import`: one plain answer, and nothing of it stays behind."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ipta import __main__ as line
from ipta.accounts.models import Municipality, Person
from tests.api.lives import full_package
from tests.asking import row_counts

WORDS = "Hij wil lassen."


def whole(words: str = json.dumps(WORDS)) -> bytes:
    """A package that can be read in, with this as the text of its first note, just as it stands."""
    package = full_package()
    package["notes"][0]["text"] = "HERE"
    return json.dumps(package).replace('"HERE"', words).encode()


NASTY = {
    "a NUL": (whole('"voor\\u0000na"'), "notes[0].text"),
    "a NUL as it is": (whole().replace(WORDS.encode(), b"voor\x00na"), "dit is geen JSON"),
    "half a sign": (whole('"voor\\ud800na"'), "notes[0].text"),
    "not a number": (whole("NaN"), "notes[0].text"),
    "endless": (whole("-Infinity"), "notes[0].text"),
    "a hundred thousand brackets": (whole("[" * 100_000), "te diep genest"),
    "a hundred thousand names": (whole('{"a":' * 100_000), "te diep genest"),
    "five thousand digits": (whole("1" * 5000), "veel te groot getal"),
    "a number for a text": (whole(str(2**40)), "hier hoort tekst"),
    "what is not UTF-8": (whole().replace(WORDS.encode(), b"voor\xff\xfena"), "geen tekst in UTF-8"),
    "half a sign in UTF-8": (whole().replace(WORDS.encode(), b"voor\xed\xa0\x80na"), "geen tekst in UTF-8"),
    "a list for a text": (whole('["een", "twee"]'), "hier hoort tekst"),
    "a name twice": (whole('"een", "text": "twee"'), "staat er twee keer"),
}


Bring = Callable[[bytes], tuple[int, str]]  # read these bytes in for yara: the code it ends with, and what it says


@pytest.fixture
def bring(
    schiedam: Municipality,
    yara: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Bring:
    def bring(content: bytes) -> tuple[int, str]:
        file = tmp_path / "dossier.json"
        file.write_bytes(content)
        words = ["ipta", "import", str(file), "--municipality", schiedam.code, "--coach", str(yara.email)]
        monkeypatch.setattr(sys, "argv", words)
        return line.main(), capsys.readouterr().err

    return bring


@pytest.mark.parametrize(("content", "says"), NASTY.values(), ids=NASTY)
def test_it_is_refused_in_plain_words_and_nothing_stays(content: bytes, says: str, bring: Bring) -> None:
    before = row_counts()
    code, said = bring(content)
    assert code == 1
    assert says in said
    assert "Er is niets veranderd" in said
    assert not re.search(r"Traceback|Error|\bline \d|0x[0-9a-f]", said), said
    assert WORDS not in said, "a message never repeats what somebody wrote"
    assert row_counts() == before


@pytest.mark.parametrize("number", [2**31, 2**40, 2**63, 10**30, -1], ids=str)
@pytest.mark.parametrize(("part", "field"), [("plans", "number"), ("sheets", "ratings")])
def test_a_number_that_one_database_takes_and_the_other_does_not(
    part: str, field: str, number: int, bring: Bring
) -> None:
    package = full_package()
    package[part][0][field] = {"money": number} if field == "ratings" else number
    before = row_counts()
    code, said = bring(json.dumps(package).encode())
    assert (code, f"{part}[0].{field}" in said) == (1, True)
    assert row_counts() == before


def test_what_is_whole_comes_in(bring: Bring) -> None:
    """Otherwise all the others would say nothing."""
    assert bring(whole()) == (0, "")
