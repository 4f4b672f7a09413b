"""Recovery codes, shown once: right after they were made. Afterwards only how many are left."""

from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ipta.web import desk
from ipta.web.desk import View
from ipta.web.mfa.forms import FEW

MADE = "recovery_codes_made"


@desk.anyone("GET", "HEAD")
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # of allauth
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Looking at them uses the looking up, in the session: the codes themselves do not change by it."""
    found = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if found is None:
        raise Http404
    left = found.wrap().get_unused_codes()
    is_new = request.method == "GET" and request.session.pop(MADE, None) == found.pk
    context = {"codes": left if is_new else [], "left": len(left), "few": len(left) <= FEW}
    return render(request, "mfa/recovery_codes/index.html", context)


def shown_once(view: View) -> View:
    """For the views that make codes: the page where they go on to shows them, this one time."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.headers.get("Location") == reverse("mfa_view_recovery_codes"):
            made = Authenticator.objects.get(user=request.user, type=Authenticator.Type.RECOVERY_CODES)
            request.session[MADE] = made.pk
        return response

    return answer
