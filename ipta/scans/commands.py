"""The quick scan. Source: "Een beeld vormen"."""

from collections.abc import Mapping
from datetime import date

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.scans.direct import act_at_once
from ipta.scans.models import Sheet
from ipta.scans.rules import needs_direct_action, tidy_ratings


@command
def rate(
    dossier: Dossier, *, ratings: Mapping[str, object], by: Person, remark: str = "", on: date | None = None
) -> Sheet:
    """The coach's rating: 13 domains, levels 1-5, unknown allowed. Each level 1 becomes a direct action, once."""
    allow(policies.can_write(by, dossier))
    sheet = _sheet(dossier, Sheet.Voice.COACH, ratings, by=by, remark=remark, on=on)
    act_at_once(dossier, needs_direct_action(tidy_ratings(ratings)), on=sheet.about_on, by=by)
    record("scan.rated", by=by, about=dossier, sheet=sheet.id)
    return sheet


@command
def tell(
    dossier: Dossier, *, ratings: Mapping[str, object], by: Person, remark: str = "", on: date | None = None
) -> Sheet:
    """The youth's own view of the same domains. Typed by himself, or by the coach while they talk."""
    allow(policies.can_own(by, dossier))
    sheet = _sheet(dossier, Sheet.Voice.YOUTH, ratings, by=by, remark=remark, on=on)
    record("scan.told", by=by, about=dossier, sheet=sheet.id)
    return sheet


def _sheet(
    dossier: Dossier, voice: Sheet.Voice, ratings: Mapping[str, object], *, by: Person, remark: str, on: date | None
) -> Sheet:
    tidy_of = tidy_ratings(ratings)
    if not tidy_of and not tidy(remark):
        raise Impossible("Vul minstens één ding in.")
    return Sheet.objects.create(
        dossier=dossier,
        voice=voice,
        by=by,
        about_on=on or clock.today(),
        ratings=tidy_of,
        remark=tidy(remark),
    )
