"""How often he wants to be asked, and what he said before."""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet, Subquery

from ipta.dossiers.models import Dossier
from ipta.scans.instruments.queries import sheets_of
from ipta.scans.models import CheckInRhythm, FilledSheet, FilledSheetQuerySet

URL: Final = "urn:ipta:instrument:check-in"


def rhythm_of(dossier: Dossier) -> CheckInRhythm | None:
    """What he chose; nothing as long as he chose nothing."""
    return CheckInRhythm.objects.filter(dossier=dossier).first()


def check_ins(dossier: Dossier) -> FilledSheetQuerySet:
    """What he signed off himself, newest first."""
    return sheets_of(dossier, URL, FilledSheet.Voice.YOUTH)


def with_last(dossier: UUID) -> QuerySet[CheckInRhythm]:
    """What he chose, with the day of his `last` check-in."""
    done = FilledSheet.objects.filter(dossier=dossier, version__instrument__url=URL, voice=FilledSheet.Voice.YOUTH)
    last = done.exclude(signed_off_at=None).order_by("-about_on").values("about_on")[:1]
    return CheckInRhythm.objects.filter(dossier=dossier).annotate(last=Subquery(last))
