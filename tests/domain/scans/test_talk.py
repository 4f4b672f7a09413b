"""The cards of the talk: words in a voice, said better or taken back, and never lost."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.dossiers.rules import tidy
from ipta.scans.models import Saying
from ipta.scans.talk import commands
from ipta.scans.talk.queries import in_place, sayings_of
from ipta.scans.talk.rules import CARDS
from ipta.sharing import erasure
from ipta.sharing.door import Reader
from tests.api.lives import TEXTS, undone
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import fresh

WORDS = "Ik wil lassen. 🔥 مرحبا"


@pytest.mark.parametrize("who", ["sem", "noor"])
def test_he_types_it_himself_or_his_coach_does_in_his_words(
    who: str, dossier: Dossier, sem: Person, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    saying = commands.say(dossier, card="work", text=f"  {WORDS}\r\n", by=by)
    assert (saying.voice, saying.by, saying.card) == (Saying.Voice.YOUTH, by, "work")
    assert text(sem, saying, "text") == WORDS
    assert_sealed(saying, "lassen")
    assert last_entry(dossier).facts == {"saying": str(saying.id), "card": "work", "voice": "youth"}


def test_what_the_coach_notices_is_another_voice(dossier: Dossier, noor: Person, sem: Person) -> None:
    saying = commands.say(dossier, card="good_at", voice="coach", text="Hij helpt iedereen.", by=noor)
    assert saying.voice == Saying.Voice.COACH
    assert text(sem, saying, "text") == "Hij helpt iedereen.", "he reads all of it"
    assert_refused(commands.say, dossier, card="good_at", voice="coach", text="Ik ook", by=[sem])


def test_words_are_added_and_nothing_is_written_over(dossier: Dossier, sem: Person, noor: Person) -> None:
    for words, by in (("Lassen.", sem), ("Of koken.", noor), ("Lassen.", sem)):
        commands.say(dossier, card="work", text=words, by=by)
    reader = Reader(sem)
    assert [reader.text(one.now.text) for one in in_place(sayings_of(dossier))] == ["Lassen.", "Of koken.", "Lassen."]


def test_better_words_stand_above_the_earlier_ones(dossier: Dossier, sem: Person, noor: Person) -> None:
    first = commands.say(dossier, card="future", text="Een huis", by=noor)
    second = commands.say_better(first, text="Een eigen kamer", by=sem)
    third = commands.say_better(second, text="Een eigen kamer, rustig", by=sem)
    (words,) = in_place(sayings_of(dossier))
    assert (words.now, words.before) == (third, (second, first))
    assert (third.card, third.voice, third.by) == ("future", Saying.Voice.YOUTH, sem)
    assert list(Saying.objects.standing([dossier.pk])) == [third]
    assert verbs(dossier)[-2:] == ["talk.said_better"] * 2


def test_only_the_newest_words_can_be_said_better(dossier: Dossier, sem: Person) -> None:
    first = commands.say(dossier, card="future", text="Een huis", by=sem)
    commands.say_better(first, text="Een kamer", by=sem)
    for change in (
        lambda: commands.say_better(first, text="Een boot", by=sem),
        lambda: commands.take_back(first, by=sem),
    ):
        with pytest.raises(Impossible, match="betere woorden"):
            change()


def test_what_was_taken_back_stays_readable_and_can_come_back(dossier: Dossier, sem: Person) -> None:
    saying = commands.say(dossier, card="not_wanted", text="Nooit meer nachtdienst", by=sem)
    taken = commands.take_back(saying, by=sem)
    assert taken.taken_back_at
    assert text(sem, saying, "text") == "Nooit meer nachtdienst"
    assert list(Saying.objects.standing([dossier.pk])) == []
    with pytest.raises(Impossible, match="teruggenomen"):
        commands.take_back(saying, by=sem)
    with pytest.raises(Impossible, match="teruggenomen"):
        commands.say_better(saying, text="Wel", by=sem)
    commands.stand_by(saying, by=sem)
    assert list(Saying.objects.standing([dossier.pk])) == [saying]
    assert verbs(dossier)[-2:] == ["talk.taken_back", "talk.stood_by"]


def test_who_said_it_takes_it_back_and_nobody_else(
    dossier: Dossier, sem: Person, noor: Person, stef: Person, standing_in: Coachship, outsiders: list[Person]
) -> None:
    his = commands.say(dossier, card="people", text="Mijn oma", by=sem)
    typed_for_him = commands.say(dossier, card="people", text="Mijn oom", by=noor)
    hers = commands.say(dossier, card="people", text="Belt vaak", voice="coach", by=noor)
    for saying, others in ((his, [noor, stef]), (typed_for_him, [stef]), (hers, [sem, stef])):
        for change in (commands.take_back, commands.stand_by):
            assert_refused(change, saying, by=[*others, *outsiders], match="wie dit zei")
        assert_refused(commands.say_better, saying, text="Anders", by=[*others, *outsiders], match="wie dit zei")
    commands.take_back(typed_for_him, by=sem)
    commands.take_back(hers, by=noor)


def test_whose_time_with_him_is_over_changes_nothing_he_wrote(dossier: Dossier, noor: Person, bram: Person) -> None:
    hers = commands.say(dossier, card="days", text="Komt op tijd", voice="coach", by=noor)
    dossiers.hand_over(dossier, to=bram, by=noor)
    later = fresh(hers)
    assert_refused(commands.take_back, later, by=[noor, bram], match="wie dit zei")


def test_his_words_stay_his_when_it_has_ended(dossier: Dossier, sem: Person, noor: Person) -> None:
    his = commands.say(dossier, card="future", text="Een hond", by=sem)
    dossiers.end(dossier, reason="stable", by=noor)
    assert_refused(commands.say, fresh(dossier), card="future", text="Twee honden", by=[sem])
    commands.say_better(fresh(his), text="Twee honden", by=sem)


def test_nobody_else_speaks_for_him(dossier: Dossier, outsiders: list[Person]) -> None:
    assert_refused(commands.say, dossier, card="work", text="Hij wil niet", by=outsiders)


@pytest.mark.parametrize("words", ["", "  \n ", "\u200b\u2060"])
def test_nothing_is_not_said(words: str, dossier: Dossier, sem: Person) -> None:
    with pytest.raises(Impossible, match="paar woorden"):
        commands.say(dossier, card="work", text=words, by=sem)
    saying = commands.say(dossier, card="work", text="Iets", by=sem)
    with pytest.raises(Impossible, match="paar woorden"):
        commands.say_better(saying, text=words, by=sem)


def test_there_are_no_other_cards(dossier: Dossier, sem: Person) -> None:
    with pytest.raises(Impossible, match="kaart"):
        commands.say(dossier, card="politics", text="Ja", by=sem)


def test_before_the_yes_nothing_is_asked(scouted: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="ja heeft gezegd"):
        commands.say(scouted, card="work", text="Lassen", by=noor)


def test_what_was_erased_takes_no_more_words(dossier: Dossier, sem: Person, fem: Person, pepijn: Person) -> None:
    saying = commands.say(dossier, card="work", text=WORDS, by=sem)
    erasure.shred(dossier, section="scores", by=fem, second=pepijn)
    assert text(sem, saying, "text") == "Dit is gewist."
    with pytest.raises(Impossible, match="gewist"):
        commands.say(dossier, card="work", text="Toch", by=sem)


# --- whatever is said, bettered, taken back and said after all -----------------------------------------------------

Change = Callable[[Saying], object]


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(data=st.data())
def test_no_word_is_lost_in_whatever_order(data: st.DataObject, dossier: Dossier, sem: Person, noor: Person) -> None:
    with undone():
        said: list[str] = []
        for _turn in range(data.draw(st.integers(1, 8))):
            by = data.draw(st.sampled_from([sem, noor]))
            words = tidy(data.draw(TEXTS))
            there = list(sayings_of(dossier))
            what = data.draw(st.sampled_from(["say", "better", "back", "after all"])) if there else "say"
            with suppress(Impossible):
                if what == "say":
                    voice = data.draw(st.sampled_from(["youth", "coach"])) if by == noor else "youth"
                    commands.say(dossier, card=data.draw(st.sampled_from(CARDS)), text=words, voice=voice, by=by)
                    said.append(words)
                    continue
                saying = data.draw(st.sampled_from(there))
                by = sem if saying.voice == Saying.Voice.YOUTH else noor
                if what == "better":
                    commands.say_better(saying, text=words, by=by)
                    said.append(words)
                else:
                    (commands.take_back if what == "back" else commands.stand_by)(saying, by=by)
        reader = Reader(sem)
        found = in_place(sayings_of(dossier))
        shown = [reader.text(row.text) for words in found for row in (words.now, *words.before)]
        assert sorted(shown) == sorted(said)
        assert {one.now for one in found if not one.is_taken_back} == set(Saying.objects.standing([dossier.pk]))
