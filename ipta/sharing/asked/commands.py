"""What can happen with a question to see something: asked, answered."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.sharing import commands as sharing
from ipta.sharing.asked import policies
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.asked.rules import LATER_RESTS, RESTS, WAITS
from ipta.sharing.models import Grant
from ipta.sharing.queries import has_item


@command
def ask_for(
    dossier: Dossier,
    *,
    section: str,
    to: Person,
    reason: str,
    by: Person,
    item: UUID | None = None,
    item_kind: str = "",
) -> SharingRequest:
    """Ask whether somebody may see this section, or with `item` one row of it.

    It waits for the youth, and ends by itself after a month. Raises `Refused` for who may not ask, and `Impossible`
    for what is not there, is shared, or was asked or refused a moment ago.
    """
    allow(policies.can_ask_for(by, dossier, section, to, item=item))
    if (item or item_kind) and not has_item(dossier, section, item, Grant.Item(item_kind)):
        raise Impossible("Dit staat er niet meer. Kijk opnieuw.")
    if not dossier.is_taking_part:
        raise Impossible("Dit kan alleen als de jongere meedoet.")
    if not tidy(reason):
        raise Impossible("Schrijf op waarom.")
    before = SharingRequest.objects.filter(dossier=dossier, to=to, shared_section=section, item=item)
    if before.waiting().exists():
        raise Impossible("Dit is al gevraagd. Het wacht op de jongere.")
    if before.filter(answer=SharingRequest.Answer.NO, answered_at__gt=clock.now() - RESTS).exists():
        raise Impossible("De jongere zei kort geleden nee. Praat er eerst samen over.")
    shared = Grant.objects.now().filter(dossier=dossier, to=to, shared_section=section)
    if shared.filter(Q(item=None) | Q(item=item)).exists():
        raise Impossible("Dit is al gedeeld.")
    asked = SharingRequest.objects.create(
        dossier=dossier,
        to=to,
        shared_section=section,
        item=item,
        item_kind=item_kind,
        asked_by=by,
        ends_at=clock.now() + WAITS,
        reason=tidy(reason),
    )
    of_item = {"item": item, "kind": item_kind} if item else {}
    record("sharing.asked", by=by, about=dossier, request=asked.id, section=section, to=to.id, **of_item)
    return asked


@command
def answer_request(
    asked: SharingRequest, *, answer: str, by: Person, purpose: str = "", until: date | None = None
) -> SharingRequest:
    """Yes, no or later: by the youth, or aloud while his coach types. A yes is a grant, for the reason that was asked.

    `purpose`: that reason, as whoever answers opened it at the door.
    """
    allow(policies.can_answer_request(by, asked))
    there = SharingRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    there.dossier, there.to = asked.dossier, asked.to
    if answer not in SharingRequest.Answer.values:
        raise Impossible("Kies ja, nee of later.")
    if not there.is_waiting:
        raise Impossible("Deze vraag is al klaar.")
    there.answer, there.answered_by, there.answered_at = answer, by, clock.now()
    there.rests_until = clock.now() + LATER_RESTS if answer == SharingRequest.Answer.LATER else None
    is_aloud = by.pk != there.dossier.youth_id
    if answer == SharingRequest.Answer.YES:
        there.grant = sharing.grant(
            there.dossier,
            section=there.shared_section,
            item=there.item,
            item_kind=there.item_kind,
            to=there.to,
            purpose=purpose,
            until=until,
            by=by,
            aloud=is_aloud,
        )
    there.save(update_fields=["answer", "answered_by", "answered_at", "rests_until", "grant"])
    record("sharing.answered", by=by, about=there.dossier, request=there.id, answer=answer, aloud=is_aloud)
    return there
