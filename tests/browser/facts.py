"""What the journey carries: the first contact as a package, and what is typed along the way."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from ipta.api.package import rules
from ipta.plans.rules import ELEMENTS
from tests import cases


@dataclass(frozen=True)
class Facts:
    first_contact: dict[str, Any]
    nickname: str
    name: str
    told: list[str]  # what the coach notes along the way
    goal: str
    elements: dict[str, str]
    employer: str
    work: str


def first_contact(nickname: str, **find: str) -> dict[str, Any]:
    """Somebody noted on the street, as another house would send him."""
    return {
        "format": rules.FORMAT,
        "version": rules.VERSION,
        "package_id": str(uuid4()),
        "youth": {"nickname": nickname},
        "course": {"found_on": timezone.localdate().isoformat()},
        "find": {"id": "find", "kind": "unknown", **find},
        "phases": [{"phase": "scout", "since": timezone.localdate().isoformat(), "until": None}],
    }


def invented() -> Facts:
    return Facts(
        first_contact=first_contact("Stille van het plein", wants="Iets met fietsen"),
        nickname="Stille van het plein",
        name="Jordy",
        told=["Even gesproken op het plein. Hij repareert de fietsen van de buurt."],
        goal="Ik wil fietsen maken en daar geld mee verdienen.",
        elements={"most_important": "Rust in huis, en iets te doen."},
        employer="Fietsenmaker Oost",
        work="Banden plakken en leren spaken",
    )


def published() -> Facts:
    """The published case that tells most: all of it is typed in again, by hand, on the telephone."""
    packages = [cases.package_of(case) for case in map(cases.read, cases.files()) if cases.is_of_a_youth(case)]
    whole = [p for p in packages if p["plans"] and p["placements"]]
    if not whole:
        pytest.skip(f"no published cases here: {cases.FOLDER} is not there")
    case = max(whole, key=lambda p: len(p["notes"]))
    plan, placement = case["plans"][0], case["placements"][0]
    goals = [goal["goal"] for goal in plan["goals"]]
    return Facts(
        first_contact=first_contact(case["youth"]["nickname"], wants=case["find"]["wants"]),
        nickname=case["youth"]["nickname"],
        name=case["youth"]["nickname"],
        told=[note["text"] for note in case["notes"]],
        goal=goals[0] if goals else case["notes"][0]["text"],
        elements={name: text for name, text in plan.items() if name in ELEMENTS and text},
        employer="Het bedrijf uit het verhaal",
        work=placement["what"],
    )
