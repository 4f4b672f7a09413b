"""What the folders of this part ask of a meeting."""

from ipta.base.verdict import Impossible
from ipta.wraparound.models import Meeting


def at_table(meeting: Meeting) -> Meeting:
    """As it is now, held by this transaction. Of what was called off nothing is written down any more."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("dossier__municipality", "appointment")
    there = found.get(pk=meeting.pk)
    if not there.may_be_held:
        raise Impossible("Dit gesprek ging niet door.")
    return there
