"""ESCO in Dutch: read from the list that ships with the code, or from the files of a download. No table, no Django.

Source: ESCO, the classification of European Skills, Competences, Qualifications and Occupations, version 1.2, European
Commission. May be used with its source named (Decision 2011/833/EU).
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID

NAME: Final = "esco"
VERSION: Final = "1.2.1, nl"
ATTRIBUTION: Final = "Gebruikt de ESCO-classificatie van de Europese Commissie."
SHIPPED: Final = Path(__file__).parent / "data" / "esco.csv"
OCCUPATION, SKILL = "occupation", "skill"
LONGEST: Final = 200
MOST_BYTES: Final = 50 * 1024 * 1024
# The files of a download that are read, with their columns and the checksum of the version we know.
OCCUPATIONS, GROUPS, SKILLS = "occupations_nl.csv", "ISCOGroups_nl.csv", "transversalSkillsCollection_nl.csv"
COLUMNS: Final = {
    OCCUPATIONS: ("conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels"),
    GROUPS: ("code", "preferredLabel"),
    SKILLS: ("conceptUri", "preferredLabel", "altLabels", "broaderConceptPT"),
}
KNOWN: Final = {
    OCCUPATIONS: "fff52e5e9917571d68391e32b9c215c423db3e34b8db278dd15cde0057d4f7dc",
    GROUPS: "77379625aaa9d68af64bcae851b92d41c9c86ac97a8ad2598067d9897bc200eb",
    SKILLS: "edfa37621137edd20194805a63fe971b9a796ad244320e77ba7aa02524891638",
    SHIPPED.name: "b9feab4bd359301b04e3f307fcc7052b59de99df11034d2dad0ae7c7ae84e66e",
}


class NotRead(ValueError):
    """These files are not what they should be. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Read:
    """A term as it stands in a file. `names`: all it is called, the label first."""

    id: UUID
    kind: str
    names: tuple[str, ...]
    group: str = ""
    isco: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """What was read, of which version, and the checksum over all of it."""

    terms: list[Read]
    version: str
    checksum: str


def shipped() -> Files:
    """What ships with the code. Raises `NotRead` when it is not what it was."""
    content, checksum = _content(SHIPPED)
    if checksum != KNOWN[SHIPPED.name]:
        raise NotRead(f"{SHIPPED.name} was changed: its checksum is {checksum}.")
    rows = csv.DictReader(io.StringIO(content))
    return Files([_of_ours(row) for row in rows], VERSION, checksum)


def downloaded(folder: Path, *, is_newer: bool = False) -> Files:
    """The files of an ESCO download, in Dutch. Raises `NotRead`; also for another version, unless `is_newer`."""
    found = {name: _content(folder / name) for name in COLUMNS}
    strange = [name for name, (_, checksum) in found.items() if checksum != KNOWN[name]]
    if strange and not is_newer:
        raise NotRead(
            f"Not the version we know ({VERSION}): {', '.join(strange)}. Is it a newer one? Then say --newer."
        )
    tables = {name: _table(name, content) for name, (content, _) in found.items()}
    groups = {row["code"]: _tidy(row["preferredLabel"]) for row in tables[GROUPS]}
    terms = [_occupation(row, groups) for row in tables[OCCUPATIONS]] + [_skill(row) for row in tables[SKILLS]]
    whole = hashlib.sha256("".join(checksum for _, checksum in found.values()).encode()).hexdigest()
    return Files(_each_once(terms), f"after {VERSION}" if strange else VERSION, whole)


def _content(file: Path) -> tuple[str, str]:
    if file.stat().st_size > MOST_BYTES:
        raise NotRead(f"{file.name} is larger than {MOST_BYTES // 1024**2} MB.")
    raw = file.read_bytes()
    try:
        return raw.decode("utf-8-sig"), hashlib.sha256(raw).hexdigest()
    except UnicodeDecodeError:
        raise NotRead(f"{file.name} is not in UTF-8.") from None


def _table(name: str, content: str) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(content))
    if missing := [column for column in COLUMNS[name] if column not in (rows.fieldnames or ())]:
        raise NotRead(f"{name} has no column {', '.join(missing)}.")
    return [_whole(name, number, row) for number, row in enumerate(rows, start=2)]


def _whole(name: str, number: int, row: Mapping[str, str | None]) -> dict[str, str]:
    if any(row[column] is None for column in COLUMNS[name]):
        raise NotRead(f"{name}, row {number}: it stops halfway.")
    return {column: row[column] or "" for column in COLUMNS[name]}


def _occupation(row: Mapping[str, str], groups: Mapping[str, str]) -> Read:
    others = _names(row["altLabels"], str.splitlines) + _names(row["hiddenLabels"], str.splitlines)
    isco = row["iscoGroup"][:4]
    return Read(_id(row), OCCUPATION, _called(row["preferredLabel"], others), groups.get(isco, ""), isco)


def _skill(row: Mapping[str, str]) -> Read:
    others = _names(row["altLabels"], lambda text: text.split("|"))
    return Read(_id(row), SKILL, _called(row["preferredLabel"], others), _tidy(row["broaderConceptPT"]))


def _of_ours(row: Mapping[str, str]) -> Read:
    others = [name for name in row["other_names"].split("|") if name]
    return Read(UUID(row["id"]), row["kind"], (row["label"], *others), row["group"], row["isco"])


def _id(row: Mapping[str, str]) -> UUID:
    try:
        return UUID(row["conceptUri"].rpartition("/")[2])
    except ValueError:
        raise NotRead(f"no id of ESCO: {row['conceptUri'][:80]}") from None


def _names(text: str, split: Callable[[str], list[str]]) -> list[str]:
    return [name for name in map(_tidy, split(text)) if name]


def _called(label: str, others: Iterable[str]) -> tuple[str, ...]:
    label = _tidy(label)
    if not label:
        raise NotRead("a term without a label.")
    return (label, *dict.fromkeys(name for name in others if name != label))


def _tidy(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _each_once(terms: Iterable[Read]) -> list[Read]:
    """A few occupations stand in it twice, with other names: one term, with all of them."""
    found: dict[UUID, Read] = {}
    for term in terms:
        before = found.get(term.id, term)
        found[term.id] = replace(before, names=tuple(dict.fromkeys((*before.names, *term.names))))
    return list(found.values())


def as_shipped(terms: Iterable[Read]) -> Iterator[tuple[str, ...]]:
    """The rows of the list that ships with the code, in its order: how `data/esco.csv` is made of a download."""
    yield "kind", "id", "isco", "label", "group", "other_names"
    for term in sorted(terms, key=lambda term: (term.kind, term.names[0].casefold(), str(term.id))):
        yield term.kind, str(term.id), term.isco, term.names[0], term.group, "|".join(term.names[1:])
