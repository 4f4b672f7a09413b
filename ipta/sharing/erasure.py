"""Erasing: the keys of a section, or of a whole dossier, are destroyed. Source: security design, 6 and threat 31.

Of who never joined the rows go as well: of him there is no story to keep.
"""

from ipta.accounts import guests
from ipta.accounts.models import Person
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.journal.commands import Actor, record
from ipta.sharing import policies
from ipta.sharing.models import HelpRequest, Warning
from ipta.sharing.rows import rows_of, to_its_own
from ipta.vault import keyring
from ipta.vault.rules import SECTIONS

WHOLE = "all"  # how the journal calls all sections together


@command
def shred(dossier: Dossier, *, by: Person, second: Person, section: str = WHOLE) -> None:
    """Make a section, or everything, unreadable for ever, also in every back-up of the texts. It takes two people.

    That there was a dossier, and who did what in it when, stays. Nothing can be written in what was destroyed.
    """
    allow(policies.can_shred(by, dossier, second))
    if section not in (*SECTIONS, WHOLE):
        raise Impossible("Dit onderdeel is er niet.")
    if section in {HelpRequest.section, WHOLE}:  # what a specialist could still read through his link goes too
        HelpRequest.objects.filter(dossier=dossier).update(letter=b"")
    Warning.objects.filter(dossier=dossier).update(letter=b"")  # it may hold words of any section
    record("dossier.shredded", by=by, about=dossier, section=section, second=second.id)
    if section == WHOLE:  # who had a page of his own comes in no more
        for guest in Person.objects.filter(is_guest=True, networkperson__dossier=dossier):
            guests.close(guest)
    # Last: two databases share no transaction, and a key does not come back. Doing it twice does no harm.
    keyring.destroy(dossier.id, SECTIONS if section == WHOLE else [section])


@command
def forget(dossier: Dossier, *, by: Actor) -> None:
    """Take away every row of a dossier, whatever part it is of, and destroy its keys. A line in the journal is left."""
    allow(policies.can_forget(by, dossier))
    record("dossier.forgotten", by=by, about=dossier)
    for rows in rows_of(dossier):
        for own in to_its_own(rows.model):
            rows.filter(**{f"{own}__isnull": False}).update(**{own: None})
        if rows.exists():  # of some tables nobody may take away a row; of who never joined they hold none
            rows.delete()
    dossier_id = dossier.id
    Dossier.objects.filter(pk=dossier_id).delete()
    keyring.destroy(dossier_id)
