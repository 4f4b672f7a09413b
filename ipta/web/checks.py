"""A door without a lock: the site does not start with a view that declares no desk."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.checks import run_checks as run
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

DESKS = "desks"
# Views of others: who may go through stands in the files that bring them in (ipta/web/account/urls.py, ipta/urls.py).
OF_OTHERS = ("allauth.", "django.views.i18n")


@register(DESKS)
def every_view_declares_a_desk(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """An error for each view of ours that does not say who sits there."""
    return [
        Error(f"{pattern.callback.__module__}.{pattern.callback.__name__} declares no desk", id="ipta.E001")
        for pattern in _patterns(get_resolver())
        if not pattern.callback.__module__.startswith(OF_OTHERS) and not hasattr(pattern.callback, "desk")
    ]


def refuse_open_doors() -> None:
    """Called where the site starts to serve. Raises `ImproperlyConfigured`."""
    if found := run(tags=[DESKS]):
        raise ImproperlyConfigured("\n".join(message.msg for message in found))


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _patterns(found)
        else:
            yield found
