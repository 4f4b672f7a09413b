"""A PDF comes in: without a program, another file or a lock in it, and without what it tells of its maker."""

import io
import zlib
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

from ipta.dossiers.papers import jpeg, rules
from ipta.dossiers.papers.found import Clean, Unfit

ACTIVE_ACTIONS: Final = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound", "/GoToR", "/Thread",
}  # fmt: skip
# A link to a file of somebody else's network makes some programs send the password along.
LINKS: Final = ("http:", "https:", "mailto:", "tel:", "www.", "#")
ACTIVE_KEYS: Final = ("/JS", "/JavaScript", "/XFA")
OTHER_FILES: Final = ("/EF", "/EmbeddedFiles")
OTHER_FILE_KINDS: Final = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
TELLING: Final = ("/Metadata", "/PieceInfo", "/OpenAction", "/AA", "/LastModified", "/Thumb")
ENDING: Final = b"%%EOF"
WITHIN: Final = 1024  # ISO 32000-1, annex H, note 18
LARGEST_PICTURE: Final = 64 * rules.MEGABYTE
DEEPEST: Final = 60  # of what is written inside each other
Thing = Any  # an object of pikepdf: it gives no types for what is inside a PDF


def clean(content: bytes) -> Clean:
    """The same pages. Raises `Unfit`."""
    if ENDING not in content[-WITHIN:]:  # it was cut off; what could be mended of it would miss pages
        raise Unfit("broken")
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            return _cleaned(pdf)
    except pikepdf.PasswordError:
        raise Unfit("locked") from None
    except (pikepdf.PdfError, MemoryError, RecursionError, ValueError, KeyError, AttributeError, TypeError):
        raise Unfit("broken") from None  # how it shows that something is not where a PDF should have it


def _cleaned(pdf: Pdf) -> Clean:
    pages = len(pdf.pages)
    if not pages:
        raise Unfit("broken")
    if pages > rules.MOST_PAGES:
        raise Unfit("pages")
    for thing in _inside(pdf):
        _refuse_what_acts(thing)
    for thing in _inside(pdf):
        _silence(thing)
    # Once more, as the second writing finds all in the order of the first: the same pages give the same file.
    with Pdf.open(io.BytesIO(_written(pdf))) as again:
        return Clean("pdf", _written(again))


def _written(pdf: Pdf) -> bytes:
    """Whole, without what no page uses, and with every stream packed."""
    for key in ("/Info", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="1.5",
        compress_streams=True,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return out.getvalue()


def _inside(pdf: Pdf) -> Iterator[Thing]:
    """Every dictionary there is, also those that no page uses any more."""
    yield pdf.trailer
    for thing in pdf.objects:
        yield from _dictionaries(thing, DEEPEST)


def _dictionaries(thing: Thing, deep: int) -> Iterator[Thing]:
    """This one and those written inside it; what is only pointed at comes by itself."""
    if not deep:
        raise Unfit("broken")
    if isinstance(thing, Dictionary | Stream):
        yield thing
        parts = [thing.get(key) for key in thing.keys()]  # noqa: SIM118 - a stream is no mapping
    elif isinstance(thing, Array):
        parts = list(thing)
    else:
        return
    for part in parts:
        if isinstance(part, Dictionary | Array) and not part.is_indirect:
            yield from _dictionaries(part, deep - 1)


def _refuse_what_acts(thing: Thing) -> None:
    keys = set(thing.keys())
    if keys & set(ACTIVE_KEYS) or _name(thing, "/S") in ACTIVE_ACTIONS:
        raise Unfit("active")
    if keys & set(OTHER_FILES) or _name(thing, "/S") == "/GoToE" or _name(thing, "/Subtype") in OTHER_FILE_KINDS:
        raise Unfit("attached")
    if isinstance(thing, Stream) and "/F" in keys:  # what stands in it would be fetched from another file
        raise Unfit("attached")
    if _name(thing, "/S") == "/URI" and not str(thing.get("/URI", "")).strip().lower().startswith(LINKS):
        raise Unfit("active")


def _name(thing: Thing, key: str) -> str:
    found = thing.get(key)
    return str(found) if isinstance(found, Name) else ""


def _silence(thing: Thing) -> None:
    """Take out who made it, with what, when and where; and what happens by itself when it opens."""
    for key in TELLING:
        if key in thing:
            del thing[key]
    if isinstance(thing, Stream) and _filters(thing)[-1:] == ["/DCTDecode"]:
        _silence_picture(thing)


def _filters(stream: Thing) -> list[str]:
    found = stream.get("/Filter", Array())
    return [str(name) for name in found] if isinstance(found, Array) else [str(found)]


def _silence_picture(stream: Thing) -> None:
    """A photo inside a PDF still knows where it was taken."""
    around = _filters(stream)[:-1]
    raw = stream.read_raw_bytes()
    try:
        if around == ["/FlateDecode"]:
            raw = zlib.decompressobj().decompress(raw, LARGEST_PICTURE)
        elif around:
            raise Unfit("broken")
        bare = jpeg.without_sayings(raw)
    except (jpeg.NotJpeg, zlib.error):
        raise Unfit("broken") from None
    stream.write(bare, filter=Name.DCTDecode, decode_parms=None if around else stream.get("/DecodeParms"))
