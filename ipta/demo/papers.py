"""The papers of the demo: letters photographed on a table, a diploma, a page typed on a computer. Drawn here."""

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageDraw, ImageFont

from ipta.dossiers.papers import workshop
from ipta.dossiers.papers.checking import Checked

TABLE, SHEET, INK, GOLD = "#8a6f55", "#fbfaf5", "#23262e", "#b08a2e"
INVENTED: Final = "Verzonnen, voor de proef."


@cache
def made(form: str, title: str, lines: tuple[str, ...]) -> Checked:
    """A paper as it would be taken in. We drew it a moment ago, so it needs no process of its own."""
    clean = workshop.clean(FORMS[form](title, [*lines, "", INVENTED]), is_ours=False)
    return Checked(clean.kind, clean.content, is_scanned=False)


def _letter(title: str, lines: Sequence[str]) -> bytes:
    """A photograph of a letter on a table, not quite straight."""
    sheet = Image.new("RGB", (620, 820), SHEET)
    _write(sheet, title, lines, INK)
    photo = Image.new("RGB", (760, 960), TABLE)
    turned = sheet.convert("RGBA").rotate(2.2, expand=True, resample=Image.Resampling.BICUBIC)
    photo.paste(turned, (50, 45), turned)
    return _saved(photo, "JPEG")


def _diploma(title: str, lines: Sequence[str]) -> bytes:
    sheet = Image.new("RGB", (900, 640), SHEET)
    ImageDraw.Draw(sheet).rectangle((24, 24, 876, 616), outline=GOLD, width=8)
    _write(sheet, title, lines, GOLD)
    return _saved(sheet, "PNG")


def _write(sheet: Image.Image, title: str, lines: Sequence[str], colour: str) -> None:
    drawing = ImageDraw.Draw(sheet)
    drawing.text((70, 80), title, fill=colour, font=ImageFont.load_default(38))
    for number, line in enumerate(lines):
        drawing.text((70, 170 + 44 * number), line, fill=INK, font=ImageFont.load_default(24))


def _saved(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def _page(title: str, lines: Sequence[str]) -> bytes:
    """A page of A4 with text that can be searched."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    said = "".join(f"0 -26 Td ({_escaped(line)}) Tj " for line in lines)
    drawn = f"BT /F1 26 Tf 70 750 Td ({_escaped(title)}) Tj /F1 13 Tf 0 -20 Td {said}ET"
    page.Contents = pdf.make_stream(drawn.encode("cp1252", "replace"))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


FORMS: Final[Mapping[str, Callable[[str, Sequence[str]], bytes]]] = {
    "letter": _letter,
    "diploma": _diploma,
    "page": _page,
}
