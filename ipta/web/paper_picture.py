"""In beeld on paper, in the plain words of the youth's desk. Nothing outside the pages tells whom it is about."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from ipta.dossiers.models import Dossier
from ipta.sharing.door import GONE, Reader
from ipta.web import printing
from ipta.web.picture import Part, Picture, picture_of
from ipta.web.youth.page import coach_name
from ipta.web.youth.words import IN_HIS_WORDS

FILE = "in-beeld.pdf"


def response(reader: Reader, dossier: Dossier, called: str) -> HttpResponse:
    """The PDF, to open or to keep. `called`: the heading, on the page alone."""
    told = _told(picture_of(reader, dossier, IN_HIS_WORDS), called, coach_name(dossier))
    return printing.response("picture.typ", told, name=FILE)


def _told(picture: Picture, called: str, coach: str) -> dict[str, Any]:
    title = gettext("In beeld")
    return {
        "title": title,
        "lang": (get_language() or "nl")[:2],
        "heading": f"{title}: {called}" if called else title,
        "lead": gettext("Dit weten we nu. Klopt er iets niet? Zeg het, dan staat jouw kant erbij."),
        "gone": gettext(GONE) if picture.is_gone else "",
        "foot": date_format(timezone.localdate(), "j F Y"),
        "blocks": [block for block in (_could(picture), _people(picture), _parts(picture, coach)) if block],
    }


def _could(picture: Picture) -> dict[str, Any]:
    quotes = [{"about": quote.about, "text": text} for quote in picture.quotes for text in quote.texts]
    skills = [{"name": skill.name, "word": skill.word, "example": skill.example} for skill in picture.skills]
    if not quotes and not skills:
        return {}
    could = gettext("Dit kun je")
    return {"title": gettext("Wat wil je, en wat kun je?"), "quotes": quotes, "could": could, "skills": skills}


def _people(picture: Picture) -> dict[str, Any]:
    if not picture.network or not picture.network.people:
        return {}
    groups = [
        {"name": name, "people": [{"name": one.name, "text": one.in_words} for one in people]}
        for name, people in picture.network.kinds
    ]
    return {"title": gettext("Jouw mensen"), "groups": groups}


def _parts(picture: Picture, coach: str) -> dict[str, Any]:
    if not picture.parts:
        return {}
    says = gettext("%(coach)s zegt") % {"coach": coach}
    columns = ["", gettext("Jij zegt"), says, gettext("Hoe het ging"), ""]
    return {
        "title": gettext("Hoe het met je gaat"),
        "columns": columns,
        "parts": [_part(part) for part in picture.parts],
    }


def _part(part: Part) -> dict[str, str]:
    drawing = ""
    if part.movement:
        drawing = render_to_string("components/movement.html", {"movement": part.movement, "label": ""}).strip()
    alt = f"{part.name}: {part.turn}" if part.turn else part.name
    nothing = gettext("nog niets")
    return {
        "name": part.name,
        "youth": part.youth or nothing,
        "coach": part.coach or nothing,
        "turn": part.turn,
        "drawing": drawing,
        "alt": alt,
    }
