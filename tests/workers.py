"""Four workers of a real installation, each a process of its own, behind a small proxy: nothing of it is local.

The proxy does what a web server in front does: TLS ends there (it says so), and it writes down whom it heard. It gives
every request to the next worker, so that no two in a row are answered by the same one.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
HOST = "ipta.example"
WORKERS = 4
PASSWORD = "vier fietsen staan buiten"
COLLEAGUES = 20

# Run beside the workers, on the same data: everybody the tests need, made by the commands of the house.
PEOPLE = f"""
import json
from django import setup
setup(set_prefix=False)
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from ipta.accounts.models import Role
from ipta.accounts.municipalities import load_municipalities
from ipta.accounts.models import Municipality
from ipta.base import acting
from ipta.sharing.entry import hand_code
from tests.cast import full_dossier, staff
secrets = {{}}
with acting.as_work():
    load_municipalities()
    here = Municipality.objects.get(code="GM0637")
    for number in range({COLLEAGUES} + 2):
        person = staff(f"Collega{{number}}", "IPTA Zoetermeer", (here, Role.COACH))
        person.set_password({PASSWORD!r})
        person.save()
        secrets[person.email] = generate_totp_secret()
        TOTP.activate(person, secrets[person.email])
    codes = [hand_code(full_dossier(who, here, person), by=person) for who in ("sem", "kim", "ali")]
print(json.dumps({{"secrets": secrets, "codes": codes}}))
"""


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: str

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def cookies(self) -> list[str]:
        return [value for key, value in self.headers if key.lower() == "set-cookie"]


@dataclass
class Browser:
    """A browser at an address of its own. It keeps its cookies and goes no further by itself."""

    port: int
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def head(self, path: str, **headers: str) -> Answer:
        return self._ask("HEAD", path, None, headers)

    def post(self, path: str, words: dict[str, str], **headers: str) -> Answer:
        """As a form would be sent: with the token of the page before."""
        if "__Host-csrf" not in self.cookies:
            self.get("/accounts/login/")
        words = words | {"csrfmiddlewaretoken": self.cookies["__Host-csrf"]}
        return self._ask("POST", path, urlencode(words), {"Origin": f"https://{HOST}"} | headers)

    def sign_in(self, email: str, password: str = PASSWORD, **headers: str) -> Answer:
        return self.post("/accounts/login/", {"login": email, "password": password}, **headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, source_address=(self.address, 0), timeout=60)
        sent = {
            "Host": HOST,
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        connection.request(method, path, body, sent | {name.replace("_", "-"): v for name, v in headers.items()})
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read().decode(errors="replace"))
        connection.close()
        for cookie in answer.cookies:
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
        return answer


@dataclass
class House:
    port: int
    secrets: dict[str, str]
    codes: list[str]
    data: Path
    workers: list[int]  # where each listens, without the proxy

    def browser(self, address: str = "127.0.0.1") -> Browser:
        return Browser(self.port, address)


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """A new installation, as docs/running.md says, with four workers. Ends them all when the test is done."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("IPTA_", "PYTEST_", "DJANGO_"))}
    env |= {
        "IPTA_DATA_DIR": str(folder / "data"),
        "IPTA_STATIC_DIR": str(folder / "static"),
        "IPTA_HOSTS": HOST,
        "IPTA_ORIGINS": f"https://{HOST}",
        "IPTA_EMAIL_HOST": "localhost",
        "DJANGO_SETTINGS_MODULE": "ipta.settings",
    }
    _run(env, "-m", "ipta", "init")
    _run(env, "-m", "ipta", "migrate")
    _run(env, "manage.py", "collectstatic", "--noinput", "-v", "0")
    made = json.loads(_run(env, "-c", PEOPLE).splitlines()[-1])
    with ExitStack() as stack:
        ports = [stack.enter_context(_worker(env, folder / f"worker-{number}.log")) for number in range(WORKERS)]
        proxy = ThreadingHTTPServer(("127.0.0.1", 0), _proxy_to(ports))
        stack.callback(proxy.server_close)
        stack.callback(proxy.shutdown)
        Thread(target=proxy.serve_forever, daemon=True).start()
        yield House(proxy.server_address[1], made["secrets"], made["codes"], folder, ports)


def _run(env: dict[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def _worker(env: dict[str, str], log: Path) -> Iterator[int]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = int(door.getsockname()[1])
    options = ["--interface", "wsgi", "--workers", "1", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("w") as out:
        worker = subprocess.Popen(
            [sys.executable, "-m", "granian", *options, "ipta.wsgi:application"],
            cwd=ROOT, env=env, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            _wait_for(port, worker, log)
            yield port
        finally:
            worker.terminate()
            worker.wait(timeout=30)


def _wait_for(port: int, worker: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers: granian listens before the worker is ready."""
    for _ in range(300):
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            asked.request("HEAD", "/binnen/", headers={"Host": HOST})
            asked.getresponse()
            return
        except OSError:
            assert worker.poll() is None, log.read_text()
            time.sleep(0.2)
    raise TimeoutError(log.read_text())


def _proxy_to(ports: list[int]) -> type[BaseHTTPRequestHandler]:
    turns = count()

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            there = http.client.HTTPConnection("127.0.0.1", ports[next(turns) % len(ports)], timeout=60)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            before = headers.pop("X-Forwarded-For", "")
            headers["X-Forwarded-For"] = f"{before}, {self.client_address[0]}" if before else self.client_address[0]
            headers["X-Forwarded-Proto"] = "https"
            length = int(self.headers.get("Content-Length", 0))
            there.request(self.command, self.path, self.rfile.read(length) if length else None, headers)
            answer = there.getresponse()
            body = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "connection"}:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            there.close()

        do_POST = do_HEAD = do_GET  # noqa: N815 - as http.server calls them

        def log_message(self, *_: Any) -> None:
            pass

    return Proxy
