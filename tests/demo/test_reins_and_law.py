"""In one whole town: what waits, what must be told, and what must be erased. Each desk of the demo meets some of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from ipta.accounts.models import Device
from ipta.demo import programme
from ipta.demo.cast import cast
from ipta.demo.people import youths
from ipta.dossiers.corrections.models import Correction
from ipta.dossiers.models import Dossier, View
from ipta.law.models import Hold, Proof, Wish
from ipta.law.queries import checked
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.models import Consultation, Grant, Look, Warning
from ipta.sharing.why.models import LookQuestion
from tests.demo.conftest import lived
from tests.demo.lives import assert_chains_are_whole

ZOETERMEER = "GM0637"
SLUGS = {youth.package_id: youth.slug for youth in youths()}


@pytest.fixture(scope="module", autouse=True)
def _one_town(django_db_setup: None, django_db_blocker: DjangoDbBlocker, master_key_file: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(programme, "youths", lambda: [youth for youth in youths() if youth.town == ZOETERMEER])
        yield from lived(django_db_blocker, master_key_file, None)


@pytest.fixture
def step_in(client: Client, settings: object) -> Client:
    settings.DEMO = True  # type: ignore[attr-defined]
    return client


def page(client: Client, who: str, address: str) -> str:
    client.post("/proef/", {"who": who})
    return client.get(address).content.decode()


def youth_of(row: Model) -> str:
    """The slug of whose row this is."""
    return SLUGS[Dossier.objects.get(pk=row.dossier_id).package_id]  # type: ignore[attr-defined]


def test_a_yes_said_aloud_waits_for_him_and_stands_with_his_coach(step_in: Client) -> None:
    typed = Grant.objects.to_confirm().get()
    assert "Ja, klopt" in page(step_in, youth_of(typed), "/ik/")


def test_somebody_would_like_to_see_more(step_in: Client) -> None:
    asked = SharingRequest.objects.waiting().get()
    assert "Mag Olivier" in page(step_in, youth_of(asked), "/ik/")


def test_of_two_corrections_one_was_answered(step_in: Client) -> None:
    waits = Correction.objects.waiting().get()
    answered = Correction.objects.exclude(correctionanswer=None).get()
    assert youth_of(waits) == youth_of(answered)
    assert "Vraagt: verander dit" in page(step_in, "noor", "/vandaag/")
    side = page(step_in, youth_of(waits), reverse("youth:my_side"))
    assert "Niet aangepast" in side
    assert "Je krijgt antwoord" in side


def test_one_asks_why_and_one_was_told(step_in: Client) -> None:
    assert LookQuestion.objects.waiting().count() == LookQuestion.objects.unread().count() == 1
    assert "vraagt waarom je keek" in page(step_in, "noor", "/vandaag/")


def test_something_stops_within_a_week() -> None:
    assert Grant.objects.ending().exists()


def test_the_mother_of_sami_opened_her_page(step_in: Client) -> None:
    guest = cast()["fatiha"].person()
    assert guest
    assert Device.objects.filter(person=guest).exists()
    assert Look.objects.filter(person_id=guest.pk, reader_role="guest").exists()
    seen = page(step_in, "fatiha", "/mee/")
    assert "Dan eet ik niet thuis" in seen
    assert "Wekt hem op tijd" in seen
    assert "Je zei ja op" in seen


def test_what_must_be_told_is_told_now_later_and_at_once(step_in: Client) -> None:
    later = Warning.objects.exclude(times_postponed=0).get()
    assert not later.is_told
    at_once = Warning.objects.get(ground=Warning.Ground.ACUTE)
    assert at_once.is_told
    said = Warning.objects.exclude(pk__in=[later.pk, at_once.pk]).get()
    assert View.objects.filter(line=said.pk).exists()
    assert "Zonder jouw ja" in page(step_in, youth_of(said), "/ik/over-mij/zonder-ja/")
    assert "Er is niets" not in page(step_in, "fem", "/gemeente/meldingen/")
    oversight = page(step_in, "pepijn", f"/toezicht/{said.dossier.municipality_id}/meldingen/")
    assert "heeft nog niet geantwoord" in oversight
    assert "De jongere leest het vanaf" in oversight


def test_the_second_person_has_something_to_answer(step_in: Client) -> None:
    waits = Consultation.objects.waiting().get()
    assert waits.second == cast()["dana"].person()
    assert "vraagt of je meedenkt" in page(step_in, "dana", "/meedenken/")
    assert Consultation.objects.exclude(answer="").values("second").distinct().count() == 2


def test_of_the_hand_written_lives_nothing_is_told_or_erased() -> None:
    written = {youth.slug for youth in youths() if youth.story}
    rows = [row for model in (Warning, Wish, Hold) for row in model.objects.all()]
    assert {youth_of(row) for row in rows} & written == set()


def test_what_youths_want_erased_is_done_refused_and_waits_for_each_of_the_two(step_in: Client) -> None:
    done, refused = Wish.objects.exclude(done_at=None).get(), Wish.objects.exclude(refused_at=None).get()
    assert Wish.objects.open().filter(agreed_at=None, asked_at=None).count() == 1
    assert Wish.objects.open().filter(agreed_at=None).exclude(asked_at=None).count() == 1
    assert "Dit is weg sinds" in page(step_in, youth_of(done), "/ik/over-mij/bewaren/")
    assert "nog een paar jaar bewaren" in page(step_in, youth_of(refused), "/ik/over-mij/bewaren/")
    law = f"/gemeente/wet/{done.municipality_id}/wissen/"
    assert "Ja, dit kan weg" in page(step_in, "fem", law)
    assert "Ja, wis dit" in page(step_in, "pepijn", law)


def test_something_is_held_and_something_waits_for_the_other_of_the_two(step_in: Client) -> None:
    held = Hold.objects.running().get()
    asked = Hold.objects.asked().get()
    assert asked.asked_by == cast()["pepijn"].person()
    assert "Er loopt een klacht" in page(step_in, youth_of(held), "/ik/over-mij/bewaren/")
    assert "Akkoord" in page(step_in, "fem", f"/gemeente/wet/{held.municipality_id}/wissen/")


def test_a_proof_of_destruction_holds(step_in: Client) -> None:
    proof = Proof.objects.get()
    assert checked(proof).holds
    there = page(step_in, "fem", f"/gemeente/wet/{proof.municipality_id}/bewijs/{proof.pk}/")
    assert "Dit klopt</" in there


def test_every_chain_is_whole() -> None:
    assert_chains_are_whole()
