"""Published cases as packages, to walk the thread on what really happened.

The cases are facts about real people: they are read from a folder beside the checkout and never copied into it. What is
in a package comes out of the file; what a case does not tell stays unknown. Only years are known, at best.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ipta.accounts.municipalities import LIST
from ipta.api.package import rules

Package = dict[str, Any]
Case = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "cases"
# What a file says of itself, and not of the youth.
ABOUT_THE_FILE = {
    "id", "status", "bron_bereik", "pseudoniem", "leeftijd", "gemeente", "ipta_pilot", "jaar", "bron",
    "licentie_bron", "soort", "gebruik",
}  # fmt: skip
OTHER_NAMES = {"Den Haag": "'s-Gravenhage"}

PLACES = {
    r"\bstraat\b": "street",
    r"sport": "sport",
    r"buurthuis|jongerenwerk": "community",
    r"school|ROC": "school",
    r"wijkagent|politie": "police",
    r"moskee|kerk": "religious",
}
KINDS = {
    r"proefplaatsing": "trial",
    r"\bstage": "internship",
    r"leerwerk|werkervaring|arbeidstraining": "experience",
    r"eigen zaak|eigen bedrijf": "own_business",
    r"opleidingsroute|\bmbo\b|niveautest": "education",
    r"vrijwillig|in dagbesteding": "activity",
    r"contract|fabriek|serveer|\bbaan\b|in dienst": "job",
}
STOPS = {
    r"te zwaar": "too_heavy",
    r"paste (uiteindelijk )?niet": "no_fit",
    r"niet verlengd": "done",
    r"reis|ritme": "travel",
}
WORK_AT = ("werkverleden", "werk", "dagbesteding", "school", "plaatsing", "verloop", "uitkomst")
PEOPLE = {
    r"\bvader\b": ("vader", "family"),
    r"\bmoeder\b": ("moeder", "family"),
    r"\bzusje\b": ("zusje", "family"),
    r"\bbroer(tje)?\b": ("broer", "family"),
    r"\bdochtertje\b": ("dochtertje", "family"),
    r"\bvriend(\(in\)|in)?\b": ("vriend of vriendin", "friend"),
}


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.json")) if FOLDER.is_dir() else []


def read(file: Path) -> Case:
    case: Case = json.loads(file.read_text(encoding="utf-8"))
    return case


def is_of_a_youth(case: Case) -> bool:
    """Some cases tell of a coach or a method."""
    return case["leeftijd"] is not None or "situatie" in case


def municipality_of(case: Case) -> str:
    """The official code, or nothing when the case does not tell."""
    names = dict(line.split(",")[1::-1] for line in LIST.read_text(encoding="utf-8").splitlines()[1:])
    told = next((name for other, name in OTHER_NAMES.items() if other in case["gemeente"]), case["gemeente"])
    return next((code for name, code in names.items() if re.search(rf"(^|\W){re.escape(name)}\b", told)), "")


def facts(case: Case) -> Iterator[tuple[str, str]]:
    """Everything the case tells of the youth: what about, and the words."""
    for name, value in case.items():
        if name not in ABOUT_THE_FILE:
            yield from _facts(name, value)


def _facts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for inner, words in value.items():
            yield from _facts(inner, words)
    elif isinstance(value, list):
        yield name, ", ".join(str(words) for words in value)
    elif value not in (None, ""):
        yield name, str(value)


# --- the package --------------------------------------------------------------------------------------


def package_of(case: Case) -> Package:
    known = dict(facts(case))
    first, last = _years(case)
    placements = _placements(known, first, last)
    ended = last if last != first and "uitkomst" in known else None
    return {
        "format": rules.FORMAT,
        "version": rules.VERSION,
        "package_id": str(uuid5(NAMESPACE_URL, case["bron"])),
        "youth": {
            "nickname": case["pseudoniem"].strip("()"),
            "born": _age(case),
            "safety": known.get("gezin", "") if "wantrouwen" in known.get("gezin", "") else "",
        },
        "course": _course(known, first, ended),
        "find": {"id": "find", "kind": _first(PLACES, known.get("vindplaats", ""), "unknown"),
                 "where": known.get("vindplaats", ""), "wants": known.get("droom", "")},
        "phases": _phases(known, first, ended, placements),
        "network": list(_network(known)),
        "notes": list(_notes(case)),
        "sheets": list(_sheets(case)),
        "plans": list(_plans(known)),
        "placements": placements,
    }  # fmt: skip


def _years(case: Case) -> tuple[str | None, str | None]:
    years = re.findall(r"\b\d{4}\b", str(case["jaar"]))
    return (years[0], years[-1]) if years else (None, None)


def _age(case: Case) -> str:
    age, year = case["leeftijd"], case["jaar"]
    words = f"{age} jaar" if isinstance(age, int) else str(age or "")
    return f"{words} in {year}" if year else words


def _course(known: dict[str, str], first: str | None, ended: str | None) -> Package:
    """A published case is of somebody who takes part. Without a year: from the day he came in here."""
    began = first or datetime.now(UTC).astimezone().date().isoformat()
    intensity = "aftercare" if "nazorg" in known else "intensive"
    return {"found_on": began, "joined_on": began, "ended_on": ended, "intensity": intensity}


def _phases(known: dict[str, str], first: str | None, ended: str | None, placements: list[Package]) -> list[Package]:
    """Scouting is over; what follows goes on until the end, if the case tells of one."""
    began = first or datetime.now(UTC).astimezone().date().isoformat()
    phases = ["scan"]
    if placements or known.keys() & {"aanpak", "team"}:
        phases.append("match")
    if known.keys() & {"nazorg", "terugval", "uitkomst", "verloop"} or any(_is_running(one) for one in placements):
        phases.append("coach")
    scout = {"phase": "scout", "since": began, "until": began}
    return [scout, *({"phase": phase, "since": began, "until": ended} for phase in phases)]


def _is_running(placement: Package) -> bool:
    return placement["stopped_on"] is None


def _network(known: dict[str, str]) -> Iterator[Package]:
    around = " ".join(known.get(name, "") for name in ("gezin", "netwerk"))
    found = [person for form, person in PEOPLE.items() if re.search(form, around)]
    professionals = [part.split()[0] for part in known.get("team", "").split(",") if part.strip()]
    people = [*found, *((name, "professional") for name in professionals)]
    for number, (name, kind) in enumerate(people, start=1):
        yield {"id": f"network-{number}", "kind": kind, "name": name}


def _notes(case: Case) -> Iterator[Package]:
    """Everything the case tells, as it came in today; nobody knows who wrote it down first."""
    now = datetime.now(UTC).isoformat()
    for number, (about, words) in enumerate(facts(case), start=1):
        yield {"id": f"note-{number}", "channel": "other", "happened_at": now, "text": f"{about}: {words}"}


def _sheets(case: Case) -> Iterator[Package]:
    """The situation in words; no case tells a level, so none is filled in."""
    if situation := case.get("situatie"):
        remark = "\n".join(f"{about}: {words}" for about, words in _facts("situatie", situation))
        yield {"id": "sheet-coach", "voice": "coach", "remark": remark}
    if own := case.get("beleving"):
        yield {"id": "sheet-youth", "voice": "youth", "remark": own}


def _plans(known: dict[str, str]) -> Iterator[Package]:
    """What the case tells of a plan. Nobody tells that both said yes, so it is not in force."""
    elements = {
        "remember": known.get("kracht", ""),
        "youth_learns": known.get("moeite", ""),
        "network_does": "\n".join(known[name] for name in ("aanpak", "team") if name in known),
    }
    goals = [{"goal": known["droom"]}] if "droom" in known else []
    if goals or any(elements.values()):
        yield {"id": "plan-1", "number": 1, "goals": goals, **elements}


# --- places to work -----------------------------------------------------------------------------------


def _placements(known: dict[str, str], first: str | None, last: str | None) -> list[Package]:
    found: list[Package] = []
    for about in WORK_AT:
        for clause in known.get(about, "").split(";"):
            kind = _first(KINDS, re.sub(r"\bgeen \w+", "", clause), "")
            before = next((one for one in found if one["kind"] == kind and _is_running(one)), None)
            if kind and before:
                before |= _stopped(known, about, last)
            elif kind:
                year = last if about == "uitkomst" else first
                place = {"id": f"placement-{len(found) + 1}", "kind": kind, "what": clause.strip()}
                began = {"starts_on": None if _is_past(known, about) else year, **({"agreed_on": year} if year else {})}
                found.append(place | began | _stopped(known, about, first))
    return found


def _is_past(known: dict[str, str], about: str) -> bool:
    """It was over before the case begins; when it began nobody tells."""
    return about == "werkverleden" or bool(re.search(r"\bzat in\b", known[about]))


def _stopped(known: dict[str, str], about: str, year: str | None) -> Package:
    """Whether it is over, by what the case says of it. A past without a reason stays one."""
    is_past = _is_past(known, about)
    words = " ".join([known[about], known.get("knelpunt", "")] if is_past else [known[about]])
    reason = _first(STOPS, words, "")
    stopped = year if reason or is_past else None
    return {"stopped_on": stopped, "stop_reason": reason if stopped else "", "stop_words": words if stopped else ""}


def _first(forms: dict[str, str], words: str, otherwise: str) -> str:
    return next((meaning for form, meaning in forms.items() if re.search(form, words, re.IGNORECASE)), otherwise)
