"""Passkeys: what a browser sends is never believed, and never breaks anything. (The real thing: tests/browser.)"""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from ipta.accounts.models import Person
from tests.conftest import sign_in
from tests.web.account.signing import SECOND, give_password, with_password

LOGIN, ADD, AGAIN = (
    "/accounts/2fa/webauthn/login/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/reauthenticate/",
)


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def nonsense(person: Person) -> list[Any]:
    """From no JSON at all to something that looks right but for the signature."""
    client = {"type": "webauthn.get", "challenge": encoded(b"x" * 32), "origin": "http://testserver"}
    response = {
        "clientDataJSON": encoded(json.dumps(client).encode()),
        "authenticatorData": encoded(b"\0" * 37),
        "signature": encoded(b"\0" * 70),
        "userHandle": encoded(person.pk.hex.encode()),
    }
    good = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {}, "response": response}
    made = {**response, "attestationObject": encoded(b"\xa3cfmtdnone")}
    return [
        "", "null", "[]", "{}", "1", '"x"', "{", "\0", "é" * 5000, "[" * 3000,
        good,
        {**good, "response": {}},
        {**good, "response": None},
        {**good, "response": []},
        {**good, "response": {**response, "userHandle": None}},
        {**good, "response": {name: value for name, value in response.items() if name != "userHandle"}},
        {**good, "response": {**response, "userHandle": "%%%"}},
        {**good, "response": {**response, "userHandle": encoded(b"\xff\xfe")}},
        {**good, "response": {**response, "userHandle": encoded(b"geen nummer")}},
        {**good, "response": {**response, "userHandle": encoded(b"0" * 32)}},
        {**good, "response": {**response, "clientDataJSON": encoded(b"{}")}},
        {**good, "response": {**response, "authenticatorData": ""}},
        {**good, "response": made},
        {**good, "response": {**made, "attestationObject": encoded(b"\xff" * 40)}},
        {**good, "id": 5, "rawId": 5},
        {**good, "type": "password"},
    ]  # fmt: skip


@pytest.fixture
def credentials(noor: Person) -> list[str]:
    return [word if isinstance(word, str) else json.dumps(word) for word in nonsense(noor)]


def test_nonsense_signs_nobody_in(noor: Person, credentials: list[str]) -> None:
    sign_in(noor)  # she has a second factor, as everybody
    for credential in credentials:
        browser = Client()
        browser.get(LOGIN, headers={"Accept": "application/json"})
        answer = browser.post(LOGIN, {"credential": credential})
        assert answer.headers["Location"] == "/accounts/login/", credential
        assert browser.get("/vandaag/").status_code == 302, credential


def test_nonsense_is_no_second_factor(noor: Person, credentials: list[str]) -> None:
    with_password(noor)
    sign_in(noor)
    browser = Client()
    give_password(browser, noor)
    for number, credential in enumerate(credentials):
        if number % 4 == 3:  # five wrong ones and one waits
            browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
            give_password(browser, noor)
        assert browser.post(SECOND, {"credential": credential}).status_code == 200, credential
    assert browser.get("/vandaag/").status_code == 302


@pytest.mark.parametrize("path", [ADD, AGAIN])
def test_nonsense_makes_no_passkey_and_answers_no_question(noor: Person, credentials: list[str], path: str) -> None:
    browser = sign_in(noor)
    before = Authenticator.objects.count()
    for credential in credentials:
        browser.get(path)
        assert browser.post(path, {"name": "x", "credential": credential}).status_code < 500, credential
    assert Authenticator.objects.count() == before


def test_the_question_is_another_one_each_time_and_says_nothing_of_anybody(noor: Person) -> None:
    asked = [Client().get(LOGIN, headers={"Accept": "application/json"}).json() for _ in range(2)]
    first, second = (each["request_options"]["publicKey"] for each in asked)
    assert first["challenge"] != second["challenge"]
    assert first["userVerification"] == "required"
    assert not first.get("allowCredentials")


def test_a_name_is_short(noor: Person) -> None:
    with_password(noor)
    browser = Client()
    give_password(browser, noor)
    assert "Passkey 1" in browser.get(ADD).text
    assert browser.post(ADD, {"name": "x" * 41, "credential": "{}"}).status_code == 200


def test_somebody_elses_passkey_cannot_be_taken_away(noor: Person, bram: Person) -> None:
    his = Authenticator.objects.create(user=bram, type="webauthn", data={"name": "van Bram", "credential": {}})
    answer = sign_in(noor).post(f"/accounts/2fa/webauthn/keys/{his.pk}/remove/", follow=True)
    assert "van Bram" not in answer.text
    assert Authenticator.objects.filter(pk=his.pk).exists()
