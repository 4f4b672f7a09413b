"""The quick scan. Source: "Een beeld vormen"."""

from collections.abc import Mapping
from datetime import date

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier, Step
from ipta.dossiers.rules import DOMAINS, tidy
from ipta.journal.commands import record
from ipta.scans.models import Sheet
from ipta.scans.rules import needs_direct_action, tidy_ratings


@command
def rate(
    dossier: Dossier, *, ratings: Mapping[str, object], by: Person, remark: str = "", on: date | None = None
) -> Sheet:
    """The coach's rating: 13 domains, levels 1-5, unknown allowed. Each level 1 becomes a direct action, once."""
    allow(policies.can_write(by, dossier))
    sheet = _sheet(dossier, Sheet.Voice.COACH, ratings, by=by, remark=remark, on=on)
    running = set(
        Step.objects.filter(dossier=dossier, kind=Step.Kind.DIRECT, done_on=None, dropped_on=None).values_list(
            "domain", flat=True
        )
    )
    for domain in needs_direct_action(tidy_ratings(ratings)):
        if domain not in running:
            dossiers.promise(
                dossier,
                by=by,
                text=f"Nu iets doen: {DOMAINS[domain].lower()}",
                owner=Step.Owner.COACH,
                due_on=sheet.about_on,
                domain=domain,
                kind=Step.Kind.DIRECT,
            )
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
