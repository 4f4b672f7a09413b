"""One out of what is there, chosen by its id; and of somebody's municipalities the one it is about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.web.asking import NO_SUCH_ANSWER, Asking


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


def towns(person: Person, *roles: str) -> QuerySet[Municipality]:
    """The municipalities where somebody has one of these roles."""
    return Municipality.objects.filter(pk__in=person.municipalities_as(*roles))


def home(coach: Person) -> Municipality:
    """One of the municipalities of a coach, for what is of himself: its journal says that he did it."""
    return towns(coach, Role.COACH).order_by("code")[0]


class InTown(Asking):
    """A form about one of these municipalities. Who has only one is not asked which."""

    municipality = Among(
        label=_("Gemeente"),
        queryset=Municipality.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een gemeente."), "invalid_choice": _("Kies een van je gemeenten.")},
    )

    def __init__(self, *args: Any, among: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = among[0] if len(among) == 1 else None
        if self.only:
            del self.fields["municipality"]
        else:
            self.fields["municipality"].queryset = among  # type: ignore[attr-defined]

    @property
    def town(self) -> Municipality:
        return self.only or self.cleaned_data["municipality"]
