"""Proof that something was destroyed: on a page and on paper, laid beside the journal and the keys as one looks."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from ipta.law.models import Proof
from ipta.law.queries import Checked, checked, proofs_visible_to
from ipta.law.rules import KIND_NAMES
from ipta.web import desk, printing
from ipta.web.law.here import named, shown, town_of
from ipta.web.law.terms import in_years

PROOFS_A_PAGE = 20


@desk.answerable()
def proofs(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """Everything that was destroyed here, the newest first."""
    here = town_of(request, municipality)
    page = Paginator(proofs_visible_to(request.user).filter(municipality=here), PROOFS_A_PAGE)
    found = page.get_page(request.GET.get("page"))
    lines = [(one, gettext(KIND_NAMES[one.kind]), one.mark[:8]) for one in found]
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
        "lead": _in_words(check),
        "foot": date_format(timezone.localdate(), "j F Y"),
        "facts": [{"name": name, "text": text} for name, text in _facts(found, check)],
        "note": gettext("Dit papier noemt geen jongere. Uit het kenmerk is niet te rekenen van wie het dossier was."),
    }
    return printing.response("proof.typ", data, name="bewijs.pdf")


def _found(request: desk.DeskRequest, municipality: UUID, pk: UUID) -> Proof:
    found = proofs_visible_to(request.user).filter(municipality=municipality, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _in_words(check: Checked) -> str:
    if check.holds:
        return gettext("Nagekeken: de regel in het logboek klopt, en de sleutels zijn er niet meer.")
    return gettext("Dit klopt niet. Bel de beheerder van het systeem.")


def _facts(proof: Proof, check: Checked) -> list[tuple[str, str]]:
    gone = {"gone": check.destroyed, "all": check.keys}
    found = [
        (gettext("Wat"), gettext(KIND_NAMES[proof.kind])),
        (gettext("Onderdelen"), named(proof.sections)),
        (gettext("Gewist op"), date_format(timezone.localtime(proof.destroyed_at), "j F Y, H.i")),
        (gettext("Waarom"), gettext(proof.rule)),
        (gettext("Termijn"), in_years(proof.months) if proof.months else ""),
        (gettext("Rijen weggehaald"), str(proof.rows)),
        (gettext("Sleutels vernietigd"), gettext("%(gone)d van %(all)d") % gone),
        (gettext("Kenmerk van het dossier"), proof.mark),
        (gettext("Regel in het logboek"), str(check.line.number) if check.line else gettext("niet gevonden")),
        (gettext("Vingerafdruk van die regel"), check.line.hash if check.line else ""),
    ]
    return [fact for fact in found if fact[1]]
