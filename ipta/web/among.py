"""One out of what is there, chosen by its id."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ipta.accounts.models import Person
from ipta.web.asking import NO_SUCH_ANSWER


class Among(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice out of rows. An id that is none is an answer that is not there, and said in the same plain words."""

    default_error_messages = {"invalid_choice": NO_SUCH_ANSWER}

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as fault:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from fault


class Colleague(Among):
    """One of the colleagues. Two names can look alike, so that each says more than its name."""

    def label_from_instance(self, person: Person) -> str:
        return person.in_full
