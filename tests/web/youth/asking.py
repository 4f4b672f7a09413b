"""What these tests ask of the desk, and more of a life than the cast has."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.scans import commands as scans
from ipta.sharing import commands as sharing
from tests.asking import looks

# Every page that is there to read, by its name.
PAGES = (
    "home", "plan", "steps", "appointments", "people", "grants", "looks", "about_me", "thread", "notes", "work",
    "known", "scans", "take_along", "paper", "devices",
)  # fmt: skip
EVERYTHING_USUAL = {"size": "normal", "contrast": "usual", "font": "usual", "voice": "usual"}
# Every page with a form that has no id in its address.
FORMS = ("propose", "promise", "appoint", "add_person", "grant", "describe", "tell")


def address(name: str, *args: object) -> str:
    return reverse(f"youth:{name}", args=args)


def sections_read(dossier: Dossier, client: Client, name: str) -> set[str]:
    """What the reading log says was opened for this page."""
    before = len(looks(dossier))
    assert client.get(address(name)).status_code == 200
    return {look.section for look in looks(dossier)[before:]}


def queries(client: Client, path: str) -> int:
    """How often this page asks something of a database."""
    client.get(path)
    with ExitStack() as stack:
        counts = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        assert client.get(path).status_code == 200
        return sum(len(count) for count in counts)


def much_more(dossier: Dossier, coach: Person, youth: Person, people: list[Person]) -> None:
    """A life in which more of everything happened."""
    for number in range(4):
        note = dossiers.note(dossier, text=f"gesprek {number}", by=coach)
        dossiers.note(dossier, text=f"beter {number}", replaces=note, by=coach)
        for owner in ("youth", "coach", "network"):
            dossiers.promise(dossier, text=f"stap {number}", owner=owner, owner_name="oom", by=coach)
        dossiers.add_person(dossier, kind=NetworkPerson.Kind.FRIEND, name=f"vriend {number}", by=youth)
        for days in (5 + number, -5 - number):
            starts_at = timezone.now() + timedelta(days=days)
            dossiers.appoint(dossier, what=f"afspraak {number}", starts_at=starts_at, by=coach)
        scans.tell(dossier, ratings={"money": 3}, remark=f"zo {number}", by=youth)
        propose(dossier, coach, f"tekst {number}")
    for person in people:
        sharing.grant(dossier, section="plan", to=person, purpose="hulp", by=youth)


def propose(dossier: Dossier, by: Person, text: str, goal: str = "Een eigen kamer", **words: Any) -> PlanVersion:
    """A next text of the plan."""
    newest = dossier.planversion_set.first()
    return plans.propose(
        dossier,
        based_on=newest.number if newest else 0,
        goals=[{"domain": "housing", "goal": goal, "youth": "weg van de herrie", "coach": "eerst inschrijven"}],
        elements={"youth_does": text},
        by=by,
        **words,
    )
