"""What was typed is kept and comes back: while somebody is signed in as a draft of his (`drafts`), after his session
ended in the browser it was typed in.

Of the latter the words lie sealed in the database for a day; the key lies only in a cookie of that browser. They come
back only to the person who was signed in there before.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from ipta.vault import seals
from ipta.web import drafts
from ipta.web.models import KeptForm

COOKIE, WHO = f"{settings.COOKIE_PREFIX}bewaard", f"{settings.COOKIE_PREFIX}wie"
LIFE = timedelta(days=1)
LONGEST, LONGEST_PATH = 400_000, 200
KEPT, SENT, TOO_LONG = 204, 205, 413
NEVER_KEPT = {"csrfmiddlewaretoken", "wanted"}  # what somebody looked for is asked again, not written down


def remember_who(request: HttpRequest, response: HttpResponse) -> None:
    """Mark this browser with who is signed in, so that kept words go back to nobody else."""
    if request.user.is_authenticated and str(request.user.pk) != _who(request):
        _cookie(response, WHO, signing.dumps(str(request.user.pk), salt=WHO), age=timedelta(hours=24))


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Keep a posted form for the person who was signed in here. Without one, or without words, nothing is kept."""
    text = json.dumps(_words(request))
    if not can_keep(request) or len(text) > LONGEST:
        return
    browser, key = _browser(request) or (uuid4(), seals.new_key())
    blob = seals.seal(text, key, at=_place(browser, _who(request), request.path))
    mark = drafts.mark_of(request.POST) or drafts.NO_MARK
    KeptForm.objects.update_or_create(browser=browser, path=request.path, mark=mark, defaults={"blob": blob})
    _cookie(response, COOKIE, f"{browser}.{urlsafe_b64encode(key).decode()}", age=LIFE)


def can_keep(request: HttpRequest) -> bool:
    is_known = bool(_who(request)) and len(request.path) <= LONGEST_PATH
    return is_known and any(any(values) for values in _words(request).values())


def sentences(request: HttpRequest) -> list[str]:
    """What somebody typed himself: more than one word. All else a form sends is of the form."""
    return [text for values in _words(request).values() for text in values if len(text.split()) > 1]


def type_on(request: HttpRequest) -> int:
    """What a browser sends by itself while somebody types: the answer it gets. Raises `Http404`."""
    text = json.dumps(_words(request))
    if len(text) > LONGEST or len(request.path) > LONGEST_PATH:
        return TOO_LONG
    return KEPT if drafts.keep(request, text) else SENT


def take_back(request: HttpRequest) -> tuple[datetime, QueryDict] | None:
    """What was typed last on this page and was not sent, and when."""
    found = [each for each in (_of_browser(request), drafts.newest(request)) if each]
    if not found:
        return None
    at, words = max(found)
    back = QueryDict(mutable=True)
    for name, values in json.loads(words).items():
        back.setlist(name, values)
    return at, back


def _of_browser(request: HttpRequest) -> tuple[datetime, str] | None:
    """What was typed here after the session ended, if it is this person's."""
    here = _browser(request)
    kept = here and _kept(here[0], request).order_by("-kept_at").first()
    if not here or not kept:
        return None
    browser, key = here
    try:
        return kept.kept_at, seals.unseal(bytes(kept.blob), key, at=_place(browser, str(request.user.pk), request.path))
    except seals.Unreadable:
        return None


def done(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The form was sent after all, or thrown away: what was kept of it goes."""
    mark = drafts.mark_of(request.POST)
    drafts.drop(request, mark)
    if here := _browser(request):
        _kept(here[0], request).filter(mark=mark or drafts.NO_MARK).delete()
    return response


def forget_about(dossier: UUID) -> int:
    """What was kept of pages about this dossier goes, whoever typed it. Gives how many that were."""
    return KeptForm.objects.filter(path__contains=str(dossier)).delete()[0]


def _browser(request: HttpRequest) -> tuple[UUID, bytes] | None:
    """This browser's number and its key; None when it keeps nothing yet."""
    number, _dot, encoded = request.COOKIES.get(COOKIE, "").partition(".")
    try:
        key = urlsafe_b64decode(encoded)
        return (UUID(number), key) if len(key) == seals.KEY_BYTES else None
    except ValueError:
        return None


def _kept(browser: UUID, request: HttpRequest) -> QuerySet[KeptForm]:
    return KeptForm.objects.filter(browser=browser, path=request.path, kept_at__gt=timezone.now() - LIFE)


def _place(browser: UUID, who: str, path: str) -> bytes:
    return f"kept|{browser}|{who}|{path}".encode()


def _words(request: HttpRequest) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}


def _who(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(WHO, ""), salt=WHO, max_age=timedelta(hours=24)))
    except signing.BadSignature:
        return ""


def _cookie(response: HttpResponse, name: str, value: str, *, age: timedelta) -> None:
    response.set_cookie(name, value, max_age=age, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
