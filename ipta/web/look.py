"""How large and how dark this browser wants its letters. Remembered by the browser, also before anybody comes in."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = f"{settings.COOKIE_PREFIX}letters"
LIFE = timedelta(days=400)
SIZES: Final = ("normal", "large", "largest")
FONTS: Final = ("usual", "easy")
CONTRASTS: Final = ("usual", "strong")
VOICES: Final = ("usual", "slow", "fast")  # how quickly a page is read aloud: read by components/speak.js
OPTIONS: Final = {"size": SIZES, "contrast": CONTRASTS, "font": FONTS, "voice": VOICES}


def chosen(request: HttpRequest) -> dict[str, str]:
    """What was chosen here, or as it is by itself. Whatever else a browser sends is nothing."""
    said = dict(zip(OPTIONS, request.COOKIES.get(COOKIE, "").split("."), strict=False))
    return {name: said.get(name, "") if said.get(name) in some else some[0] for name, some in OPTIONS.items()}


def of(request: HttpRequest) -> str:
    """The classes of the page; none where everything is as usual."""
    return " ".join(f"{name}-{said}" for name, said in chosen(request).items() if said != OPTIONS[name][0])


def remember(response: HttpResponse, said: dict[str, str]) -> HttpResponse:
    secure = settings.SESSION_COOKIE_SECURE
    value = ".".join(said[name] for name in OPTIONS)
    response.set_cookie(COOKIE, value, max_age=LIFE, secure=secure, httponly=True, samesite="Lax")
    return response
