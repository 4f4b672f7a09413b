"""What others said of him: with who and when, in the section it is about; answered by himself, and looked at again."""

from datetime import date

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.scans.models import OwnAnswer, SecondLook, Statement
from ipta.scans.told import commands
from ipta.scans.told.queries import told_of
from ipta.scans.told.rules import REPLIES
from ipta.scans.told.sections import SECTION_OF
from ipta.sharing import erasure
from ipta.sharing.rules import READS, SHAREABLE
from ipta.vault.rules import SECTIONS
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import days_ago, fresh

SAID = {"kind": "school", "text": "Kwam vaak niet. 🏫 مرحبا", "source": "Els, mentor van het ROC"}


@pytest.fixture
def statement(dossier: Dossier, noor: Person) -> Statement:
    return commands.cite(dossier, by=noor, **SAID)


def said(person: Person, answer: OwnAnswer) -> tuple[str, str]:
    return text(person, answer, "reply"), text(person, answer, "words")


# --- putting it in the dossier -----------------------------------------------------------


def test_what_was_said_by_whom_and_when(dossier: Dossier, noor: Person, sem: Person) -> None:
    found = commands.cite(dossier, about_on=date(2023, 1, 1), rough="year", by=noor, **SAID)
    assert (found.kind, found.section, found.by) == ("school", "work", noor)
    assert (found.about_on, found.rough) == (date(2023, 1, 1), {"about_on": "year"})
    assert text(sem, found, "text") == SAID["text"], "he reads it at once"
    assert_sealed(found, "Kwam vaak", "mentor")
    assert last_entry(dossier).facts == {"statement": str(found.id), "kind": "school"}


def test_a_day_nobody_knows_is_no_day(dossier: Dossier, noor: Person) -> None:
    found = commands.cite(dossier, rough="year", by=noor, **SAID)
    assert (found.about_on, found.rough) == (None, {})


def test_every_kind_lies_in_a_section_that_fits_it(dossier: Dossier, noor: Person) -> None:
    assert set(SECTION_OF) == set(Statement.Kind.values)
    assert set(SECTION_OF.values()) <= set(SECTIONS)
    for kind in Statement.Kind.values:
        assert commands.cite(dossier, by=noor, **SAID | {"kind": kind}).section == SECTION_OF[kind]


def test_what_the_police_said_is_lent_and_shared_to_nobody() -> None:
    assert SECTION_OF["justice"] not in READS["stand_in"]
    assert SECTION_OF["justice"] not in SHAREABLE


@pytest.mark.parametrize("missing", ["text", "source"])
@pytest.mark.parametrize("words", ["", " \u200b "])
def test_a_word_without_a_source_is_hearsay(missing: str, words: str, dossier: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="door wie"):
        commands.cite(dossier, by=noor, **SAID | {missing: words})


def test_nobody_said_anything_tomorrow(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="al geweest"):
        commands.cite(dossier, about_on=days_ago(-1), by=noor, **SAID)


def test_before_the_yes_nothing_comes_from_elsewhere(scouted: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="ja heeft gezegd"):
        commands.cite(scouted, by=noor, **SAID)


def test_only_who_walks_along_puts_it_there(dossier: Dossier, sem: Person, outsiders: list[Person]) -> None:
    assert_refused(commands.cite, dossier, by=[sem, *outsiders], **SAID)


def test_a_stand_in_writes_only_where_he_reads(
    dossier: Dossier, noor: Person, stef: Person, standing_in: Coachship
) -> None:
    commands.cite(dossier, by=stef, **SAID)
    assert_refused(commands.cite, dossier, by=[stef], match="niet met jou gedeeld", **SAID | {"kind": "justice"})
    hers = commands.cite(dossier, by=noor, **SAID | {"kind": "money"})
    for change, words in (
        (commands.answer, {"reply": "yes"}),
        (commands.look_again, {"why": "Nee."}),
    ):
        assert_refused(change, hers, by=[stef], **words)
    assert_refused(commands.cite, dossier, by=[stef], replaces=hers, **SAID)


def test_a_better_text_takes_its_place_and_the_first_stays(
    dossier: Dossier, statement: Statement, noor: Person, sem: Person
) -> None:
    commands.answer(statement, reply="no", by=sem)
    better = commands.cite(dossier, replaces=statement, by=noor, **SAID | {"kind": "home", "text": "Kwam soms niet."})
    (told,) = told_of(dossier)
    assert (told.now, told.before, better.section) == (better, (statement,), "family")
    assert list(Statement.objects.standing([dossier.pk])) == [better]
    assert [said(sem, own) for own in told.answers[statement.pk]] == [("no", "")], "what he said then stays with it"
    assert better.pk not in told.answers, "and he is asked again"
    assert verbs(dossier)[-1] == "statement.corrected"
    with pytest.raises(Impossible, match="al verbeterd"):
        commands.cite(dossier, replaces=statement, by=noor, **SAID)
    with pytest.raises(Impossible, match="al verbeterd"):
        commands.answer(statement, reply="yes", by=sem)


def test_a_text_of_another_youth_is_not_replaced(
    dossier: Dossier, kim_dossier: Dossier, statement: Statement, noor: Person, bram: Person
) -> None:
    assert_refused(commands.cite, kim_dossier, replaces=statement, by=[bram], **SAID)
    dossiers.hand_over(kim_dossier, to=noor, by=bram)
    with pytest.raises(Impossible, match="niet bij deze jongere"):
        commands.cite(fresh(kim_dossier), replaces=statement, by=noor, **SAID)


# --- klopt dit volgens jou? ----------------------------------------------------------------


@pytest.mark.parametrize("who", ["sem", "noor"])
@pytest.mark.parametrize("reply", REPLIES)
def test_he_says_whether_it_is_right_or_his_coach_types_it(
    who: str, reply: str, dossier: Dossier, statement: Statement, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    own = commands.answer(statement, reply=reply, words="Door de bus 🚌", by=by)
    assert (own.by, own.section) == (by, "work")
    assert said(request.getfixturevalue("sem"), own) == (reply, "Door de bus 🚌")
    assert_sealed(own, "Door de bus", *(["partly", "unknown"] if reply in {"partly", "unknown"} else []))
    assert set(last_entry(dossier).facts) == {"statement", "answer"}


def test_a_later_answer_stands_beside_the_first(dossier: Dossier, statement: Statement, sem: Person) -> None:
    commands.answer(statement, reply="yes", by=sem)
    commands.answer(statement, reply="no", words="Toch niet", by=sem)
    (told,) = told_of(dossier)
    assert [said(sem, own)[0] for own in told.answers[statement.pk]] == ["yes", "no"]


def test_nothing_else_is_an_answer(statement: Statement, sem: Person) -> None:
    with pytest.raises(Impossible, match="Kies een antwoord"):
        commands.answer(statement, reply="maybe", by=sem)


def test_his_answer_is_his_also_when_it_has_ended(
    dossier: Dossier, statement: Statement, sem: Person, noor: Person
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert commands.answer(fresh(statement), reply="no", by=sem)


def test_nobody_answers_for_him(statement: Statement, outsiders: list[Person]) -> None:
    assert_refused(commands.answer, statement, reply="yes", by=outsiders)


# --- looking again -------------------------------------------------------------------------


def test_what_does_not_fit_is_looked_at_again_until_somebody_says_what_came_of_it(
    dossier: Dossier, statement: Statement, noor: Person, sem: Person
) -> None:
    look = commands.look_again(statement, why="Bij mij is hij altijd op tijd.", by=noor)
    assert list(SecondLook.objects.open()) == [look]
    assert text(sem, look, "why") == "Bij mij is hij altijd op tijd.", "he reads it"
    done = commands.conclude(look, came_of="Het was één slechte maand.", by=noor)
    assert done.closed_at and not SecondLook.objects.open().exists()
    assert text(sem, done, "came_of") == "Het was één slechte maand."
    assert_sealed(done, "op tijd", "slechte maand")
    assert verbs(dossier)[-2:] == ["statement.doubted", "statement.settled"]
    with pytest.raises(Impossible, match="al afgerond"):
        commands.conclude(look, came_of="Nog iets", by=noor)
    assert commands.look_again(statement, why="Toch weer.", by=noor), "as often as it is needed"


def test_one_reason_at_a_time_also_after_a_better_text(dossier: Dossier, statement: Statement, noor: Person) -> None:
    commands.look_again(statement, why="Past niet.", by=noor)
    with pytest.raises(Impossible, match="al opnieuw"):
        commands.look_again(statement, why="Past echt niet.", by=noor)
    better = commands.cite(dossier, replaces=statement, by=noor, **SAID)
    (told,) = told_of(dossier)
    assert told.open_look, "a better text is no outcome"
    with pytest.raises(Impossible, match="al opnieuw"):
        commands.look_again(better, why="Past nog niet.", by=noor)


@pytest.mark.parametrize("words", ["", " \u200b "])
def test_why_and_what_came_of_it_are_said(words: str, statement: Statement, noor: Person) -> None:
    with pytest.raises(Impossible, match="niet past"):
        commands.look_again(statement, why=words, by=noor)
    look = commands.look_again(statement, why="Past niet.", by=noor)
    with pytest.raises(Impossible, match="eruit kwam"):
        commands.conclude(look, came_of=words, by=noor)


def test_it_is_the_coachs_impression(statement: Statement, noor: Person, sem: Person, outsiders: list[Person]) -> None:
    assert_refused(commands.look_again, statement, why="Past niet.", by=[sem, *outsiders])
    look = commands.look_again(statement, why="Past niet.", by=noor)
    assert_refused(commands.conclude, look, came_of="Klopt.", by=[sem, *outsiders])


def test_what_was_erased_takes_no_more_words(
    statement: Statement, noor: Person, sem: Person, fem: Person, pepijn: Person
) -> None:
    look = commands.look_again(statement, why="Past niet.", by=noor)
    erasure.shred(statement.dossier, section="work", by=fem, second=pepijn)
    assert text(sem, statement, "text") == "Dit is gewist."
    for change in (
        lambda: commands.cite(statement.dossier, by=noor, **SAID),
        lambda: commands.answer(statement, reply="yes", by=sem),
        lambda: commands.conclude(look, came_of="Klopt.", by=noor),
    ):
        with pytest.raises(Impossible, match="gewist"):
            change()
    commands.cite(statement.dossier, by=noor, **SAID | {"kind": "money"})
