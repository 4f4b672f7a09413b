"""An invitation through a link: sealed twice, read by a button, answered by who has no account."""

from datetime import timedelta
from uuid import UUID

import pytest

from ipta.accounts import links
from ipta.accounts.models import Link, Person
from ipta.base import clock
from ipta.base.verdict import Impossible, Refused
from ipta.sharing import erasure
from ipta.sharing.letters import Unreadable
from ipta.sharing.queries import looks_at
from ipta.wraparound import commands as preparing
from ipta.wraparound.invited import commands
from ipta.wraparound.invited.letters import Letter, seal, unseal
from ipta.wraparound.invited.rules import link_lasts
from ipta.wraparound.models import Invitee, Meeting
from tests.asking import assert_refused, assert_sealed, looks, text, verbs
from tests.cast import fresh

LETTER = Letter("Tante Ria", "Noor", False, "In mei", "Buurthuis", "network", ["Mijn schulden"])


def test_only_the_link_opens_it_and_the_log_tells_it_without_a_name(tante: Invitee, noor: Person) -> None:
    token = commands.send_invitation(tante, LETTER, by=noor)
    assert_sealed(fresh(tante), "Buurthuis", "schulden", token)
    assert "Buurthuis" not in text(noor, tante, "letter")
    assert commands.read_invitation(tante, token=token, by=noor) == LETTER
    line = looks(tante.dossier)[-1]
    told = (line.reader_name, line.reader_role, line.reader_organisation, line.section, line.ground)
    assert told == ("", "invite", "", "plan", f"invite:{tante.pk}")
    assert fresh(tante).opened_at is not None


def test_he_sees_that_it_was_read_also_where_he_made_the_link(tante: Invitee, sem: Person) -> None:
    token = commands.send_invitation(tante, LETTER, by=sem)
    commands.read_invitation(tante, token=token, by=sem)
    shown = [look for look in looks_at(tante.dossier) if look.role == "invite"]
    assert [look.is_self for look in shown] == [False]


def test_another_link_ends_the_one_of_before(tante: Invitee, noor: Person) -> None:
    before = commands.send_invitation(tante, LETTER, by=noor)
    commands.send_invitation(tante, LETTER, by=noor)
    assert links.find(Link.Kind.INVITE, before) is None
    with pytest.raises(Unreadable):
        commands.read_invitation(tante, token=before, by=noor)


def test_a_letter_opens_for_nobody_else() -> None:
    sealed = seal(LETTER, "geheim", first := UUID(int=1))
    assert unseal(sealed, "geheim", first) == LETTER
    for token, invitee in (("anders", first), ("geheim", UUID(int=2))):
        with pytest.raises(Unreadable):
            unseal(sealed, token, invitee)
    with pytest.raises(Unreadable):
        unseal("Dit is gewist.", "geheim", first)


def test_his_answer_lands_with_them_and_may_change(tante: Invitee, noor: Person) -> None:
    commands.send_invitation(tante, LETTER, by=noor)
    commands.answer_invitation(tante, answer="no", words="Ik moet werken", by=noor)
    there = commands.answer_invitation(tante, answer="yes", brings="Ik bak iets", by=noor)
    assert (there.answer, text(noor, there, "answer_words"), text(noor, there, "brings")) == ("yes", "", "Ik bak iets")
    assert_sealed(there, "bak")
    assert verbs(tante.dossier)[-1] == "meeting.invitation_answered"


def test_his_name_stands_there_by_his_own_choice_alone(tante: Invitee, noor: Person, sem: Person) -> None:
    with pytest.raises(Impossible, match="Alleen de jongere"):
        commands.name_youth(tante, is_named=True, by=noor)
    assert commands.name_youth(tante, is_named=True, by=sem).names_youth


@pytest.mark.parametrize("end", ["end_meeting", "call_off_meeting"])
def test_when_it_is_over_the_link_leads_nowhere(coming: Meeting, tante: Invitee, noor: Person, end: str) -> None:
    token = commands.send_invitation(tante, LETTER, by=noor)
    getattr(preparing, end)(coming, by=noor)
    assert links.find(Link.Kind.INVITE, token) is None
    with pytest.raises(Refused):
        commands.read_invitation(fresh(tante), token=token, by=noor)
    assert text(noor, tante, "letter") == ""


def test_who_is_off_the_list_has_no_link(tante: Invitee, noor: Person) -> None:
    token = commands.send_invitation(tante, LETTER, by=noor)
    preparing.uninvite(tante, by=noor)
    assert links.find(Link.Kind.INVITE, token) is None


def test_what_was_erased_opens_for_no_link(tante: Invitee, noor: Person, fem: Person, pepijn: Person) -> None:
    token = commands.send_invitation(tante, LETTER, by=noor)
    erasure.shred(tante.dossier, by=fem, second=pepijn, section="plan")
    with pytest.raises(Unreadable):
        commands.read_invitation(tante, token=token, by=noor)


def test_nobody_else_invites_or_passes_on(tante: Invitee, outsiders: list[Person]) -> None:
    assert_refused(commands.send_invitation, tante, LETTER, by=outsiders)
    assert_refused(commands.read_invitation, tante, token="x", by=outsiders)
    assert_refused(commands.answer_invitation, tante, answer="yes", by=outsiders)
    assert_refused(commands.name_youth, tante, is_named=True, by=outsiders)


def test_it_can_be_read_until_the_day_after() -> None:
    now = clock.now()
    assert link_lasts(now, now + timedelta(days=9)) == timedelta(days=10)
    assert link_lasts(now, now - timedelta(days=9)) == timedelta(days=1)
    assert link_lasts(now, None) == timedelta(days=60)
