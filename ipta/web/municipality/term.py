"""How long this municipality remembers somebody who has not said yes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Role
from ipta.scouting import commands
from ipta.scouting.rules import TERMS
from ipta.web import desk, kept
from ipta.web.asking import Asking, asked, choice, is_done, shown


class TermForm(Asking):
    weeks = choice(_("Hoeveel weken?"), [(str(weeks), str(weeks)) for weeks in TERMS], need=_("Kies een termijn."))


@desk.functional_manager("GET", "HEAD", "POST")
def set_term(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """A number of weeks. It counts for everybody who has not said yes, also for who was noted before."""
    mine = Municipality.objects.filter(pk__in=request.user.municipalities_as(Role.FUNCTIONAL_MANAGER))
    here = mine.filter(pk=municipality).first()
    if here is None:
        raise Http404
    form = asked(request, TermForm, initial={"weeks": str(here.scout_days // 7)})
    if is_done(request, form, lambda: commands.set_term(here, weeks=int(form.cleaned_data["weeks"]), by=request.user)):
        messages.success(request, gettext("Bewaard."))
        return kept.done(request, redirect("municipality:name_phases", here.pk))
    return shown(request, "municipality/term.html", form, municipality=here)
