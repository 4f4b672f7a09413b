"""`choose_term`, `state_ground`: what a municipality says, who said it when, and that what was said before stays."""

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Impossible
from ipta.law import commands
from ipta.law.models import Ground, Retention
from ipta.law.queries import grounds_of, months_of, terms_of
from tests.asking import assert_refused, last_entry


def test_without_a_word_of_the_municipality_the_usual_terms_count(zoetermeer: Municipality) -> None:
    assert months_of([zoetermeer.pk])[zoetermeer.pk] == {
        "contacts": 24, "people": 24, "scans": 24, "special": 24, "plan": 60, "rest": 60,
    }  # fmt: skip


def test_a_municipality_chooses_another_term_and_the_one_of_before_stays_readable(
    zoetermeer: Municipality, schiedam: Municipality, fem: Person
) -> None:
    commands.choose_term(zoetermeer, "contacts", years=15, why="Het is een voorziening van de Wmo.", by=fem)
    commands.choose_term(zoetermeer, "contacts", years=3, why="Toch niet.", by=fem)
    assert months_of([zoetermeer.pk, schiedam.pk]) == {
        zoetermeer.pk: months_of([zoetermeer.pk])[zoetermeer.pk],
        schiedam.pk: months_of([schiedam.pk])[schiedam.pk],
    }
    assert months_of([zoetermeer.pk])[zoetermeer.pk]["contacts"] == 36
    assert months_of([schiedam.pk])[schiedam.pk]["contacts"] == 24
    said = terms_of(zoetermeer)["contacts"]
    assert [(term.months, term.why, term.stated_by) for term in said] == [
        (36, "Toch niet.", fem),
        (180, "Het is een voorziening van de Wmo.", fem),
    ]
    assert last_entry(zoetermeer).facts == {"kind": "contacts", "months": 36}


@pytest.mark.parametrize(("kind", "years"), [("contacts", 4), ("contacts", 0), ("plan", 2), ("rest", 5), ("x", 5)])
def test_a_term_lies_within_bounds(zoetermeer: Municipality, fem: Person, kind: str, years: int) -> None:
    with pytest.raises(Impossible, match="termijnen"):
        commands.choose_term(zoetermeer, kind, years=years, why="Omdat.", by=fem)


def test_a_choice_has_a_reason(zoetermeer: Municipality, fem: Person) -> None:
    with pytest.raises(Impossible, match="waarom"):
        commands.choose_term(zoetermeer, "plan", years=7, why="  ", by=fem)
    with pytest.raises(Impossible, match="waarom"):
        commands.state_ground(zoetermeer, "match", articles="AVG", plain="", why="x", by=fem)
    with pytest.raises(Impossible, match="Dit doel"):
        commands.state_ground(zoetermeer, "x", articles="AVG", plain="Zo.", why="x", by=fem)


def test_only_the_functional_manager_says_it(
    zoetermeer: Municipality, outsiders: list[Person], fem: Person, noor: Person, sem: Person, pepijn: Person
) -> None:
    others = [person for person in (*outsiders, noor, sem, pepijn) if person != fem]
    assert_refused(commands.choose_term, zoetermeer, "plan", years=7, why="x", by=others, match="functioneel beheerder")
    assert_refused(
        commands.state_ground, zoetermeer, "match", articles="a", plain="b", why="c", by=others, match="functioneel"
    )


def test_of_a_ground_the_earlier_texts_stay_with_day_and_name(zoetermeer: Municipality, fem: Person) -> None:
    assert grounds_of(zoetermeer)["match"] == []
    for text in ("AVG art. 6", "AVG art. 6 en 9"):
        commands.state_ground(zoetermeer, "match", articles=text, plain="Het mag.", why="Jurist keek mee.", by=fem)
    said = grounds_of(zoetermeer)["match"]
    assert [(ground.articles, ground.stated_by) for ground in said] == [("AVG art. 6 en 9", fem), ("AVG art. 6", fem)]
    assert (Ground.objects.count(), Retention.objects.count()) == (2, 0)
