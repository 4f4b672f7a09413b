"""Which workplaces somebody may know of."""

from django.db.models import QuerySet

from ipta.accounts.models import Person, Role
from ipta.workplaces.models import Workplace


def workplaces_visible_to(person: Person) -> QuerySet[Workplace]:
    """The workplace book of the coach's own municipalities."""
    return Workplace.objects.filter(municipality__in=person.municipalities_as(Role.COACH))
