"""When it goes wrong: a page in plain words, nothing half written, and what was typed comes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.accounts.sessions import SessionStore
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Note
from ipta.web.models import KeptForm
from tests.asking import row_counts
from tests.conftest import sign_in

Enter = Callable[[Person], Client]
WORDS = "Hij lacht weer, en hij belde zelf."


@pytest.fixture
def note_words(dossier: Dossier) -> dict[str, str]:
    return {"over": str(dossier.pk), "channel": "met", "text": WORDS}


def gone(*_: object, **__: object) -> None:
    raise OperationalError("disk I/O error")


def test_a_database_that_is_gone_is_said_in_plain_words(
    client_for: Enter, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = client_for(noor)
    hers.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "_get_session_from_db", gone)

    answer = hers.get("/vandaag/")

    assert answer.status_code == 503
    assert "Er is niets half opgeslagen" in answer.text
    assert answer.headers["Retry-After"] == "30"


def test_what_fails_halfway_leaves_nothing_behind(
    client_for: Enter, noor: Person, dossier: Dossier, note_words: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = client_for(noor)
    hers.get("/notitie/")
    before = row_counts()
    monkeypatch.setattr(commands, "record", gone)

    answer = hers.post("/notitie/", note_words)

    assert answer.status_code == 503
    assert row_counts(without=["sharing.Look"]) == {
        name: count for name, count in before.items() if name != "sharing.Look"
    }


def test_a_fault_of_ours_shows_nothing_of_anybody(
    client_for: Enter, noor: Person, note_words: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = client_for(noor)
    hers.raise_request_exception = False

    def fault(*_: object, **__: object) -> None:
        raise RuntimeError(WORDS)

    monkeypatch.setattr(commands, "note", fault)
    answer = hers.post("/notitie/", note_words)

    assert answer.status_code == 500
    assert WORDS not in answer.text


@pytest.mark.parametrize(("who", "minutes"), [("noor", 30), ("sem", 15)])
def test_a_session_ends_after_its_rest(
    who: str, minutes: int, request: pytest.FixtureRequest, client_for: Enter, dossier: Dossier
) -> None:
    person: Person = request.getfixturevalue(who)
    page = "/ik/" if person.is_youth else "/vandaag/"
    began = timezone.now()
    with time_machine.travel(began, tick=False) as clock:
        browser = client_for(person)
        for _ in range(3):
            clock.shift(timedelta(minutes=minutes - 1))
            assert browser.get(page).status_code == 200, "work keeps it alive"
        clock.shift(timedelta(minutes=minutes, seconds=1))
        assert browser.get(page).status_code == 302


def expire(browser: Client) -> None:
    """The session ended; the browser still has its other cookies."""
    del browser.cookies["sessie"]


def enter_again(browser: Client, person: Person) -> None:
    browser.cookies["sessie"] = sign_in(person).cookies["sessie"].value


def test_a_note_typed_after_the_session_ended_comes_back(
    client_for: Enter, noor: Person, dossier: Dossier, note_words: dict[str, str]
) -> None:
    hers = client_for(noor)
    hers.get("/notitie/")
    expire(hers)

    to_sign_in = hers.post("/notitie/", note_words)
    assert to_sign_in.status_code == 302
    assert to_sign_in.headers["Location"].startswith("/accounts/login/?next=")
    enter_again(hers, noor)

    back = hers.get("/notitie/").text
    assert WORDS in back
    assert "We hebben je tekst bewaard" in back
    hers.post("/notitie/", note_words)
    assert Note.objects.filter(dossier=dossier, author=noor).count() == 2
    assert WORDS not in hers.get("/notitie/").text, "once sent, it does not come back"


def test_two_half_written_pages_are_both_kept(client_for: Enter, noor: Person, note_words: dict[str, str]) -> None:
    hers = client_for(noor)
    hers.get("/notitie/")
    expire(hers)

    hers.post("/notitie/", note_words)
    hers.post("/jongeren/nieuw/", {"nickname": "Stille van het plein"})
    enter_again(hers, noor)

    assert WORDS in hers.get("/notitie/").text
    assert "Stille van het plein" in hers.get("/jongeren/nieuw/").text


def test_kept_words_lie_sealed_and_come_back_to_nobody_else(
    client_for: Enter, noor: Person, bram: Person, note_words: dict[str, str]
) -> None:
    hers = client_for(noor)
    hers.get("/notitie/")
    expire(hers)
    hers.post("/notitie/", note_words)

    assert WORDS.encode() not in bytes(KeptForm.objects.get().blob)
    enter_again(hers, bram)
    assert WORDS not in hers.get("/notitie/").text


def test_a_form_of_an_earlier_sign_in_is_kept_too(noor: Person, dossier: Dossier, note_words: dict[str, str]) -> None:
    hers = Client(enforce_csrf_checks=True)
    hers.cookies = sign_in(noor).cookies
    hers.get("/notitie/")

    answer = hers.post("/notitie/", note_words)

    assert answer.status_code == 403
    assert "We hebben je tekst bewaard" in answer.text
    assert WORDS in hers.get("/notitie/").text


def test_a_stranger_cannot_plant_words(noor: Person, note_words: dict[str, str]) -> None:
    Client(enforce_csrf_checks=True).post("/notitie/", note_words)

    assert not KeptForm.objects.exists()
