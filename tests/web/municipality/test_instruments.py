"""Questionnaires on the desk of the functional manager: brought in, looked at, put to use, taken out."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS
from ipta.scans.instruments import commands, shelf
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.definition import read, read_definition
from ipta.scans.instruments.opening import LARGEST
from ipta.scans.instruments.queries import version_for
from ipta.scans.models import FilledSheet, Instrument, InstrumentVersion
from tests import files
from tests.asking import row_counts, verbs
from tests.cast import days_ago, fresh
from tests.method.instruments import invented
from tests.method.instruments.made import URL, choice, file_of, item, questionnaire

Enter = Callable[[Person], Client]
PAGE = "/gemeente/vragenlijsten/"
NEW = f"{PAGE}nieuw/"
WITHOUT = ("web.SentForm", "sessions.Session", "accounts.Session")


@pytest.fixture
def fems(client_for: Enter, fem: Person) -> Client:
    return client_for(fem)


def sent(
    content: bytes, kind: str = "fhir", version: str = "", name: str = "lijst.json", **more: Any
) -> dict[str, Any]:
    return {"kind": kind, "version": version, "file": SimpleUploadedFile(name, content)} | more


def list_of(*items: Any, **more: Any) -> bytes:
    return file_of(*(items or (choice("a", 1, 2), item("b", "text"))), title="Hoe gaat het thuis?", **more)


def load(browser: Client, content: bytes, **more: Any) -> InstrumentVersion:
    answer = browser.post(NEW, sent(content, **more))
    assert answer.status_code == 302, answer.text
    return InstrumentVersion.objects.get(pk=answer.headers["Location"].split("/")[-2])


def at(version: InstrumentVersion, what: str = "instrument") -> str:
    return reverse(f"municipality:{what}", args=[version.pk])


# --- bringing one in ----------------------------------------------------------------------------------------------


def test_what_comes_in_waits_until_somebody_looked_at_it(
    fems: Client, client_for: Enter, noor: Person, dossier: Dossier, zoetermeer: Municipality
) -> None:
    made = load(fems, list_of())
    assert made.status == InstrumentVersion.Status.DRAFT
    assert version_for(zoetermeer, URL) is None
    seen = fems.get(at(made)).text
    assert "Vraag a?" in seen
    assert "keuze 0" in seen
    assert "Nog niet in gebruik" in seen
    sheets = f"/jongeren/{dossier.pk}/scan/lijsten/"
    assert "Hoe gaat het thuis?" not in client_for(noor).get(sheets).text
    assert fems.post(at(made, "put_to_use")).headers["Location"] == at(made)
    assert "Hoe gaat het thuis?" in client_for(noor).get(sheets).text
    assert verbs(zoetermeer)[-2:] == ["instrument.loaded", "instrument.put_to_use"]


def test_the_list_tells_what_is_in_use_and_who_loaded_it(fems: Client) -> None:
    made = load(fems, list_of())
    shelf.load_shipped()
    page = fems.get(PAGE).text
    assert "Hoe gaat het thuis?" in page
    assert "Nog niet in gebruik" in page
    assert "Nog niet in gebruik · versie 1 · Fem, " in page
    assert "0 keer ingevuld" in page
    assert "Zelfredzaamheid-Matrix 2017" in page
    fems.post(at(made, "put_to_use"))
    assert "In gebruik" in fems.get(PAGE).text


def test_an_older_version_of_the_house_stands_there_only_where_it_was_filled_in(
    fems: Client, dossier: Dossier, noor: Person
) -> None:
    old, _ = shelf.shelve(read(list_of(version="oud")), None, None)
    shelf.shelve(read(list_of(version="nieuw")), None, None)
    assert "versie oud ·" not in fems.get(PAGE).text
    old.status = InstrumentVersion.Status.ACTIVE
    sheet = commands.start_sheet(dossier, old, voice="coach", by=noor)
    commands.sign_off(sheet, Answers(), seen=0, by=noor)
    assert "Niet meer in gebruik · versie oud ·" in fems.get(PAGE).text


def test_it_counts_how_often_it_was_filled_in_and_tells_no_more(
    fems: Client, dossier: Dossier, kim_dossier: Dossier, noor: Person, bram: Person
) -> None:
    made = load(fems, list_of())
    fems.post(at(made, "put_to_use"))
    for about, coach in ((dossier, noor), (kim_dossier, bram)):
        sheet = commands.start_sheet(about, fresh(made), voice="coach", by=coach)
        commands.sign_off(sheet, Answers(), seen=0, by=coach)
    commands.start_sheet(dossier, fresh(made), voice="coach", by=noor)
    page = fems.get(PAGE).text
    assert "2 keer ingevuld" in page
    assert "Noor" not in page
    assert str(dossier.pk) not in page + fems.get(at(made)).text


def test_another_municipality_counts_its_own(client_for: Enter, vera: Person, dossier: Dossier, noor: Person) -> None:
    house, _ = shelf.shelve(read_definition(questionnaire(item("b"), title="Voor iedereen")), None, None)
    sheet = commands.start_sheet(dossier, house, voice="coach", by=noor)
    commands.sign_off(sheet, Answers(), seen=0, by=noor)
    assert "0 keer ingevuld" in client_for(vera).get(PAGE).text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (list_of(item("a", "attachment")), ["Een bestand vragen kan hier niet.", "item[0].type", "vraag a"]),
        (list_of(choice("a", 1), choice("a", 2)), ["Deze linkId staat er al.", "item[1].linkId"]),
        (b"{", ["Dit is geen JSON."]),
        (b"\xff\xfe\x00", ["Dit bestand is geen tekst in UTF-8."]),
        (b'{"resourceType": "Patient"}', ["Dit is geen Questionnaire van FHIR R4.", "Er staat: Patient"]),
        (b" " * (LARGEST + 1), ["Dit bestand is te groot. Hooguit 500 kB kan."]),
        (b" " * 11_000_000, ["Dit bestand is te groot. Hooguit 500 kB kan."]),
        (files.archive(("bom.json", b"0" * 5_000_000)), ["Dit bestand is geen tekst in UTF-8."]),
        (b"", ["Dit bestand is leeg. Kies een ander."]),
        (b'{"resourceType":"Questionnaire","item":' + b"[" * 100_000, ["Dit bestand zit te diep in elkaar."]),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value[0][:30],
)  # fmt: skip
def test_what_is_not_understood_is_told_with_its_place(content: bytes, says: list[str], fems: Client) -> None:
    before = row_counts(without=WITHOUT)
    answer = fems.post(NEW, sent(content))
    assert answer.status_code == 422
    for words in says:
        assert words in answer.text
    assert row_counts(without=WITHOUT) == before


def test_of_many_faults_the_first_are_told_and_how_many_more(fems: Client) -> None:
    answer = fems.post(NEW, sent(list_of(*(item(f"x{n}", "attachment") for n in range(25)))))
    assert answer.text.count("Een bestand vragen kan hier niet.") == 20
    assert "En nog 5 andere." in answer.text


def test_what_a_file_says_is_only_text(fems: Client) -> None:
    nasty = "<script>alert(1)</script>"
    refused = fems.post(NEW, sent(list_of(item("a", "attachment"), item(nasty, "attachment"))))
    assert nasty not in refused.text
    assert "&lt;script&gt;" in refused.text
    made = load(fems, list_of(item("a", text=nasty), copyright=nasty, version=nasty))
    assert nasty not in fems.get(at(made)).text + fems.get(PAGE).text


def test_a_refused_file_may_be_sent_again_mended(fems: Client) -> None:
    answer = fems.post(NEW, sent(b"{", once=str(uuid4())))
    once = answer.text.partition('name="once" value="')[2].partition('"')[0]
    assert fems.post(NEW, sent(list_of(), once=once)).status_code == 302
    assert InstrumentVersion.objects.filter(instrument__url=URL).count() == 1


def test_a_button_pressed_twice_and_the_same_file_in_two_tabs_are_one_version(fems: Client) -> None:
    first, once = load(fems, list_of()), str(uuid4())
    for _turn in range(2):
        fems.post(NEW, sent(list_of(), once=once))
    assert load(fems, list_of()) == first
    fems.post(at(first, "put_to_use"))
    answer = fems.post(NEW, sent(list_of()), follow=True)
    assert "Deze versie was er al. Er is niets veranderd." in answer.text
    assert fresh(first).status == InstrumentVersion.Status.ACTIVE


def test_a_version_with_other_words_is_refused_and_stays_as_it_was(fems: Client) -> None:
    made = load(fems, list_of())
    answer = fems.post(NEW, sent(list_of(description="anders")))
    assert answer.status_code == 422
    assert "Geef de vragenlijst een nieuw versienummer." in answer.text
    assert "description" not in fresh(made).definition


def test_what_else_was_typed_comes_back(fems: Client) -> None:
    answer = fems.post(NEW, sent(b"niets;hiervan", kind="bsa", version="Tweede druk"))
    assert "Tweede druk" in answer.text
    assert 'value="bsa" checked' in answer.text.replace("  ", " ")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"file": ""}, "Kies een bestand."),
        ({"kind": "x"}, "Kies een van de antwoorden die er staan."),
        ({"kind": ""}, "Kies wat je wilt laden."),
        ({"kind": "bsa", "version": ""}, "Schrijf op welke versie het is."),
        ({"kind": "bsa", "version": "v" * 61}, "Dit is te lang."),
    ],
)
def test_what_is_missing_is_said(wrong: dict[str, str], says: str, fems: Client) -> None:
    answer = fems.post(NEW, sent(list_of()) | wrong)
    assert answer.status_code == 422
    assert says in answer.text


# --- texts of others ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_official_texts_come_in_as_a_table_and_the_coach_reads_them(
    encoding: str, fems: Client, client_for: Enter, noor: Person, sem: Person, dossier: Dossier
) -> None:
    made = load(fems, invented.matrix().encode(encoding), kind="zrm-2017", version="2017", name="zrm.csv")
    assert "Financiën: zo zit het bij 3" in fems.get(at(made)).text
    assert "GGD Amsterdam" in fems.get(at(made)).text
    fems.post(at(made, "put_to_use"))
    noors = client_for(noor)
    page = noors.get(f"/jongeren/{dossier.pk}/scan/invullen/").text
    assert "Financiën: zo zit het bij 3" in page
    assert "GGD Amsterdam" in page
    noors.post(f"/jongeren/{dossier.pk}/scan/invullen/", dict.fromkeys(DOMAINS, "3"))
    sheet = FilledSheet.objects.get(version=made)
    read_by_youth = client_for(sem).get(f"/ik/over-mij/vragen/{sheet.pk}/").text
    assert "Financiën: zo zit het bij 3" in read_by_youth
    assert "Financiën: zo zit het bij 4" not in read_by_youth
    assert "GGD Amsterdam" in read_by_youth
    assert "Jullie exemplaar gaat voor" in fems.get(PAGE).text


def test_the_questions_of_the_bsa_come_in_as_a_table(fems: Client) -> None:
    made = load(fems, invented.bsa(",").encode(), kind="bsa", version="2009", name="bsa.csv")
    page = fems.get(at(made)).text
    assert "Verzonnen vraag 18" in page
    assert "4 tot en met 23 jaar" in page


def test_a_table_that_is_not_right_is_told_with_its_line(fems: Client) -> None:
    rows = [("Humeur", "1", "x"), *invented.matrix_rows()[1:]]
    wrong = invented.table(invented.MATRIX_HEAD, rows).encode()
    answer = fems.post(NEW, sent(wrong, kind="zrm-2017", version="2017"))
    assert answer.status_code == 422
    assert "Dit leefgebied kennen we niet." in answer.text
    assert "Regel 2, domein" in answer.text
    assert not Instrument.objects.exclude(municipality=None).exists()


@pytest.mark.parametrize("content", [files.archive(("bom.csv", b"0" * 5_000_000)), b"%PDF-1.7", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_table_at_all_is_refused(content: bytes, fems: Client) -> None:
    answer = fems.post(NEW, sent(content, kind="bsa", version="1"))
    assert "Dit is geen CSV." in answer.text


# --- one version --------------------------------------------------------------------------------------------------


def test_questions_that_come_later_can_be_looked_at_too(fems: Client) -> None:
    after = [{"question": "a", "operator": "=", "answerCoding": {"system": "urn:test:keuzes", "code": "b"}}]
    made = load(fems, list_of(choice("a", 1, 2), item("b", "text", enableWhen=after)))
    page = fems.get(at(made)).text
    assert "Vraag b?" in page
    assert page.count("Deze vraag komt alleen na een ander antwoord:") == 1


def test_a_newer_version_takes_the_place_and_can_be_turned_back(fems: Client, zoetermeer: Municipality) -> None:
    first = load(fems, list_of())
    fems.post(at(first, "put_to_use"))
    second = load(fems, list_of(version="2"))
    assert "Nu is versie 1 in gebruik." in fems.get(at(second)).text
    fems.post(at(second, "put_to_use"))
    assert version_for(zoetermeer, URL) == second
    fems.post(at(first, "put_to_use"))
    assert version_for(zoetermeer, URL) == first
    assert fresh(second).status == InstrumentVersion.Status.RETIRED


def test_taken_out_of_use_that_of_the_house_comes_back(fems: Client, zoetermeer: Municipality) -> None:
    house, _ = shelf.shelve(read(list_of()), None, None)
    own = load(fems, list_of(description="eigen"))
    fems.post(at(own, "put_to_use"))
    assert version_for(zoetermeer, URL) == own
    assert "weer het exemplaar van IPTA" in fems.get(at(own)).text
    assert "Jullie eigen exemplaar is in gebruik." in fems.get(at(house)).text
    fems.post(at(own, "retire"))
    assert version_for(zoetermeer, URL) == house


def test_a_draft_is_thrown_away_and_its_number_is_free_again(fems: Client) -> None:
    wrong = load(fems, list_of())
    assert fems.post(at(wrong, "discard")).headers["Location"] == PAGE
    assert not Instrument.objects.filter(url=URL).exists()
    load(fems, list_of(description="anders"))
    assert fems.get(at(wrong)).status_code == 404


def test_what_was_in_use_is_never_thrown_away(fems: Client) -> None:
    made = load(fems, list_of())
    fems.post(at(made, "put_to_use"))
    for status in ("active", "retired"):
        answer = fems.post(at(made, "discard"), follow=True)
        assert "Deze versie is in gebruik geweest." in answer.text
        assert fresh(made).status == status
        fems.post(at(made, "retire"))


def test_two_tabs_do_not_trip_over_each_other(fems: Client) -> None:
    made = load(fems, list_of())
    for _turn in range(2):
        assert fems.post(at(made, "put_to_use")).status_code == 302
    for _turn in range(2):
        assert fems.post(at(made, "retire")).status_code == 302
    assert verbs(made.instrument.municipality)[-3:] == [  # type: ignore[arg-type]
        "instrument.loaded", "instrument.put_to_use", "instrument.retired"
    ]  # fmt: skip


def test_it_goes_out_as_the_file_it_was(fems: Client) -> None:
    made = load(fems, list_of())
    answer = fems.get(at(made, "take_out_instrument"))
    assert json.loads(answer.content) == json.loads(list_of())
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hoe-gaat-het-thuis-1.json"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    house, _ = shelf.shelve(read(list_of(version="7")), None, None)
    assert json.loads(fems.get(at(house, "take_out_instrument")).content)["version"] == "7"


# --- who ----------------------------------------------------------------------------------------------------------


def everything(made: InstrumentVersion) -> list[tuple[str, str]]:
    looks = [("get", page) for page in (PAGE, NEW, at(made), at(made, "take_out_instrument"))]
    return looks + [("post", at(made, what)) for what in ("put_to_use", "retire", "discard")]


@pytest.mark.parametrize("who", ["noor", "lotte", "pepijn", "dana", "sem"])
def test_only_a_functional_manager_comes_here(
    who: str, fems: Client, client_for: Enter, dossier: Dossier, request: pytest.FixtureRequest
) -> None:
    made = load(fems, list_of())
    browser = client_for(request.getfixturevalue(who))
    assert browser.post(NEW, sent(list_of(version="9"))).status_code == 404
    for how, page in everything(made):
        assert getattr(browser, how)(page).status_code == 404, page
    assert list(InstrumentVersion.objects.filter(instrument__url=URL).values_list("status")) == [("draft",)]


def test_that_of_another_municipality_is_not_there(fems: Client, client_for: Enter, vera: Person) -> None:
    made = load(fems, list_of())
    browser = client_for(vera)
    for how, page in everything(made)[2:]:
        assert getattr(browser, how)(page).status_code == 404, page
    assert "Hoe gaat het thuis?" not in browser.get(PAGE).text
    assert fresh(made).status == InstrumentVersion.Status.DRAFT


def test_that_of_the_house_is_not_changed_here(fems: Client) -> None:
    house, _ = shelf.shelve(read(list_of()), None, None)
    for what in ("put_to_use", "retire", "discard"):
        assert fems.post(at(house, what)).status_code == 404
    assert fresh(house).status == InstrumentVersion.Status.ACTIVE


def test_who_has_two_municipalities_says_which(
    fem: Person, client_for: Enter, schiedam: Municipality, zoetermeer: Municipality
) -> None:
    Post.objects.create(person=fem, municipality=schiedam, role=Role.FUNCTIONAL_MANAGER, since=days_ago(9))
    browser = client_for(fem)
    answer = browser.post(NEW, sent(list_of()))
    assert answer.status_code == 422
    assert "Kies een gemeente." in answer.text
    made = load(browser, list_of(), municipality=str(schiedam.pk))
    assert made.instrument.municipality == schiedam
    assert "Schiedam" in browser.get(PAGE).text
