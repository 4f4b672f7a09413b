"""What is not done every day."""

from datetime import date

from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person
from ipta.dossiers import commands
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing.commands import grant
from tests.asking import looks
from tests.cast import CANARY, days_ago

MORE = "/meer/"


def numbers(client: Client) -> dict[str, int]:
    counts: dict[str, int] = client.get(MORE).context["counts"]
    return counts


def test_it_counts_the_caseload(noors: Client, noor: Person, dossier: Dossier, scouted: Dossier) -> None:
    assert numbers(noors) == {"intensive": 1, "lighter": 0, "scouted": 1}
    commands.set_intensity(dossier, "aftercare", by=noor)
    assert numbers(noors) == {"intensive": 0, "lighter": 1, "scouted": 1}
    commands.end(dossier, reason="stable", by=noor)
    assert numbers(noors) == {"intensive": 0, "lighter": 0, "scouted": 1}


def test_more_than_the_method_reckons_with_is_said(noors: Client, noor: Person, zoetermeer: Municipality) -> None:
    for _number in range(20):
        _one_more(zoetermeer, noor, days_ago(30))
    shown = noors.get(MORE).content.decode()
    assert "Dat zijn er veel" in shown
    assert "10 tot 20 jongeren" in shown


def _one_more(municipality: Municipality, coach: Person, on: date) -> None:
    dossier = Dossier.objects.create(municipality=municipality, found_on=on, joined_on=on)
    Coachship.objects.create(dossier=dossier, coach=coach, since=on)


def test_what_a_youth_of_another_shared_is_announced_without_a_name(
    noors: Client, noor: Person, kim: Person, kim_dossier: Dossier
) -> None:
    for section in ("plan", "work"):
        grant(kim_dossier, section=section, to=noor, purpose="meedenken", by=kim)
    shown = noors.get(MORE).content.decode()
    assert "1 jongere deelt iets" in shown
    assert CANARY not in shown


def test_the_way_out_is_a_button(noors: Client) -> None:
    assert f'action="{reverse("account_logout")}"' in noors.get(MORE).content.decode()


def test_it_opens_nobodys_dossier(noors: Client, dossier: Dossier) -> None:
    before = len(looks(dossier))
    noors.get(MORE)
    assert len(looks(dossier)) == before
