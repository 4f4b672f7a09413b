"""The one door: no right, no reading line, no text.

A `Reader` lives as long as one request. It opens sealed texts for one person; the first text of a section asks the
policy, writes the reading line and unwraps the key, in one transaction. Source: security design, 0.1 and 7.
"""

import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn
from uuid import UUID, uuid4

from django.db import Error, OperationalError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from ipta.accounts.models import Person
from ipta.base.acting import HOUSE
from ipta.base.verdict import Refused
from ipta.dossiers.models import Dossier
from ipta.journal.commands import append
from ipta.sharing import policies
from ipta.sharing.models import Look
from ipta.vault import keyring, seals
from ipta.vault.fields import Sealed
from ipta.vault.sheaf import Sheaf, Straw

log = logging.getLogger("ipta.door")
GONE = _("Dit is gewist.")
NO_KEY = b""  # opens nothing


class NotWritten(OperationalError):
    """The reading log takes no line: nothing is opened, whatever the reason."""


@contextmanager
def _written() -> Iterator[None]:
    """Whatever the database objects to in here, at the latest when it is committed: nothing was written."""
    try:
        yield
    except Error as fault:
        raise NotWritten from fault


class Reader:
    """Opens texts for one person during one request."""

    def __init__(self, person: Person, request_id: UUID | None = None) -> None:
        self.person = person
        self.request_id = request_id or uuid4()
        self._keys: dict[keyring.Place, bytes | None] = {}
        self._why: dict[keyring.Place, str] = {}  # with which ground each was opened
        self._rows: dict[tuple[keyring.Place, UUID], bytes | None] = {}  # of a section that does not open
        self._shown: dict[UUID, dict[policies.Item, str]] = {}
        self._told: set[str] = set()  # the grants of single rows that have their line
        self._unkept: dict[Callable[[], None], list[Look]] = {}  # lines of a transaction that did not end yet

    def unlock(self, dossiers: Iterable[Dossier], *sections: str) -> None:
        """Get ready to read these sections of all these dossiers at once; where there is no right, nothing opens."""
        self.unlock_each(dict.fromkeys(dossiers, sections))

    def unlock_each(self, sections_of: Mapping[Dossier, Collection[str]]) -> None:
        """The same with other sections per dossier, so that the reading log says no more than was read."""
        places = {(dossier.id, section) for dossier, sections in sections_of.items() for section in sections}
        if wanted := places - self._keys.keys():
            self._open(list(sections_of), wanted)

    def may(self, dossier: Dossier, section: str) -> bool:
        """Whether this person can open this section. Asking opens nothing."""
        return (dossier.id, section) in self._keys or bool(policies.can_open(self.person, dossier, section))

    def ground(self, dossier: Dossier, section: str) -> str:
        """On what ground this section opens for this person; empty where it does not. Asking opens nothing."""
        known = self._why.get((dossier.id, section))
        return known if known is not None else self._grounds([dossier])[dossier.id].get(section, "")

    def words(
        self, dossiers: Iterable[Dossier], sheaves: Collection[Sheaf]
    ) -> Iterator[tuple[Sheaf, Straw, list[str]]]:
        """What stands in many rows of these dossiers. Where there is no right, or no more key, there is nothing."""
        sections: dict[UUID, set[str]] = {}
        for sheaf in sheaves:
            sections.setdefault(sheaf.dossier_id, set()).add(sheaf.section)
        self.unlock_each({dossier: sections.get(dossier.id, set()) for dossier in dossiers})
        for sheaf in sheaves:
            key = self._keys.get((sheaf.dossier_id, sheaf.section))
            if key is not None:
                yield from _opened(sheaf, key)

    def text(self, sealed: Any) -> str:
        """The words. Raises `Refused` without a right; a destroyed section says that it is gone."""
        key = self._key_of(sealed)
        if not sealed:
            return ""
        return gettext(GONE) if key is None else seals.unseal(sealed.blob, key, at=sealed.place)

    def content(self, sealed: Any) -> bytes:
        """The bytes of a `SealedBytes`. Raises `Refused` without a right; empty when there is nothing, or no more."""
        key = self._key_of(sealed)
        return b"" if key is None or not sealed else seals.unseal_bytes(sealed.blob, key, at=sealed.place)

    def json(self, sealed: Any) -> Any:
        """The list or dictionary of a `SealedJSON`; None when empty or destroyed."""
        is_gone = self.is_gone(sealed)
        return json.loads(self.text(sealed)) if sealed and not is_gone else None

    def is_gone(self, sealed: Any) -> bool:
        """Whether something stood here that was destroyed. Raises `Refused` without a right."""
        return self._key_of(sealed) is None and bool(sealed)

    def _key_of(self, sealed: Any) -> bytes | None:
        """The key of its place, with a line in the reading log; None when it was destroyed. Raises `Refused`."""
        if not isinstance(sealed, Sealed):
            raise TypeError("only what is sealed in a saved row is opened here")
        place = (sealed.dossier_id, sealed.section)
        if place not in self._keys and (place, sealed.row) not in self._rows:
            self._open(Dossier.objects.filter(pk=sealed.dossier_id), {place})
            if place not in self._keys and sealed.row:
                self._open_row(place, sealed.row)
        if place in self._keys:
            return self._keys[place]
        if sealed.row and (place, sealed.row) in self._rows:  # the key of the section, for this one row
            return self._rows[place, sealed.row]
        return self._refuse(place)

    def _open(self, dossiers: Collection[Dossier], wanted: set[keyring.Place]) -> None:
        with _written(), transaction.atomic():
            grounds = self._grounds(dossiers)
            rightful = {(dossier, section) for dossier, section in wanted if section in grounds.get(dossier, {})}
            if not rightful:
                return
            self._write([self._line(place, grounds[place[0]][place[1]], "opened") for place in sorted(rightful)])
            keys = keyring.keys(rightful)
        # What was destroyed says so; what was sealed under a key that is nowhere is a fault, and opens as one.
        self._keys |= {place: keys.get(place, NO_KEY) for place in rightful}
        self._why |= {place: grounds[place[0]][place[1]] for place in rightful}

    def _open_row(self, place: keyring.Place, row: UUID) -> None:
        """This row alone was shared. The line of its grant is written once, however many texts stand in it."""
        with _written(), transaction.atomic():
            ground = self._shown_of(place[0]).get((place[1], row))
            if ground is None:
                return
            if ground not in self._told:
                self._write([self._line(place, ground, "opened")])
            key = keyring.keys([place]).get(place, NO_KEY)
        self._told.add(ground)
        self._rows[place, row] = key

    def _shown_of(self, dossier: UUID) -> dict[policies.Item, str]:
        if dossier not in self._shown:
            self._shown[dossier] = policies.shown(self.person, dossier)
        return self._shown[dossier]

    def _grounds(self, dossiers: Collection[Dossier]) -> dict[UUID, policies.Grounds]:
        return policies.grounds(self.person, dossiers)

    def _refuse(self, place: keyring.Place) -> NoReturn:
        with _written():
            self._write([self._line(place, "", "refused")])
        log.warning("refused reader=%s dossier=%s section=%s", self.person.id, *place)
        raise Refused("Dit is niet met jou gedeeld.")

    def settle(self) -> None:
        """Before an answer leaves: a line that went away with a change that was taken back is written once more.

        Its text was read all the same. Raises `NotWritten`, and then the answer does not leave.
        """
        waiting = {kept for _, kept, _ in transaction.get_connection().run_on_commit}
        lost = [line for kept, lines in self._unkept.items() if kept not in waiting for line in lines]
        if lost:
            self._unkept.clear()
            with _written():
                self._write(lost)

    def _write(self, lines: list[Look]) -> None:
        append("looks", lines)

        def kept() -> None:
            self._unkept.pop(kept, None)

        self._unkept[kept] = lines
        transaction.on_commit(kept)

    def _line(self, place: keyring.Place, ground: str, result: str) -> Look:
        return Look(
            about=place[0],
            person_id=self.person.id,
            section=place[1],
            ground=ground,
            result=result,
            request_id=self.request_id,
            reader_name=self.person.first_name,
            reader_role=self._role or ground.partition(":")[0],
            reader_organisation=self.person.organisation,
        )

    @property
    def _role(self) -> str:
        """Of who has no name here: the youth knows who he is, and of a guest whom he shared with."""
        return "youth" if self.person.is_youth else "guest" if self.person.is_guest else ""


class HouseReader(Reader):
    """Opens what the house needs for what it was asked to do. `purpose` is the ground that the reading log tells."""

    def __init__(self, purpose: str, sections: Collection[str]) -> None:
        super().__init__(Person(id=HOUSE.id))
        self._opens = dict.fromkeys(sections, purpose)

    def _grounds(self, dossiers: Collection[Dossier]) -> dict[UUID, policies.Grounds]:
        return {dossier.id: self._opens for dossier in dossiers}


class LinkReader(Reader):
    """Somebody without an account, through a link of `person`: opens one section, as long as that person may.

    The log tells the ground and no name: who he is, the dossier knows.
    """

    def __init__(self, person: Person, ground: str, section: str) -> None:
        super().__init__(person)
        self._ground, self._section = ground, section

    def _grounds(self, dossiers: Collection[Dossier]) -> dict[UUID, policies.Grounds]:
        rightful = super()._grounds(dossiers)
        return {pk: {self._section: self._ground} if self._section in own else {} for pk, own in rightful.items()}

    def _line(self, place: keyring.Place, ground: str, result: str) -> Look:
        line = super()._line(place, ground, result)
        line.reader_name = line.reader_organisation = ""
        line.reader_role = self._ground.partition(":")[0]
        return line


def _opened(sheaf: Sheaf, key: bytes) -> Iterator[tuple[Sheaf, Straw, list[str]]]:
    """Each row with the words in its fields."""
    open_text, label = seals.opener(key), sheaf.source.model._meta.label_lower
    around = [seals.around_row(label, name, sheaf.dossier_id, sheaf.section) for name in sheaf.source.fields]
    for straw in sheaf.straws:
        row = straw.row.encode()
        fields = zip(straw.blobs, around, strict=True)
        yield sheaf, straw, [open_text(blob, before + row + after) if blob else "" for blob, (before, after) in fields]
