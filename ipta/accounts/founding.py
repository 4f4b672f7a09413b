"""The first functional manager of a municipality. Nobody is there yet to appoint him, so only the command line can."""

from django.db import transaction

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.accounts.municipalities import load_municipalities
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.journal.commands import record
from ipta.reference.loading import load_shipped


@transaction.atomic
def found(code: str, email: str, *, first_name: str = "", last_name: str = "") -> Person:
    """Begin with the municipality of this code: its first functional manager, who appoints everybody else.

    Raises `Impossible` when the code is unknown, or when somebody is functional manager there already.
    """
    load_municipalities()
    load_shipped()
    municipality = Municipality.objects.filter(code=code).first()
    if municipality is None:
        raise Impossible(f"{code} is geen code van een gemeente. Een code ziet er zo uit: GM0637.")
    if Post.objects.now().filter(municipality=municipality, role=Role.FUNCTIONAL_MANAGER).exists():
        raise Impossible(f"{municipality} heeft al een functioneel beheerder. Vraag die om een rol.")
    person = _account(email, first_name, last_name)
    Post.objects.create(person=person, municipality=municipality, role=Role.FUNCTIONAL_MANAGER, since=clock.today())
    record("municipality.founded", by=person, about=municipality, person=person.id)
    return person


def _account(email: str, first_name: str, last_name: str) -> Person:
    known = Person.objects.with_email(email)
    if known:
        return known
    person = Person.objects.colleague(email, first_name=first_name, last_name=last_name)
    person.full_clean()
    person.save()
    return person
