"""`bin/ipta instrument`: questionnaires in and out, and a fault is a plain sentence with an exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ipta import __main__ as line
from ipta.accounts.models import Municipality, Person
from ipta.scans.instruments import shelf
from ipta.scans.instruments.opening import LARGEST
from ipta.scans.models import Instrument, InstrumentVersion
from tests.method.instruments import invented
from tests.method.instruments.made import FHIR, URL, file_of, item

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["bin/ipta", "instrument", *words])
        code = line.main()
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "lijst.json"
    found.write_bytes(file_of(item("a"), title="Lijst"))
    return found


def test_an_instrument_for_everybody_comes_in_is_listed_and_goes_out(run: Run, file: Path) -> None:
    assert run("import", str(file)) == (0, f"{URL} 1: active, for every municipality.\n", "")
    assert f"{URL}  1  active  every municipality  Lijst" in run("list")[1]
    code, out, _ = run("export", URL)
    assert (code, json.loads(out)) == (0, json.loads(file.read_text()))
    assert run("import", str(file))[0] == 0
    assert InstrumentVersion.objects.filter(instrument__url=URL).count() == 1


def test_a_copy_of_a_municipality_comes_in_by_its_functional_manager(
    run: Run, file: Path, zoetermeer: Municipality, fem: Person, noor: Person
) -> None:
    mine = ("import", str(file), "--municipality", zoetermeer.code)
    assert run(*mine) == (
        1, "", "ipta instrument: Zeg met --by wie het laadt: het e-mailadres van de functioneel beheerder.\n"
    )  # fmt: skip
    code, _, err = run(*mine, "--by", str(noor.email))
    assert (code, "Alleen de functioneel beheerder" in err) == (1, True)
    assert run(*mine, "--by", str(fem.email))[1] == f"{URL} 1: active, for {zoetermeer}.\n"
    assert Instrument.objects.get(url=URL).municipality == zoetermeer
    assert run("export", URL)[0] == 1
    assert run("export", URL, "--municipality", zoetermeer.code)[0] == 0


def test_an_older_version_is_still_taken_out(run: Run, file: Path) -> None:
    run("import", str(file))
    file.write_bytes(file_of(item("a"), version="2"))
    run("import", str(file))
    assert json.loads(run("export", URL)[1])["version"] == "2"
    assert json.loads(run("export", URL, "--version", "1")[1])["version"] == "1"


@pytest.mark.skipif(not FHIR.exists(), reason="the examples of HL7 lie beside the checkout")
@pytest.mark.parametrize("name", ["bb", "f201", "gcs", "zika-virus-exposure-assessment"])
def test_an_example_of_hl7_comes_in_and_goes_out_as_it_was(name: str, run: Run) -> None:
    example = FHIR / "r4-examples" / f"Questionnaire-{name}.json"
    source = json.loads(example.read_text())
    assert run("import", str(example))[0] == 0
    assert json.loads(run("export", source["url"])[1]) == source


@pytest.mark.parametrize("kind", ["zrm-2017", "zrm-jongeren", "bsa"])
def test_a_table_of_official_texts_comes_in_for_one_municipality(
    kind: str, run: Run, tmp_path: Path, zoetermeer: Municipality, fem: Person
) -> None:
    table = tmp_path / "teksten.csv"
    table.write_text(invented.bsa() if kind == "bsa" else invented.matrix(), encoding="cp1252")
    mine = ("import", str(table), "--municipality", zoetermeer.code, "--by", str(fem.email))
    assert "Zeg met --as wat dit CSV-bestand is" in run(*mine)[2]
    assert "kennen we niet" in run(*mine, "--as", "x", "--version", "1")[2]
    assert "Zeg met --version" in run(*mine, "--as", kind)[2]
    assert "Zeg met --version" in run("import", str(table), "--as", kind, "--version", "1")[2]
    assert not Instrument.objects.exclude(municipality=None).exists()
    assert run(*mine, "--as", kind, "--version", "2017")[1] == (
        f"urn:ipta:instrument:{kind} 2017: active, for {zoetermeer}.\n"
    )


def test_a_fault_in_a_table_is_told_with_its_line(
    run: Run, tmp_path: Path, zoetermeer: Municipality, fem: Person
) -> None:
    table = tmp_path / "bsa.csv"
    table.write_text("nummer;onderdeel;vraag\n1;sociaal;x\n1;sociaal;y\n")
    mine = ("--municipality", zoetermeer.code, "--by", str(fem.email))
    code, _, err = run("import", str(table), *mine, "--as", "bsa", "--version", "1")
    assert (code, "regel 3: Dit staat er al, op een eerdere regel." in err) == (1, True)
    assert not Instrument.objects.exclude(municipality=None).exists()


FAULTS = {
    "no JSON": (b"{", "het bestand: Dit is geen JSON."),
    "no questionnaire": (b'{"resourceType": "Patient"}', "resourceType: Dit is geen Questionnaire van FHIR R4."),
    "too large": (b" " * (LARGEST + 9), "Hooguit 500 kB"),
    "not understood": (file_of(item("a", "attachment")), "item[0].type (linkId a): Een bestand vragen kan hier niet."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cannot_come_in_is_told_with_its_place(name: str, run: Run, file: Path) -> None:
    content, reason = FAULTS[name]
    file.write_bytes(content)
    code, out, err = run("import", str(file))
    assert (code, out) == (1, "")
    assert reason in err
    assert not Instrument.objects.exclude(url__in=[asked.url for asked in shelf.shipped()]).exists()


@pytest.mark.parametrize(
    "words",
    [
        ("import", "/nergens/lijst.json"),
        ("export", "urn:x"),
        ("export", "urn:x", "--municipality", "GM9999"),
        ("import", "{file}", "--municipality", "GM9999", "--by", "x@voorbeeld.example"),
        ("import", "{file}", "--municipality", "GM0637", "--by", "x@voorbeeld.example"),
    ],
)
def test_what_is_not_there_is_one_line(words: tuple[str, ...], run: Run, file: Path, zoetermeer: Municipality) -> None:
    code, out, err = run(*[word.format(file=file) for word in words])
    assert (code, out, err.count("\n")) == (1, "", 1)


@pytest.fixture
def nothing_on_the_shelf() -> None:
    InstrumentVersion.objects.all().delete()
    Instrument.objects.all().delete()


@pytest.mark.usefixtures("nothing_on_the_shelf")
def test_without_any_the_list_says_where_they_come_from(run: Run) -> None:
    assert "bin/ipta migrate" in run("list")[1]


@pytest.mark.usefixtures("nothing_on_the_shelf")
def test_what_ships_is_brought_in_once(run: Run) -> None:
    assert shelf.load_shipped() == len(list(shelf.SHIPPED.glob("*.json")))
    assert shelf.load_shipped() == 0
    assert run("list")[1].count("every municipality") == InstrumentVersion.objects.count()
