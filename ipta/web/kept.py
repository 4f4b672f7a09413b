"""What was typed when the session had ended is kept, sealed, and comes back after signing in.

The words lie sealed in the database for a day; the key lies only in a cookie of the browser they were typed in.
They come back only to the person who was signed in there before.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from ipta.vault import seals
from ipta.web.models import KeptForm

COOKIE, WHO = "bewaard", "wie"
LIFE = timedelta(days=1)
LONGEST = 400_000


def remember_who(request: HttpRequest, response: HttpResponse) -> None:
    """Mark this browser with who is signed in, so that kept words go back to nobody else."""
    if request.user.is_authenticated and str(request.user.pk) != _who(request):
        _cookie(response, WHO, signing.dumps(str(request.user.pk), salt=WHO), age=timedelta(hours=24))


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Keep a posted form for the person who was signed in here. Without one, nothing is kept."""
    who, words = _who(request), request.POST.dict() | {name: request.POST.getlist(name) for name in request.POST}
    words.pop("csrfmiddlewaretoken", None)
    text = json.dumps(words)
    if not who or len(text) > LONGEST:
        return
    key, form_id = seals.new_key(), uuid4()
    place = f"kept|{form_id}|{who}|{request.path}".encode()
    KeptForm.objects.create(id=form_id, path=request.path, blob=seals.seal(text, key, at=place))
    _cookie(response, COOKIE, f"{form_id}.{urlsafe_b64encode(key).decode()}", age=LIFE)


def take_back(request: HttpRequest) -> QueryDict | None:
    """The words that were typed on this page before signing in again, if they are this person's."""
    try:
        form_id, encoded = request.COOKIES[COOKIE].split(".")
        kept = KeptForm.objects.get(pk=UUID(form_id), path=request.path, kept_at__gt=timezone.now() - LIFE)
        place = f"kept|{form_id}|{request.user.pk}|{request.path}".encode()
        words = json.loads(seals.unseal(bytes(kept.blob), urlsafe_b64decode(encoded), at=place))
    except (KeyError, ValueError, KeptForm.DoesNotExist, seals.Unreadable):
        return None
    back = QueryDict(mutable=True)
    for name, values in words.items():
        back.setlist(name, values)
    return back


def done(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The form was sent after all: what was kept goes away."""
    if COOKIE in request.COOKIES:
        form_id = request.COOKIES[COOKIE].partition(".")[0]
        KeptForm.objects.filter(pk=form_id).delete() if len(form_id) == 36 else None
        response.delete_cookie(COOKIE)
    return response


def _who(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(WHO, ""), salt=WHO, max_age=timedelta(hours=24)))
    except signing.BadSignature:
        return ""


def _cookie(response: HttpResponse, name: str, value: str, *, age: timedelta) -> None:
    response.set_cookie(name, value, max_age=age, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
