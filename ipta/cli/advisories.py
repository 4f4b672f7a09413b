"""Do known faults lie in the packages that IPTA is made of? Answered from a folder of advisories, or not at all.

A tool that could not look and then says that it found nothing is worse than none: what was not looked at is called
"not checked". The files are those of the OSV schema (https://ossf.github.io/osv-schema/), a JSON file each.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

from ipta.base import clock

KNOWN, NOT_CHECKED = 1, 3
OLDEST = timedelta(days=14)
FRONT_END = Path(__file__).parents[2] / "frontend" / "package-lock.json"
ELSEWHERE = "Programs of this machine (Python, PostgreSQL, OpenSSL): not looked at. On Debian: apt list --upgradable"

Order = Callable[[str], Any]  # makes of a version something that can be compared; raises ValueError
Packages = dict[str, str]  # name -> version


@dataclass
class Advisories:
    """What is known of the packages of one registry."""

    of: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # by name of the package
    newest: str = ""


@dataclass(frozen=True)
class PackageSet:
    name: str
    registry: str  # as OSV calls it
    packages: Packages
    order: Order


def look_up() -> tuple[str, int]:
    """What to print, and the exit code."""
    folder = os.environ.get("IPTA_ADVISORIES", "")
    wanted = [
        PackageSet("Python packages", "PyPI", installed(), python_order),
        PackageSet("Packages of the front end", "npm", of_the_front_end(FRONT_END), npm_order),
    ]
    known = read(Path(folder), {each.registry for each in wanted}) if folder else {}
    lines, codes = [], {0}
    for each in wanted:
        said, code = _look_up(each, known.get(each.registry), folder)
        lines += said
        codes.add(code)
    return "\n".join([*lines, ELSEWHERE]), KNOWN if KNOWN in codes else max(codes)


def _look_up(wanted: PackageSet, known: Advisories | None, folder: str) -> tuple[list[str], int]:
    title = f"{wanted.name} ({len(wanted.packages)})"
    hits = list(_hits(wanted, known)) if known else []
    why_not = _why_not(wanted, known, folder)
    told = f"not checked: {why_not}" if why_not else f"checked, {len(hits)} known faults"
    code = KNOWN if hits else NOT_CHECKED if why_not else 0
    return [f"{title}: {told}", *(f"  FAULT  {hit}" for hit in hits)], code


def _why_not(wanted: PackageSet, known: Advisories | None, folder: str) -> str:
    if not wanted.packages:
        return "the list of them is not here."
    if not folder:
        return "IPTA_ADVISORIES names no folder of advisories."
    if not known:
        return f"there are no advisories about {wanted.registry} in {folder}."
    if datetime.fromisoformat(known.newest) < clock.now() - OLDEST:
        return f"the newest advisory in {folder} is of {known.newest[:10]}."
    return ""


def _hits(wanted: PackageSet, known: Advisories) -> Iterator[str]:
    for name, version in sorted(wanted.packages.items()):
        for advisory in known.of.get(name, []):
            for affected in advisory["affected"]:
                if _is(affected, wanted.registry, name) and is_affected(version, affected, wanted.order):
                    yield f"{name} {version}: {advisory['id']} {advisory.get('summary', '')}".strip()
                    break


# --- what is here ------------------------------------------------------------------------------------------------


def installed() -> Packages:
    """Every package of this environment, but IPTA itself."""
    found = {_plain(package.metadata["Name"]): package.version for package in metadata.distributions()}
    return {name: version for name, version in found.items() if name != "ipta"}


def of_the_front_end(lock: Path) -> Packages:
    """What the style sheets, fonts and modules were built from; nothing where only the built ones are."""
    listed = json.loads(lock.read_text())["packages"] if lock.exists() else {}
    return {at.rpartition("node_modules/")[2]: package["version"] for at, package in listed.items() if at}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# --- what is known -----------------------------------------------------------------------------------------------


def read(folder: Path, registries: Iterable[str]) -> dict[str, Advisories]:
    """Every advisory in the folder about these registries. Raises `ValueError` for a file that is none."""
    wanted, known = set(registries), dict[str, Advisories]()
    for file in folder.rglob("*.json"):
        try:
            advisory = json.loads(file.read_bytes())
            modified = datetime.fromisoformat(advisory["modified"]).astimezone(UTC).isoformat()
            packages = [each["package"] for each in advisory.get("affected", []) if "package" in each]
        except (ValueError, KeyError, TypeError) as fault:
            raise ValueError(f"{file} is no advisory: {type(fault).__name__} {fault}") from fault
        for registry, name in {(p["ecosystem"], p["name"]) for p in packages if p["ecosystem"] in wanted}:
            about = known.setdefault(registry, Advisories())
            about.newest = max(about.newest, modified)
            if "withdrawn" not in advisory:
                about.of.setdefault(_plain(name) if registry == "PyPI" else name, []).append(advisory)
    return known


def _is(affected: dict[str, Any], registry: str, name: str) -> bool:
    package = affected.get("package", {})
    called = package.get("name", "")
    return package.get("ecosystem") == registry and (_plain(called) if registry == "PyPI" else called) == name


def is_affected(version: str, affected: dict[str, Any], order: Order) -> bool:
    """Whether it is in the list of versions or within a range. What cannot be compared counts as affected."""
    ranges = [each["events"] for each in affected.get("ranges", []) if each["type"] in {"ECOSYSTEM", "SEMVER"}]
    try:
        return version in affected.get("versions", []) or any(_is_between(version, events, order) for events in ranges)
    except ValueError:
        return True


def _is_between(version: str, events: list[dict[str, str]], order: Order) -> bool:
    mine, is_inside = order(version), False
    for at, kind in sorted(((None if v == "0" else order(v), k) for e in events for k, v in e.items()), key=_first):
        reached = at is None or (mine > at if kind == "last_affected" else mine >= at)
        if reached and kind in {"introduced", "fixed", "last_affected"}:
            is_inside = kind == "introduced"
    return is_inside


def _first(event: tuple[Any, str]) -> tuple[bool, Any]:
    """In order of version; 0 is before everything."""
    return (event[0] is not None, event[0] or 0)


def python_order(version: str) -> Any:
    """As pip compares. Raises `ValueError`."""
    from packaging.version import Version

    return Version(version)


def npm_order(version: str) -> Any:
    """As npm compares: https://semver.org, 11. Raises `ValueError`."""
    number, _, before = version.partition("+")[0].partition("-")
    major, minor, patch = (int(part) for part in number.split("."))
    words = [(0, int(word), "") if word.isdigit() else (1, 0, word) for word in before.split(".") if before]
    return (major, minor, patch, not before, words)
