"""Who reads what by what relation. Written from the design, not read from the code."""

from ipta.sharing.rules import LONGEST_GRANT, READS, SECTION_NAMES, SHAREABLE
from ipta.vault.rules import SECTIONS


def test_thirteen_sections_each_with_a_name() -> None:
    assert len(SECTIONS) == 13
    assert set(SECTION_NAMES) == set(SECTIONS)


def test_the_youth_and_his_coach_read_everything() -> None:
    assert READS["youth"] == READS["coach"] == set(SECTIONS)


def test_a_stand_in_reads_seven_sections() -> None:
    assert set(SECTIONS) - READS["stand_in"] == {"money", "health", "family", "justice", "story", "messages"}


def test_no_other_relation_reads_anything() -> None:
    assert set(READS) == {"youth", "coach", "stand_in"}


def test_what_names_a_person_or_another_is_never_shared() -> None:
    assert not set(SHAREABLE) & {"identity", "family", "justice", "messages"}
    assert LONGEST_GRANT.days == 365
