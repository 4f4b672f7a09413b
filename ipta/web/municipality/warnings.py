"""How often coaches told something without a youth's yes: a number for each month, and nothing of what or of whom."""

from django.http import HttpResponse
from django.shortcuts import render

from ipta.accounts.models import Municipality, Role
from ipta.sharing.warning.queries import months_of
from ipta.web import desk


@desk.municipality()
def warnings(request: desk.DeskRequest) -> HttpResponse:
    mine = request.user.municipalities_as(Role.FUNCTIONAL_MANAGER, Role.PROJECT_LEADER)
    here = Municipality.objects.filter(pk__in=mine).order_by("name")
    leads = not request.user.is_somewhere(Role.FUNCTIONAL_MANAGER)
    found = [(municipality, months_of(municipality)) for municipality in here]
    return render(request, "municipality/warnings.html", {"found": found, "leads": leads})
