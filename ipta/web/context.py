from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    return {"demo_mode": settings.DEMO, "identity_providers": settings.IDENTITY_PROVIDERS}
