from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ipta.web import look


def house(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo_mode": settings.DEMO,
        "identity_providers": settings.IDENTITY_PROVIDERS,
        "away": getattr(request, "away", 0),
        "look": look.of(request),
    }
