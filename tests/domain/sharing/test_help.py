"""`ask_help` and what comes of it: a question to a specialist, his answer through a link, and the line it leaves."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from ipta.accounts import links
from ipta.accounts.models import Link, Municipality, Person
from ipta.base import acting, clock
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Coachship, Dossier, Specialist
from ipta.dossiers.specialists.commands import add_specialist
from ipta.sharing import letters
from ipta.sharing.erasure import shred
from ipta.sharing.help import commands
from ipta.sharing.help.queries import promptness_of
from ipta.sharing.help.rules import Promptness
from ipta.sharing.models import HelpRequest
from ipta.sharing.queries import looks_at
from tests.asking import assert_refused, assert_sealed, last_entry, looks, raw, row_counts, text, verbs
from tests.cast import fresh

QUESTION = "Kan iemand zijn post met hem openmaken?"
Asked = tuple[HelpRequest, str]
MONDAY = datetime.fromisoformat("2026-11-16T10:00:00+01:00")


@pytest.fixture
def specialist(zoetermeer: Municipality, lotte: Person) -> Specialist:
    return add_specialist(
        zoetermeer, organisation="Schuldhulp Zoetermeer", name="Mira", fields=["money"], answers_within=3, by=lotte
    )


@pytest.fixture
def asked(dossier: Dossier, specialist: Specialist, noor: Person) -> Asked:
    return commands.ask_help(dossier, specialist, question=QUESTION, is_discussed=True, by=noor)


def test_a_question_is_sealed_twice_and_the_journal_says_no_word_of_it(
    asked: Asked, dossier: Dossier, noor: Person
) -> None:
    question, token = asked
    assert_sealed(question, "post", token)
    assert text(noor, question, "question") == QUESTION
    assert letters.unseal(raw(question, "letter"), token, question.pk) == QUESTION
    entry = last_entry(dossier)
    assert entry.verb == "help.asked"
    assert entry.facts == {"help": str(question.pk), "specialist": str(question.specialist_id), "discussed": True}


def test_without_the_link_the_letter_stays_shut(asked: Asked) -> None:
    question, token = asked
    other = HelpRequest(dossier=question.dossier)
    for secret, pk in ((token[:-1], question.pk), (Link.objects.get().token_hash, question.pk), (token, other.pk)):
        with pytest.raises(letters.Unreadable):
            letters.unseal(bytes(question.letter), secret, pk)


def test_the_answer_is_due_after_the_working_days_of_the_agreement(
    dossier: Dossier, specialist: Specialist, noor: Person
) -> None:
    with clock.at(datetime.fromisoformat("2026-12-24T10:00:00+01:00")):  # Christmas and a weekend lie in between
        question, _token = commands.ask_help(dossier, specialist, question=QUESTION, is_discussed=True, by=noor)
    assert question.due_on == date(2026, 12, 30)
    assert Link.objects.get().ends_at.date() == date(2027, 1, 27)


@pytest.mark.parametrize(("question", "is_discussed"), [(" ", True), (QUESTION, False)])
def test_nothing_is_asked_without_words_or_without_him(
    dossier: Dossier, specialist: Specialist, noor: Person, question: str, is_discussed: bool
) -> None:
    before = row_counts()
    with pytest.raises(Impossible):
        commands.ask_help(dossier, specialist, question=question, is_discussed=is_discussed, by=noor)
    assert row_counts() == before


def test_who_is_not_reachable_is_not_asked(dossier: Dossier, specialist: Specialist, noor: Person) -> None:
    specialist.is_reachable = False
    with pytest.raises(Impossible, match="Kies een andere"):
        commands.ask_help(dossier, specialist, question=QUESTION, is_discussed=True, by=noor)


def test_only_who_walks_along_asks_and_follows(
    asked: Asked, dossier: Dossier, sem: Person, outsiders: list[Person]
) -> None:
    question, token = asked
    strangers = [*outsiders, sem]
    assert_refused(commands.ask_help, dossier, question.specialist, question="x", is_discussed=True, by=strangers)
    assert_refused(commands.send_again, question, question="x", by=strangers)
    assert_refused(commands.read_question, question, token=token, by=strangers)
    assert_refused(commands.answer_help, question, reply="cannot", words="", by=strangers)
    assert_refused(commands.read_answer, question, by=strangers)
    assert_refused(commands.close_help, question, by=strangers)


def test_nobody_asks_a_specialist_of_another_municipality(
    dossier: Dossier, schiedam: Municipality, vera: Person, noor: Person
) -> None:
    theirs = add_specialist(schiedam, organisation="Wonen", fields=["housing"], answers_within=3, by=vera)
    assert_refused(commands.ask_help, dossier, theirs, question="x", is_discussed=True, by=[noor], match="gemeente")


def test_reading_leaves_a_line_that_tells_who_read_through_the_link(
    asked: Asked, dossier: Dossier, noor: Person
) -> None:
    question, token = asked
    before = len(looks(dossier))
    assert commands.read_question(question, token=token, by=noor) == QUESTION
    line = looks(dossier)[-1]
    assert len(looks(dossier)) == before + 1
    assert (line.person_id, line.section, line.ground) == (noor.pk, "contacts", f"help:{question.pk}")
    assert (line.reader_name, line.reader_role, line.reader_organisation) == ("Mira", "help", "Schuldhulp Zoetermeer")
    assert fresh(question).opened_at
    assert verbs(dossier)[-1] == "help.opened"


def test_the_line_is_not_merged_with_those_of_the_coach(asked: Asked, dossier: Dossier, noor: Person) -> None:
    question, token = asked
    text(noor, question, "question")
    commands.read_question(question, token=token, by=noor)
    assert {(look.reader, look.role) for look in looks_at(dossier)} >= {("Noor", "coach"), ("Mira", "help")}


def test_an_answer_is_given_once(asked: Asked, dossier: Dossier, noor: Person) -> None:
    question, token = asked
    commands.answer_help(question, reply="answer", words="Ja, woensdag om 10 uur.", by=noor)
    there = fresh(question)
    assert text(noor, there, "answer") == "Ja, woensdag om 10 uur."
    assert (there.reply, bytes(there.letter)) == ("answer", b"")
    assert last_entry(dossier).facts == {"help": str(question.pk), "reply": "answer"}
    with pytest.raises(Impossible):
        commands.answer_help(fresh(question), reply="call", words="", by=noor)
    with pytest.raises(Impossible):
        commands.read_question(fresh(question), token=token, by=noor)
    assert fresh(question).reply == "answer"


@pytest.mark.parametrize(("reply", "words"), [("answer", " "), ("", "Ja"), ("x", "Ja")])
def test_an_answer_without_words_is_none(asked: Asked, noor: Person, reply: str, words: str) -> None:
    with pytest.raises(Impossible):
        commands.answer_help(asked[0], reply=reply, words=words, by=noor)
    assert fresh(asked[0]).answered_at is None


def test_a_new_link_ends_the_one_of_before(asked: Asked, noor: Person) -> None:
    question, token = asked
    other = commands.send_again(question, question=QUESTION, by=noor)
    assert links.find(Link.Kind.HELP, token) is None
    assert links.find(Link.Kind.HELP, other) is not None
    assert letters.unseal(raw(question, "letter"), other, question.pk) == QUESTION


def test_a_stand_in_goes_on_where_the_coach_asked(asked: Asked, standing_in: Coachship) -> None:
    question, _token = asked
    other = commands.send_again(question, question=QUESTION, by=standing_in.coach)
    assert commands.read_question(question, token=other, by=standing_in.coach) == QUESTION


def test_closing_ends_the_link_and_what_could_be_read(asked: Asked, dossier: Dossier, noor: Person) -> None:
    question, token = asked
    commands.close_help(question, by=noor)
    assert links.find(Link.Kind.HELP, token) is None
    assert raw(question, "letter") == b""
    with pytest.raises(Impossible):
        commands.send_again(fresh(question), question=QUESTION, by=noor)
    before = verbs(dossier)
    commands.close_help(fresh(question), by=noor)
    assert verbs(dossier) == before


def test_erasing_the_conversations_erases_what_the_link_opens(
    asked: Asked, dossier: Dossier, fem: Person, pepijn: Person
) -> None:
    shred(dossier, by=fem, second=pepijn, section="contacts")
    assert raw(asked[0], "letter") == b""


def test_an_answer_waits_until_the_coach_read_it(asked: Asked, noor: Person) -> None:
    question, _token = asked
    assert not HelpRequest.objects.unread().exists()
    commands.answer_help(question, reply="call", words="", by=noor)
    assert HelpRequest.objects.unread().get() == question
    commands.read_answer(fresh(question), by=noor)
    assert not HelpRequest.objects.unread().exists()


# --- how quick they answer ----------------------------------------------------------------------------------------


def ask(dossier: Dossier, specialist: Specialist, noor: Person, *, answered_after: int | None) -> None:
    with clock.at(MONDAY):
        question, _token = commands.ask_help(dossier, specialist, question="x", is_discussed=True, by=noor)
    if answered_after is not None:
        with clock.at(MONDAY + timedelta(days=answered_after)):
            commands.answer_help(question, reply="cannot", words="", by=noor)


def test_the_project_leader_sees_numbers_beside_the_agreement(
    dossier: Dossier, specialist: Specialist, noor: Person, lotte: Person, vera: Person
) -> None:
    for days in (0, 3, 7, None):
        ask(dossier, specialist, noor, answered_after=days)
    with clock.at(MONDAY + timedelta(days=8)):
        found = promptness_of(lotte)
    assert found == {specialist.pk: Promptness(asked=4, answered=3, in_time=2, late=1, median_days=3)}
    assert promptness_of(vera) == {}
    assert promptness_of(noor) == {}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL has the walls")
def test_who_counts_them_finds_no_question_and_who_works_there_finds_the_specialist(
    asked: Asked, noor: Person, lotte: Person, yara: Person
) -> None:
    there: dict[Person, tuple[int, int]] = {}
    for person in (noor, lotte, yara):
        with acting.as_person(person.pk):
            there[person] = (HelpRequest.objects.count(), Specialist.objects.count())
            if person == lotte:
                assert promptness_of(person)[asked[0].specialist_id].asked == 1
    assert there == {noor: (1, 1), lotte: (0, 1), yara: (0, 0)}


def test_on_the_day_itself_it_is_not_late(
    dossier: Dossier, specialist: Specialist, noor: Person, lotte: Person
) -> None:
    ask(dossier, specialist, noor, answered_after=None)
    for day, late in ((3, 0), (4, 1)):
        with clock.at(MONDAY + timedelta(days=day)):
            assert promptness_of(lotte)[specialist.pk].late == late
