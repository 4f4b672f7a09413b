"""The one door: no right, no reading line, no text.

A `Reader` lives as long as one request. It opens sealed texts for one person; the first text of a section asks the
policy, writes the reading line and unwraps the key, in one transaction. Source: security design, 0.1 and 7.
"""

import json
import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.dossiers.models import Dossier
from ipta.journal.commands import append
from ipta.sharing import policies
from ipta.sharing.models import Look
from ipta.vault import keyring, seals
from ipta.vault.fields import Sealed

log = logging.getLogger("ipta.door")
GONE = "Dit is gewist."


class Reader:
    """Opens texts for one person during one request."""

    def __init__(self, person: Person, request_id: UUID | None = None) -> None:
        self.person = person
        self.request_id = request_id or uuid4()
        self._keys: dict[keyring.Place, bytes | None] = {}

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

    def text(self, sealed: Any) -> str:
        """The words. Raises `Refused` without a right; a destroyed section says that it is gone."""
        if not isinstance(sealed, Sealed):
            raise TypeError("only a sealed text of a saved row is opened here")
        place = (sealed.dossier_id, sealed.section)
        if place not in self._keys:
            self._open(Dossier.objects.filter(pk=sealed.dossier_id), {place})
        if place not in self._keys:
            self._refuse(place)
        if not sealed:
            return ""
        key = self._keys[place]
        return GONE if key is None else seals.unseal(sealed.blob, key, at=sealed.place)

    def json(self, sealed: Any) -> Any:
        """The list or dictionary of a `SealedJSON`; None when empty or destroyed."""
        text = self.text(sealed)
        return json.loads(text) if text and text != GONE else None

    def _open(self, dossiers: Collection[Dossier], wanted: set[keyring.Place]) -> None:
        with transaction.atomic():
            grounds = policies.grounds(self.person, dossiers)
            rightful = {(dossier, section) for dossier, section in wanted if section in grounds.get(dossier, {})}
            if not rightful:
                return
            lines = [self._line(place, grounds[place[0]][place[1]], "opened") for place in sorted(rightful)]
            append("looks", lines)
            keys = keyring.keys(rightful)
        self._keys |= {place: keys.get(place) for place in rightful}

    def _refuse(self, place: keyring.Place) -> None:
        append("looks", [self._line(place, "", "refused")])
        log.warning("refused reader=%s dossier=%s section=%s", self.person.id, *place)
        raise Refused("Dit is niet met jou gedeeld.")

    def _line(self, place: keyring.Place, ground: str, result: str) -> Look:
        return Look(
            about=place[0],
            person_id=self.person.id,
            section=place[1],
            ground=ground,
            result=result,
            request_id=self.request_id,
            reader_name=self.person.first_name,
            reader_role="youth" if self.person.is_youth else ground.split(":", maxsplit=1)[0],
            reader_organisation=self.person.organisation,
        )
