"""Appointments: made with all that makes coming easier, and closed without blame."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers.models import Appointment, Dossier
from tests.asking import looks, text, verbs
from tests.cast import days_ago, fresh


@pytest.fixture
def appoint(dossier: Dossier) -> str:
    return reverse("coach:appoint", args=[dossier.pk])


@pytest.fixture
def close(dossier: Dossier, appointment: Appointment) -> str:
    return reverse("coach:close_appointment", args=[dossier.pk, appointment.pk])


TYPED = {"what": "Gesprek met de baas", "on": f"{days_ago(-3)}", "at": "14:30", "place": "Garage", "bring": "Rooster"}


def test_when_where_how_and_what_to_bring(noors: Client, noor: Person, dossier: Dossier, appoint: str) -> None:
    assert noors.post(appoint, TYPED | {"travel": "Bus 23"}).status_code == 302
    made = Appointment.objects.filter(dossier=dossier).latest("starts_at")
    when = timezone.localtime(made.starts_at)
    assert (when.date(), when.hour, when.minute) == (days_ago(-3), 14, 30)
    words = {name: text(noor, made, name) for name in ("what", "place", "travel", "bring")}
    assert words == {"what": "Gesprek met de baas", "place": "Garage", "travel": "Bus 23", "bring": "Rooster"}


@pytest.mark.parametrize("at", ["14:30", "14.30", "14:30:00"])
def test_a_time_may_be_typed_as_one_writes_it(noors: Client, dossier: Dossier, appoint: str, at: str) -> None:
    assert noors.post(appoint, TYPED | {"at": at}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"what": ""}, "Schrijf op wat jullie gaan doen."),
        ({"what": "a" * 301}, "Dit is te lang."),
        ({"on": ""}, "Kies een dag."),
        ({"on": f"{days_ago(1)}"}, "Deze dag is al geweest."),
        ({"on": "9999-12-31"}, "Kijk het jaar na"),
        ({"at": ""}, "Kies een tijd."),
        ({"at": "25:00"}, "Vul een tijd in"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, appoint: str, wrong: dict[str, str], says: str
) -> None:
    response = noors.post(appoint, TYPED | wrong)
    shown = response.content.decode()
    assert response.status_code == 422
    assert says in shown
    for words in (TYPED | wrong).values():
        assert words in shown
    assert Appointment.objects.filter(dossier=dossier).count() == 1


def test_a_second_tap_makes_one(noors: Client, dossier: Dossier, appoint: str) -> None:
    for _tap in range(2):
        noors.post(appoint, TYPED | {"once": "11111111-1111-4111-8111-111111111111"})
    assert Appointment.objects.filter(dossier=dossier).count() == 2


def test_the_clock_that_goes_back_in_autumn_makes_no_trouble(noors: Client, appoint: str, time_machine: Any) -> None:
    time_machine.move_to(timezone.make_aware(datetime(2026, 10, 20, 12)))
    assert noors.post(appoint, TYPED | {"on": "2026-10-25", "at": "02:30"}).status_code == 302


@pytest.mark.parametrize("outcome", ["happened", "not"])
def test_it_happened_or_it_did_not(noors: Client, appointment: Appointment, close: str, outcome: str) -> None:
    noors.post(close, {"outcome": outcome})
    assert fresh(appointment).outcome == outcome


def test_a_second_tap_closes_once(noors: Client, dossier: Dossier, close: str) -> None:
    for _tap in range(2):
        assert noors.post(close, {"outcome": "happened"}).status_code == 302
    assert verbs(dossier).count("appointment.closed") == 1


def test_a_wrong_tap_can_be_put_right(noors: Client, appointment: Appointment, close: str) -> None:
    noors.post(close, {"outcome": "not"})
    noors.post(close, {"outcome": "happened"})
    assert fresh(appointment).outcome == "happened"


@pytest.mark.parametrize("outcome", ["", "misschien"])
def test_another_outcome_does_not_exist(noors: Client, appointment: Appointment, close: str, outcome: str) -> None:
    assert noors.post(close, {"outcome": outcome}).status_code == 404
    assert fresh(appointment).outcome == ""


def test_an_unknown_appointment_is_not_found(noors: Client, dossier: Dossier, kim_dossier: Dossier) -> None:
    for pk in (UUID(int=1), Appointment.objects.get(dossier=kim_dossier).pk):
        address = reverse("coach:close_appointment", args=[dossier.pk, pk])
        assert noors.post(address, {"outcome": "happened"}).status_code == 404


def test_opening_a_link_closes_nothing(noors: Client, appointment: Appointment, close: str) -> None:
    assert noors.get(close).status_code == 405
    assert fresh(appointment).outcome == ""


def test_the_form_opens_no_more_than_his_name(noors: Client, dossier: Dossier, appoint: str) -> None:
    before = len(looks(dossier))
    noors.get(appoint)
    assert [look.section for look in looks(dossier)[before:]] == ["identity"]
