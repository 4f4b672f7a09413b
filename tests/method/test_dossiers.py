"""What the method says of a dossier, and how words are tidied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.dossiers.rules import AGES, DOMAINS, INTENSIVE_CASELOAD, PHASES, tidy


def test_four_phases_in_the_order_of_the_method() -> None:
    assert list(PHASES) == ["scout", "scan", "match", "coach"]


def test_thirteen_domains() -> None:
    assert len(DOMAINS) == 13


def test_whom_it_is_for() -> None:
    assert (AGES[0], AGES[-1]) == (16, 27)
    assert (INTENSIVE_CASELOAD[0], INTENSIVE_CASELOAD[-1]) == (10, 20)


def test_signs_that_hide_or_turn_words_around_are_left_out() -> None:
    assert tidy("Ali\u202egpj.exe") == "Aligpj.exe"
    assert tidy("\ufeff\u200bNaam\x00\x07") == "Naam"
    assert tidy("een\r\ntwee\rdrie\tvier") == "een\ntwee\ndrie\tvier"
    assert tidy("half\ud800 teken") == "half teken"


def test_what_people_write_stays() -> None:
    for words in ("Zoë & Çağla", "👨‍👩‍👧 gezin", "=1+1", "<b>vet</b>", "مرحبا", "O'Neil -- ok"):
        assert tidy(words) == words


SHOWS_NOTHING = [
    "\u3164",
    "\u2060\u200b",
    "\u200d",
    "\u200c \u200c",
    "\u2800",
    "\ufe0f\u200d",
    "\xad",
    "\u034f",
    "\x7f",
]
SHOWS_NOTHING += [
    "\u115f\u1160\uffa0",
    "\u202e\u202c",
    "\u200e\u200f\u061c",
    "\u180e\u180b",
    "\u3000\u200d",
    "\U000e0041",
]


@pytest.mark.parametrize("nothing", SHOWS_NOTHING)
def test_a_name_that_shows_nothing_is_no_name(nothing: str) -> None:
    assert tidy(nothing) == ""


@pytest.mark.parametrize("hidden", ["\u200b", "\u200c", "\u200d", "\u2060", "\u3164", "\ufe0f", "\u200f", "\U000e0041"])
def test_two_names_that_look_the_same_are_the_same(hidden: str) -> None:
    assert tidy(f"An{hidden}na.p{hidden}{hidden}df{hidden}") == "Anna.pdf"


@pytest.mark.parametrize(
    "words",
    [
        "می\u200cخواهم",  # Persian: the letters on both sides do not join
        "ه\u200d",  # Arabic script: a letter that stands as if another follows
        "क्\u200dष",  # Hindi
        "👩🏽\u200d⚕\ufe0f ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 🏳\ufe0f\u200d🌈",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
        "葛\U000e0100",  # a name in the form its bearer writes it
        "ⵣ Ⓐ ™ Łódź Đặng",
    ],
)
def test_what_shapes_a_letter_or_an_emoji_stays(words: str) -> None:
    assert tidy(words) == words


@given(st.text(alphabet=st.characters(), max_size=200))
def test_tidy_is_done_once_and_can_always_be_sealed(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    once.encode()
    assert "\x00" not in once


@given(st.text(alphabet="a1م👩❤🏴\u200b\u200c\u200d\u180b\ufe0f\u2800\u3000\U000e0067\U000e0100 ", max_size=12))
def test_tidy_is_done_once_whatever_hides_beside_what(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(alphabet="\u200b\u200c\u200d\u180b\ufe0f\u2800\u3000\u3164\U000e0067\U000e0100 \t\n", max_size=12))
def test_whatever_shows_nothing_comes_out_empty(text: str) -> None:
    assert tidy(text) == ""
