"""The directory of specialists on the desk of the municipality, and how quick the answers come."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, Specialist
from ipta.dossiers.specialists.commands import add_specialist
from ipta.sharing.help import commands
from ipta.sharing.models import HelpRequest
from tests.cast import CANARY, days_ago, fresh

Enter = Callable[[Person], Client]
PAGE = "/gemeente/specialisten/"
TYPED = {
    "organisation": "Schuldhulp Zoetermeer", "name": "Mira", "fields_": ["money", "work"], "about": "Schulden regelen",
    "phone": "079 123 45 67", "email": "mira@schuldhulp.example", "answers_within": "3", "agreement": "", "until": "",
}  # fmt: skip


@pytest.fixture
def specialist(dossier: Dossier, fem: Person) -> Specialist:
    words = {"organisation": "Schuldhulp Zoetermeer", "name": "Mira"}
    return add_specialist(dossier.municipality, fields=["money"], answers_within=3, by=fem, **words)


def address(specialist: Specialist) -> str:
    return f"{PAGE}{specialist.pk}/"


@pytest.mark.parametrize("who", ["lotte", "fem"])
def test_both_who_run_the_municipality_keep_it(who: str, client_for: Enter, request: pytest.FixtureRequest) -> None:
    browser = client_for(request.getfixturevalue(who))
    assert browser.post(f"{PAGE}nieuw/", TYPED).headers["Location"] == PAGE
    made = Specialist.objects.get()
    assert (made.fields, made.answers_within, made.until) == (["work", "money"], 3, None)
    assert "Mira, Schuldhulp Zoetermeer" in browser.get(PAGE).text
    changed = TYPED | {"answers_within": "10", "is_reachable": ""}
    seen = browser.get(address(made)).text.partition('name="seen" value="')[2].partition('"')[0]
    assert browser.post(address(made), changed | {"seen": seen}).status_code == 302
    assert (fresh(made).answers_within, fresh(made).is_reachable) == (10, False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"organisation": ""}, "Schrijf op welke organisatie het is."),
        ({"fields_": []}, "Kies waarvoor coaches hier terechtkunnen."),
        ({"fields_": ["x"]}, "Kies een van de antwoorden die er staan."),
        ({"answers_within": "0"}, "Vul een getal in van 1 tot en met 60."),
        ({"answers_within": "veel"}, "Vul een getal in van 1 tot en met 60."),
        ({"email": "geen adres"}, "Dit is geen e-mailadres."),
        ({"about": "a" * 301}, "Dit is te lang."),
    ],
)
def test_what_is_not_right_yet_comes_back_whole(
    client_for: Enter, lotte: Person, wrong: dict[str, Any], said: str
) -> None:
    answer = client_for(lotte).post(f"{PAGE}nieuw/", TYPED | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "079 123 45 67" in answer.text
    assert not Specialist.objects.exists()


def test_nobody_writes_over_what_a_colleague_just_wrote(
    client_for: Enter, lotte: Person, specialist: Specialist
) -> None:
    browser = client_for(lotte)
    seen = browser.get(address(specialist)).text.partition('name="seen" value="')[2].partition('"')[0]
    Specialist.objects.update(fields=["housing"], agreement="Alleen bellen")
    answer = browser.post(address(specialist), TYPED | {"seen": seen})
    assert answer.status_code == 409
    assert "Iemand anders veranderde dit net ook" in answer.text
    assert "Alleen bellen" in answer.text
    assert "Wonen" in answer.text.partition("facts")[2].partition("</dl>")[0]
    assert fresh(specialist).agreement == "Alleen bellen"


def test_who_answers_late_is_seen_in_working_days_and_without_a_name(
    client_for: Enter, lotte: Person, dossier: Dossier, specialist: Specialist, noor: Person
) -> None:
    for answered in (True, True, False):
        asked, _token = commands.ask_help(dossier, specialist, question="x", is_discussed=True, by=noor)
        if answered:
            commands.answer_help(asked, reply="cannot", words="", by=noor)
    HelpRequest.objects.filter(answered_at=None).update(due_on=days_ago(1))
    page = client_for(lotte).get(PAGE).text
    row = page.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [cell.partition(">")[2].partition("</td>")[0] for cell in row.split("<td")[1:]]
    assert cells == ["3", "2 van 2", "<strong>1</strong>", "0", "3"]
    assert CANARY not in page
    assert str(dossier.pk) not in page


def test_it_ends_at_the_border(client_for: Enter, vera: Person, specialist: Specialist) -> None:
    browser = client_for(vera)
    assert "Mira" not in browser.get(PAGE).text
    assert (browser.get(address(specialist)).status_code, browser.post(address(specialist), TYPED).status_code) == (
        404,
        404,
    )
    assert fresh(specialist).fields == ["money"]
