"""Both logs of a municipality as others want them: a Logboek Dataverwerkingen, and the rows of NEN 7513.

Two files, because they are for two purposes: the first tells what was done with the data of each person and not by
whom, the second who did it. They are tied together by the id of the operation. Fields: docs/privacy/reading-log.md.
"""

import csv
import hashlib
import heapq
import io
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.utils import timezone

from ipta.accounts.models import Municipality, Person, Post
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Coachship, Dossier
from ipta.journal.models import Entry, Line
from ipta.journal.rules import plain
from ipta.sharing.models import Look
from ipta.vault import keyring
from ipta.vault.rules import LOGBOOK

AT_ONCE = 2000
OK, ERROR = 1, 2  # the status codes of the Logboek


def lines_of(municipality: Municipality, since: date, until: date) -> Iterator[Line]:
    """Every line of both logs about a dossier of this municipality, from the first day up to and with the last."""
    first, after = _midnight(since), _midnight(until + timedelta(days=1))
    dossiers = Dossier.objects.filter(municipality=municipality).values("pk")
    both: list[Any] = [Entry, Look]
    logs = [
        model.objects.filter(about__in=dossiers, at__gte=first, at__lt=after)
        .order_by("at", "about", "number")
        .iterator(AT_ONCE)
        for model in both
    ]
    return heapq.merge(*logs, key=attrgetter("at"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


# --- Logboek Dataverwerkingen -------------------------------------------------------------------------------


def logbook(municipality: Municipality, since: date, until: date, *, activity: str) -> Iterator[str]:
    """A record for each operation on the data of one person, one a line. `activity`: where the register tells of it.

    Source: Logius, Logboek Dataverwerkingen, component Logboek (1 October 2024).
    """
    for line in lines_of(municipality, since, until):
        yield json.dumps(_record(line, municipality, activity), ensure_ascii=False) + "\n"


def _record(line: Line, municipality: Municipality, activity: str) -> dict[str, Any]:
    moment = int(line.at.timestamp() * 1000)
    return {
        "trace_id": trace_of(line),
        "operation_id": operation_of(line),
        "status_code": ERROR if _is_refused(line) else OK,
        "name": _operation_name(line),
        "start_time": moment,
        "end_time": moment,
        "resource": {"attributes": _pairs({"service.name": "ipta", "service.version": version("ipta")})},
        "attributes": _pairs(
            {
                "dpl.core.processing_activity_id": activity,
                "dpl.core.data_subject_id": subject_token(line.about, municipality.code),
            }
        ),
    }


def _pairs(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in attributes.items()]


def trace_of(line: Line) -> str:
    """What was done in one go: a request that read, or one change. 16 bytes."""
    return (line.request_id if isinstance(line, Look) else line.id).hex


def operation_of(line: Line) -> str:
    """By what a line is known in both exports. 8 bytes."""
    return hashlib.sha256(line.id.bytes).hexdigest()[:16]


def _operation_name(line: Line) -> str:
    return f"dossier.read.{line.section}" if isinstance(line, Look) else line.verb  # type: ignore[attr-defined]


def _is_refused(line: Line) -> bool:
    return isinstance(line, Look) and line.result == "refused"


def subject_token(dossier: UUID, municipality: str) -> str:
    """Whom a record is about, sealed: the same one for the same person, so that he can be told all of it."""
    sealed = _siv().encrypt(dossier.bytes, [municipality.encode()])
    return urlsafe_b64encode(sealed).decode()


def subject_of(token: str, municipality: str) -> UUID:
    """The dossier behind a token. Raises `Impossible` when it is not one of this municipality."""
    try:
        return UUID(bytes=_siv().decrypt(urlsafe_b64decode(token), [municipality.encode()]))
    except (InvalidTag, ValueError) as fault:
        raise Impossible(f"This is no data subject of a record of {municipality}.") from fault


def _siv() -> AESSIV:
    return AESSIV(keyring.house_key(LOGBOOK))


# --- NEN 7513 -------------------------------------------------------------------------------------------------

COLUMNS: Final = (
    "time", "event", "operation_id", "client", "user", "user_name", "responsible_user", "responsible_user_name",
    "role", "organisation", "data", "action", "ground", "emergency", "result",
)  # fmt: skip


def nen7513(municipality: Municipality, since: date, until: date) -> Iterator[str]:
    """Who did what with which dossier, on what ground: a table of comma-separated values, line by line."""
    people = _People(municipality)
    yield _csv(COLUMNS)
    for line in lines_of(municipality, since, until):
        row = people.row(line)
        yield _csv([row[column] for column in COLUMNS])


def _csv(cells: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _safe(cell: str) -> str:
    """Nothing that a spreadsheet takes for a formula. Source: ASVS 5.0, 1.2.10."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


class _People:
    """Who everybody was at the time: their role, and for whom they stood in."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.posts = _by(Post.objects.order_by("since"), "person_id", municipality=municipality)
        own = Coachship.objects.kept().filter(is_stand_in=False).order_by("since")
        self.ships = _by(own, "dossier_id", dossier__municipality=municipality)
        self.known: dict[UUID, Person | None] = {}

    def row(self, line: Line) -> dict[str, str]:
        person = self._person(line.person_id)
        did = _read(line) if isinstance(line, Look) else _changed(line, person)
        responsible = self._coach_of(line) if did["ground"] == "stand_in" else person
        return {
            "time": plain(line.at),
            "operation_id": operation_of(line),
            "client": str(line.about),
            "user": str(line.person_id),
            "user_name": person.get_full_name() if person else "",
            "responsible_user": str(responsible.id) if responsible else "",
            "responsible_user_name": responsible.get_full_name() if responsible else "",
            "role": self._role(line, person),
            **did,
        }

    def _person(self, id: UUID) -> Person | None:
        if id not in self.known:
            self.known[id] = Person.objects.filter(pk=id).first()
        return self.known[id]

    def _role(self, line: Line, person: Person | None) -> str:
        if person and person.is_known_by_code:
            return "youth" if person.is_youth else "guest"
        day = timezone.localdate(line.at)
        return " ".join(post.role for post in self.posts.get(line.person_id, ()) if _held(post, day))

    def _coach_of(self, line: Line) -> Person | None:
        """For whom somebody stood in: the coach of that day."""
        day = timezone.localdate(line.at)
        ship = next((ship for ship in self.ships.get(line.about, ()) if _held(ship, day)), None)
        return self._person(ship.coach_id) if ship else None


def _read(look: Look) -> dict[str, str]:
    return {
        "event": "read",
        "organisation": look.reader_organisation,
        "data": look.section,
        "action": "read",
        "ground": look.ground,
        "emergency": "yes" if look.ground.startswith("emergency:") else "no",
        "result": look.result,
    }


def _changed(line: Line, person: Person | None) -> dict[str, str]:
    verb = line.verb if isinstance(line, Entry) else ""
    return {
        "event": "changed",
        "organisation": person.organisation if person else "",
        "data": verb.partition(".")[0],
        "action": verb,
        "ground": "",
        "emergency": "no",
        "result": "done",
    }


def _by(rows: Any, key: str, **only: Any) -> dict[UUID, list[Any]]:
    found = sorted(rows.filter(**only), key=attrgetter(key))
    return {id: list(group) for id, group in groupby(found, key=attrgetter(key))}


def _held(held: Post | Coachship, day: date) -> bool:
    return held.since <= day and (held.until is None or held.until >= day)
