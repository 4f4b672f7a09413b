"""Keeping the directory of specialists of a municipality."""

from collections.abc import Collection
from datetime import date

from ipta.accounts.models import Municipality, Person
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Specialist
from ipta.dossiers.rules import tidy
from ipta.dossiers.specialists import policies
from ipta.dossiers.specialists.rules import LONGEST_WAIT
from ipta.journal.commands import record

WORDS = ("organisation", "name", "about", "phone", "email", "agreement")


@command
def add_specialist(
    municipality: Municipality,
    *,
    fields: Collection[str],
    answers_within: int,
    by: Person,
    until: date | None = None,
    **words: str,
) -> Specialist:
    """Somebody more on whom coaches may call. `words`: organisation, name, about, phone, email, agreement."""
    allow(policies.can_keep(by, municipality))
    made = Specialist(municipality=municipality, added_by=by)
    _write(made, fields, answers_within, until, words)
    made.save()
    record("specialist.added", by=by, about=municipality, specialist=made.id)
    return made


@command
def change_specialist(
    specialist: Specialist,
    *,
    fields: Collection[str],
    answers_within: int,
    until: date | None,
    is_reachable: bool,
    by: Person,
    **words: str,
) -> Specialist:
    """What is agreed now. Questions that were asked before keep their day."""
    allow(policies.can_keep(by, specialist.municipality))
    _write(specialist, fields, answers_within, until, words)
    specialist.is_reachable = is_reachable
    specialist.save()
    record("specialist.changed", by=by, about=specialist.municipality, specialist=specialist.id)
    return specialist


def _write(
    specialist: Specialist, fields: Collection[str], answers_within: int, until: date | None, words: dict[str, str]
) -> None:
    known = [field.value for field in Specialist.Field if field.value in fields]
    if not known:
        raise Impossible("Kies waarvoor coaches hier terechtkunnen.")
    if not 1 <= answers_within <= LONGEST_WAIT:
        raise Impossible("Spreek een antwoord af binnen 1 tot 60 werkdagen.")
    for name in WORDS:
        setattr(specialist, name, tidy(words.get(name, getattr(specialist, name))))
    if not specialist.organisation:
        raise Impossible("Schrijf op welke organisatie het is.")
    specialist.fields, specialist.answers_within, specialist.until = known, answers_within, until
