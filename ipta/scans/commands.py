"""The quick scan in one go: a level of each life domain, signed off at once. Source: "Een beeld vormen"."""

from collections.abc import Mapping
from datetime import date

from ipta.accounts.models import Person
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.scans.instruments.writing import act_on, filled_at_once
from ipta.scans.models import FilledSheet
from ipta.scans.queries import OWN_VIEW, WELLBEING_LIST, ZRM, matrix_for
from ipta.scans.rules import WELLBEING, tidy_ratings

Voice = FilledSheet.Voice


@command
def rate(
    dossier: Dossier,
    *,
    ratings: Mapping[str, object],
    by: Person,
    remark: str = "",
    on: date | None = None,
    instrument: str = ZRM,
) -> FilledSheet:
    """The coach's rating with a matrix (`instrument`: its url): levels 1-5 of thirteen domains, unknown allowed.

    Wellbeing, which this matrix does not ask, becomes a sheet of its own. Each level 1 becomes a direct action, once.
    """
    allow(policies.can_write(by, dossier))
    levels = _levels(ratings, remark)
    beside = {WELLBEING: levels.pop(WELLBEING)} if WELLBEING in levels else {}
    sheets = [
        _sheet(dossier, url, Voice.COACH, known, words, by=by, on=on)
        for url, known, words in ((instrument, levels, remark), (WELLBEING_LIST, beside, ""))
        if known or words
    ]
    for sheet in sheets:
        record("scan.rated", by=by, about=dossier, sheet=sheet.id)
    return sheets[0]


@command
def tell(
    dossier: Dossier, *, ratings: Mapping[str, object], by: Person, remark: str = "", on: date | None = None
) -> FilledSheet:
    """The youth's own view of the same domains. Typed by himself, or by the coach while they talk."""
    allow(policies.can_own(by, dossier))
    sheet = _sheet(dossier, OWN_VIEW, Voice.YOUTH, _levels(ratings, remark), remark, by=by, on=on)
    record("scan.told", by=by, about=dossier, sheet=sheet.id)
    return sheet


def _levels(ratings: Mapping[str, object], remark: str) -> dict[str, int]:
    levels = tidy_ratings(ratings)
    if not levels and not tidy(remark):
        raise Impossible("Vul minstens één ding in.")
    return levels


def _sheet(
    dossier: Dossier,
    url: str,
    voice: str,
    levels: Mapping[str, int],
    remark: str,
    *,
    by: Person,
    on: date | None,
) -> FilledSheet:
    version, matrix = matrix_for(dossier.municipality, url)
    answers = matrix.answers(levels, tidy(remark))
    sheet = filled_at_once(dossier, version, voice, answers, by=by, on=on)
    sheet.save()
    act_on(sheet, answers, by)
    return sheet
