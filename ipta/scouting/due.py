"""What is due in scouting, for `bin/ipta tick`: who did not join in time goes, and so does the page of who left."""

import logging
from dataclasses import dataclass, field
from uuid import UUID

from ipta.accounts.left import who_left
from ipta.accounts.models import Post, Role
from ipta.base.acting import HOUSE
from ipta.scouting import queries
from ipta.scouting.commands import close_page, let_go
from ipta.scouting.models import CoachPage

log = logging.getLogger("ipta.due")


@dataclass(slots=True)
class Done:
    """Whose dossiers went, and which stood in the way: ids alone."""

    gone: list[UUID] = field(default_factory=list)
    faults: list[UUID] = field(default_factory=list)


def close_pages() -> None:
    """Who is a coach nowhere any more, is looked up by nobody: his page closes, and his photo goes."""
    for page in CoachPage.objects.filter(person__in=who_left(Role.COACH), is_open=True):
        post = (
            Post.objects.filter(person=page.person_id, role=Role.COACH).order_by("until").select_related("municipality")
        )
        close_page(page, post.reverse()[0].municipality, by=HOUSE)


def let_go_of_the_silent() -> Done:
    """One by one: what goes wrong with one of them stops none of the others, and is tried again the next day."""
    done = Done()
    for dossier in queries.silent():
        pk = dossier.pk
        try:
            let_go(dossier, by=HOUSE)
        except Exception as fault:
            log.error("not forgotten dossier=%s %s", dossier.id, type(fault).__name__)  # noqa: TRY400 - no words
            done.faults.append(pk)
        else:
            done.gone.append(pk)
    return done
