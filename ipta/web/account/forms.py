from typing import Any

from allauth.account.forms import ResetPasswordForm

from ipta.accounts.models import Person


class AskForPassword(ResetPasswordForm):  # type: ignore[misc]
    """For an address nobody has, the same work is done for somebody who is not there: the answer takes as long."""

    users: list[Any]

    def clean_email(self) -> str:
        email = str(super().clean_email())
        self.users = self.users or [Person.objects.colleague(email, first_name="")]
        return email
