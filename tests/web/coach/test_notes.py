"""A note: one screen, few taps, and no word lost."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Note, Step
from ipta.sharing.door import Reader
from tests.asking import looks, row_counts, text
from tests.cast import CANARY, canary, days_ago

NOTE = "/notitie/"


def about(dossier: Dossier, **typed: str) -> dict[str, str]:
    return {"over": str(dossier.pk), "channel": "met", "text": "Even bijgepraat", **typed}


def last(dossier: Dossier) -> Note:
    return Note.objects.filter(dossier=dossier).latest("written_at")


def test_whom_how_and_what_is_enough(noors: Client, noor: Person, dossier: Dossier) -> None:
    response = noors.post(NOTE, about(dossier, channel="called"))
    assert response.headers["Location"] == reverse("coach:youth", args=[dossier.pk])
    note = last(dossier)
    assert (note.channel, note.is_reached, note.author) == ("called", True, noor)
    assert text(noor, note, "text") == "Even bijgepraat"


def test_the_next_step_comes_in_with_it(noors: Client, noor: Person, dossier: Dossier) -> None:
    friday = timezone.localdate() + timedelta(days=3)
    noors.post(NOTE, about(dossier, next_step="Fiets ophalen", next_owner="youth", next_on=f"{friday}"))
    step = Step.objects.get(dossier=dossier, due_on=friday)
    assert step.owner == "youth"
    assert text(noor, step, "text") == "Fiets ophalen"


def test_who_does_the_next_step_may_be_left_to_the_coach(noors: Client, dossier: Dossier) -> None:
    noors.post(NOTE, about(dossier, next_step="Bellen", next_owner=""))
    assert Step.objects.filter(dossier=dossier, owner="coach").count() == 1


def test_an_attempt_needs_no_words(noors: Client, dossier: Dossier) -> None:
    noors.post(NOTE, about(dossier, text="", is_missed="on", channel="whatsapp"))
    assert not last(dossier).is_reached


def test_a_note_without_words_asks_for_some(noors: Client, dossier: Dossier) -> None:
    response = noors.post(NOTE, about(dossier, text="  ", next_step="Bellen"))
    assert response.status_code == 422
    assert "Schrijf in een paar woorden op wat er was." in response.content.decode()
    assert "Bellen" in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"over": []}, "Kies over wie het gaat."),
        ({"over": "niemand"}, "Kies iemand uit je lijst."),
        ({"channel": "duif"}, "Kies een van de antwoorden die er staan."),
        ({"text": "a" * 20_001}, "Dit is te lang."),
        ({"place": "a" * 201}, "Dit is te lang."),
        ({"on": "gisteren"}, "Kies een dag, bijvoorbeeld 3-3-2026."),
        ({"on": "1815-06-18"}, "Kijk het jaar na"),
        ({"on": f"{days_ago(-1)}"}, "Deze dag komt nog."),
        ({"at": "half drie"}, "Vul een tijd in"),
        ({"next_on": f"{days_ago(-1)}"}, "Schrijf op wat er die dag gebeurt"),
        ({"next_step": "Bellen", "next_on": f"{days_ago(1)}"}, "Deze dag is al geweest."),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, wrong: dict[str, Any], says: str
) -> None:
    before = row_counts(without=["journal.Chain", "sharing.Look", "web.SentForm", "sessions.Session"])
    typed = about(dossier, text="Een heel verhaal", place="Bij de kapper", next_step="") | wrong
    response = noors.post(NOTE, typed)
    shown = response.content.decode()
    assert response.status_code == 422
    assert says in shown
    for words in (typed["text"], typed["place"]):
        assert words in shown
    assert row_counts(without=["journal.Chain", "sharing.Look", "web.SentForm", "sessions.Session"]) == before


def test_what_was_earlier_can_be_written_later(noors: Client, dossier: Dossier) -> None:
    noors.post(NOTE, about(dossier, on=f"{days_ago(2)}", at="14:30"))
    moment = timezone.localtime(last(dossier).happened_at)
    assert (moment.date(), moment.hour, moment.minute) == (days_ago(2), 14, 30)


def test_a_time_that_is_still_to_come_is_no_note(noors: Client, dossier: Dossier, time_machine: Any) -> None:
    time_machine.move_to(timezone.make_aware(datetime(2026, 3, 3, 12, 0)))
    assert noors.post(NOTE, about(dossier, at="18:00")).status_code == 422


def test_a_second_tap_writes_once(noors: Client, dossier: Dossier) -> None:
    once = noors.get(NOTE).content.decode().split('name="once" value="')[1][:36]
    before = Note.objects.count()
    for _tap in range(2):
        assert noors.post(NOTE, about(dossier, once=once, next_step="Bellen")).status_code == 302
    assert Note.objects.count() == before + 1
    assert Step.objects.filter(dossier=dossier, owner="coach").count() == 1


def test_the_same_words_twice_on_purpose_are_two_notes(noors: Client, dossier: Dossier) -> None:
    before = Note.objects.count()
    for _form in range(2):
        once = noors.get(NOTE).content.decode().split('name="once" value="')[1][:36]
        noors.post(NOTE, about(dossier, once=once))
    assert Note.objects.count() == before + 2


def test_a_mark_that_is_no_mark_stops_nobody(noors: Client, dossier: Dossier) -> None:
    assert noors.post(NOTE, about(dossier, once="zomaar iets")).status_code == 302


def test_emoji_and_lines_stay_as_they_are(noors: Client, noor: Person, dossier: Dossier) -> None:
    noors.post(NOTE, about(dossier, text="Eerste salaris! 🎉\r\nHij trakteerde <b>iedereen</b>."))
    assert text(noor, last(dossier), "text") == "Eerste salaris! 🎉\nHij trakteerde <b>iedereen</b>."
    shown = noors.get(reverse("coach:youth", args=[dossier.pk])).content.decode()
    assert "&lt;b&gt;iedereen" in shown


def test_who_was_spoken_last_stands_first(noors: Client, dossier: Dossier, scouted: Dossier, noor: Person) -> None:
    commands.note(scouted, text="Hoi", by=noor)
    first, second = noors.get(NOTE).context["form"]["over"].field.choices
    assert (first[0], second[0]) == (str(scouted.pk), str(dossier.pk))


def test_about_one_youth_only_his_name_is_opened(noors: Client, dossier: Dossier, scouted: Dossier) -> None:
    shown = noors.get(reverse("coach:note_about", args=[dossier.pk])).content.decode()
    assert canary("sem", "identity") in shown
    assert looks(scouted) == []


def test_a_stranger_writes_nothing_about_him(browsers_of_strangers: list[Client], dossier: Dossier) -> None:
    before = Note.objects.filter(dossier=dossier).count()
    for client in browsers_of_strangers:
        assert f"{CANARY}-sem" not in client.get(NOTE).content.decode()
        client.post(NOTE, about(dossier))
        assert client.post(reverse("coach:note_about", args=[dossier.pk]), about(dossier)).status_code == 404
    assert Note.objects.filter(dossier=dossier).count() == before


def test_half_a_note_waits(noors: Client, dossier: Dossier) -> None:
    here = reverse("coach:note_about", args=[dossier.pk])
    noors.get(here)
    noors.post(here, about(dossier, text="Half een verh"), headers={"X-Requested-With": "fetch"})
    shown = noors.get(here).content.decode()
    assert "Half een verh" in shown
    assert "We hebben je tekst bewaard" in shown


def test_half_a_note_about_one_does_not_turn_up_at_another(noors: Client, dossier: Dossier, scouted: Dossier) -> None:
    here, there = (reverse("coach:note_about", args=[one.pk]) for one in (dossier, scouted))
    noors.get(here)
    noors.post(here, about(dossier, text="Half een verh"), headers={"X-Requested-With": "fetch"})
    assert "Half een verh" not in noors.get(there).content.decode()


def test_words_typed_when_the_session_had_ended_come_back(noors: Client, noor: Person, dossier: Dossier) -> None:
    from tests.conftest import BY_PASSWORD

    noors.get(NOTE)
    del noors.cookies["sessie"]
    assert noors.post(NOTE, about(dossier, text="Een heel verhaal")).status_code == 302
    noors.force_login(noor, backend=BY_PASSWORD)
    shown = noors.get(NOTE).content.decode()
    assert "Een heel verhaal" in shown
    noors.post(NOTE, about(dossier, text="Een heel verhaal"))
    assert "Een heel verhaal" not in noors.get(NOTE).content.decode()


# --- a better note in the place of an old one -------------------------------------


@pytest.fixture
def correct(dossier: Dossier, note: Note) -> str:
    return reverse("coach:correct", args=[dossier.pk, note.pk])


def test_the_old_words_stand_ready(noors: Client, correct: str) -> None:
    shown = noors.get(correct).content.decode()
    assert f"{canary('sem', 'contacts')} notitie" in shown
    assert f"{canary('sem', 'contacts')} plek" in shown


def test_a_correction_replaces_and_loses_nothing(noors: Client, noor: Person, note: Note, correct: str) -> None:
    assert noors.post(correct, {"channel": "called", "text": "Beter"}).status_code == 302
    assert text(noor, note.replaced_by, "text") == "Beter"
    assert text(noor, note, "text") == f"{canary('sem', 'contacts')} notitie"


def test_two_tabs_correct_once(noors: Client, note: Note, correct: str) -> None:
    noors.post(correct, {"channel": "met", "text": "Beter"})
    response = noors.post(correct, {"channel": "met", "text": "Nog beter"})
    assert response.status_code == 422
    assert "al verbeterd" in response.content.decode()
    assert "Nog beter" in response.content.decode()


def test_an_unknown_note_is_not_found(noors: Client, dossier: Dossier, kim_dossier: Dossier) -> None:
    for pk in (UUID(int=1), Note.objects.get(dossier=kim_dossier).pk):
        assert noors.get(reverse("coach:correct", args=[dossier.pk, pk])).status_code == 404


def test_looking_is_written_down(noors: Client, dossier: Dossier, correct: str) -> None:
    before = len(looks(dossier))
    noors.get(correct)
    assert {look.section for look in looks(dossier)[before:]} == {"identity", "contacts"}


# --- an evening on the square -------------------------------------------------------------------


@pytest.fixture
def both(dossier: Dossier, scouted: Dossier) -> dict[str, Any]:
    return {"over": [str(dossier.pk), str(scouted.pk)], "channel": "met", "text": "Ze hielpen met opruimen."}


def test_one_note_about_several_youths_comes_with_each(
    noors: Client, noor: Person, dossier: Dossier, scouted: Dossier, both: dict[str, Any]
) -> None:
    answer = noors.post(NOTE, both | {"next_step": "Weer langsgaan", "next_when": "7"}, follow=True)
    assert "Genoteerd bij 2 jongeren." in answer.text
    for one in (dossier, scouted):
        assert text(noor, last(one), "text") == "Ze hielpen met opruimen."
        step = Step.objects.filter(dossier=one).latest("promised_at")
        assert (step.owner, step.due_on) == ("coach", timezone.localdate() + timedelta(days=7))


def test_about_several_youths_it_is_written_whole_or_not_at_all(
    noors: Client, bram: Person, dossier: Dossier, kim_dossier: Dossier, both: dict[str, Any]
) -> None:
    before = Note.objects.count()
    answer = noors.post(NOTE, both | {"over": [str(dossier.pk), str(kim_dossier.pk)]})
    assert answer.status_code == 422
    assert Note.objects.count() == before


def test_a_name_in_a_note_about_several_youths_is_said_once(
    noors: Client, dossier: Dossier, scouted: Dossier, noor: Person, both: dict[str, Any]
) -> None:
    name = Reader(noor).text(dossier.first_name).partition(" ")[0]
    said = noors.post(NOTE, both | {"text": f"{name} droeg de tafels."})
    assert said.status_code == 422
    assert f"{name} staat erin met naam." in said.text
    meant = both | {"text": f"{name} droeg de tafels.", "gezegd": said.context["form"].told_of}
    assert noors.post(NOTE, meant).status_code == 302
    alone = both | {"text": f"{name} droeg de tafels.", "over": [str(dossier.pk)]}
    assert noors.post(NOTE, alone).status_code == 302


def test_where_he_was_at_the_last_note_stands_in_the_next_one(
    noors: Client, both: dict[str, Any], time_machine: Any
) -> None:
    start = timezone.now()
    noors.post(NOTE, both | {"place": "Op het plein"})
    for minutes in range(0, 180, 20):
        time_machine.move_to(start + timedelta(minutes=minutes))
        assert 'value="Op het plein"' in noors.get(NOTE).text
    time_machine.move_to(start + timedelta(minutes=181))
    assert "Op het plein" not in noors.get(NOTE).text


@pytest.mark.parametrize(("when", "days"), [("1", 1), ("7", 7), ("", None)])
def test_the_day_of_the_next_step_is_one_tap(noors: Client, dossier: Dossier, when: str, days: int | None) -> None:
    noors.post(NOTE, about(dossier, next_step="Fiets ophalen", next_when=when))
    due = Step.objects.filter(dossier=dossier).latest("promised_at").due_on
    assert due == (timezone.localdate() + timedelta(days=days) if days else None)


def test_who_shares_a_first_name_stands_there_in_full(
    noors: Client, noor: Person, dossier: Dossier, kim_dossier: Dossier
) -> None:
    commands.hand_over(kim_dossier, to=noor, by=kim_dossier.coachship_set.get().coach)
    names = dict(noors.get(NOTE).context["form"]["over"].field.choices)
    assert names[str(dossier.pk)] == Reader(noor).text(dossier.first_name)
    commands.describe(kim_dossier, first_name=Reader(noor).text(dossier.first_name), last_name="Anders", by=noor)
    names = dict(noors.get(NOTE).context["form"]["over"].field.choices)
    assert names[str(kim_dossier.pk)].endswith("Anders")
    assert names[str(dossier.pk)].endswith("Achternaam")
