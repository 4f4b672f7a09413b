from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ipta.accounts.models import Municipality, Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, PhaseSpan
from tests.asking import assert_refused, assert_sealed, text, verbs


def test_a_coach_notes_somebody_under_a_nickname(zoetermeer: Municipality, noor: Person) -> None:
    begun = dossiers.begin(zoetermeer, nickname="  Kwetter\u202e ", safety="ouders weten het niet", by=noor)
    assert text(noor, begun, "nickname") == "Kwetter"
    assert text(noor, begun, "safety") == "ouders weten het niet"
    assert begun.is_scouted
    assert begun.youth is None
    assert PhaseSpan.objects.get(dossier=begun).phase == "scout"
    assert verbs(begun) == ["dossier.begun"]


def test_the_nickname_is_sealed(zoetermeer: Municipality, noor: Person) -> None:
    begun = dossiers.begin(zoetermeer, nickname="Kwetter", reach={"app": "0612345678"}, by=noor)
    assert_sealed(begun, "Kwetter", "0612345678")


def test_only_a_coach_of_the_municipality(
    zoetermeer: Municipality, yara: Person, sem: Person, dana: Person, lotte: Person, fem: Person
) -> None:
    assert_refused(dossiers.begin, zoetermeer, nickname="x", by=[yara, sem, dana, lotte, fem])


def test_it_may_be_told_afterwards(zoetermeer: Municipality, noor: Person) -> None:
    last_week = timezone.localdate() - timedelta(days=7)
    begun = dossiers.begin(zoetermeer, nickname="x", by=noor, on=last_week)
    assert begun.found_on == last_week
    assert begun.coachship_set.get().since == last_week


def test_one_package_makes_one_dossier(zoetermeer: Municipality, noor: Person) -> None:
    package = uuid4()
    dossiers.begin(zoetermeer, nickname="x", package_id=package, by=noor)
    with pytest.raises(IntegrityError), transaction.atomic():
        dossiers.begin(zoetermeer, nickname="x", package_id=package, by=noor)
    assert Dossier.objects.filter(package_id=package).count() == 1
