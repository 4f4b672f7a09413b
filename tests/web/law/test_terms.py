"""How long what is kept: on a page, chosen within bounds, with what was chosen before."""

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person
from ipta.law.queries import months_of
from tests.conftest import sign_in
from tests.web.law.desk import at, said


def test_every_kind_stands_there_with_its_term(fems: Client, pepijns: Client, zoetermeer: Municipality) -> None:
    for browser in (fems, pepijns):
        page = said(browser.get(at("terms", zoetermeer)))
        assert "Gesprekken, berichten en afspraken" in page
        assert "2 jaar" in page
        assert "5 jaar" in page


def test_another_term_with_the_reason_and_who_chose_it(fems: Client, pepijns: Client, zoetermeer: Municipality) -> None:
    typed = {"years": "15", "why": "Het is bij ons een voorziening van de Wmo."}
    assert fems.post(at("choose_term", zoetermeer, "contacts"), typed).status_code == 302
    assert months_of([zoetermeer.pk])[zoetermeer.pk]["contacts"] == 180
    page = said(pepijns.get(at("term", zoetermeer, "contacts")))
    assert "15 jaar" in page
    assert typed["why"] in page
    assert "Fem" in page


@pytest.mark.parametrize("typed", [{"years": "4", "why": "x"}, {"years": "", "why": "x"}, {"years": "5", "why": " "}])
def test_what_is_no_term_or_has_no_reason_comes_back(
    fems: Client, zoetermeer: Municipality, typed: dict[str, str]
) -> None:
    answer = fems.post(at("choose_term", zoetermeer, "contacts"), typed)
    assert answer.status_code == 422
    assert months_of([zoetermeer.pk])[zoetermeer.pk]["contacts"] == 24


def test_sent_twice_it_is_chosen_once(fems: Client, zoetermeer: Municipality) -> None:
    typed = {"years": "7", "why": "Zo.", "once": "8c1f8a3e-58b7-4b9c-9c11-1f2f3d4e5a6b"}
    for _ in range(2):
        assert fems.post(at("choose_term", zoetermeer, "plan"), typed).status_code == 302
    assert said(fems.get(at("term", zoetermeer, "plan"))).count("7 jaar</") == 2  # now, and once chosen


def test_the_privacy_officer_reads_and_chooses_nothing(pepijns: Client, zoetermeer: Municipality) -> None:
    assert at("choose_term", zoetermeer, "plan") not in said(pepijns.get(at("term", zoetermeer, "plan")))
    assert pepijns.post(at("choose_term", zoetermeer, "plan"), {"years": "7", "why": "x"}).status_code == 404


@pytest.mark.parametrize("kind", ["rest", "all", "iets"])
def test_what_goes_with_the_rest_is_not_chosen(fems: Client, zoetermeer: Municipality, kind: str) -> None:
    assert fems.get(at("choose_term", zoetermeer, kind)).status_code == 404


def test_of_another_town_nothing_is_there(fems: Client, schiedam: Municipality, noor: Person, fem: Person) -> None:
    for name in ("home", "terms", "grounds", "erasure", "proofs", "register", "dpia"):
        assert fems.get(at(name, schiedam)).status_code == 404
        assert sign_in(noor).get(at(name, schiedam)).status_code == 404


def test_with_one_town_one_comes_straight_to_it(fems: Client, zoetermeer: Municipality) -> None:
    assert fems.get(reverse("law:towns")).headers["Location"] == at("home", zoetermeer)
