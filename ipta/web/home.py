from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ipta.web import desk


@desk.anyone("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """Everybody to his own desk."""
    person = request.user
    if not person.is_authenticated:
        return redirect("account_login")
    return render(request, "pages/no_desk.html")
