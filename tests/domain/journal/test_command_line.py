"""`bin/ipta log ...`: what an administrator, an auditor and a privacy officer get on the command line."""

import csv
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from django.utils import timezone

from ipta import __main__ as line
from ipta.accounts.models import Person
from ipta.dossiers.models import Coachship, Dossier, Note
from ipta.journal.models import Entry
from ipta.sharing import exports
from ipta.sharing.door import Reader
from ipta.sharing.models import Look
from tests.cast import CANARY
from tests.domain.journal.sealed import SealedWorld
from tests.house.code import ROOT

SCHEMA = json.loads((ROOT / "docs" / "privacy" / "logboek.schema.json").read_text())
TODAY = timezone.localdate()


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Say":
    return Say(monkeypatch, capsys)


class Say:
    """A command as it is typed: what it prints, and whether it went well."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *words: object, code: int = 0) -> str:
        self.monkeypatch.setattr("sys.argv", ["bin/ipta", *map(str, words)])
        assert line.main() == code
        said = self.capsys.readouterr()
        assert bool(said.err) == bool(code)
        return said.out + said.err


# --- seals ------------------------------------------------------------------------------------------


def test_seal_dump_and_verify(sealed_world: SealedWorld, tmp_path: Path, say: Say) -> None:
    assert say("log", "seal", "--to", sealed_world.folder).startswith("Seal 7: ")
    assert say("log", "seal", "--anchor", "--to", sealed_world.folder) == "Nothing happened since the last seal.\n"
    dumped = tmp_path / "logs.jsonl"
    assert str(dumped) in say("log", "dump", dumped)
    assert dumped.stat().st_mode & 0o077 == 0
    own = tmp_path / "own.pub"
    own.write_text(say("log", "key"))
    for places in ([dumped, sealed_world.folder], ["--live", sealed_world.folder]):
        assert "All is well." in say("log", "verify", *places, "--public-key", own)


def test_a_fault_is_told_and_the_exit_code_says_so(sealed_world: SealedWorld, say: Say) -> None:
    Entry.objects.filter(about=sealed_world.dossiers[0].id, number=2).delete()
    told = say("log", "verify", "--live", sealed_world.folder, code=1)
    assert "REMOVED  journal" in told
    assert "1 faults." in told


@pytest.mark.parametrize("words", [["--live", "a", "b"], ["a"]])
def test_verify_says_what_it_wants(words: list[str], say: Say) -> None:
    assert "say DUMP and SEALS, or --live and SEALS" in say("log", "verify", *words, code=1)


def test_a_dump_is_not_written_over(key_of_the_log: Path, tmp_path: Path, say: Say) -> None:
    (tmp_path / "there").write_text("already")
    assert "File exists" in say("log", "dump", tmp_path / "there", code=1)
    assert (tmp_path / "there").read_text() == "already"


def test_a_day_of_work_seals_where_it_was_told_to(
    key_of_the_log: Path, dossier: Dossier, tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Sealed" not in say("tick")
    monkeypatch.setattr(settings, "SEALS_DIR", str(tmp_path / "outside"))
    assert "0000001.seal" in say("tick")
    assert "Sealed" not in say("tick")


def test_a_new_installation_gets_a_key_that_only_its_owner_reads(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    for name in ("MASTER_KEY_FILE", "LOG_KEY_FILE"):
        monkeypatch.setattr(settings, name, tmp_path / name.lower())
    assert "log_key_file" in say("init")
    assert (tmp_path / "log_key_file").stat().st_mode & 0o077 == 0
    assert say("log", "key").startswith("-----BEGIN PUBLIC KEY-----")


# --- the exports -------------------------------------------------------------------------------------


@pytest.fixture
def looked_at(
    dossier: Dossier, ali_dossier: Dossier, standing_in: Coachship, note: Note, noor: Person, stef: Person,
    bram: Person, sem: Person, yara: Person,
) -> Dossier:  # fmt: skip
    """Sem's, read by four people, one of them in vain; ali's, in another municipality, by his coach."""
    for person in (noor, stef, sem):
        Reader(person).unlock([dossier], "contacts")
    with pytest.raises(Exception, match="niet met jou gedeeld"):
        Reader(bram).text(note.text)
    Reader(yara).unlock([ali_dossier], "contacts")
    return dossier


def exported(say: Say, form: str, tmp_path: Path, *more: object) -> str:
    file = tmp_path / f"{form}-{len(list(tmp_path.iterdir()))}"
    days = ("--from", TODAY - timedelta(days=1), "--to", TODAY + timedelta(days=1))
    say("log", "export", "--as", form, "--municipality", "GM0637", *days, *more, file)
    with file.open(newline="") as as_it_is:
        return as_it_is.read()


def records(say: Say, tmp_path: Path) -> list[dict[str, object]]:
    text = exported(say, "logboek", tmp_path, "--activity", "https://register.example/ipta")
    return [json.loads(one) for one in text.splitlines()]


def rows(say: Say, tmp_path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(exported(say, "nen7513", tmp_path).splitlines()))


def attribute(record: dict[str, object], key: str) -> str:
    return str(next(pair["value"] for pair in record["attributes"] if pair["key"] == key))  # type: ignore[attr-defined]


def test_every_record_of_the_logbook_is_as_the_schema_says(looked_at: Dossier, say: Say, tmp_path: Path) -> None:
    found = records(say, tmp_path)
    checker = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [fault.message for record in found for fault in checker.iter_errors(record)] == []
    assert len(found) == Look.objects.filter(about=looked_at.id).count() + len(Entry.objects.filter(about=looked_at.id))


def test_the_schema_refuses_what_is_no_record(looked_at: Dossier, say: Say, tmp_path: Path) -> None:
    checker = jsonschema.Draft202012Validator(SCHEMA)
    record = records(say, tmp_path)[0]
    for wrong in (
        {"trace_id": "abc"}, {"operation_id": "0" * 17}, {"status_code": 3}, {"name": ""}, {"end_time": "today"},
        {"attributes": []}, {"user": "noor"},
    ):  # fmt: skip
        assert not checker.is_valid(record | wrong), wrong


def test_the_logbook_does_not_say_who_and_the_table_does(
    looked_at: Dossier, noor: Person, bram: Person, say: Say, tmp_path: Path
) -> None:
    book = exported(say, "logboek", tmp_path)
    for word in (str(noor.id), noor.id.hex, "Noor", "Bram", "IPTA Zoetermeer", str(looked_at.id), looked_at.id.hex):
        assert word not in book
    assert CANARY not in book
    assert {"Noor Voorbeeld", "Bram Voorbeeld"} <= {row["user_name"] for row in rows(say, tmp_path)}


def test_the_two_are_tied_together_by_the_operation(looked_at: Dossier, say: Say, tmp_path: Path) -> None:
    in_book = [record["operation_id"] for record in records(say, tmp_path)]
    in_table = [row["operation_id"] for row in rows(say, tmp_path)]
    assert sorted(in_book) == sorted(in_table)  # type: ignore[type-var]
    assert len(set(in_table)) == len(in_table)


def test_one_person_has_one_sealed_id_and_the_house_can_open_it(
    looked_at: Dossier, kim_dossier: Dossier, say: Say, tmp_path: Path
) -> None:
    tokens = {attribute(record, "dpl.core.data_subject_id") for record in records(say, tmp_path)}
    assert len(tokens) == 2
    opened = {say("log", "subject", token, "--municipality", "GM0637").strip() for token in tokens}
    assert opened == {str(looked_at.id), str(kim_dossier.id)}


def test_a_sealed_id_is_worth_nothing_in_another_municipality(looked_at: Dossier, say: Say) -> None:
    token = exports.subject_token(looked_at.id, "GM0637")
    assert "no data subject" in say("log", "subject", token, "--municipality", "GM0606", code=1)
    assert "no data subject" in say("log", "subject", "onzin", "--municipality", "GM0637", code=1)


def test_another_municipality_is_not_in_it(looked_at: Dossier, ali_dossier: Dossier, say: Say, tmp_path: Path) -> None:
    assert {row["client"] for row in rows(say, tmp_path)} == {str(looked_at.id)}


def test_who_stood_in_did_so_for_the_coach(
    looked_at: Dossier, noor: Person, stef: Person, sem: Person, say: Say, tmp_path: Path
) -> None:
    read = {row["user"]: row for row in rows(say, tmp_path) if row["event"] == "read"}
    stood_in = read[str(stef.id)]
    assert (stood_in["responsible_user_name"], stood_in["user_name"]) == ("Noor Voorbeeld", "Stef Voorbeeld")
    assert (stood_in["role"], stood_in["ground"], stood_in["data"]) == ("coach", "stand_in", "contacts")
    assert read[str(noor.id)]["responsible_user"] == str(noor.id)
    assert (read[str(sem.id)]["role"], read[str(sem.id)]["user_name"]) == ("youth", "")


def test_a_refusal_and_an_emergency_are_told(looked_at: Dossier, bram: Person, say: Say, tmp_path: Path) -> None:
    from ipta.sharing import commands

    commands.take(looked_at, reason="Hij staat bij het station en is erg in de war.", by=bram)
    Reader(bram).unlock([looked_at], "health")
    brams = [row for row in rows(say, tmp_path) if row["user"] == str(bram.id) and row["event"] == "read"]
    assert [(row["result"], row["emergency"], row["data"]) for row in brams] == [
        ("refused", "no", "contacts"),
        ("opened", "yes", "health"),
    ]
    assert brams[1]["ground"].startswith("emergency:")


def test_a_change_is_a_row_too(looked_at: Dossier, say: Say, tmp_path: Path) -> None:
    changed = [row for row in rows(say, tmp_path) if row["event"] == "changed"]
    assert {"note.written", "plan.proposed"} <= {row["action"] for row in changed}


def test_days_outside_the_question_are_not_in_it(looked_at: Dossier, say: Say, tmp_path: Path) -> None:
    days = ("--from", TODAY - timedelta(days=9), "--to", TODAY - timedelta(days=1))
    file = tmp_path / "before"
    assert "0 rows" in say("log", "export", "--as", "nen7513", "--municipality", "GM0637", *days, file)
    assert file.read_text().startswith("time,event,")


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+31", "-1", "@SUM", "\tTab", "\rReturn"])
def test_no_cell_is_a_formula(words: str, looked_at: Dossier, noor: Person, say: Say, tmp_path: Path) -> None:
    Person.objects.filter(pk=noor.pk).update(organisation=words)
    table = exported(say, "nen7513", tmp_path)
    cells = [cell for row in csv.reader(StringIO(table, newline="")) for cell in row]
    assert f"'{words}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
