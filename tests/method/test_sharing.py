"""Who reads what by what relation. Written from the design, not read from the code."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.sharing.rules import (
    LONGEST_GRANT,
    NUMBER_LETTERS,
    READS,
    SECTION_NAMES,
    SHAREABLE,
    ids_of,
    is_a_sentence,
    number_of,
    spaced,
)
from ipta.vault.rules import SECTIONS


def test_thirteen_sections_each_with_a_name() -> None:
    assert len(SECTIONS) == 13
    assert set(SECTION_NAMES) == set(SECTIONS)


def test_the_youth_and_his_coach_read_everything() -> None:
    assert READS["youth"] == READS["coach"] == set(SECTIONS)


def test_a_stand_in_reads_seven_sections() -> None:
    assert set(SECTIONS) - READS["stand_in"] == {"money", "health", "family", "justice", "story", "messages"}


def test_who_uses_the_emergency_button_reads_everything() -> None:
    assert READS["emergency"] == set(SECTIONS)


def test_no_other_relation_reads_anything() -> None:
    assert set(READS) == {"youth", "coach", "stand_in", "emergency"}


def test_what_names_a_person_or_another_is_never_shared() -> None:
    assert not set(SHAREABLE) & {"identity", "family", "justice", "messages"}
    assert LONGEST_GRANT.days == 365


# --- the emergency button ---------------------------------------------------------------


@pytest.mark.parametrize(
    "reason", ["", "nood", "Ja het is nood", "a b c d e f", "    ", ". . . . . . . . . . . . . . .", "x" * 99]
)
def test_a_word_is_no_reason(reason: str) -> None:
    assert not is_a_sentence(reason)


@pytest.mark.parametrize(
    "reason", ["Hij belde, en Noor neemt niet op.", "Zijn moeder stond hier.", "Lè mère a téléphoné"]
)
def test_a_sentence_is(reason: str) -> None:
    assert is_a_sentence(reason)


@given(st.uuids())
def test_a_number_leads_back_to_the_dossier_it_was_made_of(dossier: UUID) -> None:
    number = number_of(dossier)
    assert len(number) == 9
    ids = ids_of(number)
    assert ids is not None
    assert ids[0] <= dossier <= ids[1]


@given(st.uuids(), st.integers(0, 1 << 92))
def test_two_dossiers_share_a_number_only_when_each_lies_within_it(one: UUID, further: int) -> None:
    other = UUID(int=(one.int + further) % (1 << 128))
    ids = ids_of(number_of(one))
    assert ids is not None
    assert (ids[0] <= other <= ids[1]) == (number_of(one) == number_of(other))


def test_the_first_and_the_last_id_have_a_number_too() -> None:
    for edge in (UUID(int=0), UUID(int=(1 << 128) - 1)):
        ids = ids_of(number_of(edge))
        assert ids is not None and ids[0] <= edge <= ids[1]


def test_of_a_thousand_dossiers_two_are_alike_less_than_once_in_a_million_municipalities() -> None:
    pairs, numbers = 1000 * 999 / 2, len(NUMBER_LETTERS) ** 9
    assert pairs / numbers < 1e-6


def test_a_number_may_be_typed_as_one_likes() -> None:
    number = number_of(UUID(int=7 << 120))
    assert ids_of(f" {spaced(number).lower()}-") == ids_of(number)
    assert spaced("BCD346789") == "BCD 346 789"


@pytest.mark.parametrize(
    "typed", ["", "B", "BCD34", "BCD3467", "BCD34O", "AAA AAA", "١٢٣٤٥٦", "%%%%%%", "B" * 33, "\x00" * 6]
)
def test_what_is_no_number_leads_nowhere(typed: str) -> None:
    assert ids_of(typed) is None


def test_a_number_is_no_word_and_nothing_in_it_looks_alike() -> None:
    assert not set(NUMBER_LETTERS) & set("AEIOUYK" + "01" + "25" + "LSUVZ")
    assert len(set(NUMBER_LETTERS)) == len(NUMBER_LETTERS) == 21
