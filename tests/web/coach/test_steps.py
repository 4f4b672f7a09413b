"""Steps: promised, done, how far, later, no longer needed."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Step
from ipta.sharing.door import Reader
from tests.asking import looks, text, verbs
from tests.cast import canary, days_ago, fresh


@pytest.fixture
def promise(dossier: Dossier) -> str:
    return reverse("coach:promise", args=[dossier.pk])


def of(step: Step, name: str) -> str:
    return reverse(f"coach:{name}", args=[step.dossier_id, step.pk])


def test_a_step_has_an_owner_and_a_day(noors: Client, noor: Person, dossier: Dossier, promise: str) -> None:
    typed = {"text": "Regeling maken", "owner": "professional", "owner_name": "Dana", "due_on": f"{days_ago(-3)}"}
    assert noors.post(promise, typed | {"domain": "money", "kind": "direct"}).status_code == 302
    step = Step.objects.get(dossier=dossier, owner="professional")
    assert (step.due_on, step.domain, step.kind) == (days_ago(-3), "money", "direct")
    assert text(noor, step, "owner_name") == "Dana"


def test_a_day_and_a_subject_may_be_left_open(noors: Client, dossier: Dossier, promise: str) -> None:
    noors.post(promise, {"text": "Bellen", "owner": "coach"})
    step = Step.objects.get(dossier=dossier, owner="coach")
    assert (step.due_on, step.domain, step.kind) == (None, "", "step")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "Schrijf op wat er gaat gebeuren."),
        ({"text": "a" * 501}, "Dit is te lang."),
        ({"owner": ""}, "Kies wie het doet."),
        ({"owner": "buurman"}, "Kies een van de antwoorden die er staan."),
        ({"due_on": f"{days_ago(1)}"}, "Deze dag is al geweest."),
        ({"due_on": "9999-01-01"}, "Kijk het jaar na"),
        ({"due_on": "ooit"}, "Kies een dag"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, promise: str, wrong: dict[str, str], says: str
) -> None:
    typed = {"text": "Regeling maken", "owner": "coach", "owner_name": "Dana"} | wrong
    response = noors.post(promise, typed)
    shown = response.content.decode()
    assert response.status_code == 422
    assert says in shown
    for words in (typed["text"], typed["owner_name"]):
        assert words in shown
    assert Step.objects.filter(dossier=dossier).count() == 1


def test_a_second_tap_promises_once(noors: Client, dossier: Dossier, promise: str) -> None:
    typed = {"text": "Bellen", "owner": "coach", "once": "11111111-1111-4111-8111-111111111111"}
    for _tap in range(2):
        assert noors.post(promise, typed).status_code == 302
    assert Step.objects.filter(dossier=dossier, owner="coach").count() == 1


def test_the_page_of_a_step_shows_what_can_be_done(noors: Client, step: Step) -> None:
    shown = noors.get(of(step, "step")).content.decode()
    assert f"{canary('sem', 'plan')} stap" in shown
    for name in ("finish", "postpone", "report", "drop"):
        assert of(step, name) in shown


def test_done_is_done_once(noors: Client, dossier: Dossier, step: Step) -> None:
    for _tap in range(2):
        assert noors.post(of(step, "finish")).headers["Location"] == reverse("coach:youth", args=[dossier.pk])
    assert fresh(step).done_on == days_ago(0)
    assert verbs(dossier).count("step.done") == 1


def test_a_button_never_leads_to_another_site(noors: Client, dossier: Dossier, step: Step) -> None:
    response = noors.post(of(step, "finish"), {"next": "https://elders.example/"})
    assert response.headers["Location"] == reverse("coach:youth", args=[dossier.pk])


def test_how_far_it_is_can_be_told(noors: Client, noor: Person, step: Step) -> None:
    noors.post(of(step, "report"), {"progress": "Half"})
    assert text(noor, step, "progress") == "Half"


@pytest.mark.parametrize(
    ("typed", "says"), [("", "Schrijf in een paar woorden hoe ver het is."), ("a" * 1001, "te lang")]
)
def test_a_report_that_is_not_right_yet_comes_back(noors: Client, step: Step, typed: str, says: str) -> None:
    response = noors.post(of(step, "report"), {"progress": typed})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert typed in response.content.decode()


def test_another_day_can_be_chosen(noors: Client, step: Step) -> None:
    noors.post(of(step, "postpone"), {"until": f"{days_ago(-10)}"})
    assert fresh(step).due_on == days_ago(-10)


@pytest.mark.parametrize("until", ["", "morgen", f"{days_ago(1)}", "9999-01-01"])
def test_a_day_that_cannot_be_is_asked_again(noors: Client, step: Step, until: str) -> None:
    response = noors.post(of(step, "postpone"), {"until": until})
    assert response.status_code == 422
    assert until in response.content.decode()
    assert fresh(step).due_on == step.due_on


def test_in_another_tab_it_was_done_already(noors: Client, noor: Person, dossier: Dossier, step: Step) -> None:
    commands.finish(step, by=noor)
    due_on = fresh(step).due_on
    assert noors.post(of(step, "postpone"), {"until": f"{days_ago(-10)}"}).status_code == 302
    assert noors.post(of(step, "drop")).status_code == 302
    assert (fresh(step).due_on, fresh(step).dropped_on) == (due_on, None)


def test_what_is_no_longer_needed_stays_readable(noors: Client, step: Step) -> None:
    noors.post(of(step, "drop"))
    assert fresh(step).dropped_on == days_ago(0)
    shown = noors.get(of(step, "step")).content.decode()
    assert "Hoeft niet meer" in shown
    assert of(step, "finish") not in shown


def test_an_unknown_step_is_not_found(noors: Client, dossier: Dossier, kim_dossier: Dossier) -> None:
    for pk in (UUID(int=1), Step.objects.get(dossier=kim_dossier).pk):
        assert noors.get(reverse("coach:step", args=[dossier.pk, pk])).status_code == 404


def test_opening_a_link_changes_nothing(noors: Client, step: Step) -> None:
    for name in ("finish", "drop"):
        assert noors.get(of(step, name)).status_code == 405
    for name in ("report", "postpone"):
        assert noors.get(of(step, name)).status_code == 200
    assert fresh(step).is_open


def test_looking_is_written_down(noors: Client, dossier: Dossier, step: Step) -> None:
    before = len(looks(dossier))
    noors.get(of(step, "step"))
    assert {look.section for look in looks(dossier)[before:]} == {"identity", "plan"}


# --- whose, how it went, and in small steps ---------------------------------------------


def test_a_step_is_of_somebody_around_the_youth(noors: Client, noor: Person, dossier: Dossier, promise: str) -> None:
    ria = dossier.networkperson_set.get()
    name = f"{canary('sem', 'family')} naam"
    assert name in noors.get(promise).content.decode()
    typed = {"text": "Meegaan", "owner": "network", "somebody": str(ria.pk), "way": "take_over"}
    assert noors.post(promise, typed).status_code == 302
    step = Step.objects.get(dossier=dossier, owner="network")
    assert (step.somebody, step.way) == (ria, "take_over")
    assert text(noor, step, "owner_name") == name


def test_who_is_chosen_and_who_does_it_have_to_be_the_same(noors: Client, dossier: Dossier, promise: str) -> None:
    ria = dossier.networkperson_set.get()
    response = noors.post(promise, {"text": "Meegaan", "owner": "coach", "somebody": str(ria.pk)})
    assert response.status_code == 422
    assert "Kies bij wie het doet wat bij deze persoon past." in response.content.decode()
    assert Step.objects.filter(dossier=dossier).count() == 1


def test_somebody_around_another_youth_cannot_be_chosen(
    noors: Client, dossier: Dossier, kim_dossier: Dossier, promise: str
) -> None:
    stranger = kim_dossier.networkperson_set.get()
    response = noors.post(promise, {"text": "Meegaan", "owner": "network", "somebody": str(stranger.pk)})
    assert response.status_code == 422
    assert Step.objects.filter(dossier=dossier).count() == 1


def test_from_a_goal_of_the_plan_the_step_serves_that_goal(
    noors: Client, noor: Person, dossier: Dossier, promise: str
) -> None:
    (goal,) = Reader(noor).json(dossier.planversion_set.get().goals)
    plan = reverse("coach:plan", args=[dossier.pk])
    address = f"{promise}?doel={goal['key']}"
    assert address in noors.get(plan).content.decode()
    typed = {"text": "Bellen met de garage", "owner": "coach", "goal": goal["key"]}
    assert noors.post(address, typed).headers["Location"] == plan
    assert Step.objects.get(dossier=dossier, owner="coach").domain == "work"
    (row,) = noors.get(plan).context["goals"]
    assert [step.text for step in row.steps] == ["Bellen met de garage"]


def test_what_did_not_work_stays_open_and_asks_what_helps(noors: Client, step: Step, noor: Person) -> None:
    response = noors.post(of(step, "settle"), {"outcome": "not"}, follow=True)
    assert "Wat helpt: een andere dag, of in kleine stappen?" in response.content.decode()
    assert (fresh(step).outcome, fresh(step).is_open) == ("not", True)


def test_it_went_otherwise_in_words(noors: Client, step: Step, noor: Person) -> None:
    noors.post(of(step, "settle"), {"outcome": "otherwise", "words": "via zijn zus"})
    assert (fresh(step).outcome, fresh(step).is_open) == ("otherwise", False)
    assert text(noor, step, "progress") == "via zijn zus"
    assert "het ging anders" in noors.get(of(step, "step")).content.decode().lower()


@pytest.mark.parametrize("typed", [{}, {"outcome": "mislukt"}, {"outcome": "worked", "words": "a" * 1001}])
def test_how_it_went_that_is_not_right_yet_comes_back(noors: Client, step: Step, typed: dict[str, str]) -> None:
    response = noors.post(of(step, "settle"), typed)
    assert response.status_code == 422
    assert typed.get("words", "") in response.content.decode()
    assert fresh(step).outcome == ""


def test_small_steps_stand_in_the_step_and_the_last_one_asks_for_the_whole(
    noors: Client, noor: Person, step: Step
) -> None:
    assert noors.post(of(step, "cut"), {"first": "Nummer zoeken", "second": "Bellen"}).status_code == 302
    pieces = list(step.pieces.all())
    assert [text(noor, piece, "text") for piece in pieces] == ["Nummer zoeken", "Bellen"]
    for piece in pieces:
        assert "Alle kleine stappen zijn gedaan." not in noors.get(of(step, "step")).content.decode()
        noors.post(of(piece, "finish"))
    assert "Alle kleine stappen zijn gedaan." in noors.get(of(step, "step")).content.decode()
    assert fresh(step).is_open, "a person says so, not the machine"


def test_a_step_without_small_ones_is_asked_again(noors: Client, step: Step) -> None:
    response = noors.post(of(step, "cut"), {"first": "", "second": "Bellen"})
    assert response.status_code == 422
    assert "Bellen" in response.content.decode()
    assert not step.pieces.exists()


def test_a_small_step_is_small_enough(noors: Client, noor: Person, step: Step) -> None:
    (piece,) = commands.cut(step, texts=["Bellen"], by=noor)
    assert noors.post(of(piece, "cut"), {"first": "Nog kleiner"}).status_code == 422
    assert not piece.pieces.exists()
