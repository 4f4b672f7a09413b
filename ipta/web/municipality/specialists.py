"""The directory of specialists: whom coaches may call on, what was agreed, and whether it is kept. No dossier opens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.dossiers.models import Specialist
from ipta.dossiers.specialists import commands
from ipta.dossiers.specialists.policies import KEEPERS
from ipta.dossiers.specialists.queries import specialists_kept_by
from ipta.dossiers.specialists.rules import LONGEST_WAIT
from ipta.sharing.help.queries import promptness_of
from ipta.sharing.help.rules import Promptness
from ipta.web import desk, kept
from ipta.web.among import InTown
from ipta.web.asking import NO_SUCH_ANSWER, Asking, asked, day, is_done, is_ready, shown, tick, told, words
from ipta.web.meanwhile import Changing, There

RANGE = _("Vul een getal in van 1 tot en met 60.")


@dataclass(frozen=True, slots=True)
class Line:
    """A specialist, and what came of the questions to him."""

    specialist: Specialist
    fields: str
    numbers: Promptness


@desk.municipality()
def specialists(request: desk.DeskRequest) -> HttpResponse:
    """Everybody in the directory, with how quick the answers came: numbers alone."""
    numbers = promptness_of(request.user)
    mine = specialists_kept_by(request.user)
    lines = [Line(one, ", ".join(one.field_names), numbers.get(one.pk, Promptness())) for one in mine]
    context = {
        "there": [line for line in lines if line.specialist.is_reachable],
        "gone": [line for line in lines if not line.specialist.is_reachable],
        "asked": [line for line in lines if line.numbers.asked],
        "several": len(_mine(request.user)) > 1,
        "gives_roles": _gives_roles(request),
    }
    return render(request, "municipality/specialists.html", context)


# --- writing in it ------------------------------------------------------------------------------------------------


class Words(forms.Form):
    """What is asked of a specialist, new or known."""

    organisation = words(_("Organisatie"), longest=80, need=_("Schrijf op welke organisatie het is."))
    name = words(_("Naam"), longest=80, hint=_("Van wie daar antwoordt. Mag leeg blijven."))
    fields_ = forms.MultipleChoiceField(
        label=_("Waarvoor?"),
        choices=Specialist.Field.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kies waarvoor coaches hier terechtkunnen."),
            "invalid_choice": NO_SUCH_ANSWER,
            "invalid_list": NO_SUCH_ANSWER,
        },
    )
    about = words(_("Wat kunnen ze?"), longest=300, hint=_("In een paar woorden. Zet hier niets over jongeren."))
    phone = words(_("Telefoon"), longest=60)
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Dit is geen e-mailadres. Een adres ziet er zo uit: noor@gemeente.nl.")},
    )
    answers_within = forms.IntegerField(
        label=_("Antwoord binnen hoeveel werkdagen?"),
        min_value=1,
        max_value=LONGEST_WAIT,
        initial=5,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), RANGE),
    )
    agreement = words(
        _("Wat is er nog meer afgesproken?"),
        longest=1000,
        rows=3,
        hint=_("Bijvoorbeeld: bellen tussen 9 en 12 uur, bij haast meteen."),
    )
    until = day(_("De afspraak geldt tot en met"), hint=_("Leeg is tot iemand het anders afspreekt."))


def _said(form: forms.Form) -> dict[str, Any]:
    said = {name: form.cleaned_data[name] for name in (*commands.WORDS, "answers_within", "until")}
    return said | {"fields": form.cleaned_data["fields_"]}


class NewForm(Words, InTown):
    pass


class ChangeForm(Words, Changing):
    is_reachable = tick(_("Coaches kunnen hier nu terecht"))

    def others(self) -> list[There]:
        """The fields by their names."""
        labels = ", ".join(str(label) for key, label in Specialist.Field.choices if key in self.there["fields_"])
        mine = str(self["fields_"].label)
        return [replace(one, words=labels) if one.label == mine else one for one in super().others()]


@desk.municipality("GET", "HEAD", "POST")
def add_specialist(request: desk.DeskRequest) -> HttpResponse:
    """Somebody more on whom coaches may call."""
    form = asked(request, NewForm, among=_mine(request.user))
    if is_done(request, form, lambda: commands.add_specialist(form.town, by=request.user, **_said(form))):
        messages.success(request, gettext("De specialist staat erbij."))
        return kept.done(request, redirect("municipality:specialists"))
    return _form_page(request, form, gettext("Specialist erbij"))


@desk.municipality("GET", "HEAD", "POST")
def change_specialist(request: desk.DeskRequest, specialist: UUID) -> HttpResponse:
    """What is agreed now."""
    found = specialists_kept_by(request.user).filter(pk=specialist).first()
    if found is None:
        raise Http404
    form = asked(request, ChangeForm, there=_there(found))
    if is_ready(request, form):
        if form.is_overtaken:
            return _form_page(request, form.again(), str(found), status=409, others=form.others())
        with told(form):
            if form.others():
                reachable = form.cleaned_data["is_reachable"]
                commands.change_specialist(found, is_reachable=reachable, by=request.user, **_said(form))
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("municipality:specialists"))
    return _form_page(request, form, str(found))


def _there(specialist: Specialist) -> Mapping[str, Any]:
    names = (*commands.WORDS, "answers_within", "until", "is_reachable")
    return {name: getattr(specialist, name) for name in names} | {"fields_": specialist.fields}


def _form_page(request: desk.DeskRequest, form: Asking, title: str, status: int = 0, **context: Any) -> HttpResponse:
    context |= {"back": reverse("municipality:specialists"), "gives_roles": _gives_roles(request)}
    return shown(request, "municipality/specialist.html", form, status=status, title=title, **context)


def _gives_roles(request: desk.DeskRequest) -> bool:
    return request.user.is_somewhere(Role.FUNCTIONAL_MANAGER)


def _mine(person: Person) -> QuerySet[Municipality]:
    return Municipality.objects.filter(pk__in=person.municipalities_as(*KEEPERS)).order_by("name")
