"""`bin/ipta check --dependencies`: what was not looked at is called not checked, and never "no known faults"."""

import json
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ipta.base import clock
from ipta.cli import advisories, check
from ipta.cli.advisories import is_affected, npm_order, of_the_front_end, python_order, read
from tests.house.code import ROOT

NOW = clock.now().isoformat()


def advisory(name: str, *events: dict[str, str], registry: str = "PyPI", **more: Any) -> dict[str, Any]:
    affected = {
        "package": {"ecosystem": registry, "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": [*events]}],
    }
    return {"id": "GHSA-0000", "summary": "Something bad", "modified": NOW, "affected": [affected]} | more


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IPTA_ADVISORIES", str(tmp_path))
    monkeypatch.setattr(advisories, "installed", lambda: {"django": "5.2.1", "zope-interface": "6.0"})
    monkeypatch.setattr(advisories, "of_the_front_end", lambda _: {"@utrecht/root-css": "4.1.1"})
    return tmp_path


def lay_down(folder: Path, *found: dict[str, Any]) -> None:
    """Advisories in a folder, one about a package of each registry that nobody has among them."""
    strangers = [advisory("stranger", {"introduced": "0"}, registry=registry) for registry in ("PyPI", "npm")]
    for number, each in enumerate([*strangers, *found]):
        (folder / "deep").mkdir(exist_ok=True)
        (folder / "deep" / f"{number}.json").write_text(json.dumps(each))


def test_without_advisories_nothing_was_checked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said, code = advisories.look_up()
    assert code == 3
    assert said.count("not checked: there are no advisories about") == 2
    monkeypatch.delenv("IPTA_ADVISORIES")
    with pytest.raises(SystemExit) as left:
        check.check(Namespace(dependencies=True))
    assert left.value.code == 3
    assert capsys.readouterr().out.count("not checked: IPTA_ADVISORIES names no folder") == 2


def test_what_was_looked_at_and_is_well(folder: Path) -> None:
    lay_down(folder, advisory("django", {"introduced": "0"}, {"fixed": "5.2"}))
    said, code = advisories.look_up()
    assert code == 0
    assert "Python packages (2): checked, 0 known faults" in said
    assert "Packages of the front end (1): checked, 0 known faults" in said
    assert "not looked at. On Debian" in said


def test_a_known_fault_is_told_with_its_name(folder: Path) -> None:
    lay_down(folder, advisory("Zope.Interface", {"introduced": "5.0"}, {"fixed": "6.1"}))
    said, code = advisories.look_up()
    assert code == 1
    assert "Python packages (2): checked, 1 known faults\n  FAULT  zope-interface 6.0: GHSA-0000 Something bad" in said


def test_a_fault_of_one_set_is_told_though_another_was_not_checked(folder: Path) -> None:
    (folder / "one.json").write_text(json.dumps(advisory("django", {"introduced": "0"})))
    said, code = advisories.look_up()
    assert code == 1
    assert "1 known faults" in said
    assert "Packages of the front end (1): not checked" in said


def test_old_advisories_are_no_answer(folder: Path) -> None:
    old = (clock.now() - timedelta(days=15)).isoformat()
    lay_down(folder)
    for file in folder.rglob("*.json"):
        file.write_text(json.dumps(json.loads(file.read_text()) | {"modified": old}))
    said, code = advisories.look_up()
    assert code == 3
    assert said.count(f"not checked: the newest advisory in {folder} is of {old[:10]}.") == 2


def test_an_advisory_that_was_taken_back_counts_no_more(folder: Path) -> None:
    lay_down(folder, advisory("django", {"introduced": "0"}, withdrawn=NOW))
    assert advisories.look_up()[1] == 0


def test_a_package_of_the_same_name_in_another_registry_is_another(folder: Path) -> None:
    lay_down(folder, advisory("django", {"introduced": "0"}, registry="npm"))
    assert advisories.look_up()[1] == 0


def test_a_file_that_is_no_advisory_is_said(tmp_path: Path) -> None:
    for wrong in ("{", "[]", "{}", '{"modified": "yesterday", "affected": []}'):
        (tmp_path / "one.json").write_text(wrong)
        with pytest.raises(ValueError, match="one.json is no advisory"):
            read(tmp_path, ["PyPI"])


RANGES = [
    ([{"introduced": "0"}], "1.0", True),
    ([{"introduced": "0"}, {"fixed": "2.0"}], "1.9.9", True),
    ([{"introduced": "0"}, {"fixed": "2.0"}], "2.0", False),
    ([{"introduced": "0"}, {"fixed": "2.0"}], "2.0rc1", True),
    ([{"introduced": "1.5"}, {"last_affected": "1.8"}], "1.4", False),
    ([{"introduced": "1.5"}, {"last_affected": "1.8"}], "1.8", True),
    ([{"introduced": "1.5"}, {"last_affected": "1.8"}], "1.8.1", False),
    ([{"introduced": "1.0"}, {"fixed": "1.2"}, {"introduced": "1.10"}, {"fixed": "1.11"}], "1.9", False),
    ([{"fixed": "1.11"}, {"introduced": "1.10"}, {"fixed": "1.2"}, {"introduced": "1.0"}], "1.10.4", True),
    ([{"introduced": "0"}, {"fixed": "nonsense"}], "1.0", True),
]


@pytest.mark.parametrize(("events", "version", "is_in"), RANGES)
def test_a_range_holds_what_lies_in_it(events: list[dict[str, str]], version: str, is_in: bool) -> None:
    affected = advisory("x", *events)["affected"][0]
    assert is_affected(version, affected, python_order) is is_in


def test_a_list_of_versions_counts_too_and_a_range_of_commits_does_not() -> None:
    affected = {"versions": ["1.0", "1.1"], "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}
    assert is_affected("1.1", affected, python_order)
    assert not is_affected("1.2", affected, python_order)


def test_npm_compares_in_its_own_way() -> None:
    """The row of https://semver.org, 11, and a number that is larger than another but not as a word."""
    row = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
           "1.0.0-rc.1", "1.0.0", "1.0.1", "1.9.0", "1.10.0", "2.0.0"]  # fmt: skip
    assert sorted([*row[1::2], *row[::2]], key=npm_order) == row
    assert npm_order("1.0.0+build.5") == npm_order("1.0.0")
    with pytest.raises(ValueError, match="invalid literal"):
        npm_order("1.x.0")


def test_what_ipta_is_made_of_is_known_here() -> None:
    here = advisories.installed()
    assert {"django", "cryptography", "django-allauth"} <= here.keys()
    assert "ipta" not in here
    front = of_the_front_end(ROOT / "frontend" / "package-lock.json")
    assert {"esbuild", "@utrecht/root-css"} <= front.keys()
    assert of_the_front_end(ROOT / "nowhere.json") == {}
