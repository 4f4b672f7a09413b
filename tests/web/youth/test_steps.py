"""Mijn stappen: promising, telling how far it is, done, and no longer needed."""

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Step
from tests.asking import text, verbs
from tests.cast import days_ago, fresh
from tests.web.youth.asking import address

TYPED = {"text": "Bel Rob 📞", "owner": "youth", "owner_name": "", "due_on": f"{days_ago(-2)}"}


def newest(dossier: Dossier) -> Step:
    return dossier.step_set.latest("promised_at")


def test_he_sees_his_own_steps_and_what_others_promised_him(
    sems: Client, dossier: Dossier, step: Step, noor: Person
) -> None:
    commands.promise(dossier, text="Formulier opsturen", owner="coach", by=noor)
    commands.promise(dossier, text="Kamers kijken", owner="network", owner_name="Oom Said", by=noor)
    page = sems.get(address("steps"))
    assert [line.text for line in page.context["mine"]] == ["kwetter-sem-plan stap"]
    assert {(line.owner, line.text) for line in page.context["others"]} == {
        ("Noor", "Formulier opsturen"),
        ("Oom Said", "Kamers kijken"),
    }


def test_he_promises_in_his_own_words(sems: Client, dossier: Dossier, sem: Person) -> None:
    assert sems.post(address("promise"), TYPED).headers["Location"] == address("steps")
    assert text(sem, newest(dossier), "text") == "Bel Rob 📞"
    assert newest(dossier).due_on == days_ago(-2)


def test_a_step_needs_no_day(sems: Client, dossier: Dossier) -> None:
    assert sems.post(address("promise"), TYPED | {"due_on": ""}).status_code == 302
    assert newest(dossier).due_on is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "Schrijf op wat je gaat doen."),
        ({"text": "   "}, "Schrijf op wat je gaat doen."),
        ({"text": "a" * 501}, "Dit is te lang."),
        ({"owner": ""}, "Kies wie het doet."),
        ({"owner": "president"}, "Kies een van de antwoorden die er staan."),
        ({"due_on": f"{days_ago(1)}"}, "Deze dag is al geweest."),
        ({"due_on": "morgen"}, "Kies een dag"),
        ({"due_on": "9999-12-31"}, "Kijk het jaar na"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    sems: Client, dossier: Dossier, wrong: dict[str, str], says: str
) -> None:
    response = sems.post(address("promise"), TYPED | wrong)
    assert response.status_code == 422
    assert says in response.text
    words = TYPED | wrong
    for name in ("text", "due_on"):
        assert words[name].strip() in response.text
    assert dossier.step_set.count() == 1


def test_words_that_turn_around_are_straightened(sems: Client, dossier: Dossier, sem: Person) -> None:
    sems.post(address("promise"), TYPED | {"text": "\u202eleB boR\u202c اتصل"})
    assert text(sem, newest(dossier), "text") == "leB boR اتصل"


def test_what_looks_like_code_is_only_words(sems: Client, dossier: Dossier) -> None:
    sems.post(address("promise"), TYPED | {"text": "<script>alert(1)</script>"})
    page = sems.get(address("steps")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pressing_twice_promises_once(sems: Client, dossier: Dossier) -> None:
    words = TYPED | {"once": "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"}
    for _ in range(2):
        assert sems.post(address("promise"), words).status_code == 302
    assert dossier.step_set.count() == 2


def test_he_tells_how_far_it_is(sems: Client, step: Step, sem: Person) -> None:
    sems.post(address("report", step.pk), {"progress": "Ik heb het formulier.", "due_on": f"{step.due_on}"})
    assert text(sem, step, "progress") == "Ik heb het formulier."
    assert fresh(step).due_on == step.due_on


def test_he_may_take_more_time(sems: Client, step: Step, dossier: Dossier) -> None:
    sems.post(address("report", step.pk), {"progress": "Bijna", "due_on": f"{days_ago(-20)}"})
    assert fresh(step).due_on == days_ago(-20)
    assert verbs(dossier)[-2:] == ["step.reported", "step.postponed"]


def test_a_late_step_can_be_told_about_without_a_new_day(sems: Client, step: Step, sem: Person) -> None:
    commands.postpone(step, until=days_ago(3), by=sem)
    response = sems.post(address("report", step.pk), {"progress": "Bijna", "due_on": f"{days_ago(3)}"})
    assert response.status_code == 302


def test_done_is_one_tap_and_twice_is_once(sems: Client, step: Step, dossier: Dossier) -> None:
    for _ in range(2):
        assert "Gedaan! Goed bezig." in sems.post(address("finish", step.pk), follow=True).text
    assert fresh(step).done_on == days_ago(0)
    assert verbs(dossier).count("step.done") == 1


def test_what_is_no_longer_needed_goes_out_of_sight_and_stays_in_the_record(
    sems: Client, step: Step, dossier: Dossier
) -> None:
    for _ in range(2):
        assert sems.post(address("drop", step.pk)).status_code == 302
    assert not sems.get(address("steps")).context["mine"]
    assert verbs(dossier).count("step.dropped") == 1


@pytest.mark.parametrize("name", ["finish", "drop"])
def test_an_address_of_a_button_leads_back_to_the_page(sems: Client, step: Step, name: str) -> None:
    assert sems.get(address(name, step.pk)).headers["Location"] == address("steps")
    assert fresh(step).is_open


# --- whose, how it went, and in small steps ---------------------------------------------


def test_he_chooses_out_of_his_own_people_who_does_it(sems: Client, dossier: Dossier, sem: Person) -> None:
    ria = dossier.networkperson_set.get()
    assert "kwetter-sem-family naam" in sems.get(address("promise")).text
    sems.post(address("promise"), TYPED | {"owner": str(ria.pk), "way": "take_over"})
    assert (newest(dossier).owner, newest(dossier).somebody, newest(dossier).way) == ("network", ria, "take_over")
    assert text(sem, newest(dossier), "owner_name") == "kwetter-sem-family naam"


def test_a_professional_among_his_people_is_called_so(sems: Client, dossier: Dossier, sem: Person) -> None:
    dana = commands.add_person(dossier, kind="professional", name="Dana", by=sem)
    sems.post(address("promise"), TYPED | {"owner": str(dana.pk)})
    assert (newest(dossier).owner, newest(dossier).somebody) == ("professional", dana)


def test_how_it_went_is_one_tap(sems: Client, step: Step) -> None:
    page = sems.get(address("steps")).text
    for says in ("Gelukt", "Niet gelukt", "Anders"):
        assert says in page
    response = sems.post(address("settle", step.pk), {"outcome": "not"}, follow=True)
    assert "Dat kan gebeuren." in response.text
    assert "<h1>Wat helpt jou nu?</h1>" in response.text
    assert address("cut", step.pk) in response.text
    assert (fresh(step).outcome, fresh(step).is_open) == ("not", True)
    assert "Het lukte nog niet. Dat kan." in sems.get(address("steps")).text


def test_it_went_otherwise_in_his_own_words(sems: Client, step: Step, sem: Person) -> None:
    assert "Hoe ging het dan?" in sems.get(address("settle", step.pk)).text
    sems.post(address("settle", step.pk), {"outcome": "otherwise", "words": "Mijn zus ging mee 😎"})
    assert (fresh(step).outcome, fresh(step).is_open) == ("otherwise", False)
    assert text(sem, step, "progress") == "Mijn zus ging mee 😎"


def test_how_it_went_is_written_once(sems: Client, step: Step, dossier: Dossier) -> None:
    for outcome in ("worked", "not"):
        assert sems.post(address("settle", step.pk), {"outcome": outcome}).status_code == 302
    assert fresh(step).outcome == "worked"
    assert verbs(dossier).count("step.done") == 1


def test_small_steps_are_ticked_one_by_one_and_then_the_whole_is_asked(
    sems: Client, step: Step, dossier: Dossier
) -> None:
    assert sems.post(address("cut", step.pk), {"first": "Nummer zoeken", "second": "Bellen"}).status_code == 302
    first, second = step.pieces.all()
    asks_for_all = "Alle kleine stappen zijn gedaan. Is de hele stap gelukt?"
    for piece in (first, second):
        assert asks_for_all not in sems.get(address("steps")).text
        sems.post(address("finish", piece.pk))
    assert asks_for_all in sems.get(address("steps")).text
    (shown,) = sems.get(address("steps")).context["mine"]
    assert [piece.text for piece in shown.pieces] == ["Nummer zoeken", "Bellen"]


def test_a_small_step_is_the_next_one_on_his_first_page(sems: Client, step: Step, sem: Person) -> None:
    commands.cut(step, texts=["Nummer zoeken"], by=sem)
    assert sems.get(address("home")).context["step"].text == "Nummer zoeken"


def test_a_small_step_is_not_cut_again(sems: Client, step: Step, sem: Person) -> None:
    (piece,) = commands.cut(step, texts=["Nummer zoeken"], by=sem)
    assert sems.get(address("cut", piece.pk)).status_code == 404
    assert sems.post(address("cut", step.pk), {"first": "", "second": "Bellen"}).status_code == 422
