"""Erasing and holding on the screens: by number alone, and each takes two people."""

from datetime import timedelta

import pytest
from django.test import Client

from ipta.accounts.models import Municipality, Person
from ipta.base import acting, clock
from ipta.dossiers.models import Dossier, Note
from ipta.law import commands, due
from ipta.law.models import Hold, Wish
from ipta.sharing.rules import number_of, spaced
from tests.cast import CANARY, fresh
from tests.web.law.desk import at, said


@pytest.fixture
def wish(dossier: Dossier, sem: Person) -> Wish:
    return commands.wish(dossier, "contacts", by=sem)


def test_one_asks_the_other_agrees_and_the_computer_does_it(
    wish: Wish, note: Note, fems: Client, pepijns: Client, zoetermeer: Municipality
) -> None:
    number = spaced(number_of(wish.dossier_id))
    assert number in said(fems.get(at("erasure", zoetermeer)))
    assert "1 wacht" in said(fems.get(at("home", zoetermeer)))
    assert at("agree_erasure", zoetermeer, wish.pk) not in said(pepijns.get(at("erasure", zoetermeer)))
    fems.post(at("ask_erasure", zoetermeer, wish.pk))
    assert "1 wacht" in said(pepijns.get(at("home", zoetermeer)))
    assert at("agree_erasure", zoetermeer, wish.pk) in said(pepijns.get(at("erasure", zoetermeer)))
    pepijns.post(at("agree_erasure", zoetermeer, wish.pk))
    assert Note.objects.filter(pk=note.pk).exists()
    with acting.as_work():
        assert due.keep_the_terms().destroyed == 1
    assert not Note.objects.filter(pk=note.pk).exists()
    assert "Gewist op" in said(fems.get(at("erasure", zoetermeer)))


def test_nobody_of_them_reads_a_word(wish: Wish, fems: Client, pepijns: Client, zoetermeer: Municipality) -> None:
    for browser in (fems, pepijns):
        for name in ("home", "erasure", "proofs", "register", "dpia"):
            assert CANARY not in said(browser.get(at(name, zoetermeer)))


def test_a_no_says_why(wish: Wish, fems: Client, pepijns: Client, zoetermeer: Municipality) -> None:
    where = at("refuse_erasure", zoetermeer, wish.pk)
    assert pepijns.post(where, {"why": "archive"}).status_code == 404
    assert fems.post(where, {"why": ""}).status_code == 422
    assert fems.post(where, {"why": "archive"}).status_code == 302
    assert fresh(wish).refused_why == "archive"
    assert "Archiefwet" in said(fems.get(at("erasure", zoetermeer)))


def test_the_wrong_one_of_the_two_gets_nowhere(
    wish: Wish, fems: Client, pepijns: Client, zoetermeer: Municipality, schiedam: Municipality
) -> None:
    assert pepijns.post(at("ask_erasure", zoetermeer, wish.pk)).status_code == 404
    assert fems.post(at("agree_erasure", zoetermeer, wish.pk)).status_code == 404
    assert fems.post(at("ask_erasure", schiedam, wish.pk)).status_code == 404
    assert fresh(wish).asked_at is None


def test_what_waits_longer_than_a_month_is_said(wish: Wish, fems: Client, zoetermeer: Municipality) -> None:
    Wish.objects.update(wished_at=clock.now() - timedelta(days=40))
    assert "wacht al langer dan een maand" in said(fems.get(at("home", zoetermeer)))
    assert "Te laat" in said(fems.get(at("erasure", zoetermeer)))


# --- held -----------------------------------------------------------------------------------


def asked_for(dossier: Dossier, days: int = 30) -> dict[str, str]:
    until = clock.today() + timedelta(days=days)
    return {"number": number_of(dossier.pk).lower(), "why": "court", "until": until.isoformat()}


def test_a_dossier_is_held_by_number(dossier: Dossier, fems: Client, pepijns: Client, zoetermeer: Municipality) -> None:
    assert pepijns.post(at("ask_hold", zoetermeer), asked_for(dossier)).status_code == 302
    hold = Hold.objects.get()
    assert not hold.is_running
    assert at("agree_hold", zoetermeer, hold.pk) not in said(pepijns.get(at("erasure", zoetermeer)))
    assert "1 wacht" in said(fems.get(at("home", zoetermeer)))
    fems.post(at("agree_hold", zoetermeer, hold.pk))
    assert fresh(hold).is_running
    pepijns.post(at("end_hold", zoetermeer, hold.pk))
    assert not fresh(hold).is_running


def test_who_asked_does_not_agree_with_himself(dossier: Dossier, fems: Client, zoetermeer: Municipality) -> None:
    fems.post(at("ask_hold", zoetermeer), asked_for(dossier))
    hold = Hold.objects.get()
    assert "met z&#x27;n tweeën" in said(fems.post(at("agree_hold", zoetermeer, hold.pk), follow=True))
    assert not fresh(hold).is_running


def test_a_number_from_elsewhere_or_of_nobody_is_no_number(
    ali_dossier: Dossier, fems: Client, zoetermeer: Municipality
) -> None:
    for typed in (asked_for(ali_dossier), asked_for(ali_dossier) | {"number": "12"}):
        answer = fems.post(at("ask_hold", zoetermeer), typed)
        assert answer.status_code == 422
        assert "Dit nummer klopt niet" in said(answer)
    assert not Hold.objects.exists()


def test_a_hold_of_more_than_a_year_comes_back(dossier: Dossier, fems: Client, zoetermeer: Municipality) -> None:
    answer = fems.post(at("ask_hold", zoetermeer), asked_for(dossier, days=500))
    assert answer.status_code == 422
    assert "hoogstens een jaar" in said(answer)
