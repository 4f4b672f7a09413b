"""How often he wants to be asked, and what he said before."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet, Subquery

from ipta.base.prepared import prepared
from ipta.dossiers.models import Dossier
from ipta.scans.check_in.rules import is_due
from ipta.scans.instruments.queries import sheets_of
from ipta.scans.models import CheckInRhythm, FilledSheet, FilledSheetQuerySet

URL: Final = "urn:ipta:instrument:check-in"


def rhythm_of(dossier: Dossier) -> CheckInRhythm | None:
    """What he chose; nothing as long as he chose nothing."""
    return CheckInRhythm.objects.filter(dossier=dossier).first()


def is_time(dossier: Dossier, today: date) -> bool:
    """Whether his page asks how his week was, as often as he himself said."""
    row: Any = next(iter(_rhythm(dossier=dossier.pk)), None) if dossier.is_taking_part else None
    return row is not None and is_due(row.often, row.last, today)


def check_ins(dossier: Dossier) -> FilledSheetQuerySet:
    """What he signed off himself, newest first."""
    return sheets_of(dossier, URL, FilledSheet.Voice.YOUTH)


@prepared
def _rhythm(dossier: UUID) -> QuerySet[CheckInRhythm]:
    done = FilledSheet.objects.filter(dossier=dossier, version__instrument__url=URL, voice=FilledSheet.Voice.YOUTH)
    last = done.exclude(signed_off_at=None).order_by("-about_on").values("about_on")[:1]
    return CheckInRhythm.objects.filter(dossier=dossier).annotate(last=Subquery(last))
