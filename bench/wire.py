"""What a telephone fetches for a page: the page itself and, at the first visit, what it needs beside it."""

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import brotli

from bench.client import Answer, Browser, Visitor

_BESIDE = re.compile(r'<(?:link[^>]+rel="stylesheet"[^>]+href|script[^>]+src)="([^"]+)"')
_FONT = re.compile(r"@font-face\s*{([^}]*)}")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+\.woff2[^\"')]*)[\"']?\s*\)")
_RANGE = re.compile(r"unicode-range:\s*([^;}]+)")
_FAMILY = re.compile(r"font-family:\s*[\"']?([^\"';]+)")
_CHOSEN = re.compile(
    r"\.(font-[a-z]+)\s*{\s*--[a-z-]*font-family[a-z-]*:\s*[\"']?([^\"',;]+)"
)  # by who reads (web/look.css)
_SLANTED = re.compile(r"<(?:em|i|cite|dfn|address)[ >]")
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def visited(port: int, visitor: Visitor, path: str) -> dict[str, int]:
    """Bytes over the wire: of the page, of a first visit to it, and of a visit to it after that.

    As a browser does it: compressed where the server can, a font only if its letters stand on the page, and again only
    what may not be kept.
    """
    browser = Browser(port)
    browser.visitor = visitor
    page = browser.get(path, **_ACCEPTS)
    if page.status != 200:
        raise RuntimeError(f"{path}: {page.status}")
    html = _opened(page).decode()
    beside = [browser.get(url, **_ACCEPTS) for url in _files(browser, html)]
    again = [answer for answer in beside if "max-age" not in (answer.headers["Cache-Control"] or "")]
    return {
        "page": page.bytes,
        "first_visit": page.bytes + sum(answer.bytes for answer in beside),
        "after": page.bytes + sum(answer.bytes for answer in again),
    }


_ACCEPTS = {"Accept-Encoding": "gzip, br"}


def _files(browser: Browser, html: str) -> Iterator[str]:
    """Style sheets and scripts, and of the fonts those that letters on the page are written in."""
    letters = {ord(letter) for letter in _TAGS.sub(" ", html)}
    for url in dict.fromkeys(_BESIDE.findall(html)):
        yield url
        if ".css" in url:
            sheet = _opened(browser.get(url, **_ACCEPTS)).decode()
            left = {
                family for mark, family in _CHOSEN.findall(sheet) if not re.search(rf'class="[^"]*\b{mark}\b', html)
            }
            for face in _FONT.findall(sheet):
                font, ranges = _URL.search(face), _RANGE.search(face)
                if font and _is_used(face, html, left) and (ranges is None or _is_in(letters, ranges[1])):
                    yield urljoin(url, font[1])


def _is_used(face: str, html: str, left: set[str]) -> bool:
    """Whether the page asks for this family, and for slanted letters where these are."""
    family = _FAMILY.search(face)
    is_upright = "font-style:italic" not in face.replace(" ", "")
    return (family is None or family[1].strip() not in left) and (is_upright or bool(_SLANTED.search(html)))


def _is_in(letters: set[int], ranges: str) -> bool:
    """Whether one of the letters is in `U+0000-00FF, U+0131`."""
    for part in ranges.split(","):
        begin, _, end = part.strip().upper().removeprefix("U+").partition("-")
        first, last = (int(begin.replace("?", digit), 16) for digit in "0F") if "?" in begin else (int(begin, 16),) * 2
        if any(first <= letter <= (int(end, 16) if end else last) for letter in letters):
            return True
    return False


def _opened(answer: Answer) -> bytes:
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(answer.headers["Content-Encoding"] or "", bytes)
    return bytes(unpack(answer.body))
