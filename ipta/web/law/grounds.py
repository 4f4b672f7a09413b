"""On what ground a municipality does what: for a lawyer and for the youth, with every text that counted before."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Role
from ipta.law import commands
from ipta.law.models import Ground
from ipta.law.queries import grounds_of
from ipta.law.rules import PURPOSE_NAMES, PURPOSES, PURPOSES_TO_HIM
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, is_ready, told, words
from ipta.web.law.here import asked, named, shown, town_of


@dataclass(frozen=True, slots=True)
class Line:
    """A purpose with its ground, as it counts here now."""

    purpose: str
    name: str
    to_him: str
    articles: str
    plain: str
    sections: str
    is_to_check: bool
    said: Sequence[Ground] = ()

    @property
    def is_own(self) -> bool:
        return bool(self.said)


def lines_of(here: Municipality) -> list[Line]:
    """What the municipality says of each purpose, or else what ships with the house."""
    return [_line(purpose, said) for purpose, said in grounds_of(here).items()]


def _line(key: str, said: Sequence[Ground]) -> Line:
    purpose = PURPOSES[key]
    return Line(
        key,
        gettext(PURPOSE_NAMES[key]),
        gettext(PURPOSES_TO_HIM[key]),
        said[0].articles if said else gettext(purpose.articles),
        said[0].plain if said else gettext(purpose.plain),
        named(purpose.sections),
        purpose.is_to_check and not said,
        said,
    )


@desk.answerable()
def grounds(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """Every purpose."""
    here = town_of(request, municipality)
    return shown(request, "law/grounds.html", here, lines=lines_of(here))


class GroundForm(Asking):
    articles = words(
        _("Op welke grond? (artikelen)"),
        longest=2000,
        rows=5,
        need=_("Schrijf op welke artikelen het zijn."),
        hint=_("AVG-artikel, en de wet van de taak."),
    )
    plain = words(
        _("In gewone woorden, voor de jongere"),
        longest=600,
        rows=4,
        need=_("Schrijf het op zoals je het tegen de jongere zegt."),
        hint=_("Korte zinnen. Dit leest de jongere bij ‘Waarom mag dit?’."),
    )
    why = words(
        _("Waarom verander je dit?"),
        longest=500,
        rows=2,
        need=_("Schrijf kort op waarom."),
        hint=_("Bijvoorbeeld: onze jurist keek dit na."),
    )


@desk.answerable()
def ground(request: desk.DeskRequest, municipality: UUID, purpose: str) -> HttpResponse:
    """One purpose: what counts, and what counted before."""
    here = town_of(request, municipality)
    return shown(request, "law/ground.html", here, line=_found(here, purpose))


@desk.functional_manager("GET", "HEAD", "POST")
def state_ground(request: desk.DeskRequest, municipality: UUID, purpose: str) -> HttpResponse:
    """Another text. The one of before stays, with its day and its name."""
    here = town_of(request, municipality, Role.FUNCTIONAL_MANAGER)
    line = _found(here, purpose)
    form = asking.asked(request, GroundForm, initial={"articles": line.articles, "plain": line.plain})
    if is_ready(request, form):
        with told(form):
            with form.sent() as is_first:
                if is_first:
                    commands.state_ground(here, purpose, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Bewaard. De tekst van hiervoor blijft staan, met dag en naam."))
            return kept.done(request, redirect("law:ground", here.pk, purpose))
    return asked(request, "law/state_ground.html", form, here, line=line)


def _found(here: Municipality, purpose: str) -> Line:
    line = next((line for line in lines_of(here) if line.purpose == purpose), None)
    if line is None:
        raise Http404
    return line
