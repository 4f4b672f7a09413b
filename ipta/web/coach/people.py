"""The youths as the coach's screens name them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    format_number,
    is_possible_number,
    parse,
)

from ipta.dossiers.models import Dossier, Intensity
from ipta.dossiers.rules import HOURS, MIND, ONLY_BY
from ipta.sharing.door import Reader
from ipta.web.hrefs import href

INTENSITIES = dict(Intensity.choices)
# The channels a coach asks for; others (from an import) are shown under their own name.
CHANNELS = {"phone": "Telefoon", "whatsapp": "WhatsApp", "social": "Instagram of Snapchat", "via": "Via iemand"}


@dataclass(frozen=True, slots=True)
class Youth:
    """Who it is, and what to know before anybody calls, texts or visits."""

    pk: UUID
    name: str
    called: str  # as one speaks of him: the first name
    safety: str  # line by line
    intensity: str
    is_scouted: bool
    is_ended: bool

    @property
    def href(self) -> str:
        return href("coach:youth", self.pk)

    @property
    def note_href(self) -> str:
        return href("coach:note_about", self.pk)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach him: its name, what was written, and links to call or text."""

    name: str
    text: str
    call: str = ""
    chat: str = ""


def known(
    reader: Reader, dossiers: Iterable[Dossier], sections: Mapping[UUID, Collection[str]] | None = None
) -> dict[UUID, Youth]:
    """The youths of these dossiers. `sections`: what else of them will be read on this page."""
    found = list(dossiers)
    reader.unlock_each({dossier: {"identity", *(sections or {}).get(dossier.pk, ())} for dossier in found})
    return {dossier.pk: youth_of(reader, dossier) for dossier in found}


def short(youths: Mapping[UUID, Youth]) -> dict[UUID, str]:
    """What one calls each of them: the first name; the whole name of those who share one, or have none any more."""
    often = Counter(youth.called for youth in youths.values())
    often[gettext("De jongere")] += 2
    return {pk: youth.called if often[youth.called] == 1 else youth.name for pk, youth in youths.items()}


def youth_of(reader: Reader, dossier: Dossier) -> Youth:
    called, name = _names(reader, dossier)
    return Youth(
        pk=dossier.pk,
        name=name,
        called=called,
        safety="\n".join(cautions(reader, dossier)),
        intensity=str(INTENSITIES[dossier.intensity]),
        is_scouted=dossier.is_scouted,
        is_ended=dossier.ended_on is not None,
    )


def _names(reader: Reader, dossier: Dossier) -> tuple[str, str]:
    """As one speaks of him, and in full. Before the yes, and where they are not known, the nickname."""
    nickname = dossier.nickname
    if reader.is_gone(nickname):
        return gettext("De jongere"), reader.text(nickname)
    first = reader.text(dossier.first_name)
    full = f"{first} {reader.text(dossier.last_name)}".strip() or reader.text(nickname)
    return first or reader.text(nickname) or gettext("De jongere"), full or gettext("Nog zonder naam")


def cautions(reader: Reader, dossier: Dossier) -> list[str]:
    """What to mind before anybody calls, texts or visits: what was ticked, then what was written."""
    picked = reader.json(dossier.careful) or []
    mind = [f"{gettext(words)}." for key, words in MIND.items() if key in picked]
    ways = [gettext(words) for key, words in ONLY_BY.items() if key in picked]
    hours = [gettext(words).lower() for key, words in HOURS.items() if key in picked]
    may_know = "" if reader.is_gone(dossier.may_know) else reader.text(dossier.may_know)
    lines = [
        *mind,
        gettext("Alleen zo: %(ways)s.") % {"ways": ", ".join(ways)} if ways else "",
        gettext("Alleen dan: %(hours)s.") % {"hours": ", ".join(hours)} if hours else "",
        gettext("Mag het weten: %(who)s") % {"who": may_know} if may_know else "",
        reader.text(dossier.safety),
    ]
    return [line for line in lines if line]


def ways_to(reader: Reader, dossier: Dossier) -> list[Way]:
    """How to reach him, in the order they were asked. A way he does not want is shown, and has no link."""
    reach: dict[str, Any] = reader.json(dossier.reach) or {}
    names = {key: gettext(name) for key, name in CHANNELS.items()}
    ordered = [key for key in CHANNELS if reach.get(key)] + [key for key in reach if key not in CHANNELS]
    ways = [_way(key, names.get(key, key), str(reach[key])) for key in ordered if reach[key]]
    if reach.get("whatsapp"):  # then nobody is sent to the number for calling by mistake
        ways = [replace(way, chat="") if way.call else way for way in ways]
    picked = reader.json(dossier.careful) or []
    if any(key in picked for key in ONLY_BY):
        may_call, may_chat = "by_phone" in picked, "by_whatsapp" in picked
        ways = [replace(way, call=way.call * may_call, chat=way.chat * may_chat) for way in ways]
    return ways


def _way(key: str, name: str, text: str) -> Way:
    number = _number(text) if key in {"phone", "whatsapp"} else ""
    call = f"tel:{number}" if number and key == "phone" else ""
    return Way(name, text, call=call, chat=f"https://wa.me/{number.lstrip('+')}" if number else "")


def call_link(text: str) -> str:
    """The link that calls this number; nothing if it is none."""
    number = _number(text)
    return f"tel:{number}" if number else ""


def has_number(text: str) -> bool:
    """Whether somebody's telephone number stands in these words."""
    return bool(PhoneNumberMatcher(text, "NL").has_next())


def _number(text: str) -> str:
    """The number as telephones want it, or nothing."""
    try:
        number = parse(text, "NL")
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""
