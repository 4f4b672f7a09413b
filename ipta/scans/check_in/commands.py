"""What can happen with the check-in, besides filling it in."""

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.journal.commands import record
from ipta.scans.check_in import policies
from ipta.scans.models import CheckInRhythm


@command
def set_rhythm(dossier: Dossier, *, often: str, by: Person) -> CheckInRhythm:
    """From now on his page asks him this often how his week was."""
    allow(policies.can_set_rhythm(by, dossier))
    if often not in CheckInRhythm.Often.values:
        raise Impossible("Kies hoe vaak.")
    before = CheckInRhythm.objects.filter(dossier=dossier).first()
    if before and before.often == often:
        mark_recorded()
        return before
    made, _ = CheckInRhythm.objects.update_or_create(dossier=dossier, defaults={"often": often, "since": clock.today()})
    record("check_in.rhythm_set", by=by, about=dossier, often=often)
    return made
