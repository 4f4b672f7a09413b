"""Messages between a youth and who walks along: sealed, opened, taken back and never changed."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.messages import rules
from ipta.dossiers.messages.checking import Voice
from ipta.dossiers.messages.commands import open_messages, send_message, take_back_message
from ipta.dossiers.models import Coachship, Dossier, Message
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.vault import keyring
from tests import files
from tests.asking import assert_refused, assert_sealed, last_entry, raw, text, verbs
from tests.cast import days_ago, fresh

VOICE = Voice("webm", files.VOICE + b"merel")


def heard(person: Person, message: Message) -> bytes:
    return Reader(person).content(fresh(message).voice)


def test_both_write_and_both_read(dossier: Dossier, sem: Person, noor: Person) -> None:
    for by in (sem, noor):
        message = send_message(dossier, text="  Tot morgen 👋 \u202e ", by=by)
        assert {text(reader, message, "text") for reader in (sem, noor)} == {"Tot morgen 👋"}
        entry = last_entry(dossier)
        assert entry.verb == "message.sent" and entry.facts == {"message": str(message.pk), "kind": "text"}


def test_nobody_else_writes_or_opens(dossier: Dossier, outsiders: list[Person]) -> None:
    assert_refused(send_message, dossier, by=outsiders, text="Hoi")
    assert_refused(open_messages, dossier, by=outsiders)


def test_words_and_voice_lie_sealed_and_go_with_their_section(dossier: Dossier, sem: Person, noor: Person) -> None:
    message = send_message(dossier, text="merel bij de deur", voice=VOICE, by=sem)
    assert_sealed(message, "merel")
    assert b"merel" not in raw(message, "voice")
    assert heard(noor, message) == VOICE.content
    keyring.destroy(dossier.pk, ["contacts"])
    assert heard(noor, message) == b""
    assert text(noor, message, "text") == "Dit is gewist."


def test_a_message_says_something_and_is_short(dossier: Dossier, sem: Person) -> None:
    with pytest.raises(Impossible, match="een paar woorden"):
        send_message(dossier, text=" \u200b ", by=sem)
    with pytest.raises(Impossible, match="500 tekens"):
        send_message(dossier, text="x" * 501, by=sem)
    assert send_message(dossier, text="م" * 500, by=sem).pk
    assert send_message(dossier, voice=VOICE, by=sem).has_voice, "a voice needs no words"


def test_before_the_yes_and_after_the_end_nothing_is_sent(scouted: Dossier, dossier: Dossier, noor: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    for one in (scouted, dossier):
        with pytest.raises(Impossible, match="zolang de jongere meedoet"):
            send_message(one, text="Hoi", by=noor)


def test_it_is_seen_when_the_other_side_opens_it(dossier: Dossier, sem: Person, noor: Person) -> None:
    to_him, to_her = send_message(dossier, text="Hoi", by=noor), send_message(dossier, text="Hey", by=sem)
    assert open_messages(dossier, by=sem) == 1
    seen = fresh(to_him).seen_at
    assert seen and fresh(to_her).seen_at is None
    assert open_messages(dossier, by=sem) == 0, "the first time counts"
    assert fresh(to_him).seen_at == seen
    assert verbs(dossier).count("message.opened") == 1
    assert open_messages(dossier, by=noor) == 1


def test_only_who_wrote_it_takes_it_back_and_its_line_stays(dossier: Dossier, sem: Person, noor: Person) -> None:
    message = send_message(dossier, text="merel", voice=VOICE, by=sem)
    assert_refused(take_back_message, message, by=[noor])
    for _again in range(2):
        take_back_message(message, by=sem)
    there = fresh(message)
    assert there.taken_back_at and not there.has_voice and there.size == 0
    assert (raw(there, "text"), raw(there, "voice")) == (b"", b"")
    assert verbs(dossier).count("message.taken_back") == 1
    assert open_messages(dossier, by=noor) == 0, "there is nothing to see any more"


def test_a_youth_takes_back_his_own_also_when_it_has_ended(dossier: Dossier, sem: Person, noor: Person) -> None:
    message = send_message(dossier, text="merel", by=sem)
    dossiers.end(dossier, reason="stable", by=noor)
    assert fresh(take_back_message(message, by=sem)).taken_back_at


def test_who_takes_over_reads_on_and_the_coach_of_before_has_no_say(
    dossier: Dossier, sem: Person, noor: Person, bram: Person
) -> None:
    hers, his = send_message(dossier, text="Van mij", by=noor), send_message(dossier, text="Van mij ook", by=sem)
    dossiers.hand_over(dossier, to=bram, on=days_ago(0), by=noor)
    assert text(bram, hers, "text") == "Van mij" and open_messages(fresh(dossier), by=bram) == 1
    for act in (take_back_message,):
        with pytest.raises(Refused):
            act(fresh(hers), by=noor)
    with pytest.raises(Refused):
        text(noor, his, "text")


def test_who_stands_in_answers_and_who_came_with_the_emergency_button_only_reads(
    dossier: Dossier, sem: Person, stef: Person, standing_in: Coachship, bram: Person
) -> None:
    message = send_message(dossier, text="Kun je komen?", by=sem)
    sharing.take(dossier, reason="Hij staat voor de deur en Noor neemt niet op.", by=bram)
    assert text(bram, message, "text") == "Kun je komen?"
    for refused in (lambda: send_message(dossier, text="Hoi", by=bram), lambda: open_messages(dossier, by=bram)):
        with pytest.raises(Refused):
            refused()
    assert open_messages(dossier, by=stef) == 1
    assert send_message(dossier, text="Ik kom", by=stef).pk


def test_voices_together_have_their_measure(dossier: Dossier, sem: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipta.dossiers.messages.commands.MOST_TOGETHER", len(VOICE.content))
    first = send_message(dossier, voice=VOICE, by=sem)
    with pytest.raises(Impossible, match="geen plek meer"):
        send_message(dossier, voice=VOICE, by=sem)
    take_back_message(first, by=sem)
    assert send_message(dossier, voice=VOICE, by=sem).pk
    assert rules.MOST_TOGETHER > rules.MOST_BYTES
