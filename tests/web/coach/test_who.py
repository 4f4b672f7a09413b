"""Who the coach is: his own words and face, for everybody with the link, and nobody counts."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ipta.accounts import commands as accounts
from ipta.accounts.models import Person, Post
from ipta.scouting.models import CoachPage
from ipta.scouting.rules import MOST_WORDS, long_sentences
from tests.asking import row_counts
from tests.cast import CANARY

PAGE = "/wie-ben-ik/"
TYPED = {"story": "Ik ben Noor. Ik groeide hier op.", "why": "Jij kiest.", "reach": "Bel 06 12345678"}


@pytest.fixture
def link(noors: Client) -> str:
    noors.post(PAGE, TYPED)
    return re.search(r"http://testserver(/wie/[^/\"<]+/)", noors.get(PAGE).text)[1]  # type: ignore[index]


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile("ik.jpg", out.getvalue(), "image/jpeg")


def test_everybody_with_the_link_reads_who_she_is(link: str) -> None:
    page = Client().get(link)
    assert page.status_code == 200
    for words in ("Hoi, ik ben Noor", "Ik groeide hier op.", "Jij kiest.", "tel:+31612345678"):
        assert words in page.text
    assert CANARY not in page.text


def test_who_reads_it_is_written_nowhere(link: str) -> None:
    before = row_counts()
    answer = Client().get(link)
    assert row_counts() == before
    assert "sessie" not in answer.cookies


def test_a_photo_is_written_anew_and_stays_until_another_comes(noors: Client, link: str) -> None:
    assert Client().get(f"{link}foto/").status_code == 404
    noors.post(PAGE, TYPED | {"photo": picture()})
    noors.post(PAGE, TYPED)
    shown = Client().get(f"{link}foto/")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    with Image.open(io.BytesIO(shown.content)) as opened:
        assert opened.format == "JPEG"
        assert not opened.getexif()


@pytest.mark.parametrize("content", [b"GIF89a", b"%PDF-1.4 geen foto", b"<svg onload=alert(1)>"])
def test_what_is_no_photo_is_said_and_the_words_stay(noors: Client, content: bytes) -> None:
    answer = noors.post(PAGE, TYPED | {"photo": SimpleUploadedFile("ik.jpg", content)})
    assert answer.status_code == 422
    assert "Ik groeide hier op." in answer.text
    assert not CoachPage.objects.exists()


def test_without_a_word_there_is_no_page(noors: Client) -> None:
    answer = noors.post(PAGE, TYPED | {"story": " "})
    assert answer.status_code == 422
    assert "Schrijf in een paar zinnen wie je bent." in answer.text


def test_a_page_that_was_closed_is_not_there(noors: Client, link: str) -> None:
    noors.post(PAGE, TYPED | {"photo": picture()})
    noors.post("/wie-ben-ik/dicht/")
    assert Client().get(link).status_code == Client().get(f"{link}foto/").status_code == 404
    assert bytes(CoachPage.objects.get().photo) == b""
    noors.post(PAGE, TYPED)
    assert Client().get(link).status_code == 200, "the printed QR works again"


def test_who_left_has_no_page(link: str, noor: Person, fem: Person) -> None:
    accounts.leave(Post.objects.get(person=noor), by=fem)
    assert Client().get(link).status_code == 404


def test_an_invented_link_is_not_there(link: str) -> None:
    assert Client().get("/wie/noor/").status_code == 404


def test_only_a_coach_has_one(client_for: Any, fem: Person, sem: Person) -> None:
    for person in (fem, sem):
        assert client_for(person).get(PAGE).status_code == 404


def test_sentences_that_are_long_are_named(noors: Client) -> None:
    noors.post(PAGE, TYPED | {"story": "Dit is kort. " + "woord " * 13 + "."})
    shown = noors.get(PAGE).text
    assert "Deze zinnen zijn lang" in shown
    assert "Maak er twee van." in shown


@given(st.lists(st.integers(1, 30), max_size=8))
def test_a_sentence_is_long_from_thirteen_words_on(counts: list[int]) -> None:
    text = " ".join(" ".join(["woord"] * count) + "." for count in counts)
    assert [len(sentence.split()) for sentence in long_sentences(text)] == [n for n in counts if n > MOST_WORDS]
