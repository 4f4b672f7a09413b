"""What the scan showed when a text of the plan was written, beside the goals it is about."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils import timezone

from ipta.dossiers.models import Dossier
from ipta.scans.models import FilledSheet
from ipta.scans.queries import hear, picture_of
from ipta.scans.rules import newest
from ipta.sharing.door import Reader
from ipta.web.plan_text import Seen, Text, Wording

SHEETS: Final = 8  # per voice: what was said of a domain longer ago is another story


def seen_at(reader: Reader, dossier: Dossier, text: Text | None) -> dict[str, Seen]:
    """By the domains of its goals, as it stood on the day of the text. Nothing without a right to the scores."""
    wanted = {goal.domain for goal in text.goals if goal.domain} if text else set()
    if text is None or not wanted or not reader.may(dossier, "scores"):
        return {}
    until = timezone.localdate(text.written_at)
    faces = _said(reader, dossier, FilledSheet.Voice.YOUTH, until)
    levels = _said(reader, dossier, FilledSheet.Voice.COACH, until)
    return {domain: _seen(domain, faces, levels, text.wording) for domain in wanted & (faces.keys() | levels.keys())}


def _seen(domain: str, faces: Mapping[str, int], levels: Mapping[str, int], wording: Wording) -> Seen:
    face, level = faces.get(domain), levels.get(domain)
    return Seen(face, str(wording.faces.get(face or 0, "")), level, str(wording.levels.get(level or 0, "")))


def _said(reader: Reader, dossier: Dossier, voice: str, until: date) -> dict[str, int]:
    sheets = picture_of(dossier).filter(voice=voice, about_on__lte=until)[:SHEETS]
    return newest(hear(reader, sheet).levels for sheet in sheets)
