"""What comes on paper: every text anybody typed, readable by a screen reader, telling nothing outside its pages."""

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipta.web import printing

DATA = {
    "title": "In beeld",
    "lang": "nl",
    "heading": "In beeld: Mo",
    "lead": "Zo gaat het.",
    "foot": "1 januari 2026",
    "gone": "",
}


def paper(text: str) -> bytes:
    block = {
        "title": f"Wat wil je, {text}?",
        "quotes": [{"about": text, "text": text}],
        "could": f"Dit kun je {text}",
        "skills": [{"name": text, "word": text, "example": text}],
        "groups": [{"name": f"Familie {text}", "people": [{"name": text, "text": text}]}],
        "columns": ["", text, text, text, ""],
        "parts": [{"name": text, "youth": text, "coach": text, "turn": text, "drawing": "", "alt": text}],
    }
    return printing.pdf("picture.typ", DATA | {"heading": f"In beeld: {text}", "blocks": [block]})


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
@settings(max_examples=200)
def test_whatever_somebody_typed_comes_on_paper(text: str) -> None:
    assert paper(text).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "text",
    [
        "Łukasz İbrahim Ğ Ż Đ",
        "محمد العربي",
        "Mo 🎧 👍🏽 👩‍👧 ✅",
        "Καλημέρα, Привет, Nguyễn",
        '#panic("x") $x$ *sterk* _schuin_ = kop <b> \\ `code` @iemand // weg',
        "漢字 en 한국어",
        "\u202eomgekeerd\u200b",
        "x" * 4000,
        "👨‍👩‍👧‍👦" * 200,
        "Z" + "\u0361\u0334\u0321\u0350" * 60 + "a",
    ],
)
def test_names_and_words_of_the_world_stay_as_they_were_typed(text: str) -> None:
    assert paper(text).startswith(b"%PDF-")


def test_a_letter_that_no_font_has_leaves_a_mark_and_nothing_else_is_lost() -> None:
    assert printing.printable("Mo 漢 hoi") == "Mo \ufffd hoi"
    assert printing.printable("Łukasz 🎧 محمد\nja") == "Łukasz 🎧 محمد\nja"
    assert printing.printable("👍🏽 e\u0301\u202e") == "👍 é"


def test_a_screen_reader_can_read_it_and_its_properties_name_nobody() -> None:
    with pikepdf.open(BytesIO(printing.pdf("picture.typ", DATA | {"heading": "Geheim", "blocks": []}))) as found:
        assert found.Root.MarkInfo.Marked
        assert found.Root.Lang == "nl"
        assert "/StructTreeRoot" in found.Root
        assert found.Root.ViewerPreferences.DisplayDocTitle
        with found.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["pdfaid:part"] == "2"
            assert told["dc:title"] == "In beeld"
            assert "Geheim" not in str(told)
        assert "Geheim" not in str(list(found.open_outline().root))
        assert "Geheim" not in str(found.docinfo)


def test_a_drawing_without_words_for_it_is_not_printed() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'
    part = {"name": "Geld", "youth": "goed", "coach": "", "turn": "", "drawing": drawing, "alt": "Geld: vooruit"}
    block = {"title": "Hoe het gaat", "columns": ["", "", "", "", ""], "parts": [part]}
    with pikepdf.open(BytesIO(printing.pdf("picture.typ", DATA | {"blocks": [block]}))) as found:
        alts = [str(each.Alt) for each in found.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert alts == ["Geld: vooruit"]
