"""How long a municipality keeps what, where that comes from, and who chose it when and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Role
from ipta.law import commands
from ipta.law.models import Retention
from ipta.law.queries import months_of, terms_of
from ipta.law.rules import KIND_NAMES, KINDS, OTHER_LAWS, SOURCES, YEAR, sections_of
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, is_ready, told, words
from ipta.web.law.here import asked, named, shown, town_of


def in_years(months: int) -> str:
    years = months // YEAR
    return ngettext("%(years)d jaar", "%(years)d jaar", years) % {"years": years}


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of record: how long it stays here, by what rule, and what was said before."""

    kind: str
    name: str
    sections: str
    term: str
    source: str
    said: Sequence[Retention] = ()

    @property
    def is_own(self) -> bool:
        return bool(self.said)

    @property
    def can_change(self) -> bool:
        return self.kind in KINDS

    @property
    def before(self) -> list[tuple[str, Retention]]:
        """What was chosen, the newest first, each with its length in words."""
        return [(in_years(term.months), term) for term in self.said]


def lines_of(here: Municipality) -> list[Line]:
    said, months = terms_of(here), months_of([here.pk])[here.pk]
    return [_line(kind, term, said.get(kind, [])) for kind, term in months.items()]


def _line(kind: str, months: int, said: Sequence[Retention]) -> Line:
    sections = named(sections_of(kind))
    return Line(kind, gettext(KIND_NAMES[kind]), sections, in_years(months), gettext(SOURCES[kind]), said)


@desk.answerable()
def terms(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """Every kind of record."""
    here = town_of(request, municipality)
    others = [gettext(said) for said in OTHER_LAWS.values()]
    return shown(request, "law/terms.html", here, lines=lines_of(here), others=others, scouted=here.scout_days // 7)


class TermForm(Asking):
    years = choice(_("Hoeveel jaar na het einde?"), (), need=_("Kies een termijn."))
    why = words(
        _("Waarom?"),
        longest=500,
        rows=3,
        need=_("Schrijf kort op waarom."),
        hint=_("Bijvoorbeeld: dit is hier een voorziening van de Wmo. Collega’s lezen dit later terug."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(years), in_years(years * YEAR)) for years in KINDS[kind].choices]
        self.fields["years"].choices = years  # type: ignore[attr-defined]


@desk.answerable()
def term(request: desk.DeskRequest, municipality: UUID, record: str) -> HttpResponse:
    """One kind: what counts, and what counted before."""
    here = town_of(request, municipality)
    return shown(request, "law/term.html", here, line=_found(here, record))


@desk.functional_manager("GET", "HEAD", "POST")
def choose_term(request: desk.DeskRequest, municipality: UUID, record: str) -> HttpResponse:
    """Another term. What was chosen before stays readable."""
    here = town_of(request, municipality, Role.FUNCTIONAL_MANAGER)
    line = _found(here, record)
    if not line.can_change:
        raise Http404
    now = months_of([here.pk])[here.pk][record] // YEAR
    form = asking.asked(request, TermForm, kind=record, initial={"years": str(now)})
    if is_ready(request, form):
        with told(form):
            with form.sent() as is_first:
                if is_first:
                    years = int(form.cleaned_data["years"])
                    commands.choose_term(here, record, years=years, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, gettext("Bewaard. Wat nu weg zou gaan, kondigen we eerst een maand aan."))
            return kept.done(request, redirect("law:term", here.pk, record))
    others = [gettext(said) for said in OTHER_LAWS.values()]
    return asked(request, "law/choose_term.html", form, here, line=line, others=others)


def _found(here: Municipality, kind: str) -> Line:
    line = next((line for line in lines_of(here) if line.kind == kind), None)
    if line is None:
        raise Http404
    return line
