"""What she said at the table that she does, on her own page: her yes to it, and what youth and coach see of that."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, NetworkPerson, Step
from ipta.sharing import commands as sharing
from ipta.sharing.guests import cut_guest
from ipta.sharing.models import Grant
from ipta.wraparound import commands as preparing
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.models import Contribution, MeetingYes
from ipta.wraparound.table import commands as table
from tests.asking import looks, verbs
from tests.cast import CANARY, canary, days_ago, fresh
from tests.conftest import sign_in
from tests.web.coach.shared import of, post_twice

YES, CHANGED = "Ja, dat doe ik", "Dit is anders dan waar je ja op zei"


@pytest.fixture
def line(dossier: Dossier, ria: NetworkPerson, mother: Person, sem: Person, noor: Person) -> Contribution:
    """She cooks; the coach calls, and aunt Bo drives. Of that she was shown nothing yet."""
    meeting = preparing.prepare_meeting(dossier, by=noor)
    guest = preparing.invite(meeting, name="Mama", kind="network", somebody=fresh(ria), by=sem)
    table.note_presence(meeting, was_there=True, invitee=guest, by=sem)
    aunt = table.bring_along(meeting, name="Tante Bo", kind="network", by=noor)
    agreed.contribute(meeting, voice="coach", text="Belt de gemeente", by=noor)
    agreed.contribute(meeting, invitee=aunt, text="Rijdt hem naar het werk", by=noor)
    made: Contribution = agreed.contribute(meeting, invitee=guest, text="Kookt op zondag", due_on=days_ago(-2), by=noor)
    return made


def share(row: Any, to: Person, by: Person, **item: Any) -> Grant:
    grant: Grant = sharing.grant(row.dossier, section="plan", to=to, purpose="Fijn dat je meedoet", by=by, **item)
    return grant


@pytest.fixture
def shown(line: Contribution, mother: Person, sem: Person) -> Grant:
    return share(line, mother, sem, item=line.pk, item_kind="contribution")


@pytest.fixture
def rias(mother: Person) -> Client:
    return sign_in(mother)


def at(line: Contribution) -> str:
    return f"/mee/ja/{line.pk}/"


def test_she_reads_what_she_said_and_by_when_and_nothing_of_the_others(rias: Client, shown: Grant) -> None:
    page = rias.get("/mee/").text
    for words in ("Kookt op zondag", "Dit zei jij aan tafel", "Bijna", YES, "Dat klopt niet, of ik heb een vraag"):
        assert words in page
    for words in ("Belt de gemeente", "Rijdt hem", "Tante Bo", CANARY):
        assert words not in page


def test_her_yes_is_written_once_and_both_see_that_she_said_it(
    rias: Client, shown: Grant, line: Contribution, sem: Person, noor: Person
) -> None:
    post_twice(rias, at(line), {"number": str(line.number)})
    assert verbs(line.dossier).count("meeting.taken_on") == 1
    page = rias.get("/mee/")
    assert page.context["line"].yes_on == clock.today()
    assert "Je zei ja op" in page.text
    assert YES not in page.text
    for browser, address in ((sign_in(sem), "/ik/overleg/afspraken/"), (sign_in(noor), of(line.dossier, "agreement"))):
        seen = browser.get(address).text
        assert "zelf: ja, dat doe ik" in seen
        assert "zei ja aan tafel" not in seen


def test_what_changed_elsewhere_leaves_her_yes_and_another_line_asks_for_another(
    rias: Client, shown: Grant, line: Contribution, noor: Person
) -> None:
    rias.post(at(line), {"number": str(line.number)})
    meeting = line.agreement.meeting
    agreed.keep_informed(meeting, informed="Met de app", by=noor)
    assert "Je zei ja op" in rias.get("/mee/").text
    agreed.contribute(meeting, invitee=line.invitee, text="Kookt elke dag", by=noor)
    page = rias.get("/mee/").text
    for words in ("Kookt elke dag", CHANGED, YES):
        assert words in page


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "2", "9999999999"])
def test_a_yes_to_what_stood_there_before_is_none_and_the_new_words_are_shown(
    rias: Client, shown: Grant, line: Contribution, noor: Person, number: str
) -> None:
    agreed.contribute(line.agreement.meeting, invitee=line.invitee, text="Kookt elke dag", by=noor)
    page = rias.post(at(line), {"number": number}, follow=True).text
    assert "Dit is net veranderd. Lees het nog een keer." in page
    assert "Kookt elke dag" in page
    assert YES in page
    assert not MeetingYes.objects.exists()


def test_what_the_coach_wrote_down_for_her_she_reads_too(
    rias: Client, shown: Grant, line: Contribution, noor: Person
) -> None:
    agreed.say_yes(line.agreement.meeting, number=3, invitee=line.invitee, by=noor)
    page = rias.get("/mee/").text
    assert "Je zei ja aan tafel" in page
    assert "De coach schreef dat op." in page
    agreed.keep_informed(line.agreement.meeting, informed="Met de app", by=noor)
    page = rias.get("/mee/").text
    assert YES in page
    assert CHANGED not in page, "her own words are what they were"


def test_with_the_whole_plan_she_reads_what_the_others_do(
    rias: Client, line: Contribution, mother: Person, sem: Person
) -> None:
    share(line, mother, sem)
    page = rias.get("/mee/").text
    for words in (YES, "Wat de anderen doen", "Belt de gemeente", "De coach", "Rijdt hem naar het werk", "Tante Bo"):
        assert words in page


def test_one_line_of_another_is_shown_without_a_name(
    rias: Client, line: Contribution, mother: Person, sem: Person
) -> None:
    hers = Contribution.objects.get(agreement=line.agreement, number=2)
    share(line, mother, sem, item=hers.pk, item_kind="contribution")
    page = rias.get("/mee/").text
    assert "Rijdt hem naar het werk" in page
    for words in ("Tante Bo", "Kookt op zondag", YES):
        assert words not in page
    assert rias.post(at(hers), {"number": "2"}).status_code == 404


def test_what_is_not_shared_any_more_is_not_there(
    rias: Client, shown: Grant, line: Contribution, step: Step, mother: Person, sem: Person
) -> None:
    assert rias.get(at(line)).headers["Location"] == "/mee/"
    assert rias.post(f"/mee/ja/{uuid4()}/", {"number": "3"}).status_code == 404
    share(step, mother, sem, item=step.pk, item_kind="step")
    sharing.revoke(shown, by=sem)
    for answer in (rias.get(at(line)), rias.post(at(line), {"number": "3"})):
        assert answer.status_code == 404
    assert "Kookt op zondag" not in rias.get("/mee/").text
    assert not MeetingYes.objects.exists()


def test_a_cut_link_says_no_yes(
    rias: Client, shown: Grant, line: Contribution, ria: NetworkPerson, sem: Person
) -> None:
    cut_guest(fresh(ria), by=sem)
    assert rias.post(at(line), {"number": "3"}).headers["Location"].startswith("/mee/verder/")
    assert not MeetingYes.objects.exists()


def test_of_a_talk_that_was_called_off_nothing_is_asked(
    rias: Client, shown: Grant, line: Contribution, noor: Person
) -> None:
    preparing.call_off_meeting(line.agreement.meeting, by=noor)
    assert YES not in rias.get("/mee/").text
    assert rias.post(at(line), {"number": "3"}).status_code == 404


def test_when_it_all_has_ended_she_reads_it_and_is_asked_nothing(
    rias: Client, shown: Grant, line: Contribution, noor: Person
) -> None:
    dossiers.end(line.dossier, reason="stable", by=noor)
    page = rias.get("/mee/").text
    assert "Kookt op zondag" in page
    assert YES not in page
    assert "Stel een vraag" not in page
    assert rias.post(at(line), {"number": "3"}).status_code == 404
    assert not MeetingYes.objects.exists()


def test_it_stands_in_the_reading_log_once(
    rias: Client, shown: Grant, line: Contribution, mother: Person, sem: Person
) -> None:
    before = len(looks(line.dossier))
    rias.get("/mee/")
    new = looks(line.dossier)[before:]
    assert [(look.person_id, look.section, look.ground) for look in new] == [(mother.pk, "plan", f"grant:{shown.pk}")]


def test_zo_ziet_die_het_shows_her_line_and_offers_no_yes(shown: Grant, sem: Person, mother: Person) -> None:
    page = sign_in(sem).get(f"/ik/delen/zo-ziet/{mother.pk}/").text
    assert "Kookt op zondag" in page
    assert YES not in page


@pytest.mark.parametrize(
    ("days", "said"), [(3, "3 dagen geleden"), (0, "Vandaag"), (-1, "Morgen"), (-3, "Bijna"), (-4, "")]
)
def test_what_is_soon_or_late_says_so(
    rias: Client, mother: Person, ria: NetworkPerson, sem: Person, noor: Person, days: int, said: str
) -> None:
    step = dossiers.promise(
        ria.dossier, text="Hem wekken", owner="network", somebody=fresh(ria), due_on=days_ago(days), by=noor
    )
    share(step, mother, sem, item=step.pk, item_kind="step")
    page = rias.get("/mee/").text
    assert said in page
    assert ("Lukt het nog?" in page, "Bijna" in page) == (days > 0, -3 <= days <= 0)
    assert canary("sem", "plan") not in page


def test_the_small_steps_of_what_she_promised_are_hers_to_tell_too(
    rias: Client, dossier: Dossier, ria: NetworkPerson, mother: Person, sem: Person
) -> None:
    promised = dossiers.promise(dossier, text="Helpt verhuizen", owner="network", somebody=ria, by=sem)
    first, second = dossiers.cut(promised, texts=["Dozen halen", "Een busje regelen"], by=sem)
    share(promised, mother, sem, item=promised.pk, item_kind="step")
    page = rias.get("/mee/").text
    assert all(f"/mee/beloofd/{step.pk}/" in page for step in (promised, first, second))
    rias.post(f"/mee/beloofd/{first.pk}/", {"outcome": "worked"})
    assert (fresh(first).is_open, fresh(second).is_open) == (False, True)
