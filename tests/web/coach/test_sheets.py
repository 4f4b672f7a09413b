"""Questionnaires on the coach's desk: begun, gone on with, signed off, and corrected with what was there before."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.scans.instruments import commands, shelf
from ipta.scans.instruments.definition import read_definition
from ipta.scans.models import FilledSheet, InstrumentVersion
from ipta.web import sheets
from tests.asking import verbs
from tests.cast import fresh
from tests.method.instruments.made import choice, item, questionnaire, when

A, B = sheets.name_of(("a",)), sheets.name_of(("b",))
AFTER = [when("a", answerCoding={"system": "urn:test:keuzes", "code": "b"})]


@pytest.fixture
def version() -> InstrumentVersion:
    source = questionnaire(
        choice("a", 1, 2, required=True), item("b", "text", enableWhen=AFTER), title="Wat gaat goed?"
    )
    return shelf.shelve(read_definition(source), None, None)[0]


@pytest.fixture
def shelf_page(dossier: Dossier) -> str:
    return reverse("coach:sheets", args=[dossier.pk])


@pytest.fixture
def begun(noors: Client, dossier: Dossier, version: InstrumentVersion) -> FilledSheet:
    begin(noors, dossier, version)
    return FilledSheet.objects.open().get()


def begin(client: Client, dossier: Dossier, version: InstrumentVersion, voice: str = "coach") -> Any:
    return client.post(
        reverse("coach:begin_sheet", args=[dossier.pk]), {"list": version.instrument.url, "voice": voice}
    )


def page(sheet: FilledSheet) -> str:
    return reverse("coach:sheet", args=[sheet.dossier_id, sheet.pk])


def answered(sheet: FilledSheet, **more: Any) -> dict[str, Any]:
    return {"here": [A], "seen": fresh(sheet).times_saved, "action": "save"} | more


def test_a_list_is_begun_with_one_tap_and_asked_question_by_question(
    noors: Client, dossier: Dossier, version: InstrumentVersion, shelf_page: str
) -> None:
    assert "Wat gaat goed?" in noors.get(shelf_page).text
    sheet = begin(noors, dossier, version).headers["Location"]
    shown = noors.get(sheet).text
    assert "Vraag a?" in shown
    assert "Vraag b?" not in shown
    assert verbs(dossier)[-1] == "sheet.started"


def test_what_decides_brings_the_next_question_and_the_place_on_the_page(noors: Client, begun: FilledSheet) -> None:
    answer = noors.post(page(begun), answered(begun, **{A: "#1", "at": A}))
    assert answer.headers["Location"] == f"{page(begun)}#v-a"
    shown = noors.get(page(begun)).text
    assert "Vraag b?" in shown
    assert 'value="#1" checked' in shown


def test_begun_here_it_goes_on_there(
    noors: Client, dossier: Dossier, version: InstrumentVersion, begun: FilledSheet, shelf_page: str
) -> None:
    noors.post(page(begun), answered(begun, **{A: "#1"}))
    assert "Ga verder" in noors.get(shelf_page).text
    assert begin(noors, dossier, version).headers["Location"] == page(begun)
    assert FilledSheet.objects.filter(version=version).count() == 1


def test_signed_off_it_is_read_with_what_it_adds_up_to(noors: Client, noor: Person, begun: FilledSheet) -> None:
    sent = answered(begun, **{"here": [A, B], A: "#1", B: "Omdat hij lacht", "action": "sign", "together_with": "Sem"})
    assert noors.post(page(begun), sent).headers["Location"] == page(begun)
    shown = noors.get(page(begun)).text
    for words in ("keuze 1", "Omdat hij lacht", "Samen 2", "samen met Sem", noor.first_name):
        assert words in shown
    assert 'name="action"' not in shown


def test_what_must_be_answered_is_said_beside_the_question_and_keeps_every_word(
    noors: Client, begun: FilledSheet
) -> None:
    answer = noors.post(page(begun), answered(begun, together_with="zijn oom", action="sign"))
    assert answer.status_code == 422
    for words in ("Kijk nog even naar de vragen", "Dit is nog niet ingevuld.", "zijn oom"):
        assert words in answer.text
    assert fresh(begun).signed_off_at is None


def test_two_devices_do_not_write_over_each_other(noors: Client, begun: FilledSheet) -> None:
    old = answered(begun, **{A: "#0"})
    noors.post(page(begun), answered(begun, **{A: "#1"}))
    answer = noors.post(page(begun), old)
    assert answer.status_code == 422
    assert "op een ander toestel verder ingevuld" in answer.text
    assert 'value="#1" checked' in noors.get(page(begun)).text


def test_sent_twice_it_is_written_once(noors: Client, begun: FilledSheet) -> None:
    sent = answered(begun, **{A: "#1", "once": "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"})
    for _ in range(2):
        assert noors.post(page(begun), sent).status_code == 302
    assert fresh(begun).times_saved == 1


@pytest.mark.parametrize("how", ["same", "correct"])
def test_again_begins_with_the_answers_of_before(noors: Client, begun: FilledSheet, how: str) -> None:
    noors.post(page(begun), answered(begun, **{A: "#0", "action": "sign"}))
    made = noors.post(reverse("coach:sheet_again", args=[begun.dossier_id, begun.pk]), {"how": how})
    assert made.headers["Location"] != page(begun)
    assert 'value="#0" checked' in noors.get(made.headers["Location"]).text
    newest = FilledSheet.objects.latest("started_at")
    assert (newest.replaces_id == begun.pk) == (how == "correct")
    assert fresh(begun).signed_off_at is not None


def test_what_was_corrected_leads_to_the_new_one_and_stays_readable(noors: Client, begun: FilledSheet) -> None:
    noors.post(page(begun), answered(begun, **{A: "#0", "action": "sign"}))
    noors.post(reverse("coach:sheet_again", args=[begun.dossier_id, begun.pk]), {"how": "correct"})
    newest = FilledSheet.objects.latest("started_at")
    noors.post(page(newest), answered(newest, **{A: "#1", "action": "sign"}))
    shown = noors.get(page(begun)).text
    assert "keuze 0" in shown
    assert page(newest) in shown


@pytest.mark.parametrize("wrong", [{"list": "x"}, {"voice": "priest"}, {"voice": ""}])
def test_what_is_not_offered_is_not_begun(
    noors: Client, dossier: Dossier, version: InstrumentVersion, wrong: dict[str, str]
) -> None:
    sent = {"list": version.instrument.url, "voice": "coach"} | wrong
    assert noors.post(reverse("coach:begin_sheet", args=[dossier.pk]), sent).status_code == 404
    assert not FilledSheet.objects.open().exists()


def test_before_the_yes_nothing_is_filled_in(noors: Client, scouted: Dossier, version: InstrumentVersion) -> None:
    assert begin(noors, scouted, version).status_code == 404


def test_nobody_else_sees_it(
    brams: Client, begun: FilledSheet, version: InstrumentVersion, shelf_page: str, dossier: Dossier
) -> None:
    for path in (page(begun), shelf_page):
        assert brams.get(path).status_code == 404
    assert brams.post(page(begun), answered(begun, **{A: "#1"})).status_code == 404
    assert begin(brams, dossier, version).status_code == 404


def test_a_sheet_of_another_youth_is_not_here(noors: Client, begun: FilledSheet, scouted: Dossier) -> None:
    other = reverse("coach:sheet", args=[scouted.pk, begun.pk])
    assert noors.get(other).status_code == 404


def test_what_the_scan_asks_is_offered_there_and_not_twice(
    noors: Client, dossier: Dossier, version: InstrumentVersion, shelf_page: str, fem: Person
) -> None:
    shown = noors.get(shelf_page).text
    assert "Zelfredzaamheid-Matrix 2017" not in shown
    assert "Basisvaardigheden" in shown
    own = questionnaire(choice("a", 1), url="urn:ipta:instrument:zrm-2017", title="Iets heel anders", version="9")
    commands.load_instrument(dossier.municipality, json.dumps(own).encode(), by=fem)
    assert "Iets heel anders" in noors.get(shelf_page).text, "what is no matrix is filled in as it is"


def test_what_cannot_be_read_is_said_beside_it_and_comes_back(noors: Client, dossier: Dossier, noor: Person) -> None:
    asks = questionnaire(item("n", "integer"), title="Hoeveel?")
    version, _is_new = shelf.shelve(read_definition(asks), None, None)
    sheet = commands.start_sheet(dossier, version, voice="coach", by=noor)
    name = sheets.name_of(("n",))
    answer = noors.post(page(sheet), {"here": [name], name: "drie", "seen": 0, "action": "sign"})
    assert answer.status_code == 422
    for words in ("Kijk nog even naar de vragen", "Dit is geen getal.", 'value="drie"'):
        assert words in answer.text
