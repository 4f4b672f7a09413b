"""The page to step in at, where there is no demo, or nobody in it yet."""

from typing import Any

from django.test import Client

PAGE = "/proef/"


def test_outside_the_demo_there_is_no_such_page(client: Client) -> None:
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"who": "noor"}).status_code == 404


def test_nobody_is_there_before_the_seed(client: Client, settings: Any) -> None:
    settings.DEMO = True
    assert "Er is nog niemand" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"who": "noor"}).status_code == 404
