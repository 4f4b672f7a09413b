"""Fields that hold what is sealed. What you read from a row is `Sealed`: only the door of `sharing` opens it."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from ipta.vault import keyring, rules, seals


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text, or a file, nobody has opened yet. Printed by accident it shows dots, never words."""

    blob: bytes
    dossier_id: UUID
    section: str
    place: bytes
    row: UUID | None = None  # in which it stands

    def __bool__(self) -> bool:
        return bool(self.blob)

    def __str__(self) -> str:
        return "•••" if self.blob else ""

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class SealedInBook:
    """A text in a book of a municipality nobody has opened yet. Not a `Sealed`: the door of the dossiers stays shut."""

    blob: bytes
    municipality_id: UUID
    municipality_code: str
    place: bytes

    def __bool__(self) -> bool:
        return bool(self.blob)

    def __str__(self) -> str:
        return "•••" if self.blob else ""

    __repr__ = __str__


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Sealed under the key of its dossier and section.

    The model tells where it belongs: `dossier_id`, `section` (constant or column) and `municipality_code`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Attribute(self))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname, b"")
        if isinstance(value, Sealed | SealedInBook):
            return value.blob
        if not isinstance(value, bytes | memoryview):
            value = self._seal(model_instance, self.to_bytes(value))
            model_instance.__dict__[self.attname] = value
        return value

    def to_bytes(self, value: Any) -> bytes:
        """What is sealed. Bytes in a row are sealed already, so what comes in is never bare bytes."""
        raise NotImplementedError

    def sealed(self, row: Any, blob: bytes) -> Sealed | SealedInBook:
        """What one reads from a row."""
        return Sealed(blob, row.dossier_id, row.section, self._place(row, row.dossier_id, row.section), row.pk)

    def key_of(self, row: Any) -> bytes:
        """The key under which it is sealed, made at the first word."""
        return keyring.key_for_writing(row.dossier_id, row.section, row.municipality_code)

    def _seal(self, row: models.Model, content: bytes) -> bytes:
        if not content:
            return b""
        return seals.seal_bytes(content, self.key_of(row), at=self.sealed(row, b"").place)

    def _place(self, row: models.Model, owner: UUID, section: str) -> bytes:
        return seals.place(row._meta.label_lower, row.pk, self.name, owner, section)


class SealedText(SealedField):
    """What somebody wrote."""

    def to_bytes(self, value: Any) -> bytes:
        return self.to_text(value).encode()

    def to_text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes text, not {type(value).__name__}")
        return value


class BookText(SealedText):
    """The same in a book of a municipality, under a key of that municipality. Opened by `sharing.books`.

    The model tells where it belongs: `municipality_id` and `municipality_code`.
    """

    def sealed(self, row: Any, blob: bytes) -> SealedInBook:
        place = self._place(row, row.municipality_id, rules.BOOK)
        return SealedInBook(blob, row.municipality_id, row.municipality_code, place)

    def key_of(self, row: Any) -> bytes:
        return keyring.house_key(rules.book_of(row.municipality_code))


class SealedJSON(SealedText):
    """The same for lists and dictionaries: answers, goals, safe contact."""

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False) if value else ""


@dataclass(frozen=True, slots=True)
class Bare:
    """The bytes of a file as they are, to be sealed. Loose bytes in a row are what the database holds: sealed."""

    content: bytes = field(repr=False)


class SealedBytes(SealedField):
    """A file. It is given as `Bare`."""

    def to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, Bare):
            raise TypeError(f"{self.name} takes Bare, not {type(value).__name__}")
        return value.content


class _Attribute:
    """Reading gives `Sealed`; writing keeps what was given until the row is saved."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, bytes | memoryview):
            return self.field.sealed(row, bytes(value))
        return value

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value.blob if isinstance(value, Sealed | SealedInBook) else value
