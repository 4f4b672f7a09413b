"""A colleague comes in: the first time by mail, later with a code of his telephone or with a passkey."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from playwright.sync_api import Browser, CDPSession, Page

from ipta.accounts.founding import found
from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from tests.browser.chromium import PHONE
from tests.browser.conftest import Open
from tests.cast import CANARY
from tests.conftest import sign_in

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

    page.get_by_role("heading", name="Je herstelcodes").wait_for()
    assert page.locator("code").count() == 10
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.get_by_role("heading", name="Mensen en rollen").wait_for()
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("heading", name="Inloggen").wait_for()
    page.go_back()
    assert page.get_by_role("heading", name="Mensen en rollen").count() == 0, "the page is gone after leaving"


# --- Passkeys ----------------------------------------------------------------------------


def give_a_finger(page: Page) -> CDPSession:
    """A telephone that knows passkeys, and a finger that is always right."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.fixture
def noor_with_password(noor: Person) -> Person:
    noor.set_password(PASSWORD)
    noor.save()
    return noor


def sign_in_with_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mailadres").fill("noor@voorbeeld.example")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()


def sign_out(page: Page) -> None:
    page.goto("/meer/")
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("heading", name="Inloggen").wait_for()


def test_a_passkey_is_made_signs_in_and_goes_away_again(open_browser: Open, noor_with_password: Person) -> None:
    page = open_browser()
    give_a_finger(page)
    sign_in_with_password(page)
    page.get_by_role("link", name="Liever een passkey").click()
    page.get_by_label("Hoe noem je hem?").fill("Telefoon van het werk")
    page.get_by_role("button", name="Maak de passkey").click()
    page.get_by_role("heading", name="Je herstelcodes").wait_for()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.wait_for_url("**/vandaag/")

    sign_out(page)
    page.goto("/accounts/login/?next=/jongeren/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url(re.compile(r"^[^?]*/jongeren/$"))

    sign_out(page)
    sign_in_with_password(page)
    page.get_by_role("button", name="Gebruik je passkey").click()
    page.wait_for_url("**/vandaag/")

    page.goto("/accounts/2fa/webauthn/")
    page.get_by_text("Telefoon van het werk").wait_for()
    page.get_by_role("link", name="Haal weg").click()
    page.get_by_role("button", name="Haal weg").click()
    page.get_by_text("Je hebt er nog geen.").wait_for()
    assert not Authenticator.objects.exists(), "nor recovery codes for a key that is gone"
    page.goto("/vandaag/")
    assert "/2fa/totp/activate/" in page.url, "and without a second factor nobody gets further"


def test_a_passkey_that_was_taken_away_signs_nobody_in(open_browser: Open, noor_with_password: Person) -> None:
    page = open_browser()
    give_a_finger(page)
    sign_in_with_password(page)
    page.get_by_role("link", name="Liever een passkey").click()
    page.get_by_role("button", name="Maak de passkey").click()
    page.get_by_role("heading", name="Je herstelcodes").wait_for()
    sign_out(page)
    Authenticator.objects.all().delete()

    with page.expect_navigation(url="**/accounts/login/"):
        page.get_by_role("button", name="Inloggen met een passkey").click()

    page.get_by_text("Dit klopt niet.").wait_for()
    page.goto("/vandaag/")
    assert "/accounts/login/" in page.url


def test_who_shows_no_finger_is_told_so_and_can_go_on_otherwise(open_browser: Open, noor_with_password: Person) -> None:
    page = open_browser()
    session = give_a_finger(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.get_by_text("Het is niet gelukt, of je bent gestopt.").wait_for()
    session.send("WebAuthn.disable")

    sign_in_with_password(page)
    page.get_by_role("heading", name="Maak je tweede sleutel").wait_for()


# --- Leaving ---------------------------------------------------------------------------------


def test_back_after_signing_out_shows_nothing(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    page = open_browser(noor)
    for path in ("/vandaag/", f"/jongeren/{dossier.pk}/", "/meer/"):
        page.goto(path)
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("heading", name="Inloggen").wait_for()
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert CANARY not in page.content()


def test_back_after_weg_shows_nothing(open_browser: Open, sem: Person) -> None:
    page = open_browser(sem)
    for path in ("/ik/plan/", "/ik/over-mij/", "/ik/"):
        page.goto(path)
    page.get_by_role("button", name="Weg").first.click()
    page.wait_for_url("**/binnen/weg/")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert CANARY not in page.content()


# --- Text that would become script -----------------------------------------------------------


@pytest.fixture
def attacked(chromium: Browser, live_server: object, noor: Person) -> Iterator[Page]:
    """Her own page, and somebody who can already run a line in it: what the browser refuses it may complain of."""
    base = live_server.url  # type: ignore[attr-defined]
    context = chromium.new_context(viewport=PHONE, base_url=base)
    session = sign_in(noor).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
    page = context.new_page()
    page.goto("/meer/")
    yield page
    context.close()


@pytest.mark.parametrize(
    "sink",
    [
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "document.createElement('iframe').srcdoc = '<b>x</b>'",
        "document.createElement('script').textContent = 'window.ran = 1'",
        "document.createElement('script').src = '/static/ipta/app.js'",
        "trustedTypes.createPolicy('andere', {})",
        "trustedTypes.createPolicy('default', {})",
        "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    ],
)
def test_text_never_becomes_html_or_script_by_itself(attacked: Page, sink: str) -> None:
    refused = attacked.evaluate(f"() => {{ try {{ {sink}; return false }} catch (fault) {{ return true }} }}")
    assert refused
    assert attacked.evaluate("() => window.ran") is None
