"""`appoint`, `close_appointment`."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier
from tests.asking import assert_refused, assert_sealed, last_entry, text
from tests.cast import fresh

TOMORROW = timedelta(days=1)


@pytest.mark.parametrize("who", ["noor", "sem"])
def test_both_owners_make_one(who: str, dossier: Dossier, sem: Person, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    made = dossiers.appoint(
        dossier, what="Tandarts", place="Dorpsstraat", travel="bus 70", bring="pasje",
        starts_at=timezone.now() + TOMORROW, by=by,
    )  # fmt: skip
    assert text(sem, made, "travel") == "bus 70"
    assert_sealed(made, "Tandarts", "Dorpsstraat", "bus 70", "pasje")
    assert last_entry(dossier).verb == "appointment.made"


def test_it_did_not_happen_and_nobody_is_to_blame(dossier: Dossier, noor: Person) -> None:
    made = Appointment.objects.get(dossier=dossier)
    dossiers.close_appointment(made, outcome="not", by=noor)
    assert fresh(made).get_outcome_display() == "Het ging niet door"
    assert last_entry(dossier).facts == {"appointment": str(made.id), "outcome": "not"}


def test_an_outcome_is_one_of_the_two(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(ValueError, match="no_show"):
        dossiers.close_appointment(Appointment.objects.get(dossier=dossier), outcome="no_show", by=noor)


def test_nobody_else_may(dossier: Dossier, outsiders: list[Person]) -> None:
    assert_refused(dossiers.appoint, dossier, what="x", starts_at=timezone.now(), by=outsiders)
    made = Appointment.objects.get(dossier=dossier)
    assert_refused(dossiers.close_appointment, made, outcome="happened", by=outsiders)
