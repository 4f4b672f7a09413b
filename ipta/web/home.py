from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ipta.accounts.models import Role
from ipta.web import desk


@desk.anyone("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """Everybody to his own desk."""
    person = request.user
    if not person.is_authenticated:
        return redirect("demo:cast" if settings.DEMO else "account_login")
    if person.is_youth:
        return redirect("youth:home")
    if person.is_somewhere(Role.COACH):
        return redirect("coach:today")
    if person.is_somewhere(Role.FUNCTIONAL_MANAGER):
        return redirect("municipality:people")
    if person.is_somewhere(Role.PROFESSIONAL):
        return redirect("coach:shared")
    return render(request, "pages/no_desk.html")
