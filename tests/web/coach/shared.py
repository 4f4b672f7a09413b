"""What the tests of plan, scan, work, course and telephone ask of every page of theirs."""

from collections.abc import Callable, Iterable
from typing import Any

from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.sharing.models import Look

LONG = "a" * 4001
ONCE = "11111111-1111-4111-8111-111111111111"


def of(dossier: Dossier, name: str, *args: Any) -> str:
    """The address of a page about this youth."""
    return reverse(f"coach:{name}", args=[dossier.pk, *args])


def post_twice(client: Client, url: str, typed: dict[str, Any]) -> None:
    """Two taps on one button, as a slow line makes people do."""
    for _tap in range(2):
        assert client.post(url, typed | {"once": ONCE}).status_code == 302


def sections_read(dossier: Dossier, by: Person) -> set[str]:
    """What this person read of the dossier since `forget_looks`, as the reading log tells it."""
    return set(
        Look.objects.filter(about=dossier.pk, person_id=by.pk, result="opened").values_list("section", flat=True)
    )


def forget_looks() -> None:
    Look.objects.all().delete()


def assert_is_not_there(browsers: Iterable[Client], urls: Iterable[str]) -> None:
    """The same 404 for all of them, by looking and by sending, and nothing is opened."""
    before = Look.objects.count()
    for browser in browsers:
        for url in urls:
            found = {browser.get(url).status_code, browser.post(url).status_code}
            # A page that knows only the one or only the other says so to everybody, there or not.
            assert 404 in found <= {404, 405}, f"{url}: {found}"
    assert Look.objects.count() == before


def assert_same_number(
    queries: Callable[[], Any], read: Callable[[], Any], more: Callable[[], Any], *, times: int = 3
) -> None:
    """A page asks the database as often when there is more on it."""
    read()
    with queries() as few:
        read()
    for _time in range(times):
        more()
    with queries() as many:
        read()
    assert many.count == few.count


def assert_same_work_for_more(
    queries: Callable[[], Any], read: Callable[[], Any], more_lives: Callable[[int], Any]
) -> None:
    """A list asks the database as often for fifteen youths as for three."""
    more_lives(3)

    def twelve_more() -> None:
        more_lives(12)
        read()  # the first look at somebody begins his reading log

    assert_same_number(queries, read, twelve_more, times=1)
