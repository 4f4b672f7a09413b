"""Changing words that are there already. Whoever else changed them in the meantime is not silently written over."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from ipta.dossiers.rules import tidy
from ipta.web.asking import Asking


@dataclass(frozen=True, slots=True)
class There:
    """What stands in a field now, where that is not what was typed."""

    label: str
    words: str


class Changing(Asking):
    """A form over words that are there. It remembers which words somebody had before him when he began to type."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, there: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={**there, "seen": mark_of(there)}, **kwargs)
        self.there = there

    @property
    def is_overtaken(self) -> bool:
        """Somebody else changed the words in the meantime, into others than were typed here."""
        return bool(self.cleaned_data["seen"] != mark_of(self.there) and self.others())

    def others(self) -> list[There]:
        """What stands there now, field by field, where it differs from what was typed here; empty: nothing to do."""
        return [
            There(str(self[name].label), self._as_words(name, now))
            for name, now in self.there.items()
            if _plain(now) != _plain(self.cleaned_data.get(name))
        ]

    def _as_words(self, name: str, now: Any) -> str:
        """What stands there, as the field itself would say it."""
        if isinstance(now, bool):
            return gettext("ja") if now else gettext("nee")
        names = dict(getattr(self.fields[name], "choices", ()))
        said = [str(names.get(one, one)) for one in (now if isinstance(now, list) else [now])]
        return ", ".join(filter(None, said)) or gettext("(leeg)")

    def again(self) -> Self:
        """The same typed words, now on top of what is there."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["seen"] = mark_of(self.there)
        return type(self)(typed, there=self.there)


def mark_of(words: Mapping[str, Any]) -> str:
    """The same for the same words, and it tells nothing about them."""
    return sha256(json.dumps(words, sort_keys=True, default=str).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) else value
