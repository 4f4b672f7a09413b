"""Noting somebody on the street, and the yes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier
from tests.asking import looks, text
from tests.cast import canary, days_ago, fresh

SCOUT = "/jongeren/nieuw/"


def test_a_nickname_is_enough(noor: Person, client_for: Any) -> None:
    response = client_for(noor).post(SCOUT, {"nickname": "Y. van de sportschool"})
    dossier = Dossier.objects.get()
    assert response.headers["Location"] == reverse("coach:youth", args=[dossier.pk])
    assert text(noor, dossier, "nickname") == "Y. van de sportschool"
    assert dossier.is_scouted


def test_everything_that_was_typed_is_kept(noor: Person, client_for: Any) -> None:
    typed = {
        "nickname": "Y.",
        "kind": "barber",
        "where": "Kapper Said",
        "introduced_by": "Said",
        "introduction": "Hij kent hem al jaren.",
        "wants": "Een eigen zaak",
        "safety": "Zijn ouders weten het niet.",
        "whatsapp": "06 12345678",
        "social": "@y",
    }
    client_for(noor).post(SCOUT, typed)
    dossier = Dossier.objects.get()
    find = dossier.find_set.get()
    assert find.kind == "barber"
    for name in ("where", "introduced_by", "introduction", "wants"):
        assert text(noor, find, name) == typed[name]
    assert text(noor, dossier, "safety") == typed["safety"]
    assert text(noor, dossier, "reach") == '{"whatsapp": "06 12345678", "social": "@y"}'


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"nickname": ""}, "Schrijf een bijnaam op"),
        ({"nickname": "\u3164\u2060"}, "Schrijf een bijnaam op"),
        ({"nickname": "y" * 61}, "Dit is te lang"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noor: Person, client_for: Any, wrong: dict[str, str], says: str
) -> None:
    response = client_for(noor).post(SCOUT, {"wants": "Een eigen zaak", "social": "@y", **wrong})
    shown = response.content.decode()
    assert response.status_code == 422
    assert says in shown
    assert "Een eigen zaak" in shown
    assert "@y" in shown
    assert not Dossier.objects.exists()


def test_a_second_tap_notes_nobody_twice(noor: Person, client_for: Any) -> None:
    client, typed = client_for(noor), {"nickname": "Y.", "once": "11111111-1111-4111-8111-111111111111"}
    client.post(SCOUT, typed)
    assert client.post(SCOUT, typed).status_code == 302
    assert Dossier.objects.count() == 1


def test_a_coach_of_two_towns_says_which(noor: Person, schiedam: Municipality, client_for: Any) -> None:
    Post.objects.create(person=noor, municipality=schiedam, role=Role.COACH, since=days_ago(1))
    client = client_for(noor)
    assert client.post(SCOUT, {"nickname": "Y."}).status_code == 422
    client.post(SCOUT, {"nickname": "Y.", "municipality": str(schiedam.pk)})
    assert Dossier.objects.get().municipality == schiedam


def test_nobody_is_noted_in_a_town_one_does_not_work_in(noor: Person, schiedam: Municipality, client_for: Any) -> None:
    client_for(noor).post(SCOUT, {"nickname": "Y.", "municipality": str(schiedam.pk)})
    assert Dossier.objects.get().municipality.name == "Zoetermeer"


def test_words_wait_while_they_are_typed(noor: Person, client_for: Any) -> None:
    client = client_for(noor)
    client.get(SCOUT)
    kept = client.post(SCOUT, {"nickname": "", "wants": "Boksen"}, headers={"X-Requested-With": "fetch"})
    assert kept.status_code == 204
    assert not Dossier.objects.exists()
    shown = client.get(SCOUT).content.decode()
    assert "We hebben je tekst bewaard" in shown
    assert "Boksen" in shown
    assert "Kijk dit nog even na" not in shown


def test_words_that_waited_can_go(noor: Person, client_for: Any) -> None:
    client = client_for(noor)
    client.get(SCOUT)
    client.post(SCOUT, {"wants": "Boksen"}, headers={"X-Requested-With": "fetch"})
    client.post(SCOUT, {"weg": "1"})
    assert "Boksen" not in client.get(SCOUT).content.decode()


# --- the yes ----------------------------------------------------------------


@pytest.fixture
def join(scouted: Dossier) -> str:
    return reverse("coach:join", args=[scouted.pk])


def test_the_yes_begins_the_dossier_with_what_was_known(
    noors: Client, noor: Person, scouted: Dossier, join: str
) -> None:
    response = noors.post(join, {"how": "together", "present": "zijn zus", "first_name": "Rox", "born": "2007"})
    assert response.headers["Location"] == reverse("coach:devices", args=[scouted.pk])
    assert fresh(scouted).is_taking_part
    assert text(noor, scouted, "first_name") == "Rox"
    assert text(noor, scouted, "nickname") == f"{canary('rox', 'identity')} bijnaam"
    find = scouted.find_set.get()
    assert find.yes_how == "together"
    assert text(noor, find, "yes_with") == "zijn zus"


def test_who_said_yes_heard_what_it_means(noors: Client, scouted: Dossier, join: str) -> None:
    shown = noors.get(join).content.decode()
    assert "Wat betekent meedoen?" in shown and "Stoppen mag altijd." in shown
    response = noors.post(join, {"first_name": "Rox"})
    assert response.status_code == 422
    assert "Kies hoe jullie dit deden." in response.content.decode()
    assert fresh(scouted).is_scouted


def test_a_yes_is_given_once(noors: Client, noor: Person, scouted: Dossier, join: str) -> None:
    noors.post(join, {"how": "aloud", "first_name": "Rox"})
    assert noors.get(join).headers["Location"] == reverse("coach:youth", args=[scouted.pk])
    assert noors.post(join, {"how": "aloud", "first_name": "Anders"}).status_code == 302
    assert text(noor, scouted, "first_name") == "Rox"


def test_a_name_that_is_too_long_comes_back(noors: Client, scouted: Dossier, join: str) -> None:
    response = noors.post(join, {"first_name": "R" * 61, "born": "2007"})
    assert response.status_code == 422
    assert "2007" in response.content.decode()
    assert fresh(scouted).is_scouted


# --- name and contact ---------------------------------------------------------


@pytest.fixture
def describe(dossier: Dossier) -> str:
    return reverse("coach:describe", args=[dossier.pk])


def as_it_stands(client: Client, url: str) -> dict[str, str]:
    """The form as somebody has it open."""
    form = client.get(url).context["form"]
    return as_sent(form)


def as_sent(form: Any) -> dict[str, str]:
    """What a browser sends: of chips that are not chosen nothing."""
    return {bound.html_name: str(bound.value() or "") for bound in form if not isinstance(bound.value(), list)}


def test_name_and_contact_can_change(noors: Client, noor: Person, dossier: Dossier, describe: str) -> None:
    assert (
        noors.post(describe, as_it_stands(noors, describe) | {"phone": "0612345678", "born": "2006"}).status_code == 302
    )
    assert text(noor, dossier, "born") == "2006"
    assert '"phone": "0612345678"' in text(noor, dossier, "reach")


def test_ways_from_elsewhere_stay(noors: Client, noor: Person, dossier: Dossier, describe: str) -> None:
    commands.describe(dossier, reach={"Discord": "sem#1", "phone": "0612345678"}, by=noor)
    noors.post(describe, as_it_stands(noors, describe) | {"phone": ""})
    assert text(noor, dossier, "reach") == '{"Discord": "sem#1"}'


def test_two_tabs_do_not_overwrite_each_other_unseen(
    noors: Client, noor: Person, dossier: Dossier, describe: str
) -> None:
    opened = as_it_stands(noors, describe)
    commands.describe(dossier, safety="Alleen appen.", by=noor)
    response = noors.post(describe, opened | {"safety": "Niet bellen."})
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Intussen staat hier: Alleen appen." in shown
    assert "Niet bellen." in shown
    assert text(noor, dossier, "safety") == "Alleen appen."
    again = as_sent(response.context["form"])
    assert noors.post(describe, again).status_code == 302
    assert text(noor, dossier, "safety") == "Niet bellen."


def test_before_the_yes_nobody_asks_for_a_name(noors: Client, scouted: Dossier) -> None:
    shown = noors.get(reverse("coach:describe", args=[scouted.pk])).content.decode()
    assert "Bijnaam" in shown
    assert "Voornaam" not in shown


def test_looking_is_written_down(noors: Client, dossier: Dossier, describe: str) -> None:
    before = len(looks(dossier))
    noors.get(describe)
    assert [look.section for look in looks(dossier)[before:]] == ["identity"]
