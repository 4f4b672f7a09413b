"""Where somebody is signed in, and ending it everywhere else."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from ipta.accounts import rules, sessions
from ipta.web import desk


@desk.anyone("GET", "HEAD", "POST")
@login_required
def where_i_am(request: desk.DeskRequest) -> HttpResponse:
    """Every browser somebody is signed in on, and one button that signs him out of all others."""
    if request.method == "POST":
        sessions.end_all(request.user, but=request.session.session_key)
        return redirect("sessions")
    here = rules.hashed(request.session.session_key or "")
    return render(request, "account/sessions.html", {"sessions": sessions.of(request.user), "here": here})
