"""What comes in as a paper: clean or not at all, and always with a sentence that says what to do."""

import io
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
from PIL import Image

from ipta.base.verdict import Impossible
from ipta.dossiers.papers import checking, jpeg, rules, workshop
from ipta.dossiers.papers.checking import check
from ipta.dossiers.papers.found import Clean, Unfit
from tests import files

HIDDEN = (files.HIDDEN, files.PHP, files.SCRIPT, b"<script", b"Exif", b"GPS", b"ICC_PROFILE", b"xmpmeta")
BOMBS = {name for name in files.REFUSED if "bomb" in name}  # taken apart where they can do no harm


def cleaned(content: bytes, *, is_ours: bool = False) -> Clean:
    """In this process, which is quicker; `check` does the same in a process of its own."""
    return workshop.clean(content, is_ours=is_ours)


# --- refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in files.REFUSED if name not in BOMBS])
def test_what_is_no_paper_is_refused_in_words(name: str) -> None:
    make, says = files.REFUSED[name]
    with pytest.raises(Unfit) as refused:
        cleaned(make())
    assert says in rules.OBJECTIONS[refused.value.objection]


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_is_refused_and_harms_nobody(name: str) -> None:
    make, says = files.REFUSED[name]
    with pytest.raises(Impossible, match=says):
        check(make())


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_ten_thousand_pictures_in_one_are_refused_at_once(kind: str) -> None:
    content, began = files.moving(kind, 10_000), time.process_time()
    with pytest.raises(Unfit, match="moving"):
        cleaned(content)
    assert time.process_time() - began < 2


def test_a_file_of_more_than_ten_megabytes_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_answer", lambda *_: pytest.fail("it was looked at"))
    with pytest.raises(Impossible, match="10 MB"):
        check(files.jpg() + bytes(rules.MOST_BYTES))


def test_every_objection_says_what_to_do() -> None:
    to_do = ("Kies", "Maak", "Stuur", "Druk", "Probeer", "Gooi")
    assert [key for key, words in rules.OBJECTIONS.items() if not any(word in words for word in to_do)] == []


# --- tamed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", files.TAMED)
def test_what_comes_in_holds_nothing_but_what_one_sees(name: str) -> None:
    make, kind = files.TAMED[name]
    clean = cleaned(make())
    assert clean.kind == kind
    assert [words for words in HIDDEN if words in clean.content] == []
    (_is_only_pages if kind == "pdf" else _is_only_a_picture)(clean)


def _is_only_a_picture(clean: Clean) -> None:
    with Image.open(io.BytesIO(clean.content)) as found:
        found.load()
        assert found.format == {"jpg": "JPEG", "png": "PNG"}[clean.kind]
        assert found.mode in {"L", "RGB"}
        assert not found.getexif()
        assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    if clean.kind == "jpg":
        assert jpeg.is_bare(clean.content)
    else:
        assert clean.content.endswith(b"IEND\xaeB`\x82")


def _is_only_pages(clean: Clean) -> None:
    assert clean.content.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(clean.content)) as found:
        assert found.pages and not found.is_encrypted
        assert "/Info" not in found.trailer and "/Metadata" not in found.Root
        for thing in found.objects:
            if isinstance(thing, pikepdf.Stream):
                assert files.HIDDEN not in thing.read_raw_bytes()
        unpacked = io.BytesIO()
        found.save(unpacked, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert files.HIDDEN not in unpacked.getvalue()


def test_a_photo_stands_upright() -> None:
    """The corner that is at the left above when one holds it as the camera was held."""
    with Image.open(io.BytesIO(cleaned(files.photo()).content)) as found:
        assert found.size == (48, 64)
        right_above = found.getpixel((46, 2))
        assert right_above[0] > 200 and right_above[2] < 100, "yellow"


def test_a_large_photo_becomes_as_large_as_one_needs_to_read_it() -> None:
    large = files.saved(files.picture(5000, 2500), "JPEG")
    with Image.open(io.BytesIO(cleaned(large).content)) as found:
        assert found.size == (rules.LONGEST_SIDE, rules.LONGEST_SIDE // 2)


def test_a_small_photo_stays_as_small_as_it_is() -> None:
    with Image.open(io.BytesIO(cleaned(files.jpg()).content)) as found:
        assert found.size == (64, 48)


def test_what_one_can_see_through_becomes_white() -> None:
    with Image.open(io.BytesIO(cleaned(files.saved(Image.new("RGBA", (9, 9)), "PNG")).content)) as found:
        assert found.getpixel((4, 4)) == (255, 255, 255)


def test_a_png_that_is_a_photograph_becomes_one() -> None:
    """A PNG of a photograph is many times as large, and says no more."""
    noise = Image.effect_noise((1800, 1800), 90).convert("RGB")
    assert cleaned(files.saved(noise, "PNG")).kind == "jpg"


def test_the_picture_stays_the_picture() -> None:
    before = files.picture(600, 400)
    with Image.open(io.BytesIO(cleaned(files.saved(before, "JPEG", quality=95)).content)) as after:
        for place in ((20, 20), (300, 300)):
            assert after.getpixel(place) == pytest.approx(before.getpixel(place), abs=6)


def test_every_page_of_a_pdf_stays() -> None:
    with pikepdf.open(io.BytesIO(cleaned(files.pdf(200)).content)) as found:
        assert len(found.pages) == 200
        assert b"bladzijde 199" in found.pages[199].Contents.read_bytes()


def test_the_photo_in_a_pdf_stays_without_its_place() -> None:
    with pikepdf.open(io.BytesIO(cleaned(files.scanned_pdf()).content)) as found:
        photo = found.pages[0].Resources.XObject.Im0
        assert Image.open(io.BytesIO(photo.read_raw_bytes())).size == (64, 48)
        assert "/Metadata" not in photo


# --- twice -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", files.TAMED)
def test_what_we_wrote_ourselves_comes_in_as_it_is(name: str) -> None:
    once = cleaned(files.TAMED[name][0]())
    assert cleaned(once.content, is_ours=True) == once


@pytest.mark.parametrize(
    "content", [files.jpg(comment=files.PHP), files.jpg() + files.SCRIPT, files.photo(), files.jpg(progressive=True)]
)
def test_who_only_says_that_we_wrote_it_is_not_believed(content: bytes) -> None:
    clean = cleaned(content, is_ours=True)
    assert clean.content != content and jpeg.is_bare(clean.content)


def test_a_photo_of_ours_that_is_not_whole_is_refused() -> None:
    ours = cleaned(files.saved(files.picture(600, 400), "JPEG")).content
    with pytest.raises(Unfit, match="broken"):
        cleaned(ours[: len(ours) // 2], is_ours=True)


# --- within bounds -----------------------------------------------------------------------------------------


def test_the_workshop_can_use_little_and_write_nothing(tmp_path: Path) -> None:
    """Asked of itself, in a process of its own."""
    left_behind = tmp_path / "left behind"
    code = f"""if True:
        import io, resource, sys
        from pathlib import Path
        from ipta.dossiers.papers import workshop

        sys.stdin = io.TextIOWrapper(io.BytesIO(b"x"))
        workshop.main()
        print([resource.getrlimit(kind) for kind, _ in workshop.LIMITS], file=sys.stderr)
        Path({str(left_behind)!r}).write_bytes(b"x")
    """
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, env={}, check=False)
    assert done.stdout == b"-unknown"
    assert str([(most, most) for _, most in workshop.LIMITS]).encode() in done.stderr
    assert b"File too large" in done.stderr
    assert left_behind.read_bytes() == b""


def test_the_workshop_knows_nothing_of_the_house() -> None:
    """No framework, no keys, no settings: what a file breaks there, it breaks alone."""
    code = (
        "import sys\n"
        "from ipta.dossiers.papers import workshop, pdfs, pictures\n"
        "print([m for m in sys.modules if m.startswith(('django', 'ipta.vault', 'ipta.settings', 'cryptography'))])"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, env={}, check=True)
    assert done.stdout.strip() == b"[]"


def test_nothing_of_our_environment_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def run(command: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
        given.update(how, command=command)
        return subprocess.CompletedProcess(command, 0, b"+pngx")

    monkeypatch.setattr(checking.subprocess, "run", run)
    check(files.png())
    assert given["env"] == {}
    assert given["command"] == [sys.executable, "-I", "-m", "ipta.dossiers.papers.workshop"]


@pytest.mark.parametrize(("content", "says"), [(files.jpg(), "te groot om te openen"), (files.pdf(), "niet heel")])
def test_what_breaks_the_workshop_is_refused_in_words(
    content: bytes, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, -9, b"")

    monkeypatch.setattr(checking.subprocess, "run", run)
    with pytest.raises(Impossible, match=says):
        check(content)


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "SECONDS", 0.01)
    with pytest.raises(Impossible, match="te groot om te openen"):
        check(files.jpg())


def test_when_the_workshop_is_full_one_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "SECONDS", 0.01)
    with checking._room, checking._room, pytest.raises(Impossible, match="druk"):
        check(files.jpg())


HEAVY: dict[str, Callable[[], bytes]] = {
    "a photo of 50 million dots": lambda: files.saved(Image.new("RGB", (8160, 6144), "navy"), "JPEG"),
    "the same, in turns": lambda: files.saved(Image.new("RGB", (8160, 6144), "navy"), "JPEG", progressive=True),
    "a screen of 25 million dots": lambda: files.saved(Image.new("RGBA", (5000, 5000)), "PNG"),
    "a WebP of 12 million dots": lambda: files.saved(Image.new("RGB", (4032, 3024), "navy"), "WEBP"),
    "a PDF of 200 pages": lambda: files.pdf(200),
    "a PDF of 10 MB": lambda: files.pdf(
        1, lambda made: made.Root.__setattr__("/Big", made.make_stream(bytes(9) * 10**6)), compress_streams=False
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("make", HEAVY.values(), ids=HEAVY)
def test_the_largest_that_comes_in_stays_within_300_megabytes_and_ten_seconds(make: Callable[[], bytes]) -> None:
    code = (
        "import sys\n"
        "from ipta.dossiers.papers import workshop\n"
        "workshop.main()\n"
        "print(open('/proc/self/status').read(), file=sys.stderr)\n"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-I", "-c", code], input=make(), capture_output=True, env={}, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = int(done.stderr.split(b"VmPeak:")[1].split()[0]) / 1024
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert done.stdout.startswith(b"+")
    assert (peak < 300, seconds < workshop.SECONDS) == (True, True), f"{peak:.0f} MB, {seconds:.1f} s"


# --- the virus scanner ------------------------------------------------------------------------------------------


class Clamd:
    """A scanner that knows one virus, and keeps what it was shown."""

    def __init__(self, folder: Path, answer: bytes | None = None) -> None:
        self.socket, self.answer, self.shown = str(folder / "clamd.ctl"), answer, b""
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(self.socket)
        self._listening.listen()
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        line, _ = self._listening.accept()
        with line, line.makefile("rb") as read:
            assert read.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(read.read(4), "big"):
                self.shown += read.read(length)
            found = b"stream: Eicar-Test-Signature FOUND\0" if files.EICAR in self.shown else b"stream: OK\0"
            line.sendall(found if self.answer is None else self.answer)

    def close(self) -> None:
        self._listening.close()


@contextmanager
def clamd(folder: Path, answer: bytes | None = None) -> Iterator[Clamd]:
    scanner = Clamd(folder, answer)
    try:
        yield scanner
    finally:
        scanner.close()


def test_without_a_scanner_nobody_says_that_it_was_scanned(settings: object) -> None:
    assert settings.CLAMD == ""  # type: ignore[attr-defined]
    assert not check(files.png()).is_scanned


def test_a_scanner_is_shown_all_that_came_in(tmp_path: Path, settings: object) -> None:
    content = files.png() + bytes(200_000)
    with clamd(tmp_path) as scanner:
        settings.CLAMD = scanner.socket  # type: ignore[attr-defined]
        assert check(content).is_scanned
    assert scanner.shown == content


def test_a_virus_is_refused_also_where_cleaning_would_take_it_out(tmp_path: Path, settings: object) -> None:
    with clamd(tmp_path) as scanner:
        settings.CLAMD = scanner.socket  # type: ignore[attr-defined]
        with pytest.raises(Impossible, match="virus"):
            check(files.jpg(comment=files.EICAR))


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"\xff\xff\0"])
def test_a_scanner_that_could_not_look_is_not_counted(answer: bytes, tmp_path: Path, settings: object) -> None:
    with clamd(tmp_path, answer) as scanner:
        settings.CLAMD = scanner.socket  # type: ignore[attr-defined]
        assert not check(files.png()).is_scanned


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "127.0.0.1:1"])
def test_a_scanner_that_is_not_there_keeps_nobody_waiting(address: str, settings: object) -> None:
    settings.CLAMD = address  # type: ignore[attr-defined]
    assert not check(files.png()).is_scanned
