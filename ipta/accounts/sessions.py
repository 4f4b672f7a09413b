"""Who is signed in, and where. What lies in the database signs nobody in: the key of a session is hashed there, as a
password would be, and its content is sealed under the secret key and bound to its place.

What stands in a session while somebody signs in (the secret of a second factor that is being set up, a form that waits
for his password) is nobody else's business either.
"""

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import SESSION_KEY as PERSON
from django.contrib.sessions.backends import db
from django.db.models import Exists, OuterRef, QuerySet

from ipta.accounts import rules
from ipta.accounts.models import Person, Session
from ipta.base import clock
from ipta.base.prepared import prepared
from ipta.vault import seals

SINCE, ON, DEVICE = "since", "on", "device"


class SessionStore(db.SessionStore):
    """Django's own, but for where a session lies and how.

    `rests_until` and `has_second_factor`: until when it may lie still, and whether its person had a second factor, when
    it was read.
    """

    rests_until: datetime | None = None
    has_second_factor = False

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=rules.hashed(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(session_key=rules.hashed(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(
            session_key=rules.hashed(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # of Django's own
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person_id=data.get(PERSON),
            device=data.get(ON, ""),
            since=datetime.fromtimestamp(data.get(SINCE, clock.now().timestamp()), UTC),
        )

    def encode(self, session_dict: dict[str, Any]) -> str:
        text = self.serializer().dumps(session_dict).decode("latin-1")
        return b64encode(seals.seal(text, _key(settings.SECRET_KEY), at=self._place())).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        return self.opened(session_data, self._place())

    def opened(self, session_data: bytes | str, at: bytes) -> dict[str, Any]:
        try:
            text = seals.unseal(b64decode(session_data), _key(settings.SECRET_KEY), at=at)
        except (seals.Unreadable, ValueError):
            return {}  # of before the secret key changed, or of another session: nobody is signed in
        content: dict[str, Any] = self.serializer().loads(text.encode("latin-1"))
        return content

    def _get_session_from_db(self) -> Session | None:
        found: Any = next(iter(_running(key=rules.hashed(self.session_key or ""))), None)
        if found is None:
            self._session_key = None
        else:
            self.rests_until, self.has_second_factor = found.expire_date, found.has_second_factor
        return found  # type: ignore[no-any-return]  # with what was annotated

    def _place(self) -> bytes:
        return place(rules.hashed(self.session_key or ""))


@prepared
def _running(key: str) -> QuerySet[Session]:
    factors = Authenticator.objects.filter(user=OuterRef("person"), type__in=rules.SECOND_FACTORS)
    running = Session.objects.filter(session_key=key, expire_date__gt=clock.now())
    return running.annotate(has_second_factor=Exists(factors))


def place(hashed_key: str) -> bytes:
    """Where the content of a session belongs; in another row it does not open."""
    return f"session|{hashed_key}".encode()


def of(person: Person) -> QuerySet[Session]:
    """Where this person is signed in now, the newest first."""
    return Session.objects.filter(person=person, expire_date__gt=clock.now()).order_by("-since")


def end_all(person: Person, *, but: str | None = None) -> None:
    """Sign somebody out everywhere at once, but in this session."""
    Session.objects.filter(person=person).exclude(session_key=rules.hashed(but or "")).delete()


@cache
def _key(secret: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"ipta sessions").derive(secret.encode())
