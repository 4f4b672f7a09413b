"""Where the link of an invitation leads to."""

from ipta.accounts.models import Link
from ipta.wraparound.models import Invitee


def invitee_of(link: Link) -> Invitee | None:
    rows = Invitee.objects.filter(pk=link.about)
    found = rows.select_related("dossier__municipality", "meeting__appointment").first()
    if found is not None:
        found.meeting.dossier = found.dossier
    return found
