"""Where one goes after signing in, and who this site says it is: never what somebody else wrote."""

import re
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client

from ipta.accounts import entry
from ipta.accounts.models import Person
from tests.conftest import sign_in
from tests.web.account.signing import PASSWORD, code_of, give_code, with_password, with_telephone

ELSEWHERE = [
    "//evil.nl", "///evil.nl", "////evil.nl", "https:evil.nl", "https:/evil.nl", "https://evil.nl", "http://evil.nl",
    "\\evil", "\\\\evil.nl", "/\\evil.nl", "/\\/evil.nl", "/\t/evil.nl", "/\n/evil.nl", "/\r\n/evil.nl", "\t//evil.nl",
    " //evil.nl", "javascript:alert(1)", "data:text/html,x", "evil.nl", "@evil.nl", "//testserver@evil.nl",
    "https://testserver.evil.nl/", "http://testserver/", "//testserver", "\u0000//evil.nl", "//evil\u3002nl",
]  # fmt: skip
# Odd, and on this very site: a page that is not there.
HERE = ["/%09/evil", "/%5Cevil.nl", "/%2F%2Fevil.nl", "/jongeren/?next=//evil.nl"]


def stays_here(location: str) -> bool:
    """As a browser reads it: it takes out tabs and line ends, and a backslash for a slash."""
    read = re.sub(r"[\t\r\n]", "", location).replace("\\", "/").strip()
    there = urlsplit(urljoin("http://testserver/hier/", read))
    return there.scheme == "http" and there.netloc == "testserver"


@pytest.mark.slow
def test_staff_go_to_a_page_of_this_site(noor: Person) -> None:
    """She has no second factor yet, so that her password is the last step."""
    with_password(noor)
    for page in [*ELSEWHERE, *HERE]:
        words = {"login": noor.email, "password": PASSWORD, "next": page}
        answer = Client().post("/accounts/login/", words)
        assert answer.headers["Location"] == (page if page in HERE else "/"), page


def test_also_after_the_second_step(noor: Person) -> None:
    secret = with_telephone(with_password(noor))
    browser = Client()
    browser.post("/accounts/login/", {"login": noor.email, "password": PASSWORD, "next": "//evil.nl"})
    assert give_code(browser, code_of(secret)).headers["Location"] == "/"


@pytest.mark.parametrize("page", ELSEWHERE)
def test_so_do_youths(sem: Person, noor: Person, page: str) -> None:
    code = entry.make_code(sem, by=noor)
    answer = Client().post("/binnen/kiezen/", {"code": code, "pin": "9753", "again": "9753", "next": page})
    assert answer.headers["Location"] == "/"


@pytest.mark.slow
@pytest.mark.parametrize(
    "door",
    [
        "/accounts/logout/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/reauthenticate/",
        "/taal/setlang/",
        "/accounts/password/reset/",
    ],
)
def test_no_other_door_leads_elsewhere(noor: Person, door: str) -> None:
    with_password(noor)
    for page in ELSEWHERE:
        words = {"next": page, "password": PASSWORD, "language": "en", "email": str(noor.email)}
        for answer in (
            sign_in(noor).post(door, words),
            sign_in(noor).post(f"{door}?{urlencode({'next': page})}", words),
        ):
            assert stays_here(answer.headers.get("Location", "/")), (page, answer.headers["Location"])


def test_who_is_in_already_is_not_sent_away_by_a_link(noor: Person, sem: Person) -> None:
    for page in ELSEWHERE:
        assert stays_here(sign_in(noor).get("/accounts/login/", {"next": page}).headers["Location"])
        assert stays_here(sign_in(sem).get("/binnen/", {"next": page}).headers["Location"])


# --- Forged names ------------------------------------------------------------------------------------

FORGED = {
    "X-Forwarded-Host": "evil.nl",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "1.1.1.1",
    "Forwarded": "host=evil.nl",
}


@pytest.mark.parametrize(
    "host", ["evil.nl", "testserver.evil.nl", "evil.nl:80", "testserver@evil.nl", "", "a b", "x" * 300]
)
def test_a_forged_host_is_refused(host: str) -> None:
    answer = (
        Client().get("/accounts/login/", headers={"Host": host}) if host else Client().get("/", SERVER_NAME="evil.nl")
    )
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_what_is_forwarded_changes_no_link(noor: Person, settings: Any) -> None:
    with_password(noor)
    page = Client().get("/accounts/login/", headers=FORGED)
    assert "evil.nl" not in page.text + str(page.headers)
    Client().post("/accounts/password/reset/", {"email": str(noor.email)}, headers=FORGED)
    assert "http://testserver/accounts/password/reset/key/" in str(mail.outbox[0].body)
    assert "evil" not in str(mail.outbox[0].body)
