"""A package of a dossier of which something was erased: it says so, invents no words, and comes in elsewhere."""

import json
from typing import Any

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.api import package
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.dossiers.papers.checking import check
from ipta.dossiers.papers.commands import add_paper
from ipta.journal.models import Entry
from ipta.sharing import erasure
from ipta.sharing.door import GONE, Reader
from ipta.vault.models import SectionKey
from ipta.vault.rules import SECTIONS
from tests.api.lives import full_package
from tests.asking import text
from tests.cast import CANARY, canary, fresh
from tests.conftest import sign_in
from tests.files import photo


def exported(dossier: Dossier, reader: Person) -> dict[str, Any]:
    return dict(json.loads(json.dumps(package.export(fresh(dossier), Reader(reader)))))


def test_it_says_what_is_gone_and_puts_no_words_in_its_place(
    dossier: Dossier, sem: Person, fem: Person, pepijn: Person
) -> None:
    whole = exported(dossier, sem)
    erasure.shred(dossier, by=fem, second=pepijn, section="contacts")
    taken = exported(dossier, sem)
    assert (whole["gone"], taken["gone"]) == ([], ["contacts"])
    assert [note["text"] for note in taken["notes"]] == [""]
    assert taken["notes"][0]["happened_at"] == whole["notes"][0]["happened_at"]
    assert taken["steps"] == whole["steps"] and taken["plans"] == whole["plans"]
    assert GONE not in json.dumps(taken)
    assert canary("sem", "contacts") not in json.dumps(taken)


def test_of_a_dossier_of_which_all_is_gone_the_bones_are_left(
    dossier: Dossier, sem: Person, fem: Person, pepijn: Person
) -> None:
    erasure.shred(dossier, by=fem, second=pepijn)
    taken = exported(dossier, sem)
    assert taken["gone"] == sorted(SECTIONS)
    assert CANARY not in json.dumps(taken) and GONE not in json.dumps(taken)
    assert len(taken["notes"]) == len(taken["steps"]) == len(taken["sheets"]) == 1


@pytest.mark.parametrize("sections", [["contacts"], ["plan", "scores"], ["all"]])
def test_it_comes_in_elsewhere(
    sections: list[str], dossier: Dossier, sem: Person, fem: Person, pepijn: Person, schiedam: Municipality,
    yara: Person,
) -> None:  # fmt: skip
    for section in sections:
        erasure.shred(dossier, by=fem, second=pepijn, section=section)
    taken = exported(dossier, sem)
    arrived = package.import_package(taken, schiedam, yara, by=yara).dossier
    there = exported(arrived, yara)
    assert there["gone"] == []
    for part in ("notes", "steps", "plans", "sheets", "placements", "views", "network", "youth"):
        assert _words(there[part]) == _words(taken[part])
    entry = Entry.objects.get(about=arrived.id, verb="dossier.imported")
    assert entry.facts["gone"] == ",".join(taken["gone"])
    assert not SectionKey.objects.filter(dossier_id=arrived.id, wrapped=None).exists()
    hers = sign_in(yara)
    for page in ("", "tijdlijn/", "plan/", "scan/", "werk/", "mensen/", "gegevens/"):
        assert hers.get(f"/jongeren/{arrived.id}/{page}").status_code == 200, page


def _words(part: Any) -> Any:
    """Without who wrote it: the other house calls people by other ids."""
    if isinstance(part, list):
        return [_words(line) for line in part]
    return {name: value for name, value in part.items() if name not in {"by", "author"}}


def test_of_an_erased_paper_the_line_is_left_as_of_one_that_was_taken_away(
    dossier: Dossier, sem: Person, fem: Person, pepijn: Person, schiedam: Municipality, yara: Person
) -> None:
    for section in ("work", "living"):
        add_paper(dossier, check(photo()), by=sem, name="Mijn cv", section=section)
    erasure.shred(dossier, by=fem, second=pepijn, section="work")
    taken = exported(dossier, sem)
    assert {paper["section"] for paper in taken["papers"]} >= {"work", "living"}
    for paper in taken["papers"]:
        is_erased = paper["section"] == "work"
        assert (paper["name"] == "", paper["content"] == "", paper["removed_at"] is not None) == (is_erased,) * 3
    arrived = package.import_package(taken, schiedam, yara, by=yara).dossier
    assert all(paper.is_there == (paper.section != "work") for paper in arrived.paper_set.all())


def test_where_it_comes_in_one_can_write_again(
    dossier: Dossier, sem: Person, fem: Person, pepijn: Person, schiedam: Municipality, yara: Person
) -> None:
    erasure.shred(dossier, by=fem, second=pepijn, section="contacts")
    arrived = package.import_package(exported(dossier, sem), schiedam, yara, by=yara).dossier
    new = dossiers.note(arrived, text="Kennisgemaakt.", by=yara)
    assert text(yara, new, "text") == "Kennisgemaakt."


def test_a_package_of_which_nothing_is_gone_says_nothing_of_it(schiedam: Municipality, yara: Person) -> None:
    arrived = package.import_package(full_package(), schiedam, yara, by=yara).dossier
    assert "gone" not in Entry.objects.get(about=arrived.id, verb="dossier.imported").facts


def test_only_sections_can_be_gone(schiedam: Municipality, yara: Person) -> None:
    with pytest.raises(package.PackageFault, match=r"gone\[0\]: kies uit"):
        package.import_package(full_package() | {"gone": ["hobbies"]}, schiedam, yara, by=yara)
