"""`ask_for` and `answer_request`: somebody would like to see more. It opens nothing before the youth says yes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, Step
from ipta.sharing import commands as sharing
from ipta.sharing.asked.commands import answer_request, ask_for
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.asked.rules import LATER_RESTS, RESTS, WAITS
from ipta.sharing.door import Reader
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import fresh

WHY = "Dan kan ze meepraten over de huur."


@pytest.fixture
def asked(dossier: Dossier, noor: Person, dana: Person) -> SharingRequest:
    """Noor asks for dana."""
    found: SharingRequest = ask_for(dossier, section="living", to=dana, reason=WHY, by=noor)
    return found


def may(person: Person, dossier: Dossier, section: str) -> bool:
    return Reader(fresh(person)).may(dossier, section)


def test_it_opens_nothing_and_waits(asked: SharingRequest, dossier: Dossier, dana: Person) -> None:
    assert not may(dana, dossier, "living")
    assert list(SharingRequest.objects.to_show()) == [asked]
    facts = {"request": str(asked.id), "section": "living", "to": str(dana.pk)}
    assert (last_entry(dossier).verb, last_entry(dossier).facts) == ("sharing.asked", facts)


def test_the_reason_is_sealed_with_what_is_asked_for(asked: SharingRequest, sem: Person, dana: Person) -> None:
    assert text(sem, asked, "reason") == WHY
    assert_sealed(asked, "huur", "meepraten")
    with pytest.raises(Refused):
        text(dana, asked, "reason")


def test_his_yes_is_a_grant_for_that_reason(asked: SharingRequest, dossier: Dossier, sem: Person, dana: Person) -> None:
    answer_request(asked, answer="yes", purpose=WHY, by=sem)
    given = dossier.grant_set.get()
    assert (given.to, given.shared_section, given.given_by, given.is_aloud) == (dana, "living", sem, False)
    assert fresh(asked).grant == given
    assert text(sem, given, "purpose") == WHY
    assert may(dana, dossier, "living")
    assert verbs(dossier)[-2:] == ["grant.given", "sharing.answered"]


def test_together_the_coach_types_it_and_that_is_recorded(
    asked: SharingRequest, dossier: Dossier, noor: Person, dana: Person
) -> None:
    answer_request(asked, answer="yes", purpose=WHY, by=noor)
    assert dossier.grant_set.get().is_aloud
    assert may(dana, dossier, "living")
    assert last_entry(dossier).facts["aloud"] is True


def test_a_no_opens_nothing_and_is_not_asked_again_for_a_month(
    asked: SharingRequest, dossier: Dossier, sem: Person, noor: Person, dana: Person
) -> None:
    answer_request(asked, answer="no", by=sem)
    assert not may(dana, dossier, "living")
    with pytest.raises(Impossible, match="kort geleden nee"):
        ask_for(dossier, section="living", to=dana, reason=WHY, by=noor)
    with time_machine.travel(clock.now() + RESTS + timedelta(hours=1), tick=False):
        ask_for(dossier, section="living", to=dana, reason=WHY, by=noor)


def test_later_leaves_his_first_page_for_a_week(asked: SharingRequest, sem: Person) -> None:
    answer_request(asked, answer="later", by=sem)
    assert not SharingRequest.objects.to_show().exists()
    assert SharingRequest.objects.waiting().exists()
    with time_machine.travel(clock.now() + LATER_RESTS + timedelta(hours=1), tick=False):
        assert SharingRequest.objects.to_show().exists()
    answer_request(fresh(asked), answer="yes", purpose=WHY, by=sem)
    assert fresh(asked).grant


def test_after_a_month_it_has_ended_by_itself(
    asked: SharingRequest, dossier: Dossier, sem: Person, noor: Person, dana: Person
) -> None:
    with time_machine.travel(clock.now() + WAITS + timedelta(hours=1), tick=False):
        assert not SharingRequest.objects.waiting().exists()
        with pytest.raises(Impossible, match="al klaar"):
            answer_request(asked, answer="yes", purpose=WHY, by=sem)
        ask_for(dossier, section="living", to=dana, reason=WHY, by=noor)


def test_what_was_answered_stays_answered(asked: SharingRequest, dossier: Dossier, sem: Person) -> None:
    answer_request(asked, answer="no", by=sem)
    with pytest.raises(Impossible):
        answer_request(asked, answer="yes", purpose=WHY, by=sem)
    assert not dossier.grant_set.exists()


def test_the_same_is_asked_once(
    asked: SharingRequest, dossier: Dossier, noor: Person, sem: Person, dana: Person
) -> None:
    with pytest.raises(Impossible, match="al gevraagd"):
        ask_for(dossier, section="living", to=dana, reason=WHY, by=noor)
    sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem)
    with pytest.raises(Impossible, match="al gedeeld"):
        ask_for(dossier, section="plan", to=dana, reason=WHY, by=noor)
    with pytest.raises(Impossible, match="waarom"):
        ask_for(dossier, section="work", to=dana, reason="  ", by=noor)


def test_who_sees_something_already_asks_for_himself(dossier: Dossier, sem: Person, dana: Person) -> None:
    assert_refused(ask_for, dossier, section="living", to=dana, reason=WHY, by=[dana])
    sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem)
    assert ask_for(dossier, section="living", to=dana, reason=WHY, by=dana).asked_by == dana


def test_nobody_else_asks_and_nobody_asks_for_what_is_never_shared(
    dossier: Dossier, noor: Person, stef: Person, standing_in: Coachship, outsiders: list[Person], lotte: Person
) -> None:
    by = [stef, *(person for person in outsiders if person != lotte)]
    assert_refused(ask_for, dossier, section="living", to=lotte, reason=WHY, by=by)
    assert_refused(ask_for, dossier, section="justice", to=lotte, reason=WHY, by=[noor])
    assert_refused(ask_for, dossier, section="living", to=noor, reason=WHY, by=[noor])


def test_nobody_answers_for_him(
    asked: SharingRequest, stef: Person, standing_in: Coachship, outsiders: list[Person]
) -> None:
    assert_refused(answer_request, asked, answer="yes", purpose=WHY, by=[stef, *outsiders])


def test_nothing_is_asked_when_it_has_ended(dossier: Dossier, noor: Person, dana: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    with pytest.raises((Impossible, Refused)):
        ask_for(fresh(dossier), section="living", to=dana, reason=WHY, by=noor)


# --- one thing ----------------------------------------------------------------------------------------------------


@pytest.fixture
def one(step: Step) -> dict[str, Any]:
    return {"section": "plan", "item": step.pk, "item_kind": "step", "reason": WHY}


def test_one_thing_is_asked_for_by_his_coach_and_his_yes_opens_that_alone(
    dossier: Dossier, one: dict[str, Any], step: Step, sem: Person, noor: Person, dana: Person
) -> None:
    asked = ask_for(dossier, to=dana, by=noor, **one)
    assert last_entry(dossier).facts["item"] == str(step.pk)
    answer_request(asked, answer="yes", purpose=WHY, by=sem)
    given = dossier.grant_set.get()
    assert (given.item, given.item_kind) == (step.pk, "step")
    assert text(dana, step, "text")
    assert not may(dana, dossier, "plan")


def test_nobody_asks_for_one_thing_for_himself(
    dossier: Dossier, one: dict[str, Any], sem: Person, noor: Person, dana: Person
) -> None:
    sharing.grant(dossier, section="work", to=dana, purpose="x", by=sem)
    assert_refused(ask_for, dossier, to=dana, by=[dana], **one)
    assert_refused(ask_for, dossier, to=noor, by=[noor], **one)


def test_what_is_not_there_is_not_asked_for(
    dossier: Dossier, kim_dossier: Dossier, one: dict[str, Any], noor: Person, dana: Person
) -> None:
    for wrong in ({"item": kim_dossier.step_set.get().pk}, {"section": "work"}, {"item_kind": "note"}):
        with pytest.raises(Impossible, match="staat er niet meer"):
            ask_for(dossier, to=dana, by=noor, **one | wrong)


def test_what_is_gone_when_he_says_yes_never_becomes_the_whole_section(
    dossier: Dossier, one: dict[str, Any], step: Step, sem: Person, noor: Person, dana: Person
) -> None:
    asked = ask_for(dossier, to=dana, by=noor, **one)
    step.delete()
    with pytest.raises(Impossible, match="staat er niet meer"):
        answer_request(asked, answer="yes", purpose=WHY, by=sem)
    assert not dossier.grant_set.exists()
    answer_request(fresh(asked), answer="no", by=sem)


def test_a_thing_and_its_section_are_asked_for_apart(
    dossier: Dossier, one: dict[str, Any], sem: Person, noor: Person, dana: Person
) -> None:
    answer_request(ask_for(dossier, to=dana, by=noor, **one), answer="yes", purpose=WHY, by=sem)
    with pytest.raises(Impossible, match="al gedeeld"):
        ask_for(dossier, to=dana, by=noor, **one)
    whole = ask_for(dossier, section="plan", to=dana, reason=WHY, by=noor)
    answer_request(whole, answer="yes", purpose=WHY, by=sem)
    assert may(dana, dossier, "plan")


def test_the_database_wants_a_kind_with_what_is_asked_for(
    dossier: Dossier, one: dict[str, Any], noor: Person, dana: Person
) -> None:
    asked = ask_for(dossier, to=dana, by=noor, **one)
    for wrong in ({"item": None}, {"item_kind": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SharingRequest.objects.filter(pk=asked.pk).update(**wrong)
