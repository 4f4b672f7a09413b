"""Signing in with the identity provider of the municipality: who works here and is known, and nobody else."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from ipta.accounts import commands, oidc, providers
from ipta.accounts.models import Municipality, Person, Post, Role
from tests.asking import verbs
from tests.cast import staff
from tests.web.account.signing import SECOND, code_of, give_code, is_in, with_telephone

GO, BACK = "/accounts/gemeente/gm0637/", "/accounts/gemeente/gm0637/terug/"
DOMAIN = "voorbeeld.example"
SetUp = Callable[..., None]


def says(sub: str, email: str = "", **claims: Any) -> User:
    return User(sub=sub, claims={"email": email or f"{sub}@{DOMAIN}", "email_verified": True} | claims)


PEOPLE = [
    says("noor"), says("bram"), says("yara"), says("dana"), says("nel"), says("niemand"), says("sem"),
    says("noor-anders", f"noor@{DOMAIN}"),
    says("NOOR", f"NOOR@{DOMAIN.upper()}"),
    says("noor-onbevestigd", f"noor@{DOMAIN}", email_verified=False),
    says("noor-tekst", f"noor@{DOMAIN}", email_verified="false"),
    says("noor-elders", "noor@elders.example"),
    says("noor-achter", f"noor@{DOMAIN}.elders.example"),
    says("noor-punt", f"noor@x.{DOMAIN}"),
    says("noor-twee", f"noor@elders.example@{DOMAIN}"),
    says("noor-leeg", " "),
    says("noor-entra", f"noor@{DOMAIN}", email_verified=False, xms_edov="1"),
]  # fmt: skip


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def provider(issuer: str, tmp_path: Path, settings: Any) -> Iterator[SetUp]:
    """Put a file down as an administrator would; `provider(second_factor=True)` for another one."""

    def put(**other: Any) -> None:
        (tmp_path / "secret").write_text("geheim\n")
        entry = {
            "municipality": "GM0637", "name": "Gemeente Zoetermeer", "issuer": issuer, "client_id": "ipta",
            "client_secret_file": str(tmp_path / "secret"), "mail_domains": [DOMAIN],
        }  # fmt: skip
        file = tmp_path / "oidc.json"
        file.write_text(json.dumps([entry | other]))
        settings.IDENTITY_PROVIDERS = oidc.read(file, is_local=True)
        apps = [one.as_app() for one in settings.IDENTITY_PROVIDERS]
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"] | {"APPS": apps}
        }
        providers._by.cache_clear()

    put()
    yield put
    providers._by.cache_clear()


def to_the_provider(browser: Client, **words: str) -> str:
    page = browser.post(GO, words)
    assert page.status_code == 200, page.text
    return str(page.context["there"])


def answer_of(address: str, sub: str) -> str:
    """What the provider sends back, when this person signs in there."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def here(address: str) -> str:
    return urlunsplit(("", "", *urlsplit(address)[2:]))


def sign_in_as(sub: str, browser: Client | None = None, **words: str) -> tuple[Client, Any]:
    browser = browser or Client()
    return browser, browser.get(here(answer_of(to_the_provider(browser, **words), sub)))


def assert_stays_outside(browser: Client, answer: Any) -> None:
    assert answer.status_code == 403
    assert "Via Gemeente Zoetermeer kom je er nu niet in." in answer.text
    assert browser.get("/").headers["Location"] == "/accounts/login/"
    assert not SocialAccount.objects.exists()


# --- Who comes in ------------------------------------------------------------------------------


def test_the_button_is_there_only_where_there_is_a_provider(provider: SetUp, settings: Any) -> None:
    assert "Inloggen via Gemeente Zoetermeer" in Client().get("/accounts/login/").text
    settings.IDENTITY_PROVIDERS = []
    providers._by.cache_clear()
    assert "Inloggen via" not in Client().get("/accounts/login/").text
    for ask in (Client().post(GO), Client().get(BACK)):
        assert ask.status_code == 404


def test_a_colleague_comes_in_and_sets_up_a_second_factor_of_ours(provider: SetUp, noor: Person) -> None:
    browser, answer = sign_in_as("noor")
    assert answer.headers["Location"] == "/"
    assert browser.get("/vandaag/").headers["Location"].startswith("/accounts/2fa/totp/activate/")


def test_who_has_one_is_asked_for_it(provider: SetUp, noor: Person) -> None:
    secret = with_telephone(noor)
    browser, answer = sign_in_as("noor")
    assert answer.headers["Location"] == SECOND
    assert not is_in(browser)
    give_code(browser, code_of(secret))
    assert is_in(browser)


def test_where_the_provider_always_asks_one_ours_is_not_asked_as_well(provider: SetUp, noor: Person) -> None:
    provider(second_factor=True)
    browser, _ = sign_in_as("noor")
    assert is_in(browser)
    assert not Authenticator.objects.exists()


def test_but_a_password_alone_still_is_not_enough(provider: SetUp, noor: Person) -> None:
    provider(second_factor=True)
    sign_in_as("noor")
    noor.set_password("vier fietsen staan buiten")
    noor.save()
    browser = Client()
    browser.post("/accounts/login/", {"login": noor.email, "password": "vier fietsen staan buiten"})
    assert browser.get("/vandaag/").headers["Location"].startswith("/accounts/2fa/totp/activate/")


def test_the_first_time_ours_is_asked_of_who_has_one(provider: SetUp, noor: Person) -> None:
    """The address may have gone to somebody else in the meantime; afterwards the provider is enough."""
    provider(second_factor=True)
    secret = with_telephone(noor)
    browser, answer = sign_in_as("noor")
    assert answer.headers["Location"] == SECOND
    give_code(browser, code_of(secret))
    again, _ = sign_in_as("noor")
    assert is_in(again)


def test_from_then_on_she_is_known_by_issuer_and_number_whatever_her_address(
    provider: SetUp, issuer: str, noor: Person, zoetermeer: Municipality
) -> None:
    provider(second_factor=True)
    sign_in_as("noor")
    Person.objects.filter(pk=noor.pk).update(email=f"getrouwd@{DOMAIN}")
    browser, _ = sign_in_as("noor")
    assert is_in(browser)
    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.uid) == (noor, issuer, "noor")
    assert link.extra_data == {}, "nothing of what it tells is kept"
    assert verbs(zoetermeer)[-1] == "person.linked"


def test_she_goes_on_to_where_she_was_going(provider: SetUp, noor: Person) -> None:
    provider(second_factor=True)
    assert sign_in_as("noor", next="/jongeren/")[1].headers["Location"] == "/jongeren/"
    assert sign_in_as("noor", next="//kwaad.example")[1].headers["Location"] == "/"


def test_coming_in_makes_a_new_session(provider: SetUp, noor: Person) -> None:
    provider(second_factor=True)
    browser = Client()
    address = to_the_provider(browser)
    before = browser.session.session_key
    browser.get(here(answer_of(address, "noor")))
    assert is_in(browser)
    assert browser.session.session_key != before


def test_capitals_are_the_same_address(provider: SetUp, noor: Person) -> None:
    provider(second_factor=True)
    assert is_in(sign_in_as("NOOR")[0])


def test_another_claim_may_say_that_an_address_is_verified(provider: SetUp, noor: Person) -> None:
    provider(second_factor=True, verified_claim="xms_edov")
    assert is_in(sign_in_as("noor-entra")[0])


# --- Who does not -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sub",
    [
        "niemand", "noor-onbevestigd", "noor-tekst", "noor-elders", "noor-achter", "noor-punt", "noor-twee",
        "noor-leeg", "noor-entra", "nel", "yara",
    ],
)  # fmt: skip
def test_who_is_not_known_by_a_verified_address_of_here_stays_outside(
    provider: SetUp, noor: Person, yara: Person, nel: Person, sub: str
) -> None:
    provider(second_factor=True)
    before = Person.objects.count()
    assert_stays_outside(*sign_in_as(sub))
    assert Person.objects.count() == before, "nobody signs up"


def test_a_youth_does_not_come_in_this_way(provider: SetUp, sem: Person) -> None:
    assert_stays_outside(*sign_in_as("sem"))


def test_who_left_no_longer_comes_in(provider: SetUp, noor: Person, bram: Person, fem: Person) -> None:
    provider(second_factor=True)
    browser, _ = sign_in_as("noor")
    commands.leave(Post.objects.get(person=noor), by=fem)
    assert not is_in(browser), "the open session is over"
    again, answer = sign_in_as("noor")
    assert answer.status_code == 403
    assert not is_in(again)
    Person.objects.filter(pk=bram.pk).update(is_active=False)
    assert sign_in_as("bram")[1].status_code == 403


def test_an_address_that_changes_hands_does_not_give_the_old_account(provider: SetUp, noor: Person) -> None:
    provider(second_factor=True)
    sign_in_as("noor")
    browser, answer = sign_in_as("noor-anders")
    assert answer.status_code == 403
    assert not is_in(browser)
    assert SocialAccount.objects.get().uid == "noor"


def test_the_provider_of_one_municipality_is_no_way_in_for_another(provider: SetUp, schiedam: Municipality) -> None:
    person = staff("Bram", "IPTA Schiedam", (schiedam, Role.COACH))
    provider(second_factor=True)
    assert_stays_outside(*sign_in_as("bram"))
    assert not SocialAccount.objects.filter(user=person).exists()


# --- What is not believed ---------------------------------------------------------------------


def test_an_answer_that_belongs_to_another_browser(provider: SetUp, noor: Person) -> None:
    """Somebody is sent a link that would sign him in as somebody else."""
    answer = here(answer_of(to_the_provider(Client()), "noor"))
    assert_stays_outside(victim := Client(), victim.get(answer))


def test_an_answer_twice(provider: SetUp, noor: Person) -> None:
    provider(second_factor=True)
    browser = Client()
    answer = here(answer_of(to_the_provider(browser), "noor"))
    assert browser.get(answer).status_code == 302
    browser.post("/accounts/logout/")
    assert browser.get(answer).status_code == 403


def test_an_answer_to_another_question(provider: SetUp, noor: Person) -> None:
    browser = Client()
    address = to_the_provider(browser)
    other = to_the_provider(Client())
    nonce = "nonce=" + other.partition("nonce=")[2].partition("&")[0]
    mine = "nonce=" + address.partition("nonce=")[2].partition("&")[0]
    assert_stays_outside(browser, browser.get(here(answer_of(address.replace(mine, nonce), "noor"))))


def test_the_question_names_everything_that_must_come_back(provider: SetUp) -> None:
    address = to_the_provider(Client())
    for name in ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "response_type=code"):
        assert name in address
    assert "geheim" not in address


def test_two_answers_about_two_people(provider: SetUp, noor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(providers.Protocol, "_fetch_user_info", lambda *_: {"sub": "bram"})
    assert_stays_outside(*sign_in_as("noor"))


def test_a_token_that_was_changed_on_the_way(provider: SetUp, noor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = providers.Protocol.get_access_token_data

    def tampered(protocol: Any, *words: Any, **more: Any) -> Any:
        data = fetch(protocol, *words, **more)
        head, body, seal = data["id_token"].split(".")
        return data | {"id_token": f"{head}.{body}.{seal[:-6]}AAAAAA"}

    monkeypatch.setattr(providers.Protocol, "get_access_token_data", tampered)
    assert_stays_outside(*sign_in_as("noor"))


def test_a_provider_that_calls_itself_otherwise(provider: SetUp, issuer: str, noor: Person) -> None:
    provider(issuer=f"{issuer}/")
    answer = Client().post(GO)
    assert answer.status_code == 503
    assert "Via Gemeente Zoetermeer kom je er nu niet in." in answer.text


def test_a_provider_that_does_not_answer(provider: SetUp) -> None:
    provider(issuer="http://localhost:9")
    assert Client().post(GO).status_code == 503


@pytest.mark.parametrize(
    "query", ["", "?error=access_denied", "?code=x", "?state=x", "?code=x&state=x", "?error=" + "x" * 5000, "?code[]=1"]
)
def test_nonsense_on_the_way_back(provider: SetUp, noor: Person, query: str) -> None:
    browser = Client()
    to_the_provider(browser)
    assert_stays_outside(browser, browser.get(BACK + query))


def test_a_link_alone_starts_nothing(provider: SetUp) -> None:
    assert Client().get(GO).status_code == 405
    assert Client(enforce_csrf_checks=True).post(GO).status_code == 403


def test_nobody_adds_to_the_question_by_the_address(provider: SetUp) -> None:
    page = Client().post(f"{GO}?scope=admin&auth_params=prompt%3Dnone&process=connect&process=redirect")
    assert "admin" not in page.context["there"]
    assert "prompt" not in page.context["there"]


# --- The file -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "says_so"),
    [
        ({"municipality": "Zoetermeer"}, "GM0637"),
        ({"issuer": "http://login.example"}, "https://"),
        ({"mail_domains": []}, "whole domains"),
        ({"mail_domains": ["*.example"]}, "whole domains"),
        ({"mail_domains": ["@voorbeeld.example"]}, "whole domains"),
        ({"second_factor": "ja"}, "true or false"),
        ({"sleutel": 1}, "unknown sleutel"),
        ({"client_secret_file": "/bestaat/niet"}, "/bestaat/niet"),
    ],
)
def test_a_file_that_is_wrong_says_what(tmp_path: Path, wrong: dict[str, Any], says_so: str) -> None:
    (tmp_path / "secret").write_text("geheim")
    entry = {
        "municipality": "GM0637", "name": "Zoetermeer", "issuer": "https://login.example", "client_id": "ipta",
        "client_secret_file": str(tmp_path / "secret"), "mail_domains": [DOMAIN],
    }  # fmt: skip
    file = tmp_path / "oidc.json"
    file.write_text(json.dumps([entry]))
    assert oidc.read(file, is_local=False)[0].secret == "geheim"
    file.write_text(json.dumps([entry | wrong]))
    with pytest.raises((ValueError, OSError), match=says_so.replace("*", ".")):
        oidc.read(file, is_local=False)
    file.write_text(json.dumps([entry, entry]))
    with pytest.raises(ValueError, match="the same municipality"):
        oidc.read(file, is_local=False)
    file.write_text(json.dumps([{"name": "x"}]))
    with pytest.raises(ValueError, match="missing client_id"):
        oidc.read(file, is_local=False)
