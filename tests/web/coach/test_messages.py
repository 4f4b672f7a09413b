"""Messages on the coach's telephone: new ones on Vandaag without a word of them, opened with one tap."""

from collections.abc import Callable
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.messages.checking import Voice
from ipta.dossiers.messages.commands import open_messages, send_message
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing import commands as sharing
from tests import files
from tests.cast import days_ago, fresh
from tests.web.coach.shared import (
    ONCE,
    assert_is_not_there,
    assert_same_work_for_more,
    forget_looks,
    of,
    post_twice,
    sections_read,
)

SignIn = Callable[[Person], Client]
VOICE = Voice("webm", files.VOICE)
HERE = "/vandaag/?deel=berichten"


def page(client: Client, dossier: Dossier, name: str = "messages") -> str:
    response = client.get(of(dossier, name))
    assert response.status_code == 200
    return unescape(response.text)


def test_a_new_one_stands_on_vandaag_without_a_word_of_it(
    noors: Client, dossier: Dossier, noor: Person, sem: Person
) -> None:
    assert "Stuurde een bericht" not in noors.get("/vandaag/").text
    first = send_message(dossier, text="Merel zit op het dak", by=sem)
    send_message(dossier, text="Merel is weg", by=sem)
    forget_looks()
    for at in ("/vandaag/", HERE):
        shown = unescape(noors.get(at).text)
        assert shown.count("Stuurde een bericht") == 1 and "Merel" not in shown
        assert of(dossier, "open_messages") in shown
    assert sections_read(dossier, noor) & {"contacts", "messages"} == set()
    assert fresh(first).seen_at is None, "a list is no place where something is opened"


def test_one_tap_opens_them_and_they_no_longer_stand_there(noors: Client, dossier: Dossier, sem: Person) -> None:
    message = send_message(dossier, text="Merel zit op het dak", by=sem)
    assert "Merel" not in page(noors, dossier), "the way around Vandaag opens nothing by itself either"
    assert fresh(message).seen_at is None
    assert noors.post(of(dossier, "open_messages")).headers["Location"] == of(dossier, "messages")
    assert fresh(message).seen_at
    assert "Merel zit op het dak" in page(noors, dossier)
    assert "Stuurde een bericht" not in noors.get(HERE).text


def test_vandaag_asks_the_database_as_often_for_fifteen_youths(
    queries: Callable[[], Any], noors: Client, more_lives: Callable[[int], list[Dossier]]
) -> None:
    def lives(count: int) -> None:
        for life in more_lives(count):
            if life.youth:
                send_message(life, text="Hoi", by=life.youth)

    for at in ("/vandaag/", HERE):
        assert_same_work_for_more(queries, lambda at=at: noors.get(at), lives)
    assert "Stuurde een bericht" in noors.get(HERE).text


def test_she_answers_once_and_sees_when_it_was_read(noors: Client, dossier: Dossier, sem: Person) -> None:
    post_twice(noors, of(dossier, "messages"), {"text": "Zet hem op! 💪 שלום"})
    assert dossier.message_set.count() == 1
    assert "Nog niet gezien" in page(noors, dossier) and "שלום" in page(noors, dossier)
    open_messages(dossier, by=sem)
    assert "Gezien: " in page(noors, dossier)


def test_what_is_too_long_or_empty_stays(noors: Client, dossier: Dossier) -> None:
    for typed in ("y" * 501, "   "):
        answer = noors.post(of(dossier, "messages"), {"text": typed})
        assert answer.status_code == 422 and typed.strip() in answer.text
    assert not dossier.message_set.exists()


def test_a_spoken_message_comes_in_and_is_played(noors: Client, dossier: Dossier, noor: Person) -> None:
    for _tap in range(2):
        sent = {"voice": SimpleUploadedFile("a.webm", files.VOICE), "about": "Over morgen", "once": ONCE}
        assert noors.post(of(dossier, "send_voice"), sent).status_code == 302
    message = dossier.message_set.get()
    assert "Over morgen" in page(noors, dossier)
    forget_looks()
    assert noors.get(of(dossier, "voice", message.pk)).content == files.VOICE
    assert sections_read(dossier, noor) == {"contacts"}
    wrong = noors.post(of(dossier, "send_voice"), {"voice": SimpleUploadedFile("a.webm", files.SCRIPT)})
    assert wrong.status_code == 422 and "soort geluid" in wrong.text


def test_she_takes_back_her_own_and_not_his(noors: Client, dossier: Dossier, noor: Person, sem: Person) -> None:
    hers, his = send_message(dossier, text="Verkeerde dag", by=noor), send_message(dossier, text="Van mij", by=sem)
    assert noors.post(of(dossier, "take_back_message", his.pk)).status_code == 404
    noors.post(of(dossier, "take_back_message", hers.pk))
    shown = page(noors, dossier)
    assert "Verkeerde dag" not in shown and "Teruggenomen: " in shown
    assert fresh(his).taken_back_at is None


def test_who_stands_in_reads_and_answers(
    client_for: SignIn, dossier: Dossier, sem: Person, stef: Person, standing_in: Coachship
) -> None:
    send_message(dossier, text="Kun je komen?", by=sem)
    his = client_for(stef)
    assert "Stuurde een bericht" in his.get(HERE).text
    his.post(of(dossier, "open_messages"))
    assert "Kun je komen?" in page(his, dossier)
    assert his.post(of(dossier, "messages"), {"text": "Ik kom eraan"}).status_code == 302


def test_who_takes_over_reads_on(client_for: SignIn, dossier: Dossier, sem: Person, noor: Person, bram: Person) -> None:
    send_message(dossier, text="Van Noor", by=noor)
    send_message(dossier, text="Nog ongelezen", by=sem)
    dossiers.hand_over(dossier, to=bram, on=days_ago(0), by=noor)
    his = client_for(bram)
    assert "Stuurde een bericht" in his.get(HERE).text
    assert "Van Noor" in page(his, dossier)
    assert client_for(noor).get(of(dossier, "messages")).status_code == 404


def test_in_an_emergency_one_reads_and_it_does_not_count_as_opened(
    client_for: SignIn, dossier: Dossier, sem: Person, bram: Person
) -> None:
    message = send_message(dossier, text="Ik durf niet naar huis", by=sem)
    sharing.take(dossier, reason="Hij staat voor de deur en Noor neemt niet op.", by=bram)
    his = client_for(bram)
    shown = page(his, dossier)
    assert "Ik durf niet naar huis" in shown and 'name="text"' not in shown
    assert his.post(of(dossier, "open_messages")).status_code == 404
    assert his.post(of(dossier, "messages"), {"text": "Hoi"}).status_code == 404
    assert fresh(message).seen_at is None


def test_nobody_elses_coach_finds_it(
    browsers_of_strangers: list[Client], dossier: Dossier, sem: Person, kim_dossier: Dossier
) -> None:
    message = send_message(dossier, voice=VOICE, by=sem)
    names = [("messages",), ("open_messages",), ("send_voice",), ("voice", message.pk)]
    assert_is_not_there(browsers_of_strangers, [of(dossier, *name) for name in names])
    (brams, *_others) = browsers_of_strangers
    assert brams.get(of(kim_dossier, "voice", message.pk)).status_code == 404
    assert brams.post(of(kim_dossier, "take_back_message", message.pk)).status_code == 404


def test_with_whom_the_notes_are_shared_does_not_read_the_messages(
    client_for: SignIn, dossier: Dossier, sem: Person, dana: Person
) -> None:
    message = send_message(dossier, text="Alleen voor Noor", voice=VOICE, by=sem)
    sharing.grant(dossier, section="contacts", to=dana, purpose="samen plannen", by=sem)
    hers = client_for(dana)
    assert "Alleen voor Noor" not in hers.get(f"/gedeeld/{dossier.pk}/contacts/").text
    assert hers.get(of(dossier, "voice", message.pk)).status_code == 404


def test_before_the_yes_the_page_says_so(noors: Client, scouted: Dossier) -> None:
    assert 'name="text"' not in page(noors, scouted)
    assert noors.get(of(scouted, "send_voice")).status_code == 404


def test_a_word_of_a_message_is_found_and_leads_to_it(
    noors: Client, dossier: Dossier, sem: Person, noor: Person
) -> None:
    message = send_message(dossier, text="De sleutel ligt bij de bakker", by=sem)
    open_messages(dossier, by=noor)
    found = unescape(noors.post("/zoeken/", {"wanted": "bakker"}).text)
    where = f"{of(dossier, 'messages')}?regel={message.pk}#regel-{message.pk}"
    assert where in found
    assert f'id="regel-{message.pk}"' in noors.get(where.partition("#")[0]).text
