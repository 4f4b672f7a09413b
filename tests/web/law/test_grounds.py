"""On what ground what is done: shipped, changed by the municipality, and the texts of before stay."""

import pytest
from django.test import Client

from ipta.accounts.models import Municipality
from ipta.law.rules import PURPOSE_NAMES
from tests.web.law.desk import at, said

OWN = {"articles": "AVG art. 6 en Participatiewet", "plain": "Dit mag van de wet.", "why": "Onze jurist keek mee."}


def test_every_purpose_has_a_ground_and_says_what_a_lawyer_must_look_at(fems: Client, zoetermeer: Municipality) -> None:
    page = said(fems.get(at("grounds", zoetermeer)))
    assert all(name in page for name in PURPOSE_NAMES.values())
    assert page.count("Nakijken") == 11


def test_a_text_of_its_own_counts_and_the_ones_of_before_stay(
    fems: Client, pepijns: Client, zoetermeer: Municipality
) -> None:
    for articles in ("AVG art. 6 lid 1 onder e", OWN["articles"]):
        assert fems.post(at("state_ground", zoetermeer, "match"), OWN | {"articles": articles}).status_code == 302
    page = said(pepijns.get(at("ground", zoetermeer, "match")))
    assert page.index(OWN["articles"]) < page.index("AVG art. 6 lid 1 onder e")
    assert "Fem" in page
    assert "Laat een jurist" not in page
    assert said(fems.get(at("grounds", zoetermeer))).count("Nakijken") == 10


@pytest.mark.parametrize("missing", ["articles", "plain", "why"])
def test_a_ground_without_a_word_comes_back(fems: Client, zoetermeer: Municipality, missing: str) -> None:
    answer = fems.post(at("state_ground", zoetermeer, "match"), OWN | {missing: ""})
    assert answer.status_code == 422
    assert all(OWN[name] in said(answer) for name in OWN if name != missing)


def test_only_the_functional_manager_changes_it(pepijns: Client, zoetermeer: Municipality) -> None:
    assert pepijns.post(at("state_ground", zoetermeer, "match"), OWN).status_code == 404
    assert pepijns.get(at("ground", zoetermeer, "iets")).status_code == 404
