"""What he said at the table that he does: his own line of the last talk, and his own yes to it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader
from ipta.sharing.queries import dossiers_visible_to
from ipta.web import desk, when
from ipta.web.network.shared import as_far_as_shared
from ipta.web.plan_versions import number_in
from ipta.wraparound.agreed import commands
from ipta.wraparound.models import Contribution, MeetingYes


@dataclass(frozen=True, slots=True)
class Line:
    """What he does, for when, and whether he said yes to it."""

    pk: UUID
    number: int
    text: str
    due: when.Due | None
    yes_on: date | None
    is_aloud: bool  # at the table, and the coach wrote it down
    is_changed: bool  # his yes of before was to other words


def line_of(dossier: Dossier, guest: Person, reader: Reader) -> Line | None:
    """His line of the last talk; None where he has none, or where it is not shared with him."""
    row = _row_of(dossier, guest)
    if row is None:
        return None
    said = MeetingYes.objects.filter(agreement=row.agreement, invitee=row.invitee)
    yes = said.standing().last()
    return Line(
        pk=row.pk,
        number=row.number,
        text=reader.text(row.text),
        due=when.until(row.due_on, timezone.localdate()),
        yes_on=timezone.localdate(yes.given_at) if yes else None,
        is_aloud=yes is not None and not yes.is_to_own_line,
        is_changed=yes is None and said.filter(number__lt=row.number).exists(),
    )


def _row_of(dossier: Dossier, guest: Person) -> Contribution | None:
    rows: QuerySet[Contribution] = Contribution.objects.filter(
        dossier=dossier, invitee__somebody__account=guest, agreement__meeting__called_off_at=None
    )
    mine = as_far_as_shared(rows, dossier, guest).select_related("invitee__somebody", "agreement__meeting")
    row = mine.order_by("-agreement__meeting__made_at").first()
    if row is not None:
        row.dossier = dossier
    return row


@desk.network("GET", "HEAD", "POST")
def take_on(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Ja, dat doe ik: to what stood there when he looked."""
    dossier = dossiers_visible_to(request.user).first()
    row = _row_of(dossier, request.user) if dossier else None
    if row is None or row.pk != pk:
        raise Http404
    if request.method == "POST":
        try:
            commands.take_on(row, number=number_in(request.POST.get("number", "")), by=request.user)
        except Impossible as objection:
            messages.error(request, gettext(str(objection)))
        else:
            messages.success(request, gettext("Dank je wel. Jouw ja staat erbij."))
    return redirect("network:home")
