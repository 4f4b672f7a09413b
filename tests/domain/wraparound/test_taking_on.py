"""Somebody with a page of his own says yes to what he does himself: to his own line, and no more."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, NetworkPerson, Step
from ipta.sharing import commands as sharing
from ipta.sharing.guests import invite_guest
from ipta.sharing.models import Grant
from ipta.wraparound import commands as preparing
from ipta.wraparound.agreed import commands
from ipta.wraparound.models import Contribution, Invitee, MeetingYes
from tests.asking import assert_refused, last_entry, verbs
from tests.cast import days_ago, fresh


@pytest.fixture
def shown(hers: Contribution, mother: Person, sem: Person) -> Grant:
    return share(hers, mother, sem)


def share(line: Contribution, to: Person, by: Person) -> Grant:
    what = {"section": "plan", "item": line.pk, "item_kind": "contribution"}
    grant: Grant = sharing.grant(line.dossier, to=to, purpose="Fijn dat je meedoet", by=by, **what)
    return grant


def standing(line: Contribution) -> list[bool]:
    """Of the yeses that count now of who this line is of: whether it is to that line alone."""
    yeses = MeetingYes.objects.filter(agreement=line.agreement, invitee=line.invitee).standing()
    return [yes.is_to_own_line for yes in yeses]


def test_her_yes_is_to_her_line_and_stands_until_that_is_another(
    hers: Contribution, shown: Grant, mother: Person, noor: Person
) -> None:
    meeting = hers.agreement.meeting
    made = commands.take_on(hers, number=1, by=mother)
    assert (made.by, made.number, made.voice, made.invitee) == (mother, 1, "", hers.invitee)
    assert last_entry(hers.dossier).facts == {"contribution": str(hers.pk), "number": 1}
    commands.keep_informed(meeting, informed="Met de app", by=noor)
    assert standing(hers) == [True]
    changed = commands.contribute(meeting, invitee=hers.invitee, text="Kookt elke dag", by=noor)
    assert (changed.pk, changed.number) == (hers.pk, 3)
    assert standing(hers) == []


def test_what_she_did_not_read_she_says_no_yes_to(
    hers: Contribution, shown: Grant, mother: Person, noor: Person
) -> None:
    changed = commands.contribute(hers.agreement.meeting, invitee=hers.invitee, text="Kookt elke dag", by=noor)
    for stale in (0, 1, 3):
        with pytest.raises(Impossible, match="net veranderd"):
            commands.take_on(changed, number=stale, by=mother)
    assert not MeetingYes.objects.exists()
    assert commands.take_on(changed, number=2, by=mother).number == 2


def test_twice_is_once(hers: Contribution, shown: Grant, mother: Person) -> None:
    first = commands.take_on(hers, number=1, by=mother)
    assert commands.take_on(hers, number=1, by=mother) == first
    assert verbs(hers.dossier).count("meeting.taken_on") == 1


def test_aloud_was_to_everything_and_is_asked_again_when_anything_changes(
    hers: Contribution, shown: Grant, mother: Person, noor: Person
) -> None:
    meeting = hers.agreement.meeting
    commands.say_yes(meeting, number=1, invitee=hers.invitee, by=noor)
    assert standing(hers) == [False]
    commands.take_on(hers, number=1, by=mother)
    assert standing(hers) == [False, True], "what she said herself comes last, and is what the pages tell"
    commands.keep_informed(meeting, informed="Met de app", by=noor)
    assert standing(hers) == [True]


def test_of_a_talk_that_did_not_go_on_nothing_is_promised(
    hers: Contribution, shown: Grant, mother: Person, noor: Person
) -> None:
    preparing.call_off_meeting(hers.agreement.meeting, by=noor)
    with pytest.raises(Impossible, match="ging niet door"):
        commands.take_on(Contribution.objects.get(), number=1, by=mother)


def test_the_whole_plan_is_her_line_too(hers: Contribution, mother: Person, sem: Person) -> None:
    sharing.grant(hers.dossier, section="plan", to=mother, purpose="Mam", by=sem)
    assert commands.take_on(hers, number=1, by=mother).is_to_own_line


def test_nobody_says_it_for_another(
    hers: Contribution, shown: Grant, dossier: Dossier, noor: Person, sem: Person, outsiders: list[Person]
) -> None:
    uncle = dossiers.add_person(dossier, kind="family", name="Oom Jan", by=sem)
    invite_guest(uncle, by=sem)
    share(hers, fresh(uncle).account, sem)  # he reads what she does
    assert_refused(commands.take_on, hers, number=1, by=[fresh(uncle).account, noor, sem, *outsiders])
    his = commands.contribute(hers.agreement.meeting, voice="youth", text="Ik kom", by=sem)
    assert_refused(commands.take_on, his, number=2, by=[sem])


def test_only_what_is_shared_with_her_now(hers: Contribution, mother: Person, sem: Person, step: Step) -> None:
    assert_refused(commands.take_on, hers, number=1, by=[mother], match="niet met jou gedeeld")
    sharing.grant(hers.dossier, section="plan", to=mother, purpose="Mam", item=step.pk, item_kind="step", by=sem)
    assert_refused(commands.take_on, hers, number=1, by=[mother], match="niet met jou gedeeld")
    grant = share(hers, mother, sem)
    with clock.at(clock.now() + (grant.until - days_ago(-1)) * 2):
        assert_refused(commands.take_on, hers, number=1, by=[mother], match="niet met jou gedeeld")
    sharing.revoke(grant, by=sem)
    assert_refused(commands.take_on, hers, number=1, by=[mother], match="niet met jou gedeeld")


def test_not_when_it_all_has_ended_or_he_is_off_the_list(
    hers: Contribution, shown: Grant, ria: NetworkPerson, mother: Person, noor: Person, sem: Person
) -> None:
    NetworkPerson.objects.filter(pk=ria.pk).update(account=None)
    assert_refused(commands.take_on, Contribution.objects.get(), number=1, by=[mother])
    NetworkPerson.objects.filter(pk=ria.pk).update(account=mother)
    dossiers.end(hers.dossier, reason="stable", by=noor)
    assert_refused(commands.take_on, Contribution.objects.get(), number=1, by=[mother], match="nu niet meer")


MOVES = st.lists(st.sampled_from(["her line", "something else", "herself", "aloud"]), max_size=9)


@given(moves=MOVES)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_both_kinds_of_yes_count_as_they_were_meant(
    moves: list[str], hers: Contribution, shown: Grant, mother: Person, noor: Person
) -> None:
    """What a child would say: she said it herself after her line came, or aloud after anything came."""
    meeting, invitee = hers.agreement.meeting, Invitee.objects.get(pk=hers.invitee_id)
    herself = aloud = False
    with transaction.atomic():
        for move in moves:
            line = Contribution.objects.select_related("agreement").get(pk=hers.pk)
            if move == "her line":
                commands.contribute(meeting, invitee=invitee, text="Kookt", by=noor)
                herself = aloud = False
            elif move == "something else":
                commands.keep_informed(meeting, informed="Met de app", by=noor)
                aloud = False
            elif move == "herself":
                commands.take_on(line, number=line.number, by=mother)
                herself = True
            else:
                commands.say_yes(meeting, number=line.agreement.number, invitee=invitee, by=noor)
                aloud = True
            assert standing(hers) == [False] * aloud + [True] * herself
        transaction.set_rollback(True)
