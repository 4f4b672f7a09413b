"""Somebody reads while it is being taken from him: a request that begins after the withdrawal sees nothing.

Source: security design, threat 42. Two threads, each with a connection of its own, and no luck of timing needed.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.http import HttpResponse
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.sharing import commands as sharing
from ipta.sharing import door
from ipta.sharing.models import EmergencyQuerySet, GrantQuerySet, Look
from tests.cast import canary
from tests.conftest import sign_in
from tests.house.walls import lowered

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
WORD = canary("sem", "plan")
LONGEST = 30  # seconds: a test that hangs says so


@dataclass(frozen=True)
class Way:
    """Somebody who reads the plan, and how that is taken from him."""

    reader: Person
    page: str
    withdraw: Callable[[], Any]


@pytest.fixture(params=["a grant", "the emergency button"])
def way(request: pytest.FixtureRequest, dossier: Dossier, sem: Person, dana: Person, bram: Person) -> Way:
    if request.param == "a grant":
        given = sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem)
        page = reverse("coach:shared_section", args=[dossier.pk, "plan"])
        return Way(dana, page, lambda: sharing.revoke(given, by=sem))
    taken = sharing.take(dossier, reason="Hij belt en niemand neemt op.", by=bram)
    return Way(bram, reverse("coach:plan", args=[dossier.pk]), lambda: sharing.end(taken, by=sem))


def in_a_thread(work: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def test_a_request_that_began_before_is_whole_and_the_next_one_sees_nothing(
    way: Way, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Withdrawn between the question of the policy and the key: the line stands there for what was still shown."""
    browser, threads, unwrap = sign_in(way.reader), [], door.keyring.keys

    def withdrawn_meanwhile(places: Any) -> Any:
        if not threads:
            threads.append(in_a_thread(way.withdraw))
            threads[0].join(0.3)  # SQLite lets it wait until this reading is over, PostgreSQL does not
        return unwrap(places)

    monkeypatch.setattr(door.keyring, "keys", withdrawn_meanwhile)
    first: HttpResponse = browser.get(way.page)
    threads[0].join(LONGEST)
    assert not threads[0].is_alive()
    lines = Look.objects.filter(about=dossier.pk, person_id=way.reader.pk, section="plan", result="opened")
    assert first.status_code == 404 or lines.exists()
    seen = lines.count()
    after: HttpResponse = browser.get(way.page)
    assert (after.status_code, WORD in after.content.decode()) == (404, False)
    assert lines.count() == seen


def test_of_many_requests_none_that_began_after_sees_anything(way: Way, dossier: Dossier) -> None:
    browser, requests, enough = sign_in(way.reader), [], threading.Event()

    def read_on() -> None:
        while not enough.is_set():
            began = time.monotonic()
            requests.append((began, WORD in browser.get(way.page).content.decode()))

    thread = in_a_thread(read_on)
    _wait_for(lambda: len(requests) >= 3)
    way.withdraw()
    withdrawn, so_far = time.monotonic(), len(requests)
    _wait_for(lambda: len(requests) >= so_far + 4)
    enough.set()
    thread.join(LONGEST)
    assert not thread.is_alive()
    assert all(saw for _, saw in requests[:3])
    after = [saw for began, saw in requests if began > withdrawn]
    assert after and not any(after)


def test_rights_that_are_remembered_would_be_found(
    way: Way, dossier: Dossier, monkeypatch: pytest.MonkeyPatch, written_anew: None
) -> None:
    """The fault this file is for: who might read a moment ago, still may. PostgreSQL would hold it."""
    lowered(monkeypatch)
    for rows in (GrantQuerySet, EmergencyQuerySet):
        _remember(rows, monkeypatch)
    with pytest.raises(AssertionError):
        test_of_many_requests_none_that_began_after_sees_anything(way, dossier)


def _remember(rows: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = rows.of
    remembered: dict[Any, list[Any]] = {}

    def of(query: Any, who: UUID, *where: Any) -> Any:
        ids = remembered.setdefault(who, list(asked(query, who, *where).values_list("pk", flat=True)))
        return query.filter(pk__in=ids)

    monkeypatch.setattr(rows, "of", of)


def _wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not is_so():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.01)
