"""From words to a PDF that a screen reader can read (PDF/UA-1) and an archive can keep (PDF/A-2a), by typst.

What goes in is data, never markup: whatever somebody typed comes out as letters. The fonts are made by hatch_build.py.
"""

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from django.http import HttpResponse

HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "fonts"
NO_SUCH_LETTER: Final = "\N{REPLACEMENT CHARACTER}"
# Signs nobody sees: how the face before them looks (on paper all are of one colour), and which way a line runs.
UNSEEN: Final = {*map(chr, (0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFE0E, 0xFE0F))}
SKINS: Final = {*map(chr, range(0x1F3FB, 0x1F400))}


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of this template (a .typ file here) with this data: texts, numbers, lists and mappings of these."""
    import typst  # tens of megabytes, for a worker that prints

    return typst.compile(
        str(HERE / template),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_printable(data))},
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
    )


def response(template: str, data: Mapping[str, Any], *, name: str) -> HttpResponse:
    """The same, to open or to keep. `name`: of the file, which tells nobody whose it is."""
    answer = HttpResponse(pdf(template, data), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _printable(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {name: _printable(inner) for name, inner in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(inner) for inner in data]
    return printable(data) if isinstance(data, str) else data


def printable(text: str) -> str:
    """The same text in letters there is a font for; a letter that cannot be printed leaves a mark where it stood."""
    signs = (sign for sign in unicodedata.normalize("NFC", str(text)) if sign not in UNSEEN | SKINS)
    return "".join(sign if sign in "\n\t" or _can_print(sign) else NO_SUCH_LETTER for sign in signs)


def _can_print(sign: str) -> bool:
    """Whether it is in a font, and no sign that steers: some fonts draw those too, and no archive keeps them."""
    return unicodedata.category(sign) != "Cc" and bisect_right(_letters(), ord(sign)) % 2 == 1


@cache
def _letters() -> list[int]:
    """Where each range of letters in the fonts begins, and where it is over."""
    found = json.loads((FONTS / "letters.json").read_text())
    return list(chain.from_iterable(found))
