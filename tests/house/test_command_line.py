"""The command line reads well, and a fault is one clear line."""

import re
from uuid import uuid4

import pytest

from ipta import __main__ as line
from ipta.accounts.models import Municipality, Person, Post
from ipta.dossiers.models import Dossier
from ipta.web.models import Draft
from tests.cast import days_ago


def said(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["bin/ipta", *words])
    return line.main()


def test_a_file_that_is_not_there(
    noor: Person, zoetermeer: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = "/nergens/pakket.json"
    assert said(monkeypatch, "import", file, "--municipality", zoetermeer.code, "--coach", str(noor.email)) == 1
    assert capsys.readouterr().err == f"ipta import: {file}: No such file or directory\n"


def test_a_code_that_is_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(monkeypatch, "found", "GM9999", "fem@voorbeeld.example") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_founding_says_what_comes_next(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(monkeypatch, "found", "GM0637", "fem@voorbeeld.example") == 0
    assert "/accounts/password/reset/" in capsys.readouterr().out
    assert said(monkeypatch, "found", "GM0637", "nog-een@voorbeeld.example") == 1
    assert "heeft al een functioneel beheerder" in capsys.readouterr().err


def test_the_help_names_every_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        said(monkeypatch, "--help")
    told = capsys.readouterr().out
    for command in ("init", "migrate", "seed", "tick", "found", "import", "export", "schema", "check", "instrument"):
        assert re.search(rf"^    {command}\s", told, re.M)


def test_a_day_clears_what_is_over(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(monkeypatch, "tick") == 0
    assert "Cleared" in capsys.readouterr().out


def test_a_day_takes_away_the_drafts_of_who_left_and_names_who_is_without_a_coach(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], dossier: Dossier, noor: Person, bram: Person
) -> None:
    for person in (noor, bram):
        Draft.objects.create(person=person, path="/notitie/", mark=uuid4(), blob=b"")
    Post.objects.filter(person=noor).update(until=days_ago(0))
    assert said(monkeypatch, "tick") == 0
    assert "Dossiers whose coach works here no more: 1." in capsys.readouterr().out
    assert [draft.person for draft in Draft.objects.all()] == [bram]
