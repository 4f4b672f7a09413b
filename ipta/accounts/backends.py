from django.contrib.auth.backends import BaseBackend

from ipta.accounts.models import Person


class ByCode(BaseBackend):
    """Keeps a youth signed in after his PIN, and a member of the cast in the demo. It never signs anybody in itself."""

    def get_user(self, user_id: str) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()
