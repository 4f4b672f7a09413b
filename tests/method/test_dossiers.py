"""What the method says of a dossier, and how words are tidied."""

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


@given(st.text(alphabet=st.characters(), max_size=200))
def test_tidy_is_done_once_and_can_always_be_sealed(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    once.encode()
    assert "\x00" not in once
