"""One youth on one page, and who gets to see it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Coachship, Dossier, NetworkPerson, Note, Step
from ipta.plans.commands import agree
from ipta.plans.models import PlanVersion
from tests.asking import looks, row_counts
from tests.cast import CANARY, canary, days_ago, fresh

UNKNOWN = UUID(int=1)


def page(client: Client, dossier: Dossier) -> str:
    response = client.get(reverse("coach:youth", args=[dossier.pk]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def addresses(dossier: Dossier, note: Note, step: Step, appointment: Appointment, ria: NetworkPerson) -> list[str]:
    """Every page about sem that this test file and its neighbours speak of."""
    deeper = {
        "correct": note,
        "step": step,
        "finish": step,
        "report": step,
        "postpone": step,
        "drop": step,
        "close_appointment": appointment,
        "remove_person": ria,
    }
    names = ("youth", "join", "describe", "timeline", "note_about", "promise", "appoint", "network", "add_person")
    return [reverse(f"coach:{name}", args=[dossier.pk]) for name in names] + [
        reverse(f"coach:{name}", args=[dossier.pk, row.pk]) for name, row in deeper.items()
    ]


# --- who gets to see it ------------------------------------------------------------


def test_a_stranger_with_a_caseload_of_his_own_finds_nothing(
    browsers_of_strangers: list[Client], addresses: list[str], dossier: Dossier
) -> None:
    before = row_counts(without=["accounts.Session", "web.KeptForm"])
    for client in browsers_of_strangers:
        for address in addresses:
            for method in (client.get, client.post):
                response = method(address)
                assert response.status_code in {404, 405}, address
                assert CANARY not in response.content.decode()
    assert row_counts(without=["accounts.Session", "web.KeptForm"]) == before


def test_what_is_not_there_looks_the_same_as_what_is_not_yours(
    brams: Client, addresses: list[str], dossier: Dossier
) -> None:
    for address in addresses:
        theirs = brams.get(address)
        nobodys = brams.get(address.replace(str(dossier.pk), str(UNKNOWN)))
        assert (theirs.status_code, theirs.content) == (nobodys.status_code, nobodys.content)


def test_a_page_of_sem_never_shows_a_line_of_kim(
    noors: Client, dossier: Dossier, noor: Person, kim_dossier: Dossier
) -> None:
    Coachship.objects.create(dossier=kim_dossier, coach=noor, is_stand_in=True, since=days_ago(1), until=days_ago(-2))
    step = Step.objects.get(dossier=kim_dossier)
    for name in ("step", "finish", "report", "postpone", "drop"):
        address = reverse(f"coach:{name}", args=[dossier.pk, step.pk])
        assert noors.post(address).status_code in {404, 405}
    assert fresh(step).is_open


def test_who_is_not_signed_in_is_asked_to(anonymous: Client, addresses: list[str]) -> None:
    for address in addresses:
        assert anonymous.get(address).status_code in {302, 405}


@pytest.mark.parametrize("who", ["sem", "lotte", "dana"])
def test_other_desks_do_not_get_this_page(
    who: str, addresses: list[str], client_for: Any, request: pytest.FixtureRequest
) -> None:
    client = client_for(request.getfixturevalue(who))
    assert {client.get(address).status_code for address in addresses} <= {404, 405}


# --- what a coach finds ----------------------------------------------------------------


def test_what_was_agreed_and_promised_is_there(noors: Client, dossier: Dossier) -> None:
    shown = page(noors, dossier)
    for words in ("voornaam Achternaam", "stap", "wat", "notitie"):
        assert words in shown
    assert canary("sem", "plan") in shown
    assert canary("sem", "appointments") in shown


def test_what_is_not_safe_stands_before_the_ways_to_reach_him(noors: Client, dossier: Dossier, noor: Person) -> None:
    commands.describe(dossier, reach={"phone": "06 12345678", "whatsapp": "0687654321"}, by=noor)
    shown = page(noors, dossier)
    safety = shown.index(f"{canary('sem', 'identity')} veilig")
    assert safety < shown.index("tel:+31612345678")
    assert safety < shown.index("https://wa.me/31687654321")


def test_where_somebody_apps_nobody_is_sent_to_the_number_for_calling(
    noors: Client, dossier: Dossier, noor: Person
) -> None:
    commands.describe(dossier, reach={"phone": "06 12345678", "whatsapp": "0687654321"}, by=noor)
    assert "wa.me/31612345678" not in page(noors, dossier)


def test_what_is_not_safe_stands_on_every_page_about_him(noors: Client, dossier: Dossier, step: Step) -> None:
    names = ("youth", "timeline", "network", "promise", "appoint", "add_person")
    addresses = [reverse(f"coach:{name}", args=[dossier.pk]) for name in names]
    for address in (*addresses, reverse("coach:step", args=[dossier.pk, step.pk])):
        assert f"{canary('sem', 'identity')} veilig" in noors.get(address).content.decode(), address


def test_a_direct_action_stands_above_the_other_steps(noors: Client, dossier: Dossier, noor: Person) -> None:
    commands.promise(dossier, text="Deurwaarder bellen", owner="coach", kind=Step.Kind.DIRECT, by=noor)
    shown = page(noors, dossier)
    assert shown.index("Deurwaarder bellen") < shown.index(f"{canary('sem', 'plan')} stap")


def test_many_steps_do_not_bury_the_page(noors: Client, dossier: Dossier, noor: Person) -> None:
    for number in range(6):
        commands.promise(dossier, text=f"Stap {number}", owner="coach", due_on=days_ago(0), by=noor)
    shown = page(noors, dossier)
    assert "Nog 2 stappen" in shown
    assert "Stap 5" in shown


def test_what_was_not_closed_asks_how_it_went(noors: Client, dossier: Dossier, noor: Person) -> None:
    commands.appoint(dossier, what="Stadhuis", starts_at=timezone.now() - timedelta(days=1), by=noor)
    assert "Hoe ging het?" in page(noors, dossier)


def test_it_tells_where_the_plan_stands(
    noors: Client, dossier: Dossier, noor: Person, sem: Person, plan: PlanVersion
) -> None:
    assert "Wacht op jouw ja" in page(noors, dossier)
    agree(plan, by=noor)
    assert "Wacht op de jongere" in page(noors, dossier)
    agree(plan, by=sem)
    assert "Jullie zeiden ja" in page(noors, dossier)


def test_before_the_yes_it_tells_how_it_began(noors: Client, scouted: Dossier) -> None:
    shown = page(noors, scouted)
    assert canary("rox", "contacts") in shown
    assert reverse("coach:join", args=[scouted.pk]) in shown


def test_who_was_done_can_come_back(noors: Client, dossier: Dossier, noor: Person) -> None:
    commands.end(dossier, reason="stable", by=noor)
    shown = page(noors, dossier)
    assert "Dit traject is afgerond" in shown
    assert "Het gaat goed en stabiel" in shown


def test_a_stand_in_is_named(noors: Client, dossier: Dossier, standing_in: Coachship) -> None:
    assert "Nu vervangt: Stef Voorbeeld." in page(noors, dossier)


def test_a_stand_in_sees_the_page_and_not_the_people(stef: Person, standing_in: Coachship, client_for: Any) -> None:
    client = client_for(stef)
    dossier = standing_in.dossier
    assert canary("sem", "plan") in page(client, dossier)
    shown = client.get(reverse("coach:network", args=[dossier.pk])).content.decode()
    assert canary("sem", "family") not in shown
    assert "Dit deel is nu niet open voor jou" in shown


def test_the_thread_is_drawn_and_told(noors: Client, dossier: Dossier) -> None:
    shown = page(noors, dossier)
    assert "De rode draad" in shown
    assert "De draad heeft" in shown


def test_the_reading_log_tells_what_stood_here(noors: Client, dossier: Dossier) -> None:
    before = len(looks(dossier))
    page(noors, dossier)
    assert {look.section for look in looks(dossier)[before:]} == {"identity", "plan", "appointments", "contacts"}


def test_no_address_or_title_names_him(noors: Client, addresses: list[str]) -> None:
    for address in addresses:
        assert CANARY not in address
        title = noors.get(address).content.decode().partition("</title>")[0]
        assert CANARY not in title


def test_a_long_life_takes_no_more_queries(noors: Client, dossier: Dossier, noor: Person, queries: Any) -> None:
    page(noors, dossier)
    with queries() as few:
        page(noors, dossier)
    for number in range(10):
        commands.note(dossier, text=f"Notitie {number}", by=noor)
        commands.promise(dossier, text=f"Stap {number}", owner="coach", by=noor)
        commands.appoint(dossier, what=f"Koffie {number}", starts_at=timezone.now() + timedelta(days=3), by=noor)
    with queries() as many:
        page(noors, dossier)
    assert many.count == few.count
