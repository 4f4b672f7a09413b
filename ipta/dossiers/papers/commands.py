"""What can happen with papers. Youth and coach both keep them in the dossier."""

from django.db.models import Count, Sum

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier, Paper
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.papers.rules import MOST_PAPERS, MOST_TOGETHER, PAPER_SECTIONS
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.vault.fields import Bare


@command
def add_paper(dossier: Dossier, checked: Checked, *, by: Person, name: str, section: str) -> Paper:
    """Keep a paper that was looked at, in the section it is about."""
    allow(policies.can_own(by, dossier))
    if dossier.is_scouted:
        raise Impossible("Een papier kan pas als de jongere ja heeft gezegd.")
    if section not in PAPER_SECTIONS:
        raise Impossible("Kies waar dit papier bij hoort.")
    _find_room(dossier, len(checked.content))
    paper: Paper = Paper.objects.create(
        dossier=dossier,
        section=section,
        kind=Paper.Kind(checked.kind),
        size=len(checked.content),
        is_scanned=checked.is_scanned,
        added_by=by,
        name=tidy(name),
        content=Bare(checked.content),
    )
    record("paper.added", by=by, about=dossier, paper=paper.id, section=section, kind=checked.kind)
    return paper


def _find_room(dossier: Dossier, size: int) -> None:
    """Two who add at the same moment wait for each other here."""
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    there = dossier.paper_set.kept().aggregate(papers=Count("pk"), bytes=Sum("size", default=0))
    if there["papers"] >= MOST_PAPERS or there["bytes"] + size > MOST_TOGETHER:
        raise Impossible("Er is geen plek meer voor papieren. Haal eerst weg wat niet meer nodig is.")


@command
def remove_paper(paper: Paper, *, by: Person) -> Paper:
    """What stands in it goes; that it was there, and what it was called, stays."""
    allow(policies.can_remove_paper(by, paper))
    if not paper.is_there:
        mark_recorded()
        return paper
    paper.content, paper.removed_at = Bare(b""), clock.now()
    paper.save(update_fields=["content", "removed_at"])
    record("paper.removed", by=by, about=paper.dossier, paper=paper.id)
    return paper
