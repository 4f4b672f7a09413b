"""How many weeks a municipality remembers somebody without a yes."""

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person
from tests.cast import fresh
from tests.conftest import sign_in


@pytest.fixture
def fems(fem: Person) -> Client:
    return sign_in(fem)


def at(municipality: Municipality) -> str:
    return reverse("municipality:set_term", args=[municipality.pk])


def test_six_weeks_unless_it_chooses_otherwise(fems: Client, zoetermeer: Municipality) -> None:
    assert 'value="6" checked' in fems.get(at(zoetermeer)).content.decode()
    assert fems.post(at(zoetermeer), {"weeks": "4"}).status_code == 302
    assert fresh(zoetermeer).scout_days == 28
    shown = fems.get(reverse("municipality:name_phases", args=[zoetermeer.pk])).content.decode()
    assert "onthouden jullie 4 weken" in shown


@pytest.mark.parametrize("weeks", ["", "1", "13", "zes", "-2"])
def test_what_is_no_term_comes_back(fems: Client, zoetermeer: Municipality, weeks: str) -> None:
    assert fems.post(at(zoetermeer), {"weeks": weeks}).status_code == 422
    assert fresh(zoetermeer).scout_days == 42


def test_of_another_town_it_is_not_there(fems: Client, schiedam: Municipality, noor: Person) -> None:
    assert fems.post(at(schiedam), {"weeks": "4"}).status_code == 404
    assert sign_in(noor).get(at(schiedam)).status_code == 404
