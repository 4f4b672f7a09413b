"""`ask_why` and `explain`: one tap of the youth, one sentence of who looked."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier, Step
from ipta.sharing import commands as sharing
from ipta.sharing.models import Grant, Look
from ipta.sharing.why.commands import ask_why, explain, see_answer
from ipta.sharing.why.models import LookQuestion
from ipta.sharing.why.queries import asked_of, question_to
from tests.asking import assert_refused, assert_sealed, last_entry, looks, text, verbs
from tests.cast import days_ago, fresh

WHY = "Ik zocht je nieuwe adres voor de brief."


@pytest.fixture
def shared(dossier: Dossier, sem: Person, dana: Person) -> Grant:
    given: Grant = sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem)
    return given


@pytest.fixture
def read(shared: Grant, dossier: Dossier, step: Step, dana: Person) -> Look:
    """Dana reads his plan."""
    text(dana, step, "text")
    return looks(dossier)[-1]


@pytest.fixture
def asked(read: Look, dossier: Dossier, sem: Person) -> LookQuestion:
    found: LookQuestion = ask_why(dossier, read, by=sem)
    return found


def test_who_looked_finds_it_with_the_day_and_what_it_was(asked: LookQuestion, dossier: Dossier, dana: Person) -> None:
    (found,) = asked_of(dana)
    assert (found.question, found.town, found.sections) == (asked, dossier.municipality.name, ("plan",))
    assert asked.day == days_ago(0)
    assert last_entry(dossier).verb == "look.asked_why"


def test_asking_twice_is_asking_once(asked: LookQuestion, read: Look, dossier: Dossier, sem: Person) -> None:
    assert ask_why(dossier, read, by=sem) == asked
    assert verbs(dossier).count("look.asked_why") == 1


def test_the_answer_is_sealed_and_his_to_read(asked: LookQuestion, sem: Person, dana: Person) -> None:
    explain(asked, words=WHY, by=dana)
    assert text(sem, asked, "answer") == WHY
    assert_sealed(asked, "adres", "brief")
    assert asked_of(dana) == []
    assert LookQuestion.objects.unread().exists()
    see_answer(fresh(asked), by=sem)
    assert not LookQuestion.objects.unread().exists()


def test_also_who_may_read_no_more_answers(asked: LookQuestion, shared: Grant, sem: Person, dana: Person) -> None:
    sharing.revoke(shared, by=sem)
    found = question_to(dana, asked.pk)
    assert found
    explain(found.question, words=WHY, by=dana)
    assert text(sem, asked, "answer") == WHY


def test_once_and_in_words(asked: LookQuestion, dana: Person) -> None:
    with pytest.raises(Impossible, match="waarom"):
        explain(asked, words=" ", by=dana)
    explain(asked, words=WHY, by=dana)
    with pytest.raises(Impossible, match="al antwoord"):
        explain(fresh(asked), words="Toch anders.", by=dana)


def test_only_he_asks_and_only_who_looked_answers(
    asked: LookQuestion, read: Look, dossier: Dossier, noor: Person, sem: Person, outsiders: list[Person], dana: Person
) -> None:
    assert_refused(ask_why, dossier, read, by=[noor, *outsiders])
    assert_refused(explain, asked, words=WHY, by=[noor, sem, *(one for one in outsiders if one != dana)])
    explain(asked, words=WHY, by=dana)
    assert_refused(see_answer, fresh(asked), by=[noor, dana])
    assert question_to(noor, asked.pk) is None
