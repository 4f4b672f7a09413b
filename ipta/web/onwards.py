"""Where somebody was going when he had to sign in first."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked(request: HttpRequest) -> str:
    """The page in `next`, if it is one of ours; otherwise nothing."""
    page = request.POST.get("next") or request.GET.get("next", "")
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours else ""
