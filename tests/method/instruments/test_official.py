"""Texts of others out of a table: all of it, or nothing and a line to look at. Every text here is invented."""

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipta.dossiers.rules import DOMAINS
from ipta.scans.instruments import official, schema
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.definition import read
from ipta.scans.instruments.faults import NotUnderstood
from ipta.scans.instruments.official import BSA, MATRICES, definition_of
from ipta.scans.instruments.opening import LARGEST
from ipta.scans.instruments.questions import DOMAIN, ZRM_LEVEL, Questionnaire
from ipta.scans.instruments.scoring import acute, score
from ipta.scans.instruments.values import value_of
from ipta.scans.rules import LEVELS
from tests.method.instruments.invented import (
    BSA_HEAD,
    MATRIX_HEAD,
    PARTS,
    bsa,
    bsa_rows,
    matrix,
    matrix_rows,
    table,
)
from tests.method.instruments.made import FHIR, faults_of_the_whole_schema


def made(kind: str, content: str | bytes) -> Questionnaire:
    return read(definition_of(kind, content.encode() if isinstance(content, str) else content, "2017"))


def faults_of(kind: str, content: str | bytes) -> list[str]:
    with pytest.raises(NotUnderstood) as refused:
        made(kind, content)
    return [str(fault) for fault in refused.value.faults]


# --- the matrix ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MATRICES)
def test_each_level_of_each_domain_gets_its_own_text(kind: str) -> None:
    asked = made(kind, matrix())
    assert (asked.url, asked.version) == (f"urn:ipta:instrument:{kind}", "2017")
    there = {item.coded(DOMAIN): item for item in asked.all() if item.coded(DOMAIN)}
    for domain, name in DOMAINS.items():
        known = [option for option in there[domain].options if not option.value.is_unknown]
        assert [option.text for option in known] == [f"{name}: zo zit het bij {n}" for n in (5, 4, 3, 2, 1)]
        assert [option.value.words for option in known] == [LEVELS[n] for n in (5, 4, 3, 2, 1)]
        assert [option.weight for option in known] == [5, 4, 3, 2, 1]
        assert there[domain].may_be_unknown


def test_it_says_whose_the_texts_are_and_which_version() -> None:
    asked = made("zrm-2017", matrix())
    assert "GGD Amsterdam" in asked.copyright
    assert "2017" in asked.copyright


def test_a_level_one_is_still_a_direct_action() -> None:
    asked = made("zrm-2017", matrix())
    level = value_of("Coding", {"system": ZRM_LEVEL, "code": "1"})
    assert acute(asked, Answers({("money",): (level,)})) == ["money"]


@pytest.mark.parametrize("kind", [*MATRICES, BSA])
def test_what_comes_out_is_a_questionnaire_of_fhir(kind: str) -> None:
    content = (bsa() if kind == BSA else matrix()).encode()
    source = json.loads(definition_of(kind, content, "2017"))
    assert schema.faults_of(source, "Questionnaire") == []
    if FHIR.exists():
        assert faults_of_the_whole_schema(source) == []


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_however_the_spreadsheet_saved_it(separator: str, encoding: str) -> None:
    rows = [("Financiën", "1", 'Bezorgd, zegt hij; "heel" bezorgd…\nNog een regel'), *matrix_rows()[1:]]
    content = table(MATRIX_HEAD, rows, separator).encode(encoding)
    known = [option.text for option in made("zrm-2017", content).by_link["money"].options]
    assert known[4] == 'Bezorgd, zegt hij; "heel" bezorgd…\nNog een regel'


def test_names_may_be_written_as_people_write_them() -> None:
    rows = [list(row) for row in matrix_rows()]
    for row, name in zip(
        rows[:5], ["1. FINANCIEN", "financiën ", "money", "Financie\u0308n", "  Financiën"], strict=True
    ):
        row[0] = name
    for row, level in zip(rows[5:10], ["Niveau 1", "niveau2", "Beperkt zelfredzaam", "4", "5"], strict=True):
        row[1] = level
    assert made("zrm-2017", table(["Domain", "LEVEL", "Text", "eigen aantekening"], [[*row, "x"] for row in rows]))


def test_a_formula_is_only_text() -> None:
    rows = matrix_rows()
    rows[0] = (rows[0][0], rows[0][1], '=HYPERLINK("http://x.example";"tik")')
    options = made("zrm-2017", table(MATRIX_HEAD, rows)).by_link["money"].options
    assert options[4].text == '=HYPERLINK("http://x.example";"tik")'


def test_the_same_table_makes_the_same_file() -> None:
    assert definition_of("zrm-2017", matrix().encode(), "1") == definition_of("zrm-2017", matrix(",").encode(), "1")


def line(number: int, *cells: str) -> str:
    rows = matrix_rows()
    rows[number - 2] = cells
    return table(MATRIX_HEAD, rows)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (line(4, "Humeur", "3", "x"), "regel 4, domein: Dit leefgebied kennen we niet. Er staat: Humeur"),
        (line(4, "Financiën", "6", "x"), "regel 4, niveau: Een niveau is een getal van 1 tot en met 5. Er staat: 6"),
        (line(4, "Financiën", "²", "x"), "regel 4, niveau: Een niveau is een getal van 1 tot en met 5. Er staat: ²"),
        (line(4, "Financiën", "1", "x"), "regel 4: Dit staat er al, op een eerdere regel. Er staat: Financiën 1"),
        (line(4, "Financiën", "3", " \u200b "), "regel 4, tekst: Hier staat niets."),
        (line(4, "Financiën", "3", "x" * 1501), "regel 4, tekst: Deze tekst is te lang. Er staat: " + "x" * 80),
        (line(4, "Financiën", "3", "x", "y"), "regel 4: Op deze regel staan te veel kolommen."),
        ("domein;niveau\n", "regel 1, tekst: Deze kolom ontbreekt, of staat er twee keer."),
        ("domein;tekst;niveau;tekst\n", "regel 1, tekst: Deze kolom ontbreekt, of staat er twee keer."),
        ("domein;niveau;tekst\n", "regel 1: Na deze regel ontbreekt nog een tekst. Er staat: Financiën 1"),
        (matrix().rsplit("\r\n", 2)[0], "regel 65: Na deze regel ontbreekt nog een tekst. Er staat: Justitie 5"),
        ('\r\n\r\ndomein;niveau;tekst\nFinanciën;1;"open', "regel 4: Deze regel kunnen we niet lezen."),
        ("domein;niveau;tekst\nFinanciën;1;a\x00b", "regel 2: Hier staat een teken dat geen tekst is."),
        (b"domein;niveau;tekst\nFinanci\x81n;1;a", "regel 2: Hier staat een teken dat geen tekst is."),
        ("domein;niveau;tekst\n" + "a;1;b\n" * 1001, "regel 1002: Er staan te veel regels in."),
        ("", "het bestand: Dit bestand is leeg."),
        (" \n;;\n", "het bestand: Dit bestand is leeg."),
        (b"PK\x03\x04" + b"\0" * 99, "het bestand: Dit is geen CSV."),
        ("x" * (LARGEST + 1), "het bestand: Dit bestand is te groot."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(content: str | bytes, says: str) -> None:
    assert faults_of("zrm-2017", content)[0].startswith(says)


def test_all_of_it_is_told_at_once() -> None:
    rows = [("Humeur", "9", ""), *matrix_rows()[1:3], ("Weer", "3", "x"), *matrix_rows()[4:]]
    told = faults_of("zrm-2017", table(MATRIX_HEAD, rows))
    assert [fault.partition(":")[0] for fault in told] == [
        "regel 2, domein", "regel 2, niveau", "regel 2, tekst", "regel 5, domein"
    ]  # fmt: skip


def test_a_line_is_counted_where_the_row_begins() -> None:
    rows = [("Financiën", "1", "een\ntwee\ndrie"), ("Humeur", "2", "x"), *matrix_rows()[2:]]
    assert faults_of("zrm-2017", table(MATRIX_HEAD, rows))[0].startswith("regel 5, domein")


def test_the_longest_table_still_fits() -> None:
    rows = [(domain, level, "\U0001f600" * official.LONGEST_TEXT) for domain, level, _text in matrix_rows()]
    content = table(MATRIX_HEAD, rows).encode()
    assert len(content) < LARGEST
    assert made("zrm-2017", content)


# --- the BSA ------------------------------------------------------------------------------------------------------


def test_eighteen_lines_become_three_parts_with_their_points() -> None:
    asked = made(BSA, bsa())
    assert (asked.url, asked.voices, asked.ages) == ("urn:ipta:instrument:bsa", ("coach",), (4, 23))
    groups = [item for item in asked.items if item.kind == "group"]
    assert [group.text for group in groups] == ["Sociaal", "Conceptueel", "Praktisch"]
    assert [len(group.items) for group in groups] == [6, 6, 6]
    questions = [item for item in asked.all() if item.has_answer]
    assert {item.text for item in questions} == {text for _n, _part, text in bsa_rows()}
    for item in questions:
        assert [option.weight for option in item.options] == [0, 1, 2, None]
        assert item.may_be_unknown


def test_each_part_is_added_up_by_itself() -> None:
    asked = made(BSA, bsa())
    most = {
        (group.link_id, 0, item.link_id): (value_of("Coding", {"system": "urn:ipta:applies", "code": "2"}),)
        for group in asked.items
        for item in group.items
    }
    counted = score(asked, Answers(most))
    assert counted.total == Decimal(36)
    assert counted.groups == {"social": 12, "conceptual": 12, "practical": 12}


def test_questions_stand_in_the_order_of_their_numbers() -> None:
    asked = made(BSA, table(BSA_HEAD, reversed(bsa_rows())))
    numbers = [[int(item.prefix) for item in group.items] for group in asked.items if group.kind == "group"]
    assert numbers == [sorted(inside) for inside in numbers]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("0", "sociaal", "x"), "regel 3, nummer: Een nummer is een getal van 1 tot en met 18. Er staat: 0"),
        (("19", "sociaal", "x"), "regel 3, nummer: Een nummer is een getal van 1 tot en met 18. Er staat: 19"),
        (("1", "sociaal", "x"), "regel 3: Dit staat er al, op een eerdere regel. Er staat: 1"),
        (("2", "anders", "x"), "regel 3, onderdeel: Een onderdeel is sociaal, conceptueel of praktisch."),
        (("2", "sociaal", ""), "regel 3, vraag: Hier staat niets."),
        (("2", "sociaal", "x" * 501), "regel 3, vraag: Deze tekst is te lang."),
    ],
)
def test_a_line_of_the_bsa_that_is_not_right(row: tuple[str, ...], says: str) -> None:
    rows = bsa_rows()
    rows[1] = row
    assert faults_of(BSA, table(BSA_HEAD, rows))[0].startswith(says)


def test_a_part_without_questions_is_told() -> None:
    rows = [(number, "sociaal", text) for number, _part, text in bsa_rows()]
    assert [fault.rpartition(" ")[2] for fault in faults_of(BSA, table(BSA_HEAD, rows))] == ["conceptueel", "praktisch"]


# --- whatever comes in --------------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from([*DOMAINS.values(), *"12345", *PARTS, "=1+1", '"', ";", ",", "", "a\nb", "\ufeff", "\x85"]),
)


@st.composite
def tables(draw: st.DrawFn, head: tuple[str, ...], good: list[tuple[str, ...]]) -> str:
    """A good table in which a few things were changed, moved, left out or put in."""
    rows = [list(row) for row in good]
    for _n in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["change", "drop", "add", "again"])):
            case "change":
                rows[at][draw(st.integers(0, 2)) % len(rows[at])] = draw(CELLS)
            case "drop":
                del rows[at]
            case "add":
                rows.insert(at, draw(st.lists(CELLS, min_size=1, max_size=4)))
            case _:
                rows.append(list(rows[at]))
    return table(head, rows, draw(st.sampled_from([";", ",", "\t"])))


def comes_in_whole_or_not(kind: str, content: bytes, texts: int) -> None:
    try:
        asked = made(kind, content)
    except NotUnderstood as refused:
        assert all(fault.line for fault in refused.faults)
        assert all(re.match(r"regel [1-9]", str(fault)) for fault in refused.faults)
        return
    items = [item for item in asked.all() if item.has_answer]
    assert len(items) == (18 if kind == BSA else 14)  # the thirteen domains, and what one says with them
    assert all(item.text for item in items)
    assert sum(bool(option.text) for item in items for option in item.options) == texts


@given(tables(MATRIX_HEAD, matrix_rows()))
@settings(max_examples=60)
def test_a_matrix_comes_in_whole_or_is_refused_with_a_line(content: str) -> None:
    comes_in_whole_or_not("zrm-2017", content.encode("utf-8", "surrogatepass"), 65)


@given(tables(BSA_HEAD, bsa_rows()))
@settings(max_examples=60)
def test_a_bsa_comes_in_whole_or_is_refused_with_a_line(content: str) -> None:
    comes_in_whole_or_not(BSA, content.encode("utf-8", "surrogatepass"), 0)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
@settings(max_examples=150)
def test_no_bytes_break_it(content: bytes) -> None:
    with pytest.raises(NotUnderstood):
        made("zrm-2017", content)
