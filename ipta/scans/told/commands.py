"""What can happen with what others said. Source: "Een beeld vormen", "Dossierinformatie (indien relevant)"."""

from datetime import date

from django.db import IntegrityError, transaction

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.scans.told import policies
from ipta.scans.told.models import OwnAnswer, SecondLook, Statement
from ipta.scans.told.queries import texts_of
from ipta.scans.told.rules import REPLIES
from ipta.scans.told.sections import SECTION_OF

ROUGH = ("year", "month")  # what is known of a day, when that is less than the day


@command
def cite(
    dossier: Dossier,
    *,
    kind: str,
    text: str,
    source: str,
    by: Person,
    about_on: date | None = None,
    rough: str = "",
    replaces: Statement | None = None,
) -> Statement:
    """Put in the dossier what somebody elsewhere said, with who that was. The youth reads it and is asked about it."""
    kind = Statement.Kind(kind)
    allow(policies.can_cite(by, dossier, SECTION_OF[kind]))
    if dossier.joined_on is None:
        raise Impossible("Dit kan pas als de jongere ja heeft gezegd.")
    if about_on and about_on > clock.today():
        raise Impossible("Kies een dag die al geweest is.")
    if replaces:
        allow(policies.can_look_again(by, replaces))
        _stands(replaces, dossier)
    if not tidy(text) or not tidy(source):
        raise Impossible("Schrijf op wat er gezegd is, en door wie.")
    statement = Statement.objects.create(
        dossier=dossier,
        kind=kind,
        section=SECTION_OF[kind],
        by=by,
        about_on=about_on,
        rough={"about_on": rough} if about_on and rough in ROUGH else {},
        replaces=replaces,
        text=tidy(text),
        source=tidy(source),
    )
    facts = {"replaces": replaces.id} if replaces else {}
    verb = "statement.corrected" if replaces else "statement.cited"
    record(verb, by=by, about=dossier, statement=statement.id, kind=kind, **facts)
    return statement


@command
def answer(statement: Statement, *, reply: str, by: Person, words: str = "") -> OwnAnswer:
    """ "Klopt dit volgens jou?" What he answered before stays; nobody takes an answer of his away."""
    allow(policies.can_answer(by, statement))
    if reply not in REPLIES:
        raise Impossible("Kies een antwoord.")
    _stands(statement, statement.dossier)
    own = OwnAnswer.objects.create(
        dossier=statement.dossier, statement=statement, section=statement.section, by=by, reply=reply, words=tidy(words)
    )
    record("statement.answered", by=by, about=statement.dossier, statement=statement.id, answer=own.id)
    return own


@command
def look_again(statement: Statement, *, why: str, by: Person) -> SecondLook:
    """It does not fit with what the coach sees. It stays something to look at until he says what came of it."""
    allow(policies.can_look_again(by, statement))
    if not tidy(why):
        raise Impossible("Schrijf op wat er niet past.")
    _stands(statement, statement.dossier)
    if SecondLook.objects.open().filter(statement__in=texts_of(statement)).exists():
        raise Impossible("Je kijkt hier al opnieuw naar.")
    try:
        with transaction.atomic():
            look = SecondLook.objects.create(
                dossier=statement.dossier, statement=statement, section=statement.section, by=by, why=tidy(why)
            )
    except IntegrityError:
        raise Impossible("Je kijkt hier al opnieuw naar.") from None
    record("statement.doubted", by=by, about=statement.dossier, statement=statement.id, look=look.id)
    return look


@command
def conclude(look: SecondLook, *, came_of: str, by: Person) -> SecondLook:
    """What came of looking again. Both stay readable, for the youth as well."""
    allow(policies.can_look_again(by, look.statement))
    if not tidy(came_of):
        raise Impossible("Schrijf op wat eruit kwam.")
    there = SecondLook.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=look.pk)
    if there.closed_at:
        raise Impossible("Dit is al afgerond.")
    there.came_of, there.closed_at = tidy(came_of), clock.now()
    there.save(update_fields=["came_of", "closed_at"])
    record("statement.settled", by=by, about=look.dossier, statement=look.statement_id, look=look.id)
    return there


def _stands(statement: Statement, dossier: Dossier) -> None:
    if statement.dossier_id != dossier.id:
        raise Impossible("Dit hoort niet bij deze jongere.")
    if Statement.objects.filter(replaces=statement).exists():
        raise Impossible("Deze tekst is al verbeterd. Kijk naar de nieuwe.")
