"""What is due in scouting, for `bin/ipta tick`: everything goes of who did not join in time."""

import logging
from dataclasses import dataclass, field
from uuid import UUID

from ipta.base.acting import HOUSE
from ipta.scouting import queries
from ipta.scouting.commands import let_go

log = logging.getLogger("ipta.due")


@dataclass(slots=True)
class Done:
    """Whose dossiers went, and which stood in the way: ids alone."""

    gone: list[UUID] = field(default_factory=list)
    faults: list[UUID] = field(default_factory=list)


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
