"""Addresses of the desk of who answers for the law."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from ipta.accounts.models import Municipality


def at(name: str, here: Municipality, *about: Any) -> str:
    return reverse(f"law:{name}", args=[here.pk, *about])


def said(response: HttpResponse) -> str:
    return response.content.decode()
