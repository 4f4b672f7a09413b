"""The talk on the coach's telephone: six cards, his own words, and apart from them what the coach noticed."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.scans.models import Saying
from ipta.scans.talk import commands
from ipta.sharing import commands as sharing
from ipta.sharing import erasure
from tests.asking import text, verbs
from tests.web.coach.shared import (
    LONG,
    assert_is_not_there,
    assert_same_number,
    forget_looks,
    of,
    post_twice,
    sections_read,
)

WORDS = "Ik wil een hond. 🐕 مرحبا"
SignIn = Callable[[Person], Client]


def newest(dossier: Dossier) -> Saying:
    saying = dossier.saying_set.order_by("-said_at").first()
    assert saying is not None
    return saying


def page(client: Client, dossier: Dossier, name: str, *args: Any, query: str = "") -> str:
    response = client.get(of(dossier, name, *args) + query)
    assert response.status_code == 200
    return unescape(response.text)


# --- the cards ----------------------------------------------------------------------


def test_the_scan_leads_to_the_talk_and_the_talk_to_every_card(noors: Client, dossier: Dossier) -> None:
    assert of(dossier, "talk") in page(noors, dossier, "scan")
    shown = page(noors, dossier, "talk")
    for slug in ("toekomst", "werk", "goed-in", "mensen", "dag", "niet"):
        assert of(dossier, "card", slug) in shown
        assert page(noors, dossier, "card", slug).count("talk-open__list") == 1


def test_a_card_is_never_done(noors: Client, dossier: Dossier, sem: Person) -> None:
    """No tick, no count: what was said last stands there, and that is all."""
    commands.say(dossier, card="future", text=WORDS, by=sem)
    shown = page(noors, dossier, "talk")
    assert WORDS in shown
    for sign in ("%", "1 van", "van 6", "klaar", "progress", "badge"):
        assert sign not in shown.partition('id="gesprek"')[2].partition("</main>")[0].lower().replace("100%", "")


def test_what_nobody_spoke_of_is_suggested_and_may_be_left(noors: Client, dossier: Dossier, sem: Person) -> None:
    first = page(noors, dossier, "talk")
    assert "Hier hebben jullie het nog niet over gehad. Zin om?" in first
    assert 'href="?niet=toekomst"' in first
    later = page(noors, dossier, "talk", query="?niet=toekomst")
    assert 'href="?niet=toekomst&niet=werk"' in later
    commands.say(dossier, card="work", text="Lassen", by=sem)
    assert 'href="?niet=toekomst&niet=goed-in"' in page(noors, dossier, "talk", query="?niet=toekomst")
    left = "?" + "&".join(f"niet={slug}" for slug in ("toekomst", "goed-in", "mensen", "dag", "niet", "bestaat-niet"))
    assert "Zin om?" not in page(noors, dossier, "talk", query=left)


def test_the_card_of_his_people_leads_to_the_circles(noors: Client, dossier: Dossier) -> None:
    assert "Mensen in beeld" in page(noors, dossier, "card", "mensen")
    assert "Mensen in beeld" not in page(noors, dossier, "card", "werk")


# --- words --------------------------------------------------------------------------


def test_both_voices_are_kept_apart(noors: Client, dossier: Dossier, noor: Person) -> None:
    typed = {"own_words": WORDS, "noticed": "Hij straalde."}
    response = noors.post(of(dossier, "card", "toekomst"), typed)
    assert response.headers["Location"] == of(dossier, "card", "toekomst")
    his, hers = dossier.saying_set.order_by("said_at")
    assert (his.voice, text(noor, his, "text"), his.by) == ("youth", WORDS, noor)
    assert (hers.voice, text(noor, hers, "text")) == ("coach", "Hij straalde.")
    shown = page(noors, dossier, "card", "toekomst")
    his_part, hers_part = shown.partition('id="opgemerkt"')[::2]
    assert WORDS in his_part and "getypt door Noor" in his_part and "Hij straalde." not in his_part
    assert "Hij straalde." in hers_part and WORDS not in hers_part


def test_what_he_typed_himself_says_so_by_saying_nothing(noors: Client, dossier: Dossier, sem: Person) -> None:
    commands.say(dossier, card="future", text=WORDS, by=sem)
    shown = page(noors, dossier, "card", "toekomst")
    assert WORDS in shown and "getypt door" not in shown
    assert of(dossier, "take_back", newest(dossier).pk) not in shown, "it is his to take back"


def test_a_second_word_stands_beside_the_first(noors: Client, dossier: Dossier) -> None:
    for words in ("Lassen.", "Koken."):
        noors.post(of(dossier, "card", "werk"), {"own_words": words})
    shown = page(noors, dossier, "card", "werk")
    assert shown.index("Koken.") < shown.index("Lassen.")


def test_two_taps_are_one(noors: Client, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "card", "dag"), {"own_words": WORDS, "noticed": "Moe."})
    assert verbs(dossier).count("talk.said") == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Schrijf een paar woorden op. Eén zin is genoeg."),
        ({"own_words": " \u200b ", "noticed": ""}, "Schrijf een paar woorden op."),
        ({"own_words": LONG}, "te lang"),
        ({"own_words": "kort", "noticed": LONG}, "te lang"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, typed: dict[str, str], says: str
) -> None:
    response = noors.post(of(dossier, "card", "werk"), typed)
    assert response.status_code == 422
    shown = unescape(response.text)
    assert says in shown
    assert all(words.strip(" \u200b") in shown for words in typed.values())
    assert not dossier.saying_set.exists()


def test_a_bsn_is_named_once(noors: Client, dossier: Dossier) -> None:
    typed = {"own_words": "Mijn nummer is 111222333"}
    again = noors.post(of(dossier, "card", "werk"), typed)
    assert again.status_code == 422 and "BSN" in again.text
    sent = noors.post(of(dossier, "card", "werk"), typed | {"gezegd": "own_words:bsn"})
    assert sent.status_code == 302


def test_better_words_take_the_place_and_the_earlier_ones_stay(noors: Client, dossier: Dossier, noor: Person) -> None:
    old = commands.say(dossier, card="work", text="Wil lasen", by=noor)
    assert "Wil lasen" in page(noors, dossier, "say_better", old.pk)
    post_twice(noors, of(dossier, "say_better", old.pk), {"text": "Wil lassen"})
    shown = page(noors, dossier, "card", "werk")
    assert shown.index("Wil lassen") < shown.index("Dit stond er eerst") < shown.index("Wil lasen")
    assert dossier.saying_set.count() == 2


def test_who_comes_too_late_is_told_and_keeps_his_words(
    noors: Client, dossier: Dossier, noor: Person, sem: Person
) -> None:
    old = commands.say(dossier, card="work", text="Wil lasen", by=noor)
    commands.say_better(old, text="Ik wil lassen", by=sem)
    response = noors.post(of(dossier, "say_better", old.pk), {"text": "Wil lassen leren"})
    assert response.status_code == 422
    assert "Hier staan al betere woorden" in response.text and "Wil lassen leren" in response.text


def test_a_word_is_taken_back_and_said_after_all(noors: Client, dossier: Dossier, noor: Person) -> None:
    saying = commands.say(dossier, card="work", text=WORDS, by=noor)
    for _tap in range(2):
        noors.post(of(dossier, "take_back", saying.pk))
    shown = page(noors, dossier, "card", "werk")
    assert shown.index("Teruggenomen") < shown.index(WORDS), "it stands apart, below"
    assert 'id="gezegd"' not in shown
    for _tap in range(2):
        noors.post(of(dossier, "take_back", saying.pk), {"how": "toch"})
    assert 'id="gezegd"' in page(noors, dossier, "card", "werk")
    assert verbs(dossier)[-2:] == ["talk.taken_back", "talk.stood_by"]


def test_what_the_youth_says_beside_a_remark_stands_there(
    noors: Client, dossier: Dossier, noor: Person, sem: Person
) -> None:
    hers = commands.say(dossier, card="days", text="Komt vaak te laat", voice="coach", by=noor)
    dossiers.view(hers, text="Door de bus", by=sem)
    assert "Door de bus" in page(noors, dossier, "card", "dag")
    assert "Door de bus" in page(noors, dossier, "timeline")


def test_what_he_says_himself_is_news_and_what_his_coach_typed_is_not(
    noors: Client, dossier: Dossier, noor: Person, sem: Person
) -> None:
    commands.say(dossier, card="work", text="Lassen", by=noor)
    assert "Schreef iets bij het gesprek" not in noors.get("/vandaag/?deel=nieuw").text
    commands.say(dossier, card="work", text="Koken", by=sem)
    shown = noors.get("/vandaag/?deel=nieuw").text
    assert "Schreef iets bij het gesprek" in shown and of(dossier, "talk") in shown and "Koken" not in shown


def test_the_timeline_and_the_search_know_it(noors: Client, dossier: Dossier, sem: Person) -> None:
    saying = commands.say(dossier, card="good_at", text="Brommers maken", by=sem)
    assert "Het gesprek: Hier ben ik goed in" in page(noors, dossier, "timeline")
    found = unescape(noors.post("/zoeken/", {"wanted": "brommers"}).text)
    assert f"{of(dossier, 'card', 'goed-in')}#regel-{saying.pk}" in found


# --- who ------------------------------------------------------------------------------


def test_nobody_elses_coach_finds_it(
    browsers_of_strangers: list[Client], dossier: Dossier, noor: Person, kim_dossier: Dossier, bram: Person
) -> None:
    saying = commands.say(dossier, card="work", text=WORDS, by=noor)
    names = [("talk",), ("card", "werk"), ("say_better", saying.pk), ("take_back", saying.pk)]
    assert_is_not_there(browsers_of_strangers, [of(dossier, *name) for name in names])
    # Nor by way of a dossier of their own.
    (brams, *_others) = browsers_of_strangers
    assert brams.get(of(kim_dossier, "say_better", saying.pk)).status_code == 404


def test_a_stand_in_goes_on_with_the_talk_and_leaves_what_others_said(
    client_for: SignIn, dossier: Dossier, noor: Person, stef: Person, standing_in: Coachship
) -> None:
    saying = commands.say(dossier, card="work", text=WORDS, by=noor)
    his = client_for(stef)
    shown = page(his, dossier, "card", "werk")
    assert WORDS in shown and of(dossier, "take_back", saying.pk) not in shown
    assert his.post(of(dossier, "card", "werk"), {"own_words": "En koken"}).status_code == 302
    assert his.get(of(dossier, "say_better", saying.pk)).status_code == 404
    assert his.post(of(dossier, "take_back", saying.pk)).status_code == 404


def test_who_came_in_with_the_emergency_button_reads_and_writes_nothing(
    client_for: SignIn, dossier: Dossier, noor: Person, bram: Person
) -> None:
    commands.say(dossier, card="work", text=WORDS, by=noor)
    sharing.take(dossier, reason="Hij staat voor de deur en Noor neemt niet op.", by=bram)
    his = client_for(bram)
    shown = page(his, dossier, "card", "werk")
    assert WORDS in shown and "<textarea" not in shown and "Zin om?" not in page(his, dossier, "talk")
    assert his.post(of(dossier, "card", "werk"), {"own_words": "x"}).status_code == 404


def test_before_the_yes_there_is_no_talk(noors: Client, scouted: Dossier) -> None:
    assert "Dit komt na de ja" in page(noors, scouted, "talk")
    assert noors.get(of(scouted, "card", "werk")).status_code == 404


@pytest.mark.parametrize("slug", ["woorden", "work", "bestaat-niet"])
def test_other_cards_are_not_there(noors: Client, dossier: Dossier, slug: str) -> None:
    assert noors.get(of(dossier, "card", slug)).status_code == 404


def test_it_reads_no_more_than_it_shows(noors: Client, dossier: Dossier, noor: Person) -> None:
    commands.say(dossier, card="work", text=WORDS, by=noor)
    forget_looks()
    page(noors, dossier, "talk")
    assert sections_read(dossier, noor) == {"identity", "scores"}


@pytest.mark.parametrize("name", [("talk",), ("card", "werk"), ("timeline",)])
def test_more_words_ask_the_database_no_more(
    queries: Callable[[], Any], noors: Client, dossier: Dossier, noor: Person, sem: Person, name: tuple[str, ...]
) -> None:
    commands.say(dossier, card="work", text="eerst", by=noor)

    def more() -> None:
        saying = commands.say(dossier, card="work", text="meer", by=noor)
        commands.say_better(saying, text="beter", by=noor)
        commands.say(dossier, card="work", text="zelf", voice="coach", by=noor)
        commands.take_back(commands.say(dossier, card="work", text="weg", by=sem), by=sem)

    assert_same_number(queries, lambda: page(noors, dossier, *name), more)


def test_what_was_erased_says_so_and_loses_no_new_word(
    noors: Client, dossier: Dossier, noor: Person, fem: Person, pepijn: Person
) -> None:
    saying = commands.say(dossier, card="work", text=WORDS, by=noor)
    erasure.shred(dossier, section="scores", by=fem, second=pepijn)
    for name in (("talk",), ("card", "werk"), ("say_better", saying.pk)):
        assert "Dit is gewist." in page(noors, dossier, *name)
    for name, field in ((("card", "werk"), "own_words"), (("say_better", saying.pk), "text")):
        response = noors.post(of(dossier, *name), {field: "Nog iets"})
        assert response.status_code == 422
        assert "Nog iets" in response.text and "Er kan niets meer bij" in response.text
