"""Signing in at a real installation: four workers behind a proxy, each next request answered by another one."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from sqlite3 import connect

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection

from tests.workers import COLLEAGUES, HOST, Browser, House, house

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="an installation on SQLite, whatever the tests run on"),
]

LOGIN, PIN = "/accounts/login/", {"pin": "9753", "again": "9753"}
TOO_OFTEN = "Te veel inlogpogingen"
ALL_COOKIES = {"__Host-sessie", "__Host-csrf", "__Host-wie", "__Host-toestel", "__Host-taal", "__Host-bewaard"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as found:
        yield found


def colleague(number: int) -> str:
    return f"collega{number}@voorbeeld.example"


def code_at(home: House, email: str, period: int) -> str:
    return str(format_hotp_value(hotp_value(home.secrets[email], period)))


def at_the_start_of_a_period() -> int:
    """Wait until there is time to use one code twice in its own thirty seconds."""
    while time.time() % 30 > 15:
        time.sleep(0.5)
    return int(time.time()) // 30


def give_code(browser: Browser, code: str) -> int:
    return browser.post("/accounts/2fa/authenticate/", {"code": code}).status


def test_the_sixth_wrong_try_on_one_account_is_refused_whichever_worker_answers(home: House) -> None:
    answers = [home.browser(f"127.0.1.{n}").sign_in(colleague(0), "een verkeerd wachtwoord") for n in range(1, 7)]

    assert [TOO_OFTEN in answer.body for answer in answers] == [False] * 5 + [True]
    assert TOO_OFTEN in home.browser("127.0.1.9").sign_in(colleague(0)).body, "and so is the right password"


def test_a_port_or_a_capital_makes_no_new_account_to_try(home: House) -> None:
    for number in range(1, 6):
        home.browser().sign_in(colleague(1), "een verkeerd wachtwoord", Host=f"{HOST}:{number}")

    for email, host in ((colleague(1), f"{HOST}:99"), (colleague(1).upper(), HOST)):
        assert TOO_OFTEN in home.browser().sign_in(email, Host=host).body


def test_twenty_colleagues_behind_one_address_come_in_while_one_there_guesses(home: House) -> None:
    """Right passwords, one after the other, while somebody beside them tries wrong ones all the time."""
    office = "127.0.2.1"
    is_over = threading.Event()
    refused = []

    def guess() -> None:
        while not is_over.is_set():
            answer = home.browser(office).sign_in("iemand@voorbeeld.example", "een verkeerd wachtwoord")
            refused.append(TOO_OFTEN in answer.body)

    attacker = threading.Thread(target=guess)
    attacker.start()
    try:
        came_in = [home.browser(office).sign_in(colleague(n)).header("Location") for n in range(2, COLLEAGUES + 2)]
    finally:
        is_over.set()
        attacker.join()

    assert came_in == ["/accounts/2fa/authenticate/"] * COLLEAGUES
    assert len(refused) > 6
    assert all(refused[6:])


def test_tries_side_by_side_do_not_slip_through_together(home: House) -> None:
    """Twelve at once on one account: five are looked at, not one more."""
    browsers = [home.browser(f"127.0.3.{number}") for number in range(1, 13)]
    for browser in browsers:
        browser.get(LOGIN)
    answers: list[bool] = []
    tries = [
        threading.Thread(
            target=lambda one=browser: answers.append(
                TOO_OFTEN in one.sign_in("nog-iemand@voorbeeld.example", "een verkeerd wachtwoord").body
            )
        )
        for browser in browsers
    ]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    assert answers.count(False) <= 5


def test_nobody_makes_up_another_address_for_himself(home: House) -> None:
    """Twenty wrong codes from one address, each time said to come from elsewhere."""
    browser = home.browser("127.0.4.1")
    answers = [
        browser.post("/binnen/", {"code": "ABCDEFGHJK"}, X_Forwarded_For=f"10.0.0.{number}").status
        for number in range(21)
    ]

    assert answers == [422] * 20 + [429]
    assert home.browser("127.0.4.2").post("/binnen/", {"code": "ABCDEFGHJK"}).status == 422


def test_a_used_code_of_the_telephone_is_refused_by_every_worker(home: House) -> None:
    email = colleague(4)
    period = at_the_start_of_a_period()
    code = code_at(home, email, period)
    browsers = [home.browser(f"127.0.5.{number}") for number in range(1, 6)]
    for browser in browsers:
        assert browser.sign_in(email).header("Location") == "/accounts/2fa/authenticate/"

    answers = [give_code(browser, code) for browser in browsers[:4]]
    time.sleep(32)
    answers.append(give_code(browsers[4], code))

    assert answers == [302, 200, 200, 200, 200]
    assert browsers[0].get("/vandaag/").status == 200
    assert browsers[1].get("/vandaag/").status == 302


def test_a_youths_code_works_once_whichever_worker_answers(home: House) -> None:
    code = home.codes[0]
    robot, his, second = (home.browser(f"127.0.6.{number}") for number in range(1, 4))
    for look in (robot.get, robot.head):
        assert look("/binnen/", User_Agent="WhatsApp/2.24 A").status == 200
    assert "Je code klopt" in his.post("/binnen/", {"code": code}).body
    assert "Je code klopt" in second.post("/binnen/", {"code": code}).body

    assert his.post("/binnen/kiezen/", PIN | {"code": code}).status == 302
    assert second.post("/binnen/kiezen/", PIN | {"code": code}).status == 422
    assert his.get("/ik/").status == 200
    assert second.get("/ik/").status == 302


def test_five_wrong_pins_close_the_telephone_for_every_worker(home: House) -> None:
    his = home.browser("127.0.7.1")
    assert his.post("/binnen/kiezen/", PIN | {"code": home.codes[1]}).status == 302
    his.cookies.pop("__Host-sessie")

    answers = [his.post("/binnen/pin/", {"pin": "2468"}).status for _ in range(5)]

    assert answers[:4] == [422] * 4
    assert his.post("/binnen/pin/", {"pin": PIN["pin"]}).status == 423


def test_every_cookie_is_of_this_very_host_and_of_https_alone(home: House) -> None:
    """All that the house sets: it is collected here by doing what sets it."""
    his, hers = home.browser("127.0.8.1"), home.browser("127.0.8.2")
    email = colleague(5)
    period = at_the_start_of_a_period()
    seen = his.post("/binnen/kiezen/", PIN | {"code": home.codes[2]}).cookies
    seen += his.get("/ik/").cookies + his.post("/taal/setlang/", {"language": "en", "next": "/ik/"}).cookies
    seen += (
        hers.sign_in(email).cookies
        + hers.post("/accounts/2fa/authenticate/", {"code": code_at(home, email, period)}).cookies
    )
    seen += hers.get("/vandaag/").cookies
    hers.cookies.pop("__Host-sessie")
    seen += hers.post("/notitie/", {"text": "Hij lacht weer."}).cookies + his.post("/ik/weg/", {}).cookies

    names = {cookie.partition("=")[0] for cookie in seen}
    assert names == ALL_COOKIES
    for cookie in seen:
        properties = {part.strip().lower() for part in cookie.split(";")[1:]}
        is_gone = "max-age=0" in properties  # a cookie that is thrown away holds nothing
        assert {"secure", "path=/", "samesite=lax"} | (set() if is_gone else {"httponly"}) <= properties, cookie
        assert not any(part.startswith("domain") for part in properties), cookie


def test_what_all_workers_count_says_nothing_of_anybody(home: House) -> None:
    home.browser("127.0.9.1").sign_in("niemand@voorbeeld.example", "een verkeerd wachtwoord")
    home.browser("127.0.9.1").post("/binnen/", {"code": "ABCDEFGHJK"})

    with closing(connect(home.data / "data" / "ipta.sqlite3")) as database:
        rows = database.execute("SELECT cache_key, value FROM shared_cache").fetchall()

    assert rows
    content = str(rows)
    assert not [word for word in ("voorbeeld", "collega", "127.0", "login", "ABCDEF", "wrong") if word in content]
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key, _ in rows)


def test_a_forged_host_or_protocol_gets_nowhere(home: House) -> None:
    browser = home.browser()
    assert browser.get(LOGIN, Host="evil.example").status == 400
    forged = browser.get(LOGIN, X_Forwarded_Host="evil.example")
    assert forged.status == 200
    assert "evil.example" not in forged.body + str(forged.headers)


def test_the_answers_say_https_and_no_version(home: House) -> None:
    for path in (LOGIN, "/bestaat-niet/", "/static/ipta/app.css"):
        answer = home.browser().get(path)
        assert "max-age=31536000; includeSubDomains; preload" in answer.header("Strict-Transport-Security"), path
        assert "upgrade-insecure-requests" in answer.header("Content-Security-Policy"), path
        assert answer.header("Server") == "granian", path
        assert not answer.header("X-Powered-By"), path


TWO_LENGTHS = {
    "two lengths": b"Content-Length: 4\r\nContent-Length: 40\r\n",
    "a length that is none": b"Content-Length: 4_0\r\n",
    "a length below nothing": b"Content-Length: -1\r\n",
}


@pytest.mark.parametrize("lengths", TWO_LENGTHS.values(), ids=TWO_LENGTHS)
def test_a_request_of_two_lengths_is_not_read(home: House, lengths: bytes) -> None:
    """Otherwise what comes behind it is the next request: of somebody else, through a proxy that read the other one."""
    begun = b"POST /accounts/login/ HTTP/1.1\r\nHost: ipta.example\r\nX-Forwarded-Proto: https\r\n"
    with socket.create_connection(("127.0.0.1", home.workers[0]), timeout=30) as line:
        line.sendall(begun + lengths + b"\r\nlogiGET /binnen/ HTTP/1.1\r\nHost: ipta.example\r\n\r\n")
        said = b"".join(iter(lambda: line.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 400")
    assert said.count(b"HTTP/1.1 ") == 1


def test_who_sends_a_letter_at_a_time_keeps_nobody_waiting(home: House) -> None:
    """A hundred half requests at one worker, and it answers the next one."""
    with ExitStack() as open_lines:
        for number in range(100):
            line = open_lines.enter_context(socket.create_connection(("127.0.0.1", home.workers[0]), timeout=30))
            line.sendall(
                b"POST /accounts/login/ HTTP/1.1\r\nHost: ipta.example\r\nContent-Length: 90\r\n\r\nl"[: 20 + number]
            )
        asked = http.client.HTTPConnection("127.0.0.1", home.workers[0], timeout=30)
        asked.request("GET", LOGIN, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        assert asked.getresponse().status == 200
        asked.close()
