"""What is being typed follows who types it, from one device to another, until it is sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Municipality, Person
from ipta.dossiers import commands
from ipta.dossiers.models import Coachship, Dossier, Note
from ipta.sharing.models import Look
from ipta.vault import keyring
from ipta.web import drafts, kept
from ipta.web.models import Draft, SentForm
from tests.asking import assert_sealed
from tests.cast import days_ago
from tests.web.coach.shared import of

Enter = Callable[[Person], Client]
WORDS = "Hij durft zijn post weer open te maken."
OTHERS = "Zijn oma wil helpen met de bus."
BACK = "We hebben je tekst bewaard"


def type_in(browser: Client, path: str, **words: Any) -> int:
    """What a browser sends by itself while somebody types."""
    return browser.post(path, words, headers={"X-Requested-With": "fetch"}).status_code


@pytest.fixture
def here(dossier: Dossier) -> str:
    return of(dossier, "note_about")


def test_it_goes_on_on_another_device(client_for: Enter, noor: Person, here: str) -> None:
    with time_machine.travel(timezone.localtime().replace(hour=14, minute=32), tick=False):
        assert type_in(client_for(noor), here, text=WORDS, once=uuid4()) == kept.KEPT
        page = client_for(noor).get(here).text
    assert BACK in page
    assert WORDS in page
    assert "Bewaard om 14.32 uur" in page


def test_of_two_pages_open_at_once_neither_writes_over_the_other(
    client_for: Enter, noor: Person, dossier: Dossier, here: str
) -> None:
    hers, one, other = client_for(noor), uuid4(), uuid4()
    type_in(hers, here, text=WORDS, once=one)
    type_in(hers, here, text=OTHERS, once=other)
    assert OTHERS in hers.get(here).text
    hers.post(here, {"over": str(dossier.pk), "channel": "met", "text": OTHERS, "once": other})
    page = hers.get(here).text
    assert OTHERS not in page
    assert WORDS in page
    hers.post(here, {"weg": "1", "once": one})
    assert BACK not in hers.get(here).text


def test_what_a_slow_line_brings_after_it_was_sent_does_not_come_back(
    client_for: Enter, noor: Person, dossier: Dossier, here: str
) -> None:
    hers, once = client_for(noor), uuid4()
    hers.post(here, {"over": str(dossier.pk), "channel": "met", "text": WORDS, "once": once})
    assert type_in(hers, here, text=WORDS[:10], once=once) == kept.SENT
    assert BACK not in hers.get(here).text
    assert Note.objects.filter(dossier=dossier, author=noor).count() == 2  # hers of before, and this one


def test_what_was_kept_in_the_very_moment_it_was_sent_does_not_come_back(
    client_for: Enter, noor: Person, dossier: Dossier, here: str
) -> None:
    """The browser keeps and sends at once; keeping looked whether it was sent just before it was."""
    hers, once, other = client_for(noor), uuid4(), uuid4()
    type_in(hers, here, text=OTHERS, once=other)
    type_in(hers, here, text=WORDS, once=once)
    SentForm.objects.create(pk=once)
    page = hers.get(here).text
    assert WORDS not in page
    assert OTHERS in page


def test_it_lies_sealed_with_the_dossier_it_is_about(client_for: Enter, noor: Person, dossier: Dossier) -> None:
    for path, about in ((of(dossier, "note_about"), ""), ("/notitie/", str(dossier.pk))):
        type_in(client_for(noor), path, text=WORDS, over=about, once=uuid4())
    for draft in Draft.objects.all():
        assert draft.dossier == dossier
        assert_sealed(draft, WORDS)


def test_about_nobody_yet_it_lies_sealed_too(client_for: Enter, noor: Person) -> None:
    type_in(client_for(noor), "/jongeren/nieuw/", wants=WORDS, once=uuid4())
    draft = Draft.objects.get()
    assert draft.dossier is None
    assert_sealed(draft, WORDS)
    assert WORDS in client_for(noor).get("/jongeren/nieuw/").text


def test_it_goes_when_the_dossier_goes(client_for: Enter, noor: Person, dossier: Dossier, here: str) -> None:
    type_in(client_for(noor), here, text=WORDS, once=uuid4())
    keyring.destroy(dossier.pk)
    assert BACK not in client_for(noor).get(here).text
    assert type_in(client_for(noor), here, text=WORDS, once=uuid4()) != kept.KEPT
    dossier.note_set.all().delete()
    Dossier.objects.filter(pk=dossier.pk).delete()
    assert not Draft.objects.exists()


def test_nobody_else_reads_it_not_even_who_may_read_the_dossier(
    client_for: Enter, noor: Person, stef: Person, sem: Person, here: str
) -> None:
    type_in(client_for(noor), here, text=WORDS, once=uuid4())
    assert WORDS not in client_for(stef).get(here).text
    assert WORDS not in client_for(sem).get("/ik/stappen/nieuw/").text


def test_who_no_longer_walks_along_does_not_read_back_what_he_wrote(
    client_for: Enter, noor: Person, dossier: Dossier
) -> None:
    type_in(client_for(noor), "/notitie/", text=WORDS, over=dossier.pk, once=uuid4())
    Coachship.objects.filter(dossier=dossier, coach=noor).update(until=days_ago(0))
    assert WORDS not in client_for(noor).get("/notitie/").text
    assert not Look.objects.filter(person_id=noor.id, about=dossier.id, result="refused").exists()


def test_a_page_of_somebody_elses_youth_keeps_nothing(
    client_for: Enter, bram: Person, yara: Person, dossier: Dossier, kim_dossier: Dossier, ali_dossier: Dossier
) -> None:
    for stranger in (bram, yara):
        assert type_in(client_for(stranger), of(dossier, "note_about"), text=WORDS, once=uuid4()) == 404
    assert not Draft.objects.exists()


def test_the_words_of_a_note_about_somebody_elses_youth_hang_on_nobody(
    client_for: Enter, bram: Person, dossier: Dossier, kim_dossier: Dossier
) -> None:
    for about in (dossier.pk, "'; --", ""):
        assert type_in(client_for(bram), "/notitie/", text=WORDS, over=about, once=uuid4()) == kept.KEPT
    assert not Draft.objects.exclude(dossier=None).exists()


def test_more_than_a_page_can_hold_is_said_to_be_too_much(client_for: Enter, noor: Person, here: str) -> None:
    assert type_in(client_for(noor), here, text="a" * kept.LONGEST, once=uuid4()) == kept.TOO_LONG


def test_after_a_month_it_is_gone(client_for: Enter, noor: Person, here: str) -> None:
    with time_machine.travel(timezone.now() - drafts.LIFE - timedelta(minutes=1)):
        type_in(client_for(noor), here, text=WORDS, once=uuid4())
    assert BACK not in client_for(noor).get(here).text


def test_looking_at_a_page_does_not_use_it_up(client_for: Enter, noor: Person, here: str) -> None:
    hers = client_for(noor)
    type_in(hers, here, text=WORDS, once=uuid4())
    for _ in range(2):
        assert WORDS in hers.get(here).text


def test_who_writes_a_note_of_his_own_meanwhile_still_finds_it(
    client_for: Enter, noor: Person, dossier: Dossier, here: str
) -> None:
    type_in(client_for(noor), here, text=WORDS, once=uuid4())
    commands.note(dossier, by=noor, text=OTHERS)
    assert WORDS in client_for(noor).get(here).text


def test_a_municipality_is_no_youth(client_for: Enter, fem: Person, zoetermeer: Municipality) -> None:
    assert type_in(client_for(fem), "/gemeente/mensen/", first_name="Ada") in {kept.KEPT, 404}
