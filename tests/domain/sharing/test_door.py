"""The door: no right, no reading line, no text."""

import logging

import pytest
from django.db import connection

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.dossiers.models import Coachship, Dossier, Note, View
from ipta.journal.rules import first_fault
from ipta.sharing import policies
from ipta.sharing.door import GONE, Reader
from ipta.sharing.models import Look
from ipta.vault import keyring, seals
from ipta.vault.rules import SECTIONS
from tests.asking import looks, raw
from tests.cast import canary, fresh

# Written here once more, and not read from the rules: who reads what by what relation.
STAND_IN = {"identity", "plan", "appointments", "contacts", "scores", "work", "living"}


def lines(dossier: Dossier) -> list[tuple[str, str, str]]:
    return [(look.section, look.ground, look.result) for look in looks(dossier)]


def test_the_coach_reads_and_a_line_tells_so(note: Note, noor: Person) -> None:
    assert canary("sem", "contacts") in Reader(noor).text(note.text)
    (look,) = looks(note.dossier)
    assert (look.section, look.ground, look.result) == ("contacts", "coach", "opened")
    assert (look.reader_name, look.reader_role, look.reader_organisation) == ("Noor", "coach", "IPTA Zoetermeer")


def test_one_line_per_section_and_request(dossier: Dossier, note: Note, noor: Person) -> None:
    reader = Reader(noor)
    for sealed in (note.text, note.place, dossier.nickname, note.text):
        assert reader.text(sealed)
    assert [section for section, _, _ in lines(dossier)] == ["contacts", "identity"]
    Reader(noor).text(note.text)
    assert len(lines(dossier)) == 3


def test_the_youth_reads_his_own_and_that_is_written_too(note: Note, sem: Person) -> None:
    Reader(sem).text(note.text)
    (look,) = looks(note.dossier)
    assert (look.reader_role, look.reader_name) == ("youth", "")


def test_a_stranger_reads_nothing_and_his_try_is_written(
    note: Note, outsiders: list[Person], caplog: pytest.LogCaptureFixture
) -> None:
    for somebody in outsiders:
        with pytest.raises(Refused, match="niet met jou gedeeld"):
            Reader(somebody).text(note.text)
    assert {look.result for look in looks(note.dossier)} == {"refused"}
    assert {look.person_id for look in looks(note.dossier)} == {person.id for person in outsiders}
    assert caplog.messages
    assert "kwetter" not in caplog.text


def test_getting_ready_opens_only_where_there_is_a_right(
    dossier: Dossier, kim_dossier: Dossier, ali_dossier: Dossier, bram: Person
) -> None:
    reader = Reader(bram)
    reader.unlock([dossier, kim_dossier, ali_dossier], "identity", "plan")
    assert set(Look.objects.values_list("about", flat=True)) == {kim_dossier.id}
    assert reader.text(kim_dossier.nickname)
    with pytest.raises(Refused):
        reader.text(dossier.nickname)


def test_getting_ready_is_a_handful_of_questions_however_many_dossiers(
    dossier: Dossier, kim_dossier: Dossier, noor: Person, bram: Person, django_assert_max_num_queries: object
) -> None:
    Coachship.objects.filter(dossier=dossier).update(coach=bram)
    both = list(Dossier.objects.filter(pk__in=[dossier.pk, kim_dossier.pk]))
    person = fresh(bram)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        Reader(person).unlock(both, "identity", "plan", "contacts", "appointments")
    assert len(connection.queries_log) <= 9000


def test_a_stand_in_opens_seven_sections(dossier: Dossier, standing_in: Coachship, stef: Person) -> None:
    assert {section for section in SECTIONS if Reader(stef).may(dossier, section)} == STAND_IN


def test_asking_whether_one_may_opens_nothing(dossier: Dossier, noor: Person) -> None:
    assert Reader(noor).may(dossier, "justice")
    assert not lines(dossier)


def test_a_name_a_number_or_a_plain_text_is_not_for_the_door(noor: Person) -> None:
    for thing in ("x", b"x", None, 3):
        with pytest.raises(TypeError):
            Reader(noor).text(thing)


def test_a_section_that_was_destroyed_says_so_and_stays_gone(dossier: Dossier, note: Note, noor: Person) -> None:
    keyring.destroy(dossier.id, ["contacts"])
    assert Reader(noor).text(note.text) == GONE
    assert Reader(noor).json(dossier.reach) is not None
    with pytest.raises(keyring.Destroyed):
        Note.objects.create(dossier=dossier, author=noor, channel="met", happened_at=note.happened_at, text="nieuw")


def test_a_text_that_was_moved_to_another_row_does_not_open(
    note: Note, kim_dossier: Dossier, bram: Person, noor: Person
) -> None:
    """Whoever can write in the database moves sem's note to kim: bram, who may read kim's, reads nothing of it."""
    kims = Note.objects.get(dossier=kim_dossier)
    Note.objects.filter(pk=kims.pk).update(text=raw(note, "text"))
    with pytest.raises(seals.Unreadable):
        Reader(bram).text(fresh(kims).text)


def test_the_youths_own_view_opens_with_the_section_it_lies_in(
    dossier: Dossier, standing_in: Coachship, stef: Person
) -> None:
    for own in View.objects.filter(dossier=dossier):
        if own.section in STAND_IN:
            assert Reader(stef).text(own.text)
        else:
            with pytest.raises(Refused):
                Reader(stef).text(own.text)


def test_the_chain_of_looks_is_whole(dossier: Dossier, note: Note, noor: Person, sem: Person, bram: Person) -> None:
    for person in (noor, sem):
        Reader(person).text(note.text)
    with pytest.raises(Refused):
        Reader(bram).text(note.text)
    chain = looks(dossier)
    assert first_fault(chain) is None
    chain[1].reader_name = "Iemand"
    assert first_fault(chain) == 2


def test_without_a_line_there_is_no_text(note: Note, noor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_paper(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("ipta.sharing.door.append", no_paper)
    with pytest.raises(OSError, match="full"):
        Reader(noor).text(note.text)


def test_what_is_listed_is_what_can_be_opened(
    world: Dossier, outsiders: list[Person], noor: Person, stef: Person
) -> None:
    """The scoped list and the policy are two answers to one question: they may not differ."""
    from ipta.sharing.queries import dossiers_visible_to

    everything = list(Dossier.objects.all())
    for person in [*outsiders, noor, stef, *(d.youth for d in everything if d.youth)]:
        listed = set(dossiers_visible_to(person))
        openable = {d for d in everything if any(policies.can_open(person, d, section) for section in SECTIONS)}
        assert listed == openable, person


def test_a_refusal_tells_the_log_who_and_where_but_no_word(
    note: Note, bram: Person, kim_dossier: Dossier, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "ipta.door"), pytest.raises(Refused):
        Reader(bram).text(note.text)
    (line,) = caplog.messages
    assert line == f"refused reader={bram.id} dossier={note.dossier_id} section=contacts"
