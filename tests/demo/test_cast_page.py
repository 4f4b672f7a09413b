"""Stepping in as one of the cast: in the demo alone, and only by a POST."""

from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Device, Person, Role
from ipta.demo.cast import cast, there

PAGE = "/proef/"


@pytest.fixture
def demo(seeded: None, settings: Any) -> None:
    """A demo of a few youths, of which the first is Ilias', and all the staff."""
    settings.DEMO = True


def test_looking_signs_nobody_in(client: Client, demo: None) -> None:
    answer = client.get(PAGE, {"who": "noor"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert "Alle mensen zijn verzonnen" in answer.content.decode()


def test_a_search_works_without_javascript(client: Client, demo: None) -> None:
    page = client.get(PAGE, {"zoek": "noor coach"}).content.decode()
    assert 'value="noor"' in page
    assert 'value="fem"' not in page
    assert "Er is nog niemand" not in client.get(PAGE, {"zoek": "zzz"}).content.decode()


def test_everybody_can_be_stepped_in_as(client: Client, demo: None) -> None:
    roles = set()
    for slug in there():
        member = cast()[slug]
        if member.role in roles:
            continue
        roles.add(member.role)
        answer = client.post(PAGE, {"who": slug}, follow=True)
        assert answer.status_code == 200, member
        assert answer.redirect_chain[0][0] == "/", member
        assert "/accounts/" not in answer.redirect_chain[-1][0], member
    assert roles == {*Role.values, "youth"}


def test_a_youth_comes_in_as_on_a_device(client: Client, demo: None) -> None:
    slug = next(slug for slug in there() if cast()[slug].role == "youth")
    for _ in range(2):
        client.post(PAGE, {"who": slug})
    device = Device.objects.get(pk=client.session["device"])
    assert device.person == Person.objects.get(pk=client.session["_auth_user_id"])
    assert Device.objects.filter(person=device.person).count() == 1


def test_somebody_who_is_not_in_the_cast_stays_out(client: Client, demo: None) -> None:
    assert client.post(PAGE, {"who": "niemand"}).status_code == 404
    assert client.post(PAGE).status_code == 404
