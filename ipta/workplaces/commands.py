"""The coach's own book of firms. Source: "Vinden van werkplekken"."""

from ipta.accounts.models import Municipality, Person
from ipta.base.command import allow, command
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.workplaces import policies
from ipta.workplaces.models import Workplace

WORDS = ("employer", "work", "place", "contact", "mood")


@command
def add(municipality: Municipality, *, by: Person, **words: str) -> Workplace:
    """A new workplace in the book. `words`: employer, work, place, contact, mood."""
    allow(policies.can_keep(by, municipality))
    workplace = Workplace.objects.create(
        municipality=municipality, added_by=by, **{name: tidy(words.get(name, "")) for name in WORDS}
    )
    record("workplace.added", by=by, about=municipality, workplace=workplace.id)
    return workplace


@command
def change(workplace: Workplace, *, by: Person, is_open: bool | None = None, **words: str) -> Workplace:
    """Write what is known now; words that are not given stay as they are."""
    allow(policies.can_keep(by, workplace.municipality))
    for name in words.keys() & set(WORDS):
        setattr(workplace, name, tidy(words[name]))
    if is_open is not None:
        workplace.is_open = is_open
    workplace.save()
    record("workplace.changed", by=by, about=workplace.municipality, workplace=workplace.id)
    return workplace
