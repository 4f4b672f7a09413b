"""Searching in one's own caseload, by opening it: nowhere else does a word lie that could be looked for.

What is looked for comes in by POST, so that it stands in no address, and the page shows it once: it is written nowhere.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base.folding import fold
from ipta.base.prepared import prepared
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.placements.models import Placement
from ipta.plans.models import PlanVersion
from ipta.sharing import policies
from ipta.sharing.door import Reader
from ipta.sharing.queries import caseload
from ipta.vault.sheaf import Sheaf, Straw
from ipta.web import asking, desk
from ipta.web.asking import Asking, TidyWords
from ipta.web.coach import people
from ipta.web.coach.alike import Piece, excerpt, words_in
from ipta.web.coach.people import Youth
from ipta.web.coach.sought import KINDS, SOURCES, Kind

MOST = 50  # lines on one page
NAV = "youths"  # where it belongs in the bar
LETTERS = 2  # fewer find everything, and so nothing
KIND_OF = {kind.model: kind for kind in KINDS}
NAMES = ("nickname", "first_name", "last_name")  # of a dossier, in its order in `sought`
TELL_HOW_TO_REACH = {Dossier, NetworkPerson}


class SearchForm(Asking):
    """What to look for. `kept` knows its one field by name, and keeps it nowhere."""

    wanted = TidyWords(
        label=_("Zoek bij je jongeren"),
        max_length=100,
        widget=forms.SearchInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "enterkeyhint": "search"}
        ),
        error_messages={
            "required": _("Typ minstens twee letters."),
            "max_length": _("Dit is te lang. Houd het bij %(limit_value)d tekens."),
        },
    )

    def clean_wanted(self) -> tuple[str, ...]:
        words = words_in(self.cleaned_data["wanted"])
        if not any(sum(sign.isalnum() for sign in word) >= LETTERS for word in words):
            raise forms.ValidationError(self.fields["wanted"].error_messages["required"])
        return words


@dataclass(frozen=True, slots=True)
class Hit:
    """A row in which it was found, and what stands there."""

    kind: Kind
    dossier: UUID
    straw: Straw
    said: Sequence[str]
    is_called: bool  # whether this is how he is called
    is_there: bool  # whether he still takes part

    @property
    def row(self) -> UUID:
        return UUID(self.straw.row)

    @property
    def order(self) -> tuple[bool, bool, Any]:
        """Who is no longer there stands last; who is called so above who was spoken about; then the newest."""
        return self.is_there, self.is_called, self.straw.when


@dataclass(frozen=True, slots=True)
class Passage:
    """Where it stands in one of the texts of a line."""

    name: str
    pieces: list[Piece]

    @property
    def words(self) -> SafeString:
        marked = (format_html("<mark>{}</mark>", one.text) if one.is_found else one.text for one in self.pieces)
        return format_html_join("", "{}", ([words] for words in marked))


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    icon: str
    when: date | datetime | None
    href: str
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found about one youth. `safety`: what to know first, where it tells how to reach somebody."""

    youth: Youth
    lines: list[Line]
    safety: str


@desk.coach("GET", "HEAD", "POST")
def search(request: desk.DeskRequest) -> HttpResponse:
    """An empty field; or, sent, what was found. Both only look: they write no more than the reading log."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if not asking.is_ready(request, form):
        return asking.shown(request, "coach/search.html", form, nav=NAV)
    mine = caseload(request.user)
    words = form.cleaned_data["wanted"]
    hits = _hits(request.reader, mine, words)
    context = {
        "form": form,
        "is_found": True,
        "groups": _groups(request.reader, mine, hits[:MOST], words),
        "count": len(hits),
        "most": MOST,
        "nav": NAV,
    }
    return render(request, "coach/search.html", context)


# --- looking ------------------------------------------------------------------------------------------------------


def _hits(reader: Reader, dossiers: Collection[Dossier], words: Sequence[str]) -> list[Hit]:
    """The rows in which all these words stand, newest first. The name of the youth counts with every row about him."""
    employers, hits = _employers(dossiers), []
    gone = {dossier.pk for dossier in dossiers if dossier.ended_on}
    names: dict[UUID, str] = {}
    last, kind, name = None, KINDS[0], ""
    for sheaf, straw, texts in reader.words(dossiers, _sheaves(reader.person, dossiers)):
        if sheaf is not last:
            last, kind, name = sheaf, KIND_OF[sheaf.source.model], names.get(sheaf.dossier_id, "")
        said = kind.said(texts) if straw.row not in employers else [*kind.said(texts), employers[straw.row]]
        if kind.model is Dossier:
            names[sheaf.dossier_id] = name = fold("\n".join(texts[: len(NAMES)]))
        if _stand(words, fold("\n".join(said)), name):
            is_called = kind.model is Dossier and any(word in name for word in words)
            hits.append(Hit(kind, sheaf.dossier_id, straw, said, is_called, sheaf.dossier_id not in gone))
    return _newest_plans(sorted(hits, key=lambda hit: hit.order, reverse=True))


def _stand(words: Sequence[str], here: str, name: str) -> bool:
    """Whether all these words stand here; some of them may stand in the name of whom it is about, not all."""
    is_here = False
    for word in words:
        if word in here:
            is_here = True
        elif word not in name:
            return False
    return is_here


def _sheaves(person: Person, dossiers: Collection[Dossier]) -> list[Sheaf]:
    """All that this coach reads every day, names first.

    Not what he reads by the emergency button: that opens what somebody goes to, and nothing in passing.
    """
    grounds = policies.grounds(person, dossiers)
    found = SOURCES.gathered([dossier.pk for dossier in dossiers])
    open_now = [sheaf for sheaf in found if _is_daily(grounds[sheaf.dossier_id].get(sheaf.section, ""))]
    return sorted(open_now, key=lambda sheaf: sheaf.source.model is not Dossier)


def _is_daily(ground: str) -> bool:
    return bool(ground) and not ground.startswith("emergency")


def _employers(dossiers: Iterable[Dossier]) -> dict[str, str]:
    """The firms where they work: those stand in the book, and are said with the place."""
    return {pk.hex: employer for pk, employer in _placed(dossiers=[dossier.pk for dossier in dossiers])}


@prepared
def _placed(dossiers: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = Placement.objects.filter(dossier__in=dossiers, workplace__isnull=False)
    return rows.order_by().values_list("pk", "workplace__employer")


def _newest_plans(hits: Iterable[Hit]) -> list[Hit]:
    """Of the texts of one plan the newest: what did not change is not found twice."""
    known: set[UUID] = set()
    found = []
    for hit in hits:
        if hit.kind.model is PlanVersion:
            if hit.dossier in known:
                continue
            known.add(hit.dossier)
        found.append(hit)
    return found


# --- showing ------------------------------------------------------------------------------------------------------


def _groups(reader: Reader, dossiers: Sequence[Dossier], hits: Sequence[Hit], words: Sequence[str]) -> list[Group]:
    """By youth, in the order in which they come first."""
    rows = _rows([dossier.pk for dossier in dossiers], hits)
    of: defaultdict[UUID, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.row in rows:  # and was not taken away in the meantime
            of[hit.dossier].append(hit)
    youths = people.known(reader, [dossier for dossier in dossiers if dossier.pk in of])
    return [_group(youths[pk], about, rows, words) for pk, about in of.items()]


def _rows(dossiers: Collection[UUID], hits: Iterable[Hit]) -> dict[UUID, Any]:
    """The rows themselves, one query for each kind."""
    of: defaultdict[type[Model], list[UUID]] = defaultdict(list)
    for hit in hits:
        of[hit.kind.model].append(hit.row)
    found: dict[UUID, Any] = {}
    for model, wanted in of.items():
        found |= KIND_OF[model].rows(wanted, dossiers)
    return found


def _group(youth: Youth, hits: Sequence[Hit], rows: dict[UUID, Any], words: Sequence[str]) -> Group:
    tells_how = any(hit.kind.model in TELL_HOW_TO_REACH for hit in hits)
    return Group(youth, [_line(hit, rows[hit.row], words) for hit in hits], youth.safety if tells_how else "")


def _line(hit: Hit, row: Any, words: Sequence[str]) -> Line:
    place, names = hit.kind.place(row), [*hit.kind.fields.items(), ("employer", "")]
    passages = []
    for (field, name), text in zip(names, hit.said, strict=False):  # not every line has an employer
        pieces = excerpt(text, words) or [Piece(text)] * (field == hit.kind.head)
        if pieces:
            passages.append(Passage(_with_colon(str(name)), pieces))
    return Line(place.title, place.icon, place.when, place.href, passages)


def _with_colon(name: str) -> str:
    return f"{name}:" if name and not name.endswith("?") else name
