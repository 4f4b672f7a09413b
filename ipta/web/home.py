from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ipta.accounts.models import Role
from ipta.web import desk

# Who has more than one role begins at the first of these.
DESKS = {
    Role.COACH: "coach:today",
    Role.PRIVACY_OFFICER: "oversight:municipalities",
    Role.FUNCTIONAL_MANAGER: "municipality:people",
    Role.PROFESSIONAL: "coach:shared",
}


@desk.anyone("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """Everybody to his own desk."""
    person = request.user
    if not person.is_authenticated:
        return redirect("demo:cast" if settings.DEMO else "account_login")
    if person.is_youth:
        return redirect("youth:home")
    if person.is_guest:
        return redirect("network:home")
    for role, desk_of_role in DESKS.items():
        if person.is_somewhere(role):
            return redirect(desk_of_role)
    return render(request, "pages/no_desk.html", {"leads": person.is_somewhere(Role.PROJECT_LEADER)})
