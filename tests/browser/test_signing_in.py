"""A colleague comes in for the first time: by mail, with a password and a second factor of his own."""

import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from playwright.sync_api import Page

from ipta.accounts.founding import found
from tests.browser.conftest import Open

PASSWORD = "vier fietsen staan buiten"


def code_of_the_telephone(page: Page) -> str:
    """What the app on his telephone would show for the secret on this page."""
    secret = page.locator("code").inner_text()
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_from_the_first_mail_to_his_own_desk(open_browser: Open, live_server: object) -> None:
    found("GM0637", "fem@voorbeeld.example", first_name="Fem")
    page = open_browser()

    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mailadres").fill("fem@voorbeeld.example")
    page.get_by_role("button", name="Stuur de mail").click()
    page.get_by_role("heading", name="Kijk in je mail").wait_for()
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link
    page.goto(link[1])
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_label("Nog een keer").fill(PASSWORD)
    page.get_by_role("button", name="Klaar").click()
    page.get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mailadres").fill("fem@voorbeeld.example")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()

    page.get_by_role("heading", name="Maak je tweede sleutel").wait_for()
    page.goto("/gemeente/mensen/")
    assert "/2fa/totp/activate/" in page.url, "without a second factor nobody gets further"
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Klaar").click()
    page.get_by_text("Kijk dit nog even na").wait_for()
    page.get_by_label("Code").fill(code_of_the_telephone(page))
    page.get_by_role("button", name="Klaar").click()

    page.get_by_role("heading", name="Herstelcodes").wait_for()
    assert page.locator("code").count() == 10
    page.get_by_role("link", name="Verder").click()
    page.get_by_role("heading", name="Mensen en rollen").wait_for()
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("heading", name="Inloggen").wait_for()
    page.go_back()
    assert page.get_by_role("heading", name="Mensen en rollen").count() == 0, "the page is gone after leaving"
