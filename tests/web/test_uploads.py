"""What comes in with a form lies in memory alone, and no more of it than fits."""

import io
import tempfile
import tracemalloc
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.dossiers.papers import rules
from ipta.web.uploads import InMemory
from tests import files

BOUNDARY = "xxx"
HEAD = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
).encode()
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()


class Endless(io.RawIOBase):
    """Files of this many megabytes, that never lie anywhere whole."""

    def __init__(self, *megabytes: int) -> None:
        self.parts = self._parts(megabytes)
        self.rest = b""
        self.size = sum(len(HEAD) + 2 + size * rules.MEGABYTE for size in megabytes) + len(TAIL) - 2

    def _parts(self, sizes: tuple[int, ...]) -> Iterator[bytes]:
        for number, size in enumerate(sizes):
            yield HEAD if not number else b"\r\n" + HEAD
            yield from (bytes(rules.MEGABYTE) for _ in range(size))
        yield TAIL

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and (part := next(self.parts, b"")):
            self.rest += part
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def came_in(path: str, person: object, *megabytes: int) -> list[int]:
    """How much of each file a view at this address finds."""
    sent = Endless(*megabytes)
    request = RequestFactory().post(path, b"-", content_type=f"multipart/form-data; boundary={BOUNDARY}")
    request.META["CONTENT_LENGTH"] = str(sent.size)
    request._stream = sent  # type: ignore[attr-defined]
    request.resolver_match, request.user = resolve(path), person  # type: ignore[assignment]
    return [file.size or 0 for file in request.FILES.getlist("file")]


@pytest.fixture
def add(dossier: Dossier) -> str:
    return reverse("coach:add_paper", args=[dossier.pk])


def test_no_file_ever_lies_on_a_disk(
    noor: Person, add: str, dossier: Dossier, client_for: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("something was written to a disk")

    client: Client = client_for(noor)  # type: ignore[operator]
    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, never)
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", never)
    large = files.png() + bytes(9 * rules.MEGABYTE)
    assert client.post(add, {"file": SimpleUploadedFile("a.png", large)}).status_code == 302
    assert settings.FILE_UPLOAD_HANDLERS == ["ipta.web.uploads.InMemory"]


def test_the_first_few_are_kept_and_of_a_large_one_a_byte_too_many(noor: Person, add: str) -> None:
    assert came_in(add, noor, 1, 1) == [rules.MEGABYTE, rules.MEGABYTE]
    assert came_in(add, noor, 11) == [rules.MOST_BYTES + 1]
    assert came_in(add, noor, *[1] * 5) == [rules.MEGABYTE] * 5
    assert came_in(add, noor, *[1] * 9) == [rules.MEGABYTE] * 5 + [1]


@pytest.mark.parametrize("address", ["coach:today", "coach:note", "account_login", "entry:code"])
def test_a_page_that_asks_for_no_file_gets_none(noor: Person, address: str) -> None:
    assert came_in(reverse(address), noor, 1) == []


def test_who_did_not_sign_in_brings_nothing(add: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    assert came_in(add, AnonymousUser(), 1) == []


def test_a_page_that_is_not_there_gets_nothing(noor: Person) -> None:
    handler = InMemory(RequestFactory().post("/nergens/"))
    handler.handle_raw_input()
    assert handler.places == 0


@pytest.mark.slow
def test_two_hundred_megabytes_pass_by_in_a_little_memory(noor: Person, add: str) -> None:
    tracemalloc.start()
    assert came_in(add, noor, 200) == [rules.MOST_BYTES + 1]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * rules.MOST_BYTES


def test_a_hundred_files_at_once_are_refused_in_words(noor: Person, add: str, client_for: object) -> None:
    client: Client = client_for(noor)  # type: ignore[operator]
    response = client.post(add, {"file": [SimpleUploadedFile("a.png", files.png()) for _ in range(100)]})
    assert (response.status_code, "hoogstens 5" in response.content.decode()) == (422, True)
    more = client.post(add, {"file": [SimpleUploadedFile("a.png", b"x") for _ in range(101)]})
    assert more.status_code == 400
    assert "<h1" in more.content.decode()
