"""Everybody in the caseload, by how intensively the coach walks along."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ipta.dossiers.models import Dossier, Intensity
from ipta.sharing.queries import caseload
from ipta.web import desk, when
from ipta.web.coach import people, quiet
from ipta.web.coach.people import Youth
from ipta.web.coach.quiet import Contact
from ipta.web.coach.search import SearchForm
from ipta.web.templatetags.ipta_ui import day as day_in_words


@dataclass(frozen=True, slots=True)
class Line:
    youth: Youth
    text: str
    tone: str  # sun where it has been quiet; the words say so too


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: str
    lines: list[Line]


@desk.coach()
def youths(request: desk.DeskRequest) -> HttpResponse:
    """The list, sorted by name within each group."""
    day = timezone.localdate()
    dossiers = caseload(request.user)
    contacts = quiet.contacts_with(dossiers)
    known = people.known(request.reader, dossiers)
    groups = {key: Group(key, title, []) for key, title in _titles().items()}
    for dossier in sorted(dossiers, key=lambda d: known[d.pk].name.casefold()):
        line = _line(known[dossier.pk], dossier, contacts[dossier.pk], day)
        groups[group_of(dossier)].lines.append(line)
    shown = [group for group in groups.values() if group.lines]
    count = ngettext("%(n)s jongere", "%(n)s jongeren", len(dossiers)) % {"n": len(dossiers)}
    context = {"groups": shown, "count_text": count, "scout_url": reverse("coach:scout"), "form": SearchForm()}
    return render(request, "coach/youths.html", context)


def _titles() -> dict[str, str]:
    return {
        Intensity.INTENSIVE: gettext("Intensief"),
        Intensity.LIGHT: gettext("Licht"),
        Intensity.AFTERCARE: gettext("Nazorg"),
        "scouted": gettext("Nog geen ja"),
        "ended": gettext("Afgerond"),
    }


def group_of(dossier: Dossier) -> str:
    """How closely the coach walks along; before the yes and after the end no more than that."""
    if dossier.ended_on:
        return "ended"
    return "scouted" if dossier.is_scouted else dossier.intensity


def _line(youth: Youth, dossier: Dossier, contact: Contact, day: date) -> Line:
    text = _text(dossier, contact, day)
    if quiet.quiet_since(dossier, contact, day):
        return Line(youth, gettext("%(text)s · even stil") % {"text": text}, tone="sun")
    return Line(youth, text, tone="")


def _text(dossier: Dossier, contact: Contact, day: date) -> str:
    if dossier.ended_on:
        return gettext("Sinds %(when)s") % {"when": day_in_words(dossier.ended_on)}
    if contact.spoken_on:
        return gettext("Gesproken: %(when)s") % {"when": when.ago(contact.spoken_on, day)}
    if contact.attempts:
        words = ngettext("%(n)s keer geprobeerd", "%(n)s keer geprobeerd", contact.attempts)
        return words % {"n": contact.attempts}
    return gettext("Nog niet gesproken")
