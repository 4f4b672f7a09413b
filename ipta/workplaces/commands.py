"""The coach's own book of firms. Source: "Vinden van werkplekken"."""

from datetime import date

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.reference.models import Term
from ipta.reference.queries import named
from ipta.workplaces import policies
from ipta.workplaces.models import Workplace, WorkplaceScan
from ipta.workplaces.rules import LISTS, POINTS, words_in_list

WORDS = ("employer", "work", "place", "contact", "mood")


@command
def add(municipality: Municipality, *, by: Person, **words: str) -> Workplace:
    """A new workplace in the book. `words`: employer, work, place, contact, mood."""
    allow(policies.can_keep(by, municipality))
    said = {name: tidy(words.get(name, "")) for name in WORDS}
    workplace = Workplace.objects.create(
        municipality=municipality, added_by=by, occupation=named(Term.Kind.OCCUPATION, said["work"]), **said
    )
    record("workplace.added", by=by, about=municipality, workplace=workplace.id)
    return workplace


@command
def change(workplace: Workplace, *, by: Person, is_open: bool | None = None, **words: str) -> Workplace:
    """Write what is known now; words that are not given stay as they are."""
    allow(policies.can_keep(by, workplace.municipality))
    for name in words.keys() & set(WORDS):
        setattr(workplace, name, tidy(words[name]))
    if "work" in words:
        workplace.occupation = named(Term.Kind.OCCUPATION, workplace.work)
    if is_open is not None:
        workplace.is_open = is_open
    workplace.save()
    record("workplace.changed", by=by, about=workplace.municipality, workplace=workplace.id)
    return workplace


@command
def scan_workplace(
    workplace: Workplace, *, by: Person, voice: str = WorkplaceScan.Voice.VISIT, on: date | None = None, **points: str
) -> WorkplaceScan:
    """What was seen or told of it, on a day. `points`: some of `rules.POINTS`. Raises `Impossible` without a word.

    Source: "Quick scan van een werkplek".
    """
    allow(policies.can_keep(by, workplace.municipality))
    said = {name: tidy(points.get(name, "")) for name in POINTS}
    said |= {name: ", ".join(words_in_list(said[name])) for name in LISTS}
    if not any(said.values()):
        raise Impossible("Schrijf bij een van de punten op hoe het daar is.")
    scan = WorkplaceScan.objects.create(
        municipality=workplace.municipality,
        workplace=workplace,
        voice=WorkplaceScan.Voice(voice),
        author=by,
        seen_on=on or clock.today(),
        **said,
    )
    record("workplace.scanned", by=by, about=workplace.municipality, workplace=workplace.id, scan=scan.id, voice=voice)
    return scan
