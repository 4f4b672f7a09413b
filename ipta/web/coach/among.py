"""One out of what is there, chosen by its id."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class Among(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice out of rows. An id that is none is an answer that is not there, and said in the same plain words."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as fault:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from fault
