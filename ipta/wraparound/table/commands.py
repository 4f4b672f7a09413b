"""What happens at the table. Every tap may be sent twice on a bad line: it says how it is, not that it changes.

Source: "De IPTA-coach treedt op als gespreksleider en zorgt dat alle punten, ook de lastige, op tafel komen".
"""

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers.policies import is_youth
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.wraparound import policies
from ipta.wraparound.models import Invitee, Meeting, Point, Remark, SetAside, Voice
from ipta.wraparound.queries import at_table
from ipta.wraparound.rules import MOST_GUESTS, MOST_REMARKS


@command
def table_point(meeting: Meeting, key: str, *, is_tabled: bool, by: Person) -> Point:
    """It was on the table; or it was not, after all."""
    allow(policies.can_hold(by, meeting))
    there = at_table(meeting)
    point, _ = Point.objects.select_for_update().get_or_create(
        meeting=there, key=key, defaults={"dossier": there.dossier, "by": by}
    )
    point.dossier = there.dossier
    if bool(point.tabled_at) == is_tabled:
        mark_recorded()
        return point
    point.tabled_at = clock.now() if is_tabled else None
    point.save(update_fields=["tabled_at"])
    record("meeting.point_tabled", by=by, about=there.dossier, meeting=there.id, point=point.id, tabled=is_tabled)
    return point


@command
def note_point(meeting: Meeting, key: str, *, text: str, by: Person, voice: str = "") -> Remark:
    """What was said of a point. Lines are added, so that two who write at once lose nothing."""
    allow(policies.can_hold(by, meeting))
    there = at_table(meeting)
    if not tidy(text):
        raise Impossible("Schrijf op wat er gezegd is.")
    if there.remarks.count() >= MOST_REMARKS:
        raise Impossible("Er staat al heel veel. Schrijf de rest in een notitie.")
    made: Remark = Remark.objects.create(
        dossier=there.dossier, meeting=there, key=key, voice=_voice(by, there, voice), by=by, text=tidy(text)
    )
    record("meeting.noted", by=by, about=there.dossier, meeting=there.id, line=made.id)
    return made


@command
def set_aside(point: Point, *, why: str, by: Person, is_later: bool = False, voice: str = "") -> SetAside:
    """Why a difficult point did not come on the table: later, or not. Each of the two says it in his own words."""
    allow(policies.can_hold(by, point.meeting))
    there = at_table(point.meeting)
    if not point.hard_voice or point.tabled_at:
        raise Impossible("Hier hoeft niets meer bij.")
    if not tidy(why):
        raise Impossible("Schrijf op waarom.")
    speaks = _voice(by, there, voice)
    before = SetAside.objects.select_for_update().filter(point=point, voice=speaks).first()
    if before and is_youth(before.by, there.dossier) and not is_youth(by, there.dossier):
        raise Impossible("De jongere heeft dit zelf al gezegd.")
    said = before or SetAside(dossier=there.dossier, point=point, voice=speaks)
    said.dossier = there.dossier
    said.is_later, said.why, said.by, said.said_at = is_later, tidy(why), by, clock.now()
    said.save()
    record("meeting.set_aside", by=by, about=there.dossier, meeting=there.id, point=point.id, later=is_later)
    return said


@command
def note_presence(meeting: Meeting, *, was_there: bool, by: Person, invitee: Invitee | None = None) -> None:
    """Who was there: somebody on the list, or (without one) the youth himself."""
    allow(policies.can_hold(by, meeting))
    there = at_table(meeting)
    if invitee is None:
        there.youth_was_there = was_there
        there.save(update_fields=["youth_was_there"])
    else:
        there.invitees.filter(pk=invitee.pk).update(was_there=was_there)
    facts = {"invitee": invitee.id if invitee else None, "there": was_there}
    record("meeting.attended", by=by, about=there.dossier, meeting=there.id, **facts)


@command
def bring_along(meeting: Meeting, *, name: str, kind: str, by: Person) -> Invitee:
    """Somebody who was there and whom nobody had asked."""
    allow(policies.can_hold(by, meeting))
    there = at_table(meeting)
    if not tidy(name):
        raise Impossible("Schrijf op wie er is.")
    if there.invitees.count() >= MOST_GUESTS:
        raise Impossible("Dit zijn er al heel veel. Haal er eerst een weg.")
    made: Invitee = Invitee.objects.create(
        dossier=there.dossier,
        meeting=there,
        kind=Invitee.Kind(kind),
        invited_by=by,
        was_there=True,
        came_along=True,
        name=tidy(name),
    )
    record("meeting.brought_along", by=by, about=there.dossier, meeting=there.id, invitee=made.id)
    return made


def _voice(by: Person, meeting: Meeting, voice: str) -> str:
    """The youth speaks for himself; his coach may type for him."""
    if is_youth(by, meeting.dossier):
        return Voice.YOUTH
    return Voice(voice) if voice else Voice.COACH
