"""What all workers count together: how often something was tried, which code was used. A table in the database.

Django's own database cache will not do: there two processes can both be the first (`add` looks and writes in two
steps), three hundred entries are the most, so that a flood washes the counts away, and reading back runs what was
pickled.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connections, router

from ipta.base import clock


def unreadable_key(key: str, prefix: str, version: int) -> str:
    """Under what an entry lies: nobody reads an address or a mail address from it, or tries which one it is."""
    words = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), b"shared|" + words, hashlib.sha256).hexdigest()


class SharedCache(BaseDatabaseCache):
    """A cache of small things in JSON. Of all who `add` the same at once, one succeeds."""

    _table: str  # as Django calls it; `createcachetable` makes it

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        asked = {self.make_key(key, version): key for key in keys}
        if not asked:
            return {}
        marks = ", ".join(["%s"] * len(asked))
        rows = self._ask(
            f"SELECT cache_key, value FROM {self._name} WHERE cache_key IN ({marks}) AND expires > %s",  # noqa: S608 - names of ours
            [*asked, self._moment(clock.now())],
        )
        return {asked[key]: json.loads(value) for key, value in rows}

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self.get_many([key], version))

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._put(key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Put it there if it is not there. One statement, so that side by side one is the first."""
        now = self._moment(clock.now())
        return self._put(key, value, timeout, version, f"WHERE {self._name}.expires <= %s", [now]) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._run(f"DELETE FROM {self._name} WHERE cache_key = %s", [self.make_key(key, version)]) == 1  # noqa: S608

    def clear(self) -> None:
        self._run(f"DELETE FROM {self._name}", [])  # noqa: S608

    def forget_expired(self) -> int:
        """Throw away what is over; gives how many."""
        return self._run(f"DELETE FROM {self._name} WHERE expires <= %s", [self._moment(clock.now())])  # noqa: S608

    def _put(
        self, key: str, value: Any, timeout: Any, version: int | None, only: str = "", given: Iterable[Any] = ()
    ) -> int:
        until = self.get_backend_timeout(timeout)
        expires = datetime.max.replace(tzinfo=UTC) if until is None else datetime.fromtimestamp(until, UTC)
        return self._run(
            f"INSERT INTO {self._name} (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires {only}",
            [self.make_key(key, version), json.dumps(value), self._moment(expires), *given],
        )

    @property
    def _name(self) -> str:
        return connections[self._alias].ops.quote_name(self._table)

    @property
    def _alias(self) -> str:
        return router.db_for_write(self.cache_model_class)

    def _moment(self, moment: datetime) -> Any:
        return connections[self._alias].ops.adapt_datetimefield_value(moment)

    def _ask(self, question: str, given: list[Any]) -> list[Any]:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(question, given)
            rows: list[Any] = cursor.fetchall()
            return rows

    def _run(self, statement: str, given: list[Any]) -> int:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(statement, given)
            return int(cursor.rowcount)
