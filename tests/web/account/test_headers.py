"""The headers of a fault, a file, a page that is not there. Those of every address are looked at by the matrix."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from ipta.web import home
from tests.house.headers import missing


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
