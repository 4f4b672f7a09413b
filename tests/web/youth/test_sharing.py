"""Delen: one person, one part, a reason and a last day; stopping is one tap and counts at once."""

from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, NetworkPerson, Note, Step
from ipta.plans.models import PlanVersion
from ipta.sharing import commands
from ipta.sharing.door import Reader
from ipta.sharing.guests import invite_guest
from ipta.sharing.models import Grant
from tests.asking import text
from tests.cast import days_ago, fresh
from tests.web.youth.asking import address


@pytest.fixture
def typed(dana: Person) -> dict[str, Any]:
    return {"to": str(dana.pk), "section": "plan", "reason": "0", "purpose": "", "period": "92"}


def reads(person: Person, plan: PlanVersion) -> bool:
    try:
        return bool(Reader(person).text(fresh(plan).most_important))
    except Refused:
        return False


def test_four_taps_and_somebody_may_read_one_part(
    sems: Client, sem: Person, dossier: Dossier, plan: PlanVersion, dana: Person, typed: dict[str, Any]
) -> None:
    assert not reads(dana, plan)
    assert sems.post(address("grant"), typed).headers["Location"] == address("grants")
    given = dossier.grant_set.get()
    assert (given.to, given.shared_section, given.until) == (dana, "plan", days_ago(-92))
    assert text(sem, given, "purpose") == "Die helpt me met geld."
    assert reads(dana, plan)


def test_his_own_reason_counts(sems: Client, sem: Person, dossier: Dossier, typed: dict[str, Any]) -> None:
    sems.post(address("grant"), typed | {"reason": "", "purpose": "Zij snapt brieven 📬"})
    assert text(sem, dossier.grant_set.get(), "purpose") == "Zij snapt brieven 📬"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"to": ""}, "Kies iemand."),
        ({"to": "niemand"}, "Kies een van de antwoorden die er staan."),
        ({"section": ""}, "Kies wat die mag lezen."),
        ({"section": "justice"}, "Kies een van de antwoorden die er staan."),
        ({"section": "alles"}, "Kies een van de antwoorden die er staan."),
        ({"reason": ""}, "Kies waarom. Of zeg het zelf."),
        ({"purpose": "p" * 501}, "Dit is te lang."),
        ({"period": ""}, "Kies hoe lang."),
        ({"period": "99999"}, "Kies een van de antwoorden die er staan."),
    ],
)
def test_what_is_not_right_yet_shares_nothing(
    sems: Client, dossier: Dossier, typed: dict[str, Any], wrong: dict[str, str], says: str
) -> None:
    response = sems.post(address("grant"), typed | wrong)
    assert response.status_code == 422
    assert says in response.text
    assert wrong.get("purpose", "") in response.text
    assert not dossier.grant_set.exists()


@pytest.mark.parametrize("who", ["noor", "yara", "kim", "lotte", "sem"])
def test_there_is_no_sharing_with_who_is_not_on_the_list(
    request: pytest.FixtureRequest, sems: Client, dossier: Dossier, typed: dict[str, Any], who: str
) -> None:
    response = sems.post(address("grant"), typed | {"to": str(request.getfixturevalue(who).pk)})
    assert response.status_code == 422
    assert not dossier.grant_set.exists()


def test_pressing_twice_shares_once(sems: Client, dossier: Dossier, typed: dict[str, Any]) -> None:
    for _ in range(2):
        assert sems.post(address("grant"), typed | {"once": "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"}).status_code == 302
    assert dossier.grant_set.count() == 1


def test_he_sees_who_reads_what_why_and_until_when(sems: Client, granted: Grant) -> None:
    page = sems.get(address("grants")).text
    for words in (
        "Dana Voorbeeld",
        "Schuldhulp Zoetermeer",
        "Je plan",
        "Hulp met post",
        "jouw coach",
        "Kan alles lezen.",
    ):
        assert words in page


def test_stopping_is_one_tap_and_counts_at_once(sems: Client, granted: Grant, dana: Person, plan: PlanVersion) -> None:
    assert reads(dana, plan)
    for _ in range(2):
        assert sems.post(address("revoke", granted.pk)).status_code == 302
    assert not reads(dana, plan)
    page = sems.get(address("grants"))
    assert not page.context["reins"].shares
    assert [one.pk for one in page.context["reins"].before] == [granted.pk]


def test_sharing_again_is_one_tap_and_a_new_one(
    sems: Client, sem: Person, dossier: Dossier, granted: Grant, dana: Person, plan: PlanVersion
) -> None:
    commands.revoke(granted, by=sem)
    for _ in range(2):
        assert sems.post(address("grant_again", granted.pk)).status_code == 302
    assert reads(dana, plan)
    assert dossier.grant_set.count() == 2
    assert fresh(granted).revoked_at, "none is ever changed"
    assert text(sem, dossier.grant_set.now().get(), "purpose") == "Hulp met post"


def test_there_is_no_sharing_again_with_who_no_longer_works_here(
    sems: Client, sem: Person, dossier: Dossier, granted: Grant, dana: Person
) -> None:
    commands.revoke(granted, by=sem)
    dana.post_set.update(until=days_ago(1))
    response = sems.post(address("grant_again", granted.pk), follow=True)
    assert "Met deze persoon kun je nu niet delen." in response.text
    assert not dossier.grant_set.now().exists()


def test_stopping_stays_his_when_it_has_ended(
    sems: Client, granted: Grant, ended: Dossier, dana: Person, plan: PlanVersion
) -> None:
    sems.post(address("revoke", granted.pk))
    assert not reads(dana, plan)


def test_a_step_can_be_shared_from_where_it_stands(sems: Client, step: Step) -> None:
    assert address("grant_item", "step", step.pk) in sems.get(address("steps")).text


def test_a_note_and_a_text_of_the_plan_too(sems: Client, note: Note, plan: PlanVersion) -> None:
    assert address("grant_item", "note", note.pk) in sems.get(address("notes")).text
    assert address("grant_item", "plan", plan.pk) in sems.get(address("plan")).text


def test_what_somebody_promised_is_shared_in_one_tap(
    sems: Client, dossier: Dossier, ria: NetworkPerson, mother: Person, noor: Person, sem: Person
) -> None:
    promised = dossiers.promise(dossier, text="Dozen dragen", owner="network", somebody=ria, by=noor)
    tap = address("share_promised", ria.pk)
    page = sems.get(address("grants")).text
    assert tap in page and "Dozen dragen" in page
    for _ in range(2):
        assert sems.post(tap).status_code == 302
    given = dossier.grant_set.get()
    assert (given.item, given.to, given.is_aloud) == (promised.pk, mother, False)
    assert text(sem, given, "purpose") == "Dit heb jij beloofd. Fijn dat je meedoet."
    assert tap not in sems.get(address("grants")).text


def test_who_has_no_page_of_his_own_or_promised_nothing_is_not_offered(
    sems: Client, dossier: Dossier, ria: NetworkPerson, noor: Person, sem: Person
) -> None:
    dossiers.promise(dossier, text="Dozen dragen", owner="network", somebody=ria, by=noor)
    assert not sems.get(address("grants")).context["reins"].offers
    assert "nog geen eigen pagina" in sems.post(address("share_promised", ria.pk), follow=True).text
    Step.objects.exclude(somebody=None).update(somebody=None)
    invite_guest(fresh(ria), by=sem)
    assert not sems.get(address("grants")).context["reins"].offers
