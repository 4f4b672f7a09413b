from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet

from ipta.accounts.models import Person
from ipta.base.prepared import prepared


class ByCode(BaseBackend):
    """Keeps a youth signed in after his PIN, and a member of the cast in the demo. It never signs anybody in itself."""

    def get_user(self, user_id: str) -> Person | None:
        return next(iter(_somebody(person=UUID(str(user_id)))), None)


@prepared
def _somebody(person: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=person, is_active=True)
