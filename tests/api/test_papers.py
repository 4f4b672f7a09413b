"""Papers travel along in a package, and are looked at as at an upload when they come in."""

import json
import tracemalloc
from base64 import b64decode, b64encode
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person
from ipta.api import package
from ipta.api.package import papers
from ipta.api.package.rules import PackageFault
from ipta.dossiers.models import Dossier, Paper
from ipta.dossiers.papers import commands, rules
from ipta.dossiers.papers.checking import Checked
from ipta.sharing.door import Reader
from tests import files
from tests.api.lives import Package, clean_file, full_package
from tests.asking import row_counts


def with_paper(content: bytes | str, **more: Any) -> Package:
    """A package with one paper, in which this stands."""
    written = content if isinstance(content, str) else b64encode(content).decode()
    paper = {"id": "d1", "section": "work", "kind": "jpg", "name": "Papier", "content": written}
    return full_package() | {"papers": [paper | more]}


def brought(data: Package, to: Municipality, coach: Person) -> Paper:
    found: Paper = package.import_package(data, to, coach, by=coach).dossier.paper_set.get()
    return found


def opened(person: Person, paper: Paper) -> bytes:
    return Reader(person).content(paper.content)


def test_a_paper_comes_in_with_all_that_is_known_of_it(schiedam: Municipality, yara: Person) -> None:
    arrived = package.import_package(full_package(), schiedam, yara, by=yara).dossier
    letter, diploma = arrived.paper_set.all()
    assert (diploma.section, diploma.kind, diploma.size) == ("work", "pdf", len(clean_file("pdf")))
    assert diploma.added_by == arrived.youth and letter.added_by.first_name == "Pim"
    assert opened(yara, diploma) == clean_file("pdf")
    assert not letter.is_there and opened(yara, letter) == b""


@pytest.mark.parametrize("kind", ["pdf", "jpg", "png"])
def test_what_a_house_wrote_comes_in_dot_by_dot(kind: str, schiedam: Municipality, yara: Person) -> None:
    paper = brought(with_paper(clean_file(kind)), schiedam, yara)
    assert (paper.kind, opened(yara, paper)) == (kind, clean_file(kind))


@pytest.mark.parametrize(
    "name", ["a photo with its place", "a photo with PHP in its comment", "a PDF that tells of its maker"]
)
def test_what_hides_in_a_paper_stays_behind(name: str, schiedam: Municipality, yara: Person) -> None:
    """Another house may have looked less well; it calls it what it likes."""
    make, kind = files.TAMED[name]
    paper = brought(with_paper(make(), kind="png"), schiedam, yara)
    content = opened(yara, paper)
    assert paper.kind == kind
    assert files.HIDDEN not in content and files.PHP not in content and b"GPS" not in content


BAD = {
    "a program": files.REFUSED["a program"][0],
    "a PDF with a script": files.PDFS_THAT_ACT["a script when it opens"],
    "a file that is too large": lambda: files.png() + bytes(rules.MOST_BYTES),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_paper_is_told_with_its_place_and_nothing_comes_in(
    name: str, schiedam: Municipality, yara: Person
) -> None:
    before = row_counts()
    data = with_paper(BAD[name]()) | {}
    data["papers"].insert(0, full_package()["papers"][0])
    data["papers"][1]["id"] = "d2"
    with pytest.raises(PackageFault) as fault:
        package.import_package(data, schiedam, yara, by=yara)
    assert [fault.place for fault in fault.value.faults] == ["papers[1].content"]
    assert row_counts() == before


@pytest.mark.parametrize("written", ["geen base64!", "abc", "é" * 8, "AAAA\nAAAA"])
def test_what_is_no_base64_is_told_with_its_place(written: str, schiedam: Municipality, yara: Person) -> None:
    with pytest.raises(PackageFault, match="geen base64") as fault:
        package.import_package(with_paper(written), schiedam, yara, by=yara)
    assert [fault.place for fault in fault.value.faults] == ["papers[0].content"]


def test_all_papers_together_fit_in_a_dossier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "MOST_TOGETHER", 2 * len(clean_file("png")))
    one = with_paper(clean_file("png"))["papers"][0]
    assert papers.looked_at({"papers": [one] * 2})
    with pytest.raises(PackageFault, match="samen te groot"):
        papers.looked_at({"papers": [one] * 3})


def test_a_package_that_is_huge_is_not_even_opened() -> None:
    from ipta.api.package.rules import MAX_BYTES

    with pytest.raises(PackageFault, match="te groot"):
        package.load(bytes(MAX_BYTES + 1))


def test_the_youth_takes_his_papers_along(dossier: Dossier, sem: Person, paper: Paper, client_for: Any) -> None:
    browser: Client = client_for(sem)
    taken = json.loads(browser.get(reverse("youth:download")).content)["papers"]
    assert [line["section"] for line in taken] == ["plan"]
    assert b64decode(taken[0]["content"]) == opened(sem, paper)


@pytest.mark.slow
def test_taking_a_full_dossier_along_stays_within_300_megabytes(
    dossier: Dossier, noor: Person, sem: Person, client_for: Any
) -> None:
    """Forty megabytes of papers, and an emoji, which made one text of it four times as large."""
    ten = Checked("png", bytes(9 * rules.MEGABYTE), is_scanned=False)
    for _ in range(4):
        commands.add_paper(dossier, ten, by=noor, name="📄", section="work")
    browser: Client = client_for(sem)
    tracemalloc.start()
    assert len(browser.get(reverse("youth:download")).content) > 48 * rules.MEGABYTE
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300 * rules.MEGABYTE
