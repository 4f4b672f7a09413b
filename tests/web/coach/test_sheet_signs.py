"""What a sheet brings to mind: an age it was not made for, and a reason to ask a psychologist. Never more than that."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.dossiers.specialists.commands import add_specialist
from ipta.scans.instruments import commands, shelf
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.queries import version_for
from ipta.scans.instruments.values import value_of
from ipta.scans.models import FilledSheet
from ipta.sharing.models import HelpRequest
from tests.cast import fresh

Enter = Callable[[Person], Client]
REASON = "hij opvallend zenuwachtig, bang of gespannen is"
TITLE = "Een consult kan nuttig zijn, omdat …"


@pytest.fixture
def sheet(dossier: Dossier, noor: Person) -> FilledSheet:
    shelf.load_shipped()
    version = version_for(dossier.municipality, "urn:ipta:instrument:in-the-way")
    assert version
    return commands.start_sheet(dossier, version, voice="coach", by=noor)


def answers(code: str) -> Answers:
    seen = value_of("String", "Sem zei het tegen Ria")
    plays = value_of("Coding", {"system": "urn:ipta:plays", "code": code})
    return Answers({("consult", 0, "tense"): (plays,), ("consult", 0, "tense", 0, "tense-seen"): (seen,)})


def page_of(sheet: FilledSheet) -> str:
    return reverse("coach:sheet", args=[sheet.dossier_id, sheet.pk])


def ask_page(sheet: FilledSheet) -> str:
    return f"{reverse('coach:ask_help', args=[sheet.dossier_id])}?lijst={sheet.pk}"


def test_a_sign_that_plays_is_told_while_filling_in_and_when_it_is_done(
    noors: Client, noor: Person, sheet: FilledSheet
) -> None:
    assert TITLE not in noors.get(page_of(sheet)).text
    commands.save_answers(sheet, answers("a-little"), seen=0, by=noor)
    for _turn in range(2):
        page = noors.get(page_of(sheet)).text
        told = page.partition(TITLE)[2]
        assert REASON in told
        assert "Dit is een voorstel, geen diagnose." in told
        assert f'href="{ask_page(sheet)}"' in told
        if fresh(sheet).signed_off_at is None:
            commands.sign_off(sheet, answers("yes"), seen=1, by=noor)


@pytest.mark.parametrize("code", ["no"])
def test_what_does_not_play_proposes_nothing(code: str, noors: Client, noor: Person, sheet: FilledSheet) -> None:
    commands.sign_off(sheet, answers(code), seen=0, by=noor)
    assert TITLE not in noors.get(page_of(sheet)).text


def test_the_youth_reads_it_too_and_asks_nobody(
    client_for: Enter, sem: Person, noor: Person, sheet: FilledSheet
) -> None:
    commands.sign_off(sheet, answers("yes"), seen=0, by=noor)
    page = client_for(sem).get(reverse("youth:sheet", args=[sheet.pk])).text
    told = page.partition("Misschien vraagt je coach om raad")[2]
    assert REASON in told
    assert "Het zegt niet wat jij hebt." in told
    assert "lijst=" not in page


def test_the_question_to_a_specialist_stands_ready_without_a_name(
    noors: Client, noor: Person, fem: Person, dossier: Dossier, sheet: FilledSheet
) -> None:
    mental = {"organisation": "Wijk-ggz", "fields": ["mental"], "answers_within": 3}
    add_specialist(dossier.municipality, by=fem, **mental)
    add_specialist(dossier.municipality, by=fem, **mental | {"organisation": "Schuldhulp", "fields": ["money"]})
    commands.sign_off(sheet, answers("yes"), seen=0, by=noor)
    page = noors.get(ask_page(sheet)).text
    question = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert REASON in question
    assert "Sem" not in question
    assert "Ria" not in question, "only what plays; never what was seen or heard"
    assert "Wijk-ggz" in page
    assert "Schuldhulp" not in page
    everybody = noors.get(f"{ask_page(sheet)}&voor=alles").text
    assert "Schuldhulp" in everybody
    assert REASON in everybody
    assert not HelpRequest.objects.exists()


def test_where_nobody_helps_with_that_everybody_is_offered(
    noors: Client, noor: Person, fem: Person, dossier: Dossier, sheet: FilledSheet
) -> None:
    money = {"organisation": "Schuldhulp", "fields": ["money"], "answers_within": 3}
    add_specialist(dossier.municipality, by=fem, **money)
    commands.sign_off(sheet, answers("yes"), seen=0, by=noor)
    assert "Schuldhulp" in noors.get(ask_page(sheet)).text


@pytest.mark.parametrize("number", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_no_sheet_asks_an_empty_question(
    number: str, noors: Client, fem: Person, dossier: Dossier
) -> None:
    add_specialist(dossier.municipality, organisation="Wijk-ggz", fields=["mental"], answers_within=3, by=fem)
    page = noors.get(f"{reverse('coach:ask_help', args=[dossier.pk])}?lijst={number}")
    assert page.status_code == 200
    assert "Een consult kan nuttig zijn" not in page.text


def test_the_sheet_of_another_youth_says_nothing_here(
    noor: Person, bram: Person, fem: Person, client_for: Enter, kim_dossier: Dossier, sheet: FilledSheet
) -> None:
    commands.sign_off(sheet, answers("yes"), seen=0, by=noor)
    add_specialist(kim_dossier.municipality, organisation="Wijk-ggz", fields=["mental"], answers_within=3, by=fem)
    page = client_for(bram).get(f"{reverse('coach:ask_help', args=[kim_dossier.pk])}?lijst={sheet.pk}")
    assert page.status_code == 200
    assert REASON not in page.text


# --- an age it was not made for ------------------------------------------------------------------------------------


@pytest.fixture
def for_youths(dossier: Dossier, noor: Person) -> FilledSheet:
    """Begun with the outcome of the BSA: made for 4 to 23 years."""
    shelf.load_shipped()
    version = version_for(dossier.municipality, "urn:ipta:instrument:bsa-outcome")
    assert version
    return commands.start_sheet(dossier, version, voice="coach", by=noor)


@pytest.mark.parametrize(("born", "is_told"), [("1-1-1999", True), ("1-1-2010", False), ("twintiger", False)])
def test_a_list_for_another_age_says_so_and_can_be_filled_in(
    born: str, is_told: bool, noors: Client, noor: Person, sem: Person, client_for: Enter, for_youths: FilledSheet
) -> None:
    dossiers.describe(for_youths.dossier, born=born, by=noor)
    page = noors.get(page_of(for_youths)).text
    assert ("Deze lijst is gemaakt voor 4 tot en met 23 jaar." in page) == is_told
    assert "Kijk of de uitkomst past." in page or not is_told
    assert 'value="sign"' in page
    his = client_for(sem).get(reverse("youth:sheet", args=[for_youths.pk])).text
    assert ("Kijk of het bij je past." in his) == is_told
