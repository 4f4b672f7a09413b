"""Proof that something was destroyed: on a page and on paper, laid beside the journal and the keys as one looks."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from ipta.law.models import Proof
from ipta.law.queries import Checked, checked, proofs_visible_to
from ipta.law.rules import KIND_NAMES
from ipta.sharing.rules import SECTION_NAMES
from ipta.web import desk, printing
from ipta.web.law.here import shown, town_of
from ipta.web.law.terms import in_years
from ipta.web.templatetags.ipta_ui import day_clock

PROOFS_A_PAGE = 20


@desk.answerable()
def proofs(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """Everything that was destroyed here, the newest first."""
    here = town_of(request, municipality)
    page = Paginator(proofs_visible_to(request.user).filter(municipality=here), PROOFS_A_PAGE)
    found = page.get_page(request.GET.get("page"))
    lines = [(one, gettext(KIND_NAMES[one.kind]), _mark(one)) for one in found]
    return shown(request, "law/proofs.html", here, page=found, lines=lines)


@desk.answerable()
def proof(request: desk.DeskRequest, municipality: UUID, proof: UUID) -> HttpResponse:
    here = town_of(request, municipality)
    found = _found(request, municipality, proof)
    check = checked(found)
    context = {"proof": found, "name": gettext(KIND_NAMES[found.kind]), "check": check, "facts": _facts(found, check)}
    return shown(request, "law/proof.html", here, **context)


@desk.answerable()
def proof_pdf(request: desk.DeskRequest, municipality: UUID, proof: UUID) -> HttpResponse:
    """The same to put in an archive."""
    here = town_of(request, municipality)
    found = _found(request, municipality, proof)
    check = checked(found)
    data = {
        "title": gettext("Bewijs van wissen"),
        "lang": (get_language() or "nl")[:2],
        "above": str(here),
        "lead": holds_in_words(check),
        "foot": date_format(timezone.localdate(), "j F Y"),
        "facts": [{"name": name, "text": text} for name, text in _facts(found, check)],
        "note": gettext("Dit papier noemt geen jongere. Wie het nummer van het dossier nog heeft, kan het narekenen."),
    }
    return printing.response("proof.typ", data, name="bewijs.pdf")


def _found(request: desk.DeskRequest, municipality: UUID, pk: UUID) -> Proof:
    found = proofs_visible_to(request.user).filter(municipality=municipality, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _mark(proof: Proof) -> str:
    return proof.mark[:8]


def holds_in_words(check: Checked) -> str:
    if check.holds:
        return gettext("Nagekeken: de regel in het logboek klopt, en de sleutels zijn er niet meer.")
    return gettext("Dit klopt niet. Bel de beheerder van het systeem.")


def _facts(proof: Proof, check: Checked) -> list[tuple[str, Any]]:
    gone = {"gone": check.destroyed, "all": check.keys}
    found = [
        (gettext("Wat"), gettext(KIND_NAMES[proof.kind])),
        (gettext("Onderdelen"), ", ".join(gettext(SECTION_NAMES[section]) for section in proof.sections)),
        (gettext("Gewist op"), day_clock(timezone.localtime(proof.destroyed_at))),
        (gettext("Door"), gettext("De computer, omdat het tijd was")),
        (gettext("Regel"), gettext(proof.rule)),
        (gettext("Termijn"), in_years(proof.months) if proof.months else ""),
        (gettext("Regels weggehaald"), proof.rows),
        (gettext("Sleutels vernietigd"), gettext("%(gone)d van %(all)d") % gone),
        (gettext("Kenmerk van het dossier"), proof.mark),
        (gettext("Nummer in het logboek"), str(check.line.number) if check.line else gettext("niet gevonden")),
        (gettext("Vingerafdruk van die regel"), check.line.hash if check.line else ""),
    ]
    if proof.is_wished:
        found[3] = (gettext("Door"), gettext("De computer, omdat de jongere het vroeg en twee mensen ja zeiden"))
    return [(name, str(text)) for name, text in found if text]
