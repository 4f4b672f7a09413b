"""Ons gesprek: what he says himself on a card, says better, and takes back."""

from html import unescape

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.scans.models import Saying
from ipta.scans.talk import commands
from ipta.sharing import erasure
from tests.asking import text, verbs
from tests.web.youth.asking import address, queries

WORDS = "Ik wil een hond. 🐕 مرحبا"
ONCE = "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(address(name, *args) + query)
    assert response.status_code == 200
    return unescape(response.text)


def test_his_words_stand_on_the_card_and_his_coach_reads_them(
    sems: Client, dossier: Dossier, sem: Person, noor: Person
) -> None:
    assert address("talk") in page(sems, "about_me")
    assert address("card", "toekomst") in page(sems, "talk")
    assert "Waar kijk je naar uit?" in page(sems, "card", "toekomst")
    response = sems.post(address("card", "toekomst"), {"text": WORDS})
    assert response.headers["Location"] == address("card", "toekomst")
    saying = dossier.saying_set.get()
    assert (saying.voice, saying.by) == (Saying.Voice.YOUTH, sem)
    assert text(noor, saying, "text") == WORDS
    assert WORDS in page(sems, "card", "toekomst") and WORDS in page(sems, "talk")


def test_pressing_twice_says_it_once(sems: Client, dossier: Dossier) -> None:
    for _tap in range(2):
        sems.post(address("card", "werk"), {"text": WORDS, "once": ONCE})
    assert verbs(dossier).count("talk.said") == 1


@pytest.mark.parametrize(
    ("words", "says"), [("", "Schrijf een paar woorden."), (" \u200b ", "paar woorden"), ("z" * 4001, "te lang")]
)
def test_what_is_not_right_yet_comes_back(sems: Client, dossier: Dossier, words: str, says: str) -> None:
    response = sems.post(address("card", "werk"), {"text": words})
    assert response.status_code == 422
    assert says in response.text and words.strip(" \u200b") in response.text
    assert not dossier.saying_set.exists()


def test_he_cannot_say_what_a_coach_notices(sems: Client, dossier: Dossier) -> None:
    sems.post(address("card", "werk"), {"text": WORDS, "voice": "coach", "noticed": "Ik ben de coach"})
    assert [saying.voice for saying in dossier.saying_set.all()] == ["youth"]


def test_a_card_he_does_not_feel_like_is_left(sems: Client, dossier: Dossier, sem: Person) -> None:
    assert "Hier hebben jullie het nog niet over gehad. Zin om?" in page(sems, "talk")
    assert 'href="?niet=toekomst&niet=werk"' in page(sems, "talk", query="?niet=toekomst")
    assert "Zin om?" not in page(sems, "card", "werk"), "first this one"
    commands.say(dossier, card="work", text=WORDS, by=sem)
    assert "Zin om?" in page(sems, "card", "werk")


def test_he_takes_back_what_his_coach_typed_for_him(sems: Client, dossier: Dossier, noor: Person) -> None:
    saying = commands.say(dossier, card="work", text=WORDS, by=noor)
    assert "Noor schreef het voor je op" in page(sems, "card", "werk")
    for _tap in range(2):
        assert sems.post(address("take_back", saying.pk)).headers["Location"] == address("card", "werk")
    shown = page(sems, "card", "werk")
    assert shown.index("Dit is teruggenomen") < shown.index(WORDS)
    sems.post(address("take_back", saying.pk), {"how": "toch"})
    assert "Dit is teruggenomen" not in page(sems, "card", "werk")


def test_he_says_it_better_and_the_earlier_words_stay(sems: Client, dossier: Dossier, noor: Person) -> None:
    saying = commands.say(dossier, card="work", text="Hij wil lassen", by=noor)
    assert "Hij wil lassen" in page(sems, "say_better", saying.pk)
    for _tap in range(2):
        sems.post(address("say_better", saying.pk), {"text": "Ik wil lassen", "once": ONCE})
    shown = page(sems, "card", "werk")
    assert shown.index("Ik wil lassen") < shown.index("Dit stond er eerst") < shown.index("Hij wil lassen")
    assert dossier.saying_set.count() == 2
    late = sems.post(address("say_better", saying.pk), {"text": "Of koken"})
    assert late.status_code == 422 and "Of koken" in late.text


def test_beside_what_his_coach_noticed_he_puts_his_side(sems: Client, dossier: Dossier, noor: Person) -> None:
    hers = commands.say(dossier, card="days", text="Komt vaak te laat", voice="coach", by=noor)
    shown = page(sems, "card", "dag")
    assert "Komt vaak te laat" in shown.partition('id="opgemerkt"')[2]
    assert address("view", "kaart", hers.pk) in shown
    assert sems.post(address("take_back", hers.pk)).status_code == 404
    assert sems.get(address("say_better", hers.pk)).status_code == 404
    sems.post(address("view", "kaart", hers.pk), {"text": "Door de bus"})
    commands.say_better(hers, text="Komt soms te laat", by=noor)
    assert "Door de bus" in page(sems, "card", "dag")
    assert "Door de bus" in page(sems, "paper")


def test_nobody_takes_words_for_his_that_somebody_unknown_typed(sems: Client, dossier: Dossier, sem: Person) -> None:
    """From another house: a coach without a name."""
    elsewhere = Person.objects.create(is_active=False, organisation="Elders")
    Saying.objects.create(dossier=dossier, card="work", voice="youth", by=elsewhere, text="Lassen")
    assert "de coach schreef het voor je op" in page(sems, "card", "werk")


def test_everything_goes_along_on_paper(sems: Client, dossier: Dossier, noor: Person, sem: Person) -> None:
    first = commands.say(dossier, card="work", text="Lassen", by=sem)
    commands.say_better(first, text="Lassen, buiten", by=sem)
    commands.take_back(commands.say(dossier, card="future", text="Een boot", by=sem), by=sem)
    commands.say(dossier, card="days", text="Vroeg op", voice="coach", by=noor)
    shown = page(sems, "paper")
    for words in ("Werk dat ik wil", "Lassen, buiten", "Dit stond er eerst", "Een boot", "Vroeg op"):
        assert words in shown


def test_when_it_has_ended_he_reads_it_and_keeps_his_words_his(
    sems: Client, dossier: Dossier, sem: Person, noor: Person
) -> None:
    saying = commands.say(dossier, card="work", text=WORDS, by=sem)
    dossiers.end(dossier, reason="stable", by=noor)
    shown = page(sems, "card", "werk")
    assert WORDS in shown and "<textarea" not in shown and "Zin om?" not in page(sems, "talk")
    late = sems.post(address("card", "werk"), {"text": "Nog iets"})
    assert late.status_code == 422 and "Nog iets" in late.text and "Zeg het je coach" in late.text
    assert sems.post(address("say_better", saying.pk), {"text": "Beter"}).status_code == 302
    assert "Hier staat niets" in page(sems, "card", "mensen")


def test_another_youth_finds_nothing_of_it(kims: Client, dossier: Dossier, sem: Person) -> None:
    saying = commands.say(dossier, card="work", text=WORDS, by=sem)
    assert WORDS not in page(kims, "card", "werk")
    for name in ("say_better", "take_back"):
        assert kims.post(address(name, saying.pk), {"text": "x"}).status_code == 404


def test_other_cards_are_not_there(sems: Client) -> None:
    assert sems.get(address("card", "bestaat-niet")).status_code == 404


def test_more_words_ask_the_database_no_more(sems: Client, dossier: Dossier, sem: Person, noor: Person) -> None:
    commands.say(dossier, card="work", text="eerst", voice="coach", by=noor)
    few = queries(sems, address("card", "werk"))
    for number in range(4):
        commands.say_better(commands.say(dossier, card="work", text=f"{number}", by=sem), text="beter", by=sem)
        commands.say(dossier, card="work", text=f"{number}", voice="coach", by=noor)
    assert queries(sems, address("card", "werk")) == few


def test_what_was_erased_says_so_and_loses_no_new_word(
    sems: Client, dossier: Dossier, sem: Person, fem: Person, pepijn: Person
) -> None:
    commands.say(dossier, card="work", text=WORDS, by=sem)
    erasure.shred(dossier, section="scores", by=fem, second=pepijn)
    assert "Dit is gewist." in page(sems, "card", "werk") and "Dit is gewist." in page(sems, "talk")
    response = sems.post(address("card", "werk"), {"text": "Nog iets"})
    assert response.status_code == 422
    assert "Nog iets" in response.text and "Er kan niets meer bij" in response.text
