"""`add_specialist`, `change_specialist`: the directory of a municipality."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Specialist
from ipta.dossiers.specialists import commands
from ipta.dossiers.specialists.queries import specialists_kept_by, specialists_visible_to
from tests.asking import assert_refused, last_entry, row_counts
from tests.cast import fresh

AGREED: dict[str, Any] = {"fields": ["money"], "answers_within": 3}


@pytest.fixture
def specialist(zoetermeer: Municipality, lotte: Person) -> Specialist:
    return commands.add_specialist(
        zoetermeer, organisation="Schuldhulp Zoetermeer", name="Mira", phone="079 123 45 67", by=lotte, **AGREED
    )


def test_project_leader_and_functional_manager_keep_it(zoetermeer: Municipality, lotte: Person, fem: Person) -> None:
    made = commands.add_specialist(
        zoetermeer, organisation=" Wonen Plus ", fields=["housing", "x"], answers_within=2, by=fem
    )
    assert (made.organisation, made.fields, made.field_names, str(made)) == (
        "Wonen Plus", ["housing"], ["Wonen"], "Wonen Plus",
    )  # fmt: skip
    assert last_entry(zoetermeer).verb == "specialist.added"
    assert last_entry(zoetermeer).facts == {"specialist": str(made.pk)}
    commands.change_specialist(made, until=None, is_reachable=False, name="Bo", by=lotte, **AGREED)
    changed = fresh(made)
    assert (changed.fields, changed.answers_within, changed.is_reachable) == (["money"], 3, False)
    assert str(changed) == "Bo, Wonen Plus"
    assert last_entry(zoetermeer).verb == "specialist.changed"


def test_nobody_else_keeps_it(
    specialist: Specialist, noor: Person, vera: Person, dana: Person, sem: Person, nel: Person
) -> None:
    others = [noor, vera, dana, sem, nel]
    assert_refused(commands.add_specialist, specialist.municipality, organisation="x", by=others, **AGREED)
    assert_refused(commands.change_specialist, specialist, until=None, is_reachable=True, by=others, **AGREED)


def test_it_ends_at_the_border(
    specialist: Specialist, noor: Person, lotte: Person, yara: Person, vera: Person, nel: Person
) -> None:
    for person in (noor, lotte):
        assert specialists_visible_to(person).get() == specialist
    for person in (yara, vera, nel):
        assert not specialists_visible_to(person).exists()
    assert specialists_kept_by(lotte).get() == specialist
    assert not specialists_kept_by(noor).exists()


@pytest.mark.parametrize(
    "wrong", [{"fields": []}, {"fields": ["x"]}, {"answers_within": 0}, {"answers_within": 61}, {"organisation": " "}]
)
def test_what_nobody_can_rely_on_is_no_agreement(
    zoetermeer: Municipality, lotte: Person, wrong: dict[str, Any]
) -> None:
    before = row_counts()
    with pytest.raises(Impossible):
        commands.add_specialist(zoetermeer, by=lotte, **{"organisation": "Wonen Plus", **AGREED, **wrong})
    assert row_counts() == before


def test_an_agreement_holds_up_to_and_with_its_last_day(specialist: Specialist) -> None:
    assert specialist.is_agreed
    specialist.until = timezone.localdate()
    assert specialist.is_agreed
    specialist.until -= timedelta(days=1)
    assert not specialist.is_agreed
