"""The headers of every answer: of each address for each member, of a fault, of a file."""

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from ipta.web import home
from tests.house.site import MEMBERS, ROUTES, SENT, Site, undone

# Name and what must be in it. A paper is handed out under a stricter policy of its own.
EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
POLICY = (
    "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    "form-action 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'",
)  # fmt: skip


def missing(response: HttpResponse) -> list[str]:
    headers = response.headers
    wrong = [name for name, value in EVERYWHERE.items() if value not in headers.get(name, "")]
    policy = headers.get("Content-Security-Policy", "")
    is_page = headers.get("Content-Type", "").startswith("text/html")
    wrong += [part for part in POLICY if is_page and part not in policy]
    wrong += [word for word in ("unsafe", "*", "http:") if word in policy]
    wrong += ["another site may read it"] * ("Access-Control-Allow-Origin" in headers)
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("member", MEMBERS)
def test_every_answer_for_every_member(member: str, site: Site) -> None:
    browser = site.browser(member)
    wrong = []
    for name in ROUTES:
        for method in ("get", "post"):
            with undone():
                response = getattr(browser(), method)(
                    site.address(name), SENT.get(name, {}) if method == "post" else {}
                )
            found = missing(response)
            found += ["stays behind"] * ("no-store" not in response.headers.get("Cache-Control", ""))
            wrong += [f"{method} {name} ({response.status_code}): {found}"] if found else []
    assert wrong == []


def test_a_page_that_is_not_there_and_a_method_that_is_not() -> None:
    for response in (
        Client().get("/bestaat-niet/"),
        Client().put("/binnen/"),
        Client().get("/", headers={"Host": "x"}),
    ):
        assert response.status_code in {400, 404, 405}
        assert missing(response) == []
        assert "no-store" in response.headers["Cache-Control"]


def test_a_form_without_its_token() -> None:
    response = Client(enforce_csrf_checks=True).post("/binnen/", {"code": "x"})
    assert response.status_code == 403
    assert missing(response) == []


@pytest.mark.parametrize(("fault", "status"), [(RuntimeError("x"), 500), (OperationalError("x"), 503)])
def test_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int) -> None:
    def break_it(*_: Any, **__: Any) -> Any:
        raise fault

    monkeypatch.setattr(home, "redirect", break_it)
    browser = Client(raise_request_exception=False)
    response = browser.get("/")
    assert response.status_code == status
    assert missing(response) == []


@pytest.mark.parametrize("file", ["/static/ipta/app.css", "/static/ipta/app.js", "/static/bestaat-niet.css"])
def test_a_file(file: str) -> None:
    assert missing(Client().get(file)) == []
