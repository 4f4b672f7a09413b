"""The whole dossier leaves through the door: for the youth and his coach, and with a line for every section."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ipta import __main__ as line
from ipta.accounts.models import Municipality, Person
from ipta.api import package
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.vault import keyring
from ipta.vault.rules import SECTIONS
from tests.api.lives import full_package
from tests.asking import assert_refused, looks, row_counts, text, verbs
from tests.cast import canary

Run = Callable[..., tuple[int, str, str]]  # exit code, what it said, what went wrong


def test_the_youth_takes_everything_along(dossier: Dossier, sem: Person) -> None:
    words = json.dumps(package.export(dossier, Reader(sem)), ensure_ascii=False)
    for section in SECTIONS:
        assert canary("sem", section) in words


def test_each_section_that_was_opened_stands_in_the_reading_log(dossier: Dossier, noor: Person) -> None:
    before = len(looks(dossier))
    package.export(dossier, Reader(noor))
    assert {look.section for look in looks(dossier)[before:]} == set(SECTIONS)
    assert {(look.person_id, look.result) for look in looks(dossier)[before:]} == {(noor.id, "opened")}
    assert verbs(dossier)[-1] == "dossier.exported"


def test_what_holds_nothing_is_not_opened(scouted: Dossier, noor: Person) -> None:
    package.export(scouted, Reader(noor))
    assert {look.section for look in looks(scouted)} == {"identity", "contacts"}


def test_who_looked_stands_in_the_copy_of_the_youth_alone(dossier: Dossier, noor: Person, sem: Person) -> None:
    assert package.export(dossier, Reader(noor))["looks"] == []
    mine = package.export(dossier, Reader(sem))["looks"]
    assert {"Noor"} <= {look["reader"] for look in mine}


def test_nobody_else_takes_it_along(dossier: Dossier, outsiders: list[Person], standing_in: Coachship) -> None:
    """Not the coach of before, nor a stand-in, who may read seven sections."""

    def take(*, by: Person) -> None:
        package.export(dossier, Reader(by))

    assert_refused(take, by=[*outsiders, standing_in.coach], match="de jongere en zijn coach")


def test_a_section_that_was_shared_is_not_the_dossier(dossier: Dossier, sem: Person, dana: Person) -> None:
    sharing.grant(dossier, section="plan", to=dana, purpose="", by=sem)
    assert_refused(lambda *, by: package.export(dossier, Reader(by)), by=[dana])


def test_ids_of_the_house_stay_in_the_house(dossier: Dossier, sem: Person, noor: Person) -> None:
    words = json.dumps(package.export(dossier, Reader(sem)))
    rows = [sem, noor, dossier.note_set.get(), dossier.step_set.get(), dossier.planversion_set.get()]
    assert not [row for row in rows if str(row.pk) in words]
    assert noor.email not in words


def test_what_was_wiped_is_not_in_it(dossier: Dossier, sem: Person) -> None:
    keyring.destroy(dossier.id, ["scores"])
    words = json.dumps(package.export(dossier, Reader(sem)), ensure_ascii=False)
    assert canary("sem", "scores") not in words


# --- on the command line -----------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def ipta(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ipta", *words])
        code = line.main()
        said = capsys.readouterr()
        return code, said.out, said.err

    return ipta


def test_out_of_one_house_and_into_another(
    run: Run, dossier: Dossier, noor: Person, schiedam: Municipality, yara: Person, tmp_path: Path
) -> None:
    code, written, _ = run("export", str(dossier.id), "--coach", noor.email)
    file = tmp_path / "dossier.json"
    file.write_text(written)
    bring = ("import", str(file), "--municipality", "GM0606", "--coach", yara.email)
    first, again = run(*bring), run(*bring)
    arrived = schiedam.dossier_set.get(package_id=dossier.id)
    assert (code, first[0], again[0]) == (0, 0, 0)
    assert first[1] == f"Imported as dossier {arrived.id}.\n"
    assert "here already" in again[1]
    assert text(yara, arrived, "nickname") == text(noor, dossier, "nickname")


@pytest.mark.parametrize(
    ("municipality", "coach", "says"),
    [
        ("GM9999", "yara@voorbeeld.example", "GM9999 is hier geen gemeente"),
        ("GM0606", "niemand@voorbeeld.example", "niemand@voorbeeld.example is hier niet bekend"),
        ("GM0606", "noor@voorbeeld.example", "coach van deze gemeente"),
    ],
)
def test_a_wrong_place_or_coach_is_one_clear_line(
    run: Run, municipality: str, coach: str, says: str, noor: Person, yara: Person, tmp_path: Path
) -> None:
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(full_package()))
    before = row_counts()
    code, out, err = run("import", str(file), "--municipality", municipality, "--coach", coach)
    assert (code, out, says in err, len(err.splitlines())) == (1, "", True, 1)
    assert row_counts() == before


def test_every_fault_is_a_line(run: Run, schiedam: Municipality, yara: Person, tmp_path: Path) -> None:
    broken = full_package()
    broken["notes"][2]["happened_at"] = "gisteren"
    broken["steps"][0]["owner"] = "niemand"
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(broken))
    code, _, err = run("import", str(file), "--municipality", "GM0606", "--coach", yara.email)
    assert (code, [line.split(":")[0].strip() for line in err.splitlines()[1:]]) == (
        1,
        ["notes[2].happened_at", "steps[0].owner"],
    )


def test_a_file_that_is_not_there(run: Run, schiedam: Municipality, yara: Person) -> None:
    assert run("import", "/nowhere.json", "--municipality", "GM0606", "--coach", yara.email)[0] == 1


def test_a_dossier_of_somebody_else_is_as_one_that_is_not_there(run: Run, dossier: Dossier, yara: Person) -> None:
    for asked in (str(dossier.id), "00000000-0000-0000-0000-000000000000", "no-id"):
        code, out, err = run("export", asked, "--coach", yara.email)
        assert (code, out) == (1, "")
        assert err == "ipta export: Dit dossier is er niet, of deze persoon is niet de coach.\n"


def test_the_schema_is_printed(run: Run) -> None:
    code, out, _ = run("schema")
    assert (code, json.loads(out)) == (0, package.schema())
