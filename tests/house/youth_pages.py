"""Every page a youth sees, with all that can stand on it in our words: for the measure of plain Dutch per page."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house import messages, plain_dutch
from tests.house.code import IPTA

WEB = IPTA / "web"
FRAME = WEB / "layout" / "youth.html"
PARTS = re.compile(r"""{%-? *(?:include|extends) +"([^"]+)\"""")
OF_A_PAGE = re.compile(
    r"""{%-? *extends +"(?:layout/(?:youth|plain)\.html|youth/form_page\.html|youth/meeting_form\.html)\""""
)
NO_PAGE = {"form_page.html"}  # the frame of pages with a form
WORST = 3


@dataclass(frozen=True)
class Page:
    name: str
    level: str
    ease: float
    longest: str  # sentence
    hardest: tuple[str, ...]

    @property
    def words_in_longest(self) -> int:
        return len(plain_dutch.words(self.longest))


def templates() -> list[Path]:
    """The templates that are a whole page, of his desk and of his way in."""
    found = [file for desk in ("youth", "entry") for file in sorted((WEB / desk).glob("*.html"))]
    return [file for file in found if OF_A_PAGE.search(file.read_text()) and file.name not in NO_PAGE]


@cache
def said_on(file: Path) -> tuple[str, ...]:
    """What this template says, what its parts say, and what the code beside it says."""
    says: dict[str, None] = {}
    for each in [file, file.with_suffix(".py")]:
        if each.exists():
            for message in messages.of_file(each):
                says.update(dict.fromkeys([message] if isinstance(message, str) else message))
    for part in PARTS.findall(file.read_text()):
        inner = WEB / part
        if inner.exists() and inner != FRAME and inner.parent.name != "layout":
            says.update(dict.fromkeys(said_on(inner)))
    return tuple(says)


@cache
def pages() -> tuple[Page, ...]:
    return tuple(_measured(file) for file in templates())


def _measured(file: Path) -> Page:
    texts = list(said_on(file))
    said = [sentence for text in texts for sentence in plain_dutch.sentences(text)]
    used = {word.lower() for sentence in said for word in plain_dutch.words(sentence) if len(word) > 1}
    return Page(
        name=f"{file.parent.name}/{file.stem}",
        level=plain_dutch.level(texts),
        ease=plain_dutch.flesch_douma(texts),
        longest=max(said, key=lambda sentence: len(plain_dutch.words(sentence)), default=""),
        hardest=tuple(sorted(used, key=lambda word: (plain_dutch.how_common(word), word))[:WORST]),
    )


def print_pages() -> None:
    """Level, Flesch-Douma, the longest sentence and the rarest words of every page."""
    for page in sorted(pages(), key=lambda page: (page.ease, page.name)):
        print(f"{page.level}  {page.ease:4.0f}  {page.name:28} {', '.join(page.hardest)}")
        print(f"               {page.words_in_longest} words: {page.longest}")
    print(f"{len(pages())} pages, {sum(page.level in {'A2', 'B1'} for page in pages())} at or below B1")
