"""What is due, for `bin/ipta tick`: announced a month before, destroyed on its day; and what a youth wanted erased."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ipta.base import clock
from ipta.base.acting import HOUSE
from ipta.dossiers.models import Dossier
from ipta.law import commands, destruction, queries
from ipta.law.models import Hold, Notice, Wish
from ipta.law.rules import REST, WHOLE

log = logging.getLogger("ipta.due")


@dataclass(slots=True)
class Done:
    """How much was announced and destroyed, whose dossiers are gone, and which stood in the way: ids alone."""

    announced: int = 0
    destroyed: int = 0
    gone: list[UUID] = field(default_factory=list)
    faults: list[UUID] = field(default_factory=list)

    def tried(self, dossier: Dossier, change: Callable[..., Any], *about: Any) -> bool:
        """One by one: what goes wrong with one of them stops none of the others, and is tried again the next day."""
        try:
            change(*about, by=HOUSE)
        except Exception as fault:
            log.error("not destroyed dossier=%s %s", dossier.pk, type(fault).__name__)  # noqa: TRY400 - no words
            self.faults.append(dossier.pk)
            return False
        return True


def keep_the_terms() -> Done:
    """Everything of today. Done twice it does no more, and where it stopped halfway it goes on."""
    done = Done()
    _carry_out_wishes(done)
    _take_back_what_stays(done)
    for some in queries.ended():
        for dossier, kinds in zip(some, queries.keeping(some).values(), strict=True):
            _keep(dossier, kinds, done)
    return done


def _keep(dossier: Dossier, kinds: list[queries.Keeping], done: Done) -> None:
    today, pk = clock.today(), dossier.pk
    for one in kinds:
        if one.should_be_told(today) and one.told_on is None:
            done.announced += done.tried(dossier, commands.announce, dossier, one.kind)
    for one in kinds:  # the rest comes last
        if one.is_due(today) and done.tried(dossier, destruction.destroy, dossier, one.kind):
            done.destroyed += 1
            if one.kind == REST:
                done.gone.append(pk)


def _take_back_what_stays(done: Done) -> None:
    """Who came back, whose dossier is held or whose term is longer now, does not find on his page that it goes."""
    today = clock.today()
    notices = list(Notice.objects.select_related("dossier__municipality"))
    kept = queries.keeping(list({notice.dossier_id: notice.dossier for notice in notices}.values()))
    for notice in notices:
        one = next(one for one in kept[notice.dossier_id] if one.kind == notice.kind)
        if not one.should_be_told(today) and not one.is_gone:
            done.tried(notice.dossier, commands.withdraw, notice)


def _carry_out_wishes(done: Done) -> None:
    held = set(Hold.objects.running().values_list("dossier", flat=True))
    # What is whole comes last: then nothing is left to look for.
    for wish in sorted(Wish.objects.agreed().select_related("dossier"), key=lambda wish: wish.kind == WHOLE):
        pk = wish.dossier_id
        if pk not in held and done.tried(wish.dossier, destruction.carry_out, wish):
            done.destroyed += 1
            if wish.kind == WHOLE:
                done.gone.append(pk)
