"""For whom a list was made: said where he can be of no such age, and nothing where nobody knows."""

from datetime import date
from typing import Any

import pytest

from ipta.web.sheet_ages import ages_in_words, not_made_for
from tests.method.instruments.made import asking, item

TODAY = date(2026, 11, 23)


def made_for(low: int | None, high: int | None) -> Any:
    ends = {
        name: {"value": value, "system": "http://unitsofmeasure.org", "code": "a"}
        for name, value in (("low", low), ("high", high))
        if value is not None
    }
    code = {"system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "age"}
    return asking(item("a"), useContext=[{"code": code, "valueRange": ends}])


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4, 23, "4 tot en met 23 jaar"),
        (18, 120, "18 jaar en ouder"),
        (18, None, "18 jaar en ouder"),
        (None, 18, "tot en met 18 jaar"),
        (None, None, ""),
    ],
)
def test_the_ages_are_said_in_words(low: int | None, high: int | None, words: str) -> None:
    assert ages_in_words(made_for(low, high)) == words


def test_who_is_too_old_is_named_with_his_age() -> None:
    said = not_made_for(made_for(4, 23), "2002-03-01", TODAY, called="Sem")
    assert said == "Deze lijst is gemaakt voor 4 tot en met 23 jaar. Sem is 24. Kijk of de uitkomst past."


def test_to_himself_it_says_jij() -> None:
    said = not_made_for(made_for(12, 18), "2002", TODAY)
    assert said == "Deze lijst is gemaakt voor 12 tot en met 18 jaar. Jij bent 23 of 24. Kijk of het bij je past."


@pytest.mark.parametrize("born", ["", "twintiger", "2002", "2003-01-01", "2002-12-01"])
def test_who_fits_or_may_fit_hears_nothing(born: str) -> None:
    assert not_made_for(made_for(4, 23), born, TODAY, called="Sem") == ""


def test_a_list_for_everybody_says_nothing() -> None:
    assert not_made_for(asking(item("a")), "1950-01-01", TODAY, called="Sem") == ""
