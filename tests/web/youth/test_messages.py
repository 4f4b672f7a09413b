"""Berichten, on his own telephone: one tap away, opened on purpose, taken back, spoken."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.messages import rules
from ipta.dossiers.messages.checking import Voice
from ipta.dossiers.messages.commands import open_messages, send_message
from ipta.dossiers.models import Dossier, Message
from tests import files
from tests.asking import text
from tests.cast import fresh
from tests.web.coach.shared import ONCE
from tests.web.youth.asking import address, queries, sections_read

VOICE = Voice("webm", files.VOICE)


def page(client: Client, name: str = "messages") -> str:
    answer = client.get(address(name))
    assert answer.status_code == 200
    return unescape(answer.text)


def test_it_is_one_tap_from_his_first_page_and_from_his_people(sems: Client) -> None:
    for name in ("home", "people"):
        assert address("messages") in page(sems, name)
    assert "Nog geen berichten" in page(sems)


def test_he_writes_and_sees_when_it_was_opened(sems: Client, dossier: Dossier, noor: Person) -> None:
    for _tap in range(2):
        sent = {"text": "Ik heb het gehaald! 🎉 مرحبا", "once": ONCE}
        assert sems.post(address("messages"), sent).headers["Location"] == address("messages")
    message = dossier.message_set.get()
    assert text(noor, message, "text") == "Ik heb het gehaald! 🎉 مرحبا"
    assert "Nog niet gezien" in page(sems)
    open_messages(dossier, by=noor)
    shown = page(sems)
    assert "Gezien: " in shown and "Nog niet gezien" not in shown


@pytest.mark.parametrize("typed", ["", "  \n ", "x" * 501, "<b>hoi</b>" * 2000])
def test_what_does_not_fit_is_said_and_stays(sems: Client, dossier: Dossier, typed: str) -> None:
    answer = sems.post(address("messages"), {"text": typed})
    assert answer.status_code == 422
    assert typed.strip() in unescape(answer.text)
    assert not dossier.message_set.exists()


def test_what_he_was_typing_comes_back(sems: Client, dossier: Dossier) -> None:
    sent = sems.post(address("messages"), {"text": "Half een zin", "once": ONCE}, headers={"X-Requested-With": "fetch"})
    assert sent.status_code == 204
    assert "Half een zin" in page(sems) and not dossier.message_set.exists()


def test_a_message_opens_when_he_opens_it_and_not_before(sems: Client, dossier: Dossier, noor: Person) -> None:
    message = send_message(dossier, text="Om tien uur bij de garage", by=noor)
    for name in ("home", "messages", "people"):
        assert "Om tien uur" not in page(sems, name)
    assert "Je hebt een bericht" in page(sems, "home") and "Er is een nieuw bericht" in page(sems)
    assert fresh(message).seen_at is None
    assert sems.post(address("open_messages")).headers["Location"] == address("messages")
    assert fresh(message).seen_at
    assert "Om tien uur bij de garage" in page(sems)
    assert "Je hebt een bericht" not in page(sems, "home")


def test_his_first_page_opens_nothing_for_it(sems: Client, dossier: Dossier, noor: Person) -> None:
    before = sections_read(dossier, sems, "home")
    send_message(dossier, text="Hoi", by=noor)
    assert sections_read(dossier, sems, "home") == before


def test_what_cannot_wait_has_its_line(sems: Client) -> None:
    assert "Kan het niet wachten? Bel je coach. Is er gevaar? Bel 112." in page(sems)


def test_he_takes_back_his_own_and_nothing_else(sems: Client, dossier: Dossier, noor: Person, sem: Person) -> None:
    mine, hers = send_message(dossier, text="Oeps, fout", by=sem), send_message(dossier, text="Van haar", by=noor)
    open_messages(dossier, by=sem)
    assert sems.post(address("take_back_message", hers.pk)).status_code == 404
    assert sems.post(address("take_back_message", mine.pk)).status_code == 302
    shown = page(sems)
    assert "Oeps" not in shown and "Teruggenomen: " in shown and "Van haar" in shown


def test_nobody_elses(kims: Client, dossier: Dossier, sem: Person) -> None:
    message = send_message(dossier, voice=VOICE, by=sem)
    assert kims.get(address("voice", message.pk)).status_code == 404
    assert kims.post(address("take_back_message", message.pk)).status_code == 404
    assert fresh(message).taken_back_at is None


# --- spoken ----------------------------------------------------------------------------


def spoken(content: bytes = files.VOICE, **typed: str) -> dict[str, object]:
    return {"voice": SimpleUploadedFile("opname.html", content, content_type="text/html"), **typed}


def test_he_speaks_and_says_what_it_is_about(sems: Client, dossier: Dossier, noor: Person) -> None:
    for _tap in range(2):
        assert sems.post(address("send_voice"), spoken(about="Mijn eerste dag", once=ONCE)).status_code == 302
    message = dossier.message_set.get()
    assert (message.kind, message.size) == ("webm", len(files.VOICE))
    shown = page(sems)
    assert "Mijn eerste dag" in shown and f'src="{address("voice", message.pk)}"' in shown
    assert text(noor, message, "text") == "Mijn eerste dag"


def test_it_is_played_by_the_page_and_never_is_a_page(sems: Client, dossier: Dossier, sem: Person) -> None:
    message = send_message(dossier, voice=VOICE, by=sem)
    answer = sems.get(address("voice", message.pk))
    assert answer.content == files.VOICE
    assert {name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")} == {
        "Content-Type": "audio/webm",
        "Content-Disposition": 'attachment; filename="bericht.webm"',
        "Cache-Control": "no-store",
    }
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "media-src 'self'" in sems.get(address("messages")).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "status", "given"),
    [
        ("bytes=0-3", 206, files.VOICE[:4]),
        ("bytes=4-", 206, files.VOICE[4:]),
        ("bytes=0-99999999", 206, files.VOICE),
        ("bytes=9999-", 416, b""),
        ("bytes=5-2", 416, b""),
        ("lines=1-2", 200, files.VOICE),
    ],
)
def test_some_telephones_ask_it_piece_by_piece(
    sems: Client, dossier: Dossier, sem: Person, asked: str, status: int, given: bytes
) -> None:
    message = send_message(dossier, voice=VOICE, by=sem)
    answer = sems.get(address("voice", message.pk), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, given)


@pytest.mark.parametrize(
    ("content", "said"),
    [(files.SCRIPT, "soort geluid"), (files.VOICE + bytes(rules.MOST_BYTES), "te lang"), (b"", "geen geluid")],
)
def test_what_is_no_voice_is_said_and_the_words_stay(sems: Client, dossier: Dossier, content: bytes, said: str) -> None:
    answer = sems.post(address("send_voice"), spoken(content, about="Mijn eerste dag"))
    assert answer.status_code == 422 and said in answer.text and "Mijn eerste dag" in answer.text
    assert sems.post(address("send_voice"), {"about": "x"}).status_code == 422
    assert not dossier.message_set.exists()


def test_a_voice_that_was_taken_back_is_not_there(sems: Client, dossier: Dossier, sem: Person) -> None:
    message = send_message(dossier, voice=VOICE, by=sem)
    sems.post(address("take_back_message", message.pk))
    assert sems.get(address("voice", message.pk)).status_code == 404
    assert "<audio" not in page(sems)


# --- much of it, and the end -------------------------------------------------------------


def test_a_long_conversation_comes_in_pages_for_the_same_work(sems: Client, dossier: Dossier, sem: Person) -> None:
    for number in range(4):
        send_message(dossier, text=f"bericht {number}", by=sem)
    few = queries(sems, address("messages"))
    for number in range(40):
        send_message(dossier, text=f"later {number}", by=sem)
    assert queries(sems, address("messages")) == few
    assert "later 39" in page(sems) and "bericht 0" not in page(sems)
    oldest = Message.objects.earliest("sent_at")
    assert "bericht 0" in sems.get(f"{address('messages')}?regel={oldest.pk}").text


def test_when_it_has_ended_he_reads_and_is_told_where_to_go(sems: Client, ended: Dossier) -> None:
    assert 'name="text"' not in page(sems)
    answer = sems.post(address("messages"), {"text": "Nog iets"})
    assert answer.status_code == 422 and "Nog iets" in answer.text and "Zeg het je coach" in answer.text
    assert sems.get(address("send_voice")).headers["Location"] == address("messages")


def test_it_stands_on_the_paper_he_takes_along(sems: Client, dossier: Dossier, sem: Person, noor: Person) -> None:
    send_message(dossier, text="Wat ik schreef", by=sem)
    send_message(dossier, text="Hoor dit", voice=VOICE, by=noor)
    shown = page(sems, "paper")
    assert "Wat ik schreef" in shown and "Hoor dit" in shown and "(ingesproken)" in shown
