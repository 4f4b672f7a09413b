"""Django's own PostgreSQL, which tells the database before each statement on whose behalf it is asked.

What is told is signed: who can run SQL but does not hold the key (an injection, a stolen connection) speaks for nobody.
It is bound to the connection, so that it is worth nothing on another one. Source: security design, 5.7.
"""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from ipta.base import acting, clock


def context_key() -> bytes:
    """The key of the signature, out of the secret key; the database holds it where only its own check can read."""
    return hashlib.sha256(b"ipta walls|" + settings.SECRET_KEY.encode()).digest()


def signed(who: str, *, pid: int) -> str:
    """What the database is told: who, when (the clock of the house), on which connection, and the seal of that."""
    if not who:
        return ""
    said = f"{who}|{clock.now().isoformat()}|{pid}"
    return f"{said}|{hmac.new(context_key(), said.encode(), hashlib.sha256).hexdigest()}"


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: tuple[str | None, str] | None = None  # None: unknown, so that it is told again
        self.execute_wrappers.append(self._tell_first)

    def init_connection_state(self) -> None:
        self._told = None
        super().init_connection_state()

    def _tell_first(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        wanted = self._wanted()
        if wanted != self._told and not self.needs_rollback:
            self._tell(*wanted)
        return execute(sql, params, many, context)

    def _wanted(self) -> tuple[str | None, str]:
        who = acting.acting()
        # Keys are asked for by name; all else by who asks, told again every minute because rights end by the clock.
        return who, acting.keys_wanted() if self.alias == "keys" else f"{clock.now():%Y-%m-%d %H:%M}"

    def _tell(self, who: str | None, more: str) -> None:
        said = signed(more if self.alias == "keys" else who or "", pid=self.connection.info.backend_pid)
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('ipta.context', %s, false)", [said])
            if role := self.settings_dict.get("WEB_ROLE"):  # tests connect as the owner of everything
                cursor.execute("RESET ROLE" if who in {None, acting.WORK} else f'SET ROLE "{role}"')
        self._told = (who, more)

    # What was told inside a transaction is taken back with it.

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # of the base of Django, which its types leave out
        self._told = None

    def _savepoint_rollback(self, sid: str) -> None:
        self._told = self._wanted()  # in a transaction that failed nothing can be told
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None
