"""The pages that are measured: how one asks for them, and what must then stand on them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from bench import words
from bench.client import Act, Browser, Visitor
from bench.marks import CASELOAD, FULL_WITH, marks_of, names_of, sought_of

_PAGES = re.compile(r"[?&;]page=(\d+)")


@dataclass(frozen=True, slots=True)
class Page:
    """Something one does: one answer, or all that it takes. `shows`: of these words the least that must be there."""

    key: str
    title: str
    act: Act
    shows: Callable[[Visitor], Iterable[str]]
    share: float = 1.0  # of the words that must be there
    form: Callable[[Visitor], str] | None = None  # where the form stands that is sent


def _nothing(_: Visitor) -> Iterable[str]:
    return ()


# --- of the coach ------------------------------------------------------------------------------------------------


def _today(browser: Browser, _: Visitor) -> None:
    browser.get("/vandaag/")


def _list(browser: Browser, _: Visitor) -> None:
    browser.get("/jongeren/")


def _overview(browser: Browser, visitor: Visitor) -> None:
    browser.get(f"/jongeren/{visitor.next_dossier()['pk']}/")


def _timeline(browser: Browser, visitor: Visitor) -> None:
    browser.get(f"/jongeren/{visitor.next_dossier()['pk']}/tijdlijn/")


def _whole_timeline(browser: Browser, visitor: Visitor) -> None:
    """Until everything was on the screen, page after page."""
    path = f"/jongeren/{visitor.next_dossier()['pk']}/tijdlijn/"
    page, number = browser.get(path), 1
    while str(number + 1) in _PAGES.findall(page.text):
        number += 1
        page = browser.get(f"{path}?page={number}")


def _scan(browser: Browser, visitor: Visitor) -> None:
    browser.get(f"/jongeren/{visitor.next_dossier()['pk']}/scan/")


def _picture(browser: Browser, visitor: Visitor) -> None:
    browser.get(f"/jongeren/{visitor.next_dossier()['pk']}/in-beeld/")


def _paper(browser: Browser, visitor: Visitor) -> None:
    browser.get(f"/jongeren/{visitor.next_dossier()['pk']}/in-beeld/papier.pdf")


def _note_path(visitor: Visitor) -> str:
    return f"/jongeren/{visitor.dossiers[-1]['pk']}/notitie/"


def _note_form(browser: Browser, visitor: Visitor) -> None:
    browser.get(_note_path(visitor))


def _add_note(browser: Browser, visitor: Visitor) -> None:
    pk = visitor.dossiers[-1]["pk"]
    path = _note_path(visitor)
    typed = {"over": pk, "once": uuid4(), "channel": "met", "text": NEW_NOTE, "place": "buurthuis"}
    browser.post(path, typed)


def _search(browser: Browser, _: Visitor) -> None:
    browser.post("/zoeken/", {"wanted": words.SOUGHT})


NEW_NOTE: Final = words.note(4321, 0)
OURS: Final = (
    Page("today", "Today", _today, names_of, share=0.2),
    Page("list", "Caseload of 20", _list, names_of, share=0.8),  # without who is in aftercare: a tap away
    Page("overview", "A dossier", _overview, lambda v: (marks_of(v)[-1],)),
    Page("timeline", "Its timeline, first page", _timeline, marks_of, share=0.2),
    Page("dossier", "Its 100 notes, all pages", _whole_timeline, marks_of),
    Page("scan", "Its quick scan", _scan, _nothing),
    Page("picture", "Its picture on one page", _picture, _nothing),
    Page("paper", "The same as a PDF", _paper, _nothing),
    Page("note_form", "The form of a note", _note_form, _nothing),
    Page("note", "A note written down", _add_note, _nothing, form=_note_path),
    Page("search", "Search in the caseload", _search, sought_of, form=lambda _: "/zoeken/"),
)


def _newest_sought(visitor: Visitor) -> list[str]:
    """How often it was found, and the fifty that are shown of them."""
    found = sought_of(visitor)[len(visitor.dossiers) :]
    return [f"{len(found)} regels gevonden", *found[:50]]


# One coach has 20 youths and 80 in aftercare, with 200 notes each: what he opens all day.
FULL: Final = (
    Page("full_today", "Today, 20 + 80 dossiers", _today, _nothing),
    Page("full_list", "Caseload of 20 + 80", _list, lambda v: names_of(v)[:FULL_WITH], share=0.8),
    Page("full_search", "Search in 20 + 80 dossiers", _search, _newest_sought, form=lambda _: "/zoeken/"),
)

# --- of the youth ------------------------------------------------------------------------------------------------

YOUTH_PATHS: Final = ("/ik/", "/ik/plan/", "/ik/stappen/", "/ik/afspraken/", "/ik/mensen/", "/ik/over-mij/")


def _home(browser: Browser, _: Visitor) -> None:
    browser.get("/ik/")


YOUTH: Final = (
    Page("youth_home", "First page of the youth", _home, lambda v: (words.first_name(v.dossiers[0]["number"]),)),
)

# --- of the admin ------------------------------------------------------------------------------------------------


def _coach_of(visitor: Visitor) -> int:
    return int(visitor.dossiers[0]["number"]) // CASELOAD + 1


def _admin_list(browser: Browser, _: Visitor) -> None:
    browser.get("/admin/clear/dossier/")


def _admin_own_list(browser: Browser, visitor: Visitor) -> None:
    browser.get(f"/admin/clear/dossier/?coach__id__exact={_coach_of(visitor)}")


def _admin_dossier(browser: Browser, visitor: Visitor) -> None:
    browser.get(f"/admin/clear/dossier/{visitor.next_dossier()['number'] + 1}/change/")


def _admin_search(browser: Browser, _: Visitor) -> None:
    browser.get(f"/admin/clear/dossier/?q={words.SOUGHT}")


def _admin_own_search(browser: Browser, visitor: Visitor) -> None:
    browser.get(f"/admin/clear/dossier/?q={words.SOUGHT}&coach__id__exact={_coach_of(visitor)}")


def _admin_form(browser: Browser, _: Visitor) -> None:
    browser.get("/admin/clear/note/add/")


def _admin_note(browser: Browser, visitor: Visitor) -> None:
    typed = {
        "dossier": visitor.dossiers[-1]["number"] + 1,
        "author": _coach_of(visitor),
        "channel": "met",
        "is_reached": "on",
        "happened_at_0": "01-11-2026",
        "happened_at_1": "10:00:00",
        "place": "buurthuis",
        "text": NEW_NOTE,
    }
    browser.post("/admin/clear/note/add/", typed)


ADMIN: Final = (
    Page("list", "Dossiers, all (100 a page)", _admin_list, _nothing),
    Page("own_list", "Dossiers of one coach", _admin_own_list, names_of),
    Page("dossier", "A dossier with its 100 notes", _admin_dossier, marks_of),
    Page("search", "Search, all dossiers", _admin_search, _nothing),
    Page("own_search", "Search, those of one coach", _admin_own_search, names_of),
    Page("note_form", "The form of a note", _admin_form, _nothing),
    Page("note", "A note saved", _admin_note, _nothing, form=lambda _: "/admin/clear/note/add/"),
)


def missing(page: Page, browser: Browser, visitor: Visitor) -> list[str]:
    """What should have stood on the answers the browser has just seen; empty when enough of it does."""
    wanted = list(page.shows(visitor))
    seen = "\n".join(answer.text for answer in browser.seen)
    absent = [word for word, times in Counter(wanted).items() if seen.count(word) < times]
    return absent if len(wanted) - len(absent) < page.share * len(wanted) else []
