"""Brought in by a professional without an account: a few facts, always an introduction, and an answer."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from ipta.accounts import commands as accounts
from ipta.accounts.models import Link, Municipality, Person, Post
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.scouting import commands
from ipta.scouting.models import Find, Referral
from ipta.scouting.rules import MOST_REFERRALS_A_DAY
from ipta.sharing.door import Reader
from ipta.sharing.models import Look
from tests.asking import assert_refused, assert_sealed, verbs
from tests.cast import CANARY
from tests.web.coach.shared import of

PAGE = "/aanbrengen/"
TYPED = {
    "nickname": "Y. van het plein", "knows": "not_yet", "introduced_by": "Zijn zus Amal", "known_from": "familie",
    "where": "Het plein, na vieren", "why": "Hij wil werken en weet niet hoe.", "role": "police",
    "name": "Ineke de Vries", "organisation": "Politie Zoetermeer", "reach": "06 12345678",
}  # fmt: skip


@pytest.fixture
def link(noors: Client) -> str:
    return re.search(r"http://testserver(/aanbrengen/[^/\"<]+/)", noors.post(PAGE).text)[1]  # type: ignore[index]


def send(link: str, **typed: Any) -> Any:
    return Client().post(link, TYPED | typed)


def brought_in() -> Dossier:
    return Referral.objects.get().dossier


def test_a_policeman_brings_somebody_in_with_who_introduces_him(link: str, noor: Person) -> None:
    answer = Client().post(link, TYPED, follow=True)
    assert answer.status_code == 200
    assert "Het is aangekomen. Dank je wel." in answer.text
    dossier, reader = brought_in(), Reader(noor)
    find, referral = Find.objects.get(dossier=dossier), Referral.objects.get()
    assert dossier.is_scouted
    assert reader.text(dossier.nickname) == "Y. van het plein"
    assert (find.kind, reader.text(find.introduced_by)) == ("police", "Zijn zus Amal")
    assert (referral.role, referral.knows, referral.told) == ("police", "not_yet", "received")
    assert_sealed(referral, "Ineke", "06 12345678", "Hij wil werken")
    assert "youth.referred" in verbs(dossier)


def test_the_coach_finds_it_on_his_page_and_the_list(link: str, noors: Client) -> None:
    send(link)
    shown = noors.get(of(brought_in(), "youth")).text
    assert "Aangebracht door Ineke de Vries, Politie Zoetermeer (wijkagent)" in shown
    assert "Hij of zij weet het nog niet" in shown
    assert "Y. van het plein" in noors.get("/jongeren/").text


def test_nobody_is_referred_coldly(link: str) -> None:
    answer = send(link, introduced_by=" ")
    assert answer.status_code == 422
    assert "Een koude verwijzing werkt vaak niet. Wie kan ons voorstellen?" in answer.text
    assert "Hij wil werken en weet niet hoe." in answer.text, "what was typed stays"
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"nickname": ""}, "Een voornaam of bijnaam is genoeg."),
        ({"knows": ""}, "Kies een antwoord."),
        ({"role": "burgemeester"}, "Kies een van de antwoorden die er staan."),
        ({"name": ""}, "Schrijf je naam op."),
        ({"reach": ""}, "Schrijf een telefoonnummer of mailadres op."),
        ({"why": "a" * 501}, "Dit is te lang."),
        ({"why": "Zijn BSN is 111222333."}, "BSN"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(link: str, wrong: dict[str, str], says: str) -> None:
    answer = send(link, **wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Zijn zus Amal" in answer.text
    assert not Referral.objects.exists()


def test_who_brings_somebody_in_reads_nothing(link: str, dossier: Dossier) -> None:
    before = Look.objects.count()
    assert "Noor" in Client().get(link).text
    for page in (Client().get(link).text, Client().post(link, TYPED, follow=True).text):
        assert CANARY not in page
    assert Look.objects.count() == before


def test_two_taps_bring_in_one(link: str) -> None:
    once = str(uuid4())
    assert [send(link, once=once).status_code for _tap in range(2)] == [302, 200]
    assert Referral.objects.count() == 1


def test_one_link_brings_in_no_crowd(link: str) -> None:
    for _ in range(MOST_REFERRALS_A_DAY):
        assert send(link).status_code == 302
    answer = send(link)
    assert answer.status_code == 422
    assert "Bel de coach" in answer.text
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert send(link).status_code == 302


def test_a_robot_that_looks_brings_in_nobody(link: str) -> None:
    assert Client().get(link).status_code == Client().head(link).status_code == 200
    assert not Referral.objects.exists()


# --- a link that ends ------------------------------------------------------------------------------


def assert_leads_nowhere(link: str) -> None:
    for answer in (Client().get(link), send(link)):
        assert answer.status_code == 404
        assert "Deze link werkt niet" in answer.text
    assert not Referral.objects.exists()


def test_a_stopped_an_old_and_an_invented_link_say_the_same(link: str, noors: Client) -> None:
    assert_leads_nowhere("/aanbrengen/verzonnen/")
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert_leads_nowhere(link)
    noors.post("/aanbrengen/stopt/")
    assert_leads_nowhere(link)


def test_another_link_ends_the_one_of_before(link: str, noors: Client) -> None:
    noors.post(PAGE)
    assert_leads_nowhere(link)
    assert Link.objects.open().count() == 1


def test_the_link_of_a_coach_who_left_leads_nowhere(link: str, noor: Person, fem: Person) -> None:
    accounts.leave(Post.objects.get(person=noor), by=fem)
    assert_leads_nowhere(link)


def test_only_a_coach_makes_one(
    zoetermeer: Municipality, fem: Person, lotte: Person, sem: Person, yara: Person
) -> None:
    for command in (commands.open_referrals, commands.close_referrals):
        assert_refused(command, zoetermeer, by=[fem, lotte, sem, yara])
    said = {"nickname": "X", "role": "other", "knows": "yes", "introduced_by": "Ik"}
    assert_refused(commands.refer, zoetermeer, **said, by=[fem, lotte, sem, yara])


# --- what may be told ----------------------------------------------------------------------------


@pytest.fixture
def answer(link: str) -> str:
    return str(send(link).headers["Location"])


def test_who_brought_him_in_hears_what_the_coach_chose(answer: str, noors: Client) -> None:
    assert "Het is aangekomen." in Client().get(answer).text
    told = of(brought_in(), "tell_referrer")
    noors.post(told, {"told": "talking"})
    page = Client().get(answer).text
    assert "We zijn in gesprek." in page
    assert "Y. van het plein" not in page
    assert noors.post(told, {"told": "alles"}).status_code == 404


def test_that_he_joined_is_told_only_when_he_did(answer: str, noors: Client, noor: Person) -> None:
    dossier = brought_in()
    with pytest.raises(Impossible):
        commands.tell_referrer(Referral.objects.get(), "joined", by=noor)
    assert 'value="joined"' not in noors.get(of(dossier, "youth")).text
    commands.welcome(dossier, first_name="Yassin", by=noor)
    assert 'value="joined"' in noors.get(of(dossier, "youth")).text
    noors.post(of(dossier, "tell_referrer"), {"told": "joined"})
    page = Client().get(answer).text
    assert "Hij of zij doet mee." in page
    assert "Yassin" not in page


def test_a_stranger_chooses_nothing(answer: str, brams: Client, yara: Person) -> None:
    assert brams.post(of(brought_in(), "tell_referrer"), {"told": "talking"}).status_code == 404
    assert_refused(commands.tell_referrer, Referral.objects.get(), "talking", by=[yara])


def test_of_who_is_gone_nothing_is_told(answer: str) -> None:
    brought_in().delete()
    assert Client().get(answer).status_code == 404
