"""Who sees and changes which rows, for each table that hangs on a municipality or a dossier.

The conditions are those of docs/access.md, said once more in SQL (`people.sql`): a view that forgets to ask still gets
nothing. A table without a wall does not pass the tests; one that needs none stands in `OPEN` with the reason.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from ipta.dossiers.models import OfDossier
from ipta.sharing.rules import ITEMS

NOBODY = "false"
SOMEBODY = "(SELECT gate.me()) IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Wall:
    """For whom a row is there, as SQL over its columns; work of the house itself passes all of them."""

    select: str
    insert: str = NOBODY
    update: str = NOBODY
    delete: str = NOBODY
    becomes: str = ""  # what a row may be after a change, where that is another condition than before it


def _in(column: str, asked: str) -> str:
    return f"{column} = ANY ((SELECT gate.{asked})::uuid[])"


def _of_dossier(model: type[Model]) -> Wall:
    """Seen by who may read the section it lies in, written by the youth and by who walks along."""
    section, writes = getattr(model, "section", None), _in("dossier_id", "writes()")
    if isinstance(section, str):
        seen = _in("dossier_id", f"reads('{section}')")
    elif section is None:
        seen = _in("dossier_id", "known()")
    else:
        seen = PLACE
    if model._meta.label in SHOWN:
        seen += f" OR {_shown(section)}"
    if around := AROUND_A_PROMISE.get(model._meta.label):
        seen += f" OR EXISTS ({around})"
    return Wall(seen, insert=writes, update=writes)


def _shown(section: object) -> str:
    """This row alone was shared, in the dossier and section it lies in. Asked by its id first: that has an index."""
    where = f"'{section}'" if isinstance(section, str) else "section"
    return (
        "(id = ANY ((SELECT gate.shown())::uuid[]) AND "
        f"(dossier_id || ':' || {where} || ':' || id) = ANY ((SELECT gate.shown_in())::text[]))"
    )


SHOWN = {label for label, _section in ITEMS.values()}
PLACE = "(dossier_id || ':' || section) = ANY ((SELECT gate.places())::text[])"
ME = "(SELECT gate.me())"
_COACHED_HERE = _in("municipality_id", "posts('coach')")
_KEPT_HERE = _in("municipality_id", "posts('functional_manager', 'project_leader')")
_OVERSEEN_HERE = _in("municipality_id", "posts('project_leader', 'privacy_officer')")
_MANAGED_HERE = _in("municipality_id", "posts('functional_manager')")
_ANSWERED_HERE = _in("municipality_id", "posts('functional_manager', 'privacy_officer')")
_WRITES = _in("dossier_id", "writes()")
_READS_STEP = _in("dossier_id", "reads('plan')") + f" OR {_shown('plan')}"
_COACHES = _in("dossier_id", "coaches()")
_GIVES = f"(({_in('dossier_id', 'own()')} AND NOT is_aloud) OR ({_COACHES} AND is_aloud))"
_NOTES = _in("dossier_id", "notes()")
_ASSIGNS = "gate.may_assign(dossier_id, coach_id)"
_REVIEWED_HERE = _in("municipality_id", "posts('privacy_officer')")
_REVIEWED_THERE = _in("d.municipality_id", "posts('privacy_officer')")
_REVIEWED = f"EXISTS (SELECT FROM dossiers_dossier d WHERE d.id = dossier_id AND {_REVIEWED_THERE})"
_NOT_SIGNED = (
    "NOT EXISTS (SELECT FROM sharing_review r WHERE r.municipality_id = sharing_judgement.municipality_id "
    "AND r.monday = sharing_judgement.monday)"
)
# His own lines, those of a dossier he knows or of a municipality he works in; a privacy officer those of all there.
_ABOUT = (
    f"person_id = {ME} OR {_in('about', 'known()')} OR {_in('about', 'neighbourhood()')} OR EXISTS "
    f"(SELECT FROM dossiers_dossier d WHERE d.id = about AND {_REVIEWED_THERE})"
)
# A line about a warning of which he was not told yet is in the chain, and not his to see: the wall around the warning
# says so once more.
_UNTOLD = f"{{}} AND {_in('about', 'own()')} AND NOT EXISTS (SELECT FROM sharing_warning w WHERE {{}})"
_UNTOLD_LOOK = _UNTOLD.format("ground LIKE 'warning:%'", "sharing_look.ground = 'warning:' || w.id::text")
_UNTOLD_ENTRY = _UNTOLD.format("verb LIKE 'warning.%'", "journal_entry.facts->>'warning' = w.id::text")
_WARNS = f"({_in('dossier_id', 'notes()')} AND NOT {_in('dossier_id', 'own()')})"
_PASSES_ON = f"(given_by_id = {ME} AND until > (SELECT gate.moment()))"
_WARNING = "EXISTS (SELECT FROM sharing_warning w WHERE w.id = warning_id)"
_OWN_DRAFT = f"person_id = {ME} AND (dossier_id IS NULL OR {_in('dossier_id', 'known()')})"
_ASKED_FOR = _in("dossier_id", "asked_for()")
_VERSION = "EXISTS (SELECT FROM plans_planversion v WHERE v.id = version_id AND {})"
# Who may read his own line finds himself at that table, what was agreed there and the talk, and opens no word of it.
# Each asks for the next, which has a wall of its own.
_HIMSELF = f"EXISTS (SELECT FROM dossiers_networkperson n WHERE n.id = somebody_id AND n.account_id = {ME})"
_HAS_A_LINE = "EXISTS (SELECT FROM wraparound_contribution c WHERE c.invitee_id = wraparound_invitee.id)"
_OWN_LINE = (
    f"EXISTS (SELECT FROM wraparound_contribution c JOIN wraparound_invitee i ON i.id = c.invitee_id AND {_HIMSELF} "
    "WHERE c.dossier_id = wraparound_meetingyes.dossier_id AND c.agreement_id = wraparound_meetingyes.agreement_id "
    "AND c.invitee_id = wraparound_meetingyes.invitee_id)"
)
AROUND_A_PROMISE = {
    "wraparound.MeetingAgreement": "SELECT FROM wraparound_contribution c JOIN wraparound_invitee i "
    "ON i.id = c.invitee_id WHERE c.agreement_id = wraparound_meetingagreement.id",
    "wraparound.Meeting": "SELECT FROM wraparound_meetingagreement a WHERE a.meeting_id = wraparound_meeting.id",
}
_INSTRUMENT = "EXISTS (SELECT FROM scans_instrument i WHERE i.id = instrument_id AND {})"

WALLS = {
    "accounts.Municipality": Wall(SOMEBODY, update=_in("id", "posts('functional_manager')")),
    "accounts.Post": Wall(
        f"person_id = {ME} OR {_in('municipality_id', 'neighbourhood()')}",
        insert=f"person_id <> {ME} AND {_MANAGED_HERE}",
        update=_MANAGED_HERE,
    ),
    # Asked for before anybody is known, by a hash that cannot be guessed; made and cut in one's own name alone.
    "accounts.Link": Wall("true", insert=f"made_by_id = {ME}", update=f"made_by_id = {ME}"),
    "accounts.LostFactor": Wall(
        _in("municipality_id", "posts('functional_manager', 'project_leader')"),
        insert=f"person_id <> {ME} AND asked_by_id = {ME} AND {_MANAGED_HERE}",
        update=_in("municipality_id", "posts('functional_manager', 'project_leader')"),
    ),
    "dossiers.Dossier": Wall(
        f"{_in('id', 'known()')} OR {_OVERSEEN_HERE}", insert=_COACHED_HERE, update=_in("id", "writes()")
    ),
    "dossiers.Coachship": Wall(
        # Who ends a role sees which coach has to be replaced, and nothing of whom.
        f"coach_id = {ME} OR EXISTS (SELECT FROM dossiers_dossier d WHERE d.id = dossier_id) "
        "OR (cardinality((SELECT gate.posts('functional_manager'))) > 0 AND gate.is_managed(dossier_id))",
        insert=_ASSIGNS,
        update=_ASSIGNS,
    ),
    # Who is taken off the list is in the journal only.
    # A guest finds himself by his own number, and no word of it.
    "dossiers.NetworkPerson": Wall(
        _in("dossier_id", "reads('family')") + f" OR account_id = {ME}", insert=_WRITES, update=_WRITES, delete=_WRITES
    ),
    # Who is taken off the list of a meeting is in the journal only, too.
    "wraparound.Invitee": Wall(
        _in("dossier_id", "reads('plan')") + f" OR ({_HIMSELF} AND {_HAS_A_LINE})",
        insert=_WRITES,
        update=_WRITES,
        delete=_WRITES,
    ),
    # To all of it by who walks along; to his own line by himself, as long as he may read that line. Never changed.
    "wraparound.MeetingYes": Wall(
        _in("dossier_id", "reads('plan')") + " OR EXISTS (SELECT FROM wraparound_invitee i WHERE i.id = invitee_id)",
        insert=f"by_id = {ME} AND (({_WRITES} AND NOT is_to_own_line) OR (is_to_own_line AND {_OWN_LINE}))",
    ),
    # Dropped as long as it did not come true.
    "wraparound.Condition": Wall(
        _in("dossier_id", "reads('plan')"),
        insert=_WRITES,
        update=_WRITES,
        delete=f"came_true_at IS NULL AND {_WRITES}",
    ),
    # Given by the youth, or aloud while his own coach types; never to himself: who could write a grant could open
    # everything for himself. Only the youth says that what was typed is so.
    "sharing.Grant": Wall(
        f"to_id = {ME} OR {_WRITES} OR {_REVIEWED}",
        insert=f"to_id <> {ME} AND given_by_id = {ME} AND {_GIVES}",
        update=_WRITES,
        becomes=f"{_WRITES} AND (confirmed_at IS NULL OR {_in('dossier_id', 'own()')} OR revoked_at IS NOT NULL)",
    ),
    # Who asks sees what came of it. It waits for the youth: nobody but he or his coach answers, and not for himself. Of
    # one thing that is asked for him nobody hears: that it is there would be told by that.
    "sharing.SharingRequest": Wall(
        f"asked_by_id = {ME} OR (to_id = {ME} AND item IS NULL) OR {_WRITES}",
        insert=f"asked_by_id = {ME} AND answer = '' AND "
        f"({_COACHES} OR (to_id = {ME} AND item IS NULL AND {_in('dossier_id', 'known()')}))",
        update=f"to_id <> {ME} AND ({_in('dossier_id', 'own()')} OR {_COACHES})",
    ),
    # Asked by the youth, of who looked. Nobody else is told of it; who looked answers, also when he reads no more.
    "sharing.LookQuestion": Wall(
        f"reader_id = {ME} OR {_in('dossier_id', 'own()')}",
        insert=f"{_in('dossier_id', 'own()')} AND reader_id <> {ME}",
        update=f"(reader_id = {ME} AND answered_at IS NULL) OR {_in('dossier_id', 'own()')}",
        becomes=f"reader_id = {ME} OR {_in('dossier_id', 'own()')}",
    ),
    # Asked by the youth and answered by who walks along; neither is changed or taken away, by nobody.
    "dossiers.Correction": Wall(PLACE, insert=f"{_in('dossier_id', 'own()')} AND asked_by_id = {ME}"),
    "dossiers.CorrectionAnswer": Wall(
        PLACE, insert=f"answered_by_id = {ME} AND {_WRITES} AND NOT {_in('dossier_id', 'own()')}"
    ),
    # A colleague opens what is not his: the moment and the reason stand in the row, and youth and coach are told.
    "sharing.Emergency": Wall(
        f"taken_by_id = {ME} OR " + _in("dossier_id", "reads('contacts')"),
        insert=f"taken_by_id = {ME} AND gate.is_coach_there(dossier_id)",
        update=f"taken_by_id = {ME} OR {_WRITES}",
    ),
    "dossiers.Note": Wall(
        _in("dossier_id", "reads('contacts')") + f" OR {_shown('contacts')}", insert=_NOTES, update=_WRITES
    ),
    # Between the youth and who walks along: whom the notes are shared with does not read them.
    # A guest asks something, and does not read it back.
    "dossiers.Message": Wall(
        _NOTES, insert=f"written_by_id = {ME} AND ({_WRITES} OR {_in('dossier_id', 'shows()')})", update=_WRITES
    ),
    # Whose step it is among the people around the youth says how it went, as long as it is his to read.
    "dossiers.Step": Wall(
        _READS_STEP,
        insert=_NOTES,
        update=f"{_WRITES} OR (({_READS_STEP}) AND EXISTS "
        f"(SELECT FROM dossiers_networkperson n WHERE n.id = somebody_id AND n.account_id = {ME}))",
    ),
    # Not seen by who walks along: it may be about him. It goes with the dossier, and by nobody's hand.
    "sharing.Doubt": Wall(f"{_in('dossier_id', 'own()')} OR {_REVIEWED}", insert=_in("dossier_id", "own()")),
    "sharing.Judgement": Wall(
        _REVIEWED_HERE,
        insert=f"judged_by_id = {ME} AND {_REVIEWED_HERE} AND {_NOT_SIGNED}",
        update=f"{_REVIEWED_HERE} AND {_NOT_SIGNED}",
    ),
    "sharing.Review": Wall(_REVIEWED_HERE, insert=f"signed_by_id = {ME} AND {_REVIEWED_HERE}"),
    "sharing.Look": Wall(f"({_ABOUT}) AND NOT ({_UNTOLD_LOOK})", insert=f"person_id = {ME}"),
    "journal.Entry": Wall(f"({_ABOUT}) AND NOT ({_UNTOLD_ENTRY})", insert=f"person_id = {ME}"),
    # Who walks along or has the emergency button; who gave the link, while it is open; the youth from his day on.
    "sharing.Warning": Wall(
        f"{_WARNS} OR {_PASSES_ON} OR ({_in('dossier_id', 'own()')} AND tells_at <= (SELECT gate.moment()))",
        insert=f"made_by_id = {ME} AND {_WARNS}",
        update=f"{_WARNS} OR {_PASSES_ON}",
    ),
    "sharing.WarningItem": Wall(_WARNING, insert=_WARNS),
    # The second person sees what he is asked, and neither the warning nor the dossier.
    "sharing.Consultation": Wall(
        f"second_id = {ME} OR {_WARNING}",
        insert=f"asked_by_id = {ME} AND second_id <> {ME} AND {_WARNS}",
        update=f"second_id = {ME} AND answer = ''",
        becomes=f"second_id = {ME}",
    ),
    "journal.Chain": Wall(SOMEBODY, insert=SOMEBODY, update=SOMEBODY),
    "web.Draft": Wall(_OWN_DRAFT, insert=_OWN_DRAFT, update=_OWN_DRAFT, delete=f"person_id = {ME}"),
    "plans.Agreement": Wall(_VERSION.format("true"), insert=_VERSION.format(_in("v.dossier_id", "writes()"))),
    # Everybody with the link reads it.
    "scouting.CoachPage": Wall("true", insert=f"person_id = {ME}", update=f"person_id = {ME}"),
    "scouting.FindingPlace": Wall(_COACHED_HERE, insert=_COACHED_HERE, update=_COACHED_HERE),
    "scouting.Observation": Wall(_COACHED_HERE, insert=f"author_id = {ME} AND {_COACHED_HERE}"),
    "workplaces.WorkplaceScan": Wall(_COACHED_HERE, insert=f"author_id = {ME} AND {_COACHED_HERE}"),
    # How long and why: for whoever works or lives there. Said by its manager, and never touched again.
    "law.Retention": Wall(_in("municipality_id", "neighbourhood()"), insert=f"stated_by_id = {ME} AND {_MANAGED_HERE}"),
    "law.Ground": Wall(_in("municipality_id", "neighbourhood()"), insert=f"stated_by_id = {ME} AND {_MANAGED_HERE}"),
    # Announced and proved by the house alone.
    "law.Notice": Wall(_in("dossier_id", "known()")),
    "law.Proof": Wall(_ANSWERED_HERE),
    # Asked for by who answers for the law there, who sees no dossier; the youth and who walks along read it.
    "law.Hold": Wall(
        f"{_in('dossier_id', 'known()')} OR {_ANSWERED_HERE}",
        insert=f"asked_by_id = {ME} AND agreed_by_id IS NULL AND {_ANSWERED_HERE} AND gate.is_answered_for(dossier_id)",
        update=_ANSWERED_HERE,
        # Nobody agrees in the name of another, or with himself.
        becomes=f"{_ANSWERED_HERE} AND (agreed_by_id IS NULL OR ended_at IS NOT NULL "
        f"OR (agreed_by_id = {ME} AND agreed_by_id <> asked_by_id))",
    ),
    "law.Wish": Wall(
        f"{_in('dossier_id', 'own()')} OR {_ANSWERED_HERE}",
        insert=f"{_in('dossier_id', 'own()')} AND asked_by_id IS NULL AND agreed_by_id IS NULL",
        update=f"{_in('dossier_id', 'own()')} OR {_ANSWERED_HERE}",
        becomes=f"({_in('dossier_id', 'own()')} AND called_off_at IS NOT NULL) OR ({_ANSWERED_HERE} AND "
        f"(agreed_by_id IS NULL OR (agreed_by_id = {ME} AND agreed_by_id <> asked_by_id AND {_REVIEWED_HERE})))",
    ),
    # Counted by the house alone.
    "scouting.GoneCount": Wall(_in("municipality_id", "posts('project_leader', 'functional_manager')")),
    # Of the house for everybody; a municipality's own copy for who works or lives there, and brought in by its manager.
    "scans.Instrument": Wall(
        f"(municipality_id IS NULL AND {SOMEBODY}) OR {_in('municipality_id', 'neighbourhood()')}",
        insert=_MANAGED_HERE,
        update=_MANAGED_HERE,
        delete=_MANAGED_HERE,
    ),
    # A draft may go; what was in use once stays, because of the answers to it.
    "scans.InstrumentVersion": Wall(
        _INSTRUMENT.format("true"),
        insert=f"loaded_by_id = {ME} AND "
        + _INSTRUMENT.format(_in("i.municipality_id", "posts('functional_manager')")),
        update=_INSTRUMENT.format(_in("i.municipality_id", "posts('functional_manager')")),
        delete="status = 'draft' AND " + _INSTRUMENT.format(_in("i.municipality_id", "posts('functional_manager')")),
    ),
    # What is signed off does not change any more, for nobody.
    "scans.FilledSheet": Wall(
        _in("dossier_id", "reads('scores')"),
        insert=f"by_id = {ME} AND {_WRITES}",
        update=f"signed_off_at IS NULL AND {_WRITES}",
        becomes=f"by_id = {ME} AND {_WRITES}",
    ),
    # What he says of it stands, whoever would rather have it otherwise: nobody changes it.
    "scans.OwnAnswer": Wall(PLACE, insert=_WRITES),
    # It tells of organisations: whoever works or lives there may know of them.
    "dossiers.Specialist": Wall(
        _in("municipality_id", "neighbourhood()"), insert=f"added_by_id = {ME} AND {_KEPT_HERE}", update=_KEPT_HERE
    ),
    "workplaces.Workplace": Wall(
        f"{_COACHED_HERE} OR EXISTS "
        "(SELECT FROM placements_placement p WHERE p.workplace_id = workplaces_workplace.id)",
        insert=_COACHED_HERE,
        update=_COACHED_HERE,
    ),
}

KEYS = {
    "vault.SectionKey": Wall(_ASKED_FOR, insert=_ASKED_FOR),
    "vault.MunicipalityKey": Wall("(SELECT gate.said()) IS NOT NULL", insert="(SELECT gate.said()) IS NOT NULL"),
    "vault.HouseKey": Wall("(SELECT gate.said()) IS NOT NULL", insert="(SELECT gate.said()) IS NOT NULL"),
}

# Tables without a wall, each with why.
OPEN = {
    "accounts.Person": "needed to sign in, before anybody is known; of a youth it holds no word",
    "accounts.EntryCode": "asked for before anybody is known, by a hash that cannot be guessed",
    "accounts.GuestLink": "asked for before anybody is known, by a hash that cannot be guessed",
    "accounts.Device": "asked for before anybody is known, by a hash that cannot be guessed",
    "accounts.CalendarFeed": "asked for before anybody is known, by a hash that cannot be guessed",
    "accounts.Session": "asked for before anybody is known, by a hash that cannot be guessed; its content is sealed",
    "reference.Source": "public words of others, about nobody; loaded by the house",
    "reference.Term": "public words of others, about nobody; loaded by the house",
    "reference.Name": "public words of others, about nobody; loaded by the house",
    "web.KeptForm": "sealed under a key that only one browser holds",
    "web.SentForm": "random marks",
}
# Of what others bring: accounts, sessions and the like, about staff alone and hanging on a person.
OF_OTHERS = ("auth", "contenttypes", "sessions", "account", "mfa", "usersessions", "socialaccount", "django_cache")
# Lines are added and never touched again, by nobody.
ADDED_ONLY = {"journal.Entry", "sharing.Look", "sharing.Review", "law.Retention", "law.Ground", "law.Proof"}


def wall_of(model: type[Model]) -> Wall | None:
    """The wall around a table; None where it needs none. Raises `LookupError` for a table nobody thought of."""
    label = model._meta.label
    if known := (WALLS | KEYS).get(label):
        return known
    if issubclass(model, OfDossier):
        return _of_dossier(model)
    if label in OPEN or model._meta.app_label in OF_OTHERS:
        return None
    raise LookupError(f"{label}: give it a wall in ipta/walls/tables.py, or say in OPEN why it needs none")


def walls(alias: str) -> dict[type[Model], Wall]:
    """Every table of this database that has a wall."""
    models = [m for m in apps.get_models() if m._meta.managed and (m._meta.app_label == "vault") == (alias == "keys")]
    return {model: wall for model in models if (wall := wall_of(model))}
