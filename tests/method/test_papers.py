"""What a paper is called: by its owner, and as a file on any device."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.dossiers.papers import rules
from tests.house import plain_dutch

NASTY = {
    "up and away": ("../../x", "x.pdf"),
    "a folder of Windows": ("C:\\map\\cv.docx", "C map cv.pdf"),
    "a word of Windows": ("CON", "papier CON.pdf"),
    "the same with an ending": ("con.txt", "papier con.pdf"),
    "the same with a number": ("LPT1", "papier LPT1.pdf"),
    "300 letters": ("x" * 300, "x" * 80 + ".pdf"),
    "letters of more bytes": ("漢" * 300, "漢" * 60 + ".pdf"),
    "a program": ("a.pdf.exe", "a.pdf"),
    "letters turned around": ("a\u202efdp.exe", "afdp.pdf"),
    "nothing": ("", "papier.pdf"),
    "only what nobody sees": ("\u200b\u3164\u2800 \ufeff", "papier.pdf"),
    "only dots": ("...", "papier.pdf"),
    "quotes": ("brief \"van\"; de 'baas'", "brief van de baas.pdf"),
    "a line more for the header": ("a\r\nSet-Cookie: x=1", "a Set-Cookie x=1.pdf"),
    "a NUL": ("a\x00b", "ab.pdf"),
    "an emoji": ("brief 🔥👩🏽", "brief 🔥👩🏽.pdf"),
    "Arabic": ("سيرة ذاتية", "سيرة ذاتية.pdf"),
    "letters in two parts": ("Zoe\u0308", "Zoë.pdf"),
    "a day": ("Brief 12.03", "Brief 12.03.pdf"),
    "percent": ("100%00 ${jndi:x} `ls`", "100 00 jndi x ls.pdf"),
    "an option": ("-rf", "rf.pdf"),
}


@pytest.mark.parametrize(("name", "file_name"), NASTY.values(), ids=NASTY)
def test_a_name_is_safe_on_every_device(name: str, file_name: str) -> None:
    assert rules.file_name(name, "pdf") == file_name


@given(name=st.text(max_size=400), kind=st.sampled_from(["jpg", "png", "pdf"]))
def test_whatever_somebody_types_the_name_is_one_file_of_the_right_kind(name: str, kind: str) -> None:
    found = rules.file_name(name, kind)
    assert found.endswith(f".{kind}") and len(found) > len(kind) + 1
    assert len(found.encode()) <= 255
    assert not set(found) & set('/\\:*?"<>|;%\r\n\0')
    assert not found.startswith(".")
    assert found == rules.file_name(found.removesuffix(f".{kind}"), kind)


@pytest.mark.parametrize(
    "name",
    ["IMG_20240312_101112.jpg", "image.jpg", "DSC0001.JPG", "PXL_20240312.jpg", "20240312_101112.jpg", "scan.pdf",
     "WhatsApp Image 2024-03-12 at 10.11.12.jpeg", "Screenshot_2024.png", "document (1).pdf", "", "...", "📷.jpg"],
)  # fmt: skip
def test_the_name_of_a_machine_is_no_name(name: str) -> None:
    assert rules.called(name) == ""


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("cv Sem.pdf", "cv Sem"),
        ("/sdcard/Download/diploma.jpg", "diploma"),
        ("a.pdf.exe", "a"),
        ("Brief 12.03.pdf", "Brief 12.03"),
        ("سيرة ذاتية.pdf", "سيرة ذاتية"),
    ],
)
def test_the_name_somebody_gave_is_kept(name: str, called: str) -> None:
    assert rules.called(name) == called


def test_a_paper_of_which_nobody_said_where_it_belongs_lies_where_only_the_two_read() -> None:
    from ipta.sharing.rules import READS, SHAREABLE
    from ipta.web.papers import UNKNOWN

    assert UNKNOWN in rules.PAPER_SECTIONS
    assert UNKNOWN not in READS["stand_in"]
    assert UNKNOWN not in SHAREABLE


def test_everybody_understands_why_a_paper_does_not_come_in() -> None:
    """The names of kinds of files are what a telephone calls them."""
    known = frozenset({"jpg", "heic"})
    told = [*rules.OBJECTIONS.values(), *rules.PAPER_SECTIONS.values()]
    assert [str(hard) for text in told for hard in plain_dutch.objections(text, known=known)] == []
