"""En de ouders? Of who may be under 18 the coach notes what was weighed, and the youth reads it."""

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.law.models import Weighing
from tests.conftest import sign_in

WEIGHED = {"outcome": "himself", "reason": "Hij is 17 en vertelt het liever zelf."}


def at(name: str, dossier: Dossier) -> str:
    return reverse(f"coach:{name}", args=[dossier.pk])


@pytest.mark.parametrize(("age", "is_asked"), [(17, True), (18, True), (25, False)])
def test_it_is_offered_only_of_who_may_be_under_18(dossier: Dossier, noor: Person, age: int, is_asked: bool) -> None:
    """A year of birth: at 18 he may still be 17."""
    dossiers.describe(dossier, born=str(clock.today().year - age), by=noor)
    page = sign_in(noor).get(at("network", dossier)).content.decode()
    assert (at("weigh", dossier) in page) is is_asked


def test_where_no_day_is_known_nobody_is_asked(dossier: Dossier, noor: Person) -> None:
    assert at("weigh", dossier) not in sign_in(noor).get(at("network", dossier)).content.decode()


def test_coach_and_youth_both_read_it(dossier: Dossier, noor: Person, sem: Person) -> None:
    browser = sign_in(noor)
    assert browser.post(at("weigh", dossier), WEIGHED).status_code == 302
    assert WEIGHED["reason"] in browser.get(at("network", dossier)).content.decode()
    page = sign_in(sem).get(reverse("youth:people")).content.decode()
    assert WEIGHED["reason"] in page
    assert "Jij vertelt het zelf." in page


@pytest.mark.parametrize("missing", ["outcome", "reason"])
def test_without_an_outcome_or_a_reason_it_comes_back(dossier: Dossier, noor: Person, missing: str) -> None:
    browser = sign_in(noor)
    assert browser.post(at("weigh", dossier), WEIGHED | {missing: ""}).status_code == 422
    assert not Weighing.objects.exists()


def test_who_stands_in_does_not_weigh(dossier: Dossier, stef: Person, standing_in: Coachship, bram: Person) -> None:
    for person in (stef, bram):
        browser: Client = sign_in(person)
        assert browser.get(at("weigh", dossier)).status_code == 404
        assert browser.post(at("weigh", dossier), WEIGHED).status_code == 404
