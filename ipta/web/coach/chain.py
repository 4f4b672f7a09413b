"""How somebody was found, as a chain: the place, who introduced, the first talk. And how to reach him by now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from ipta.dossiers.models import Note
from ipta.dossiers.rules import AGES, DOMAINS, ONLY_BY
from ipta.scouting.models import Find, FindingPlace, Place
from ipta.scouting.queries import Try, places_visible_to, tries_of, works
from ipta.scouting.rules import MOTIVATED, YES_HOW, Works, outside
from ipta.sharing.door import Reader
from ipta.web.templatetags.ipta_ui import day as day_in_words

# What to do, by what worked.
WORKS: Mapping[str, str] = {
    Note.Channel.MET: _("Zelf opzoeken werkt"),
    Note.Channel.WHATSAPP: _("Reageert op WhatsApp"),
    Note.Channel.CALLED: _("Neemt op bij bellen"),
    Note.Channel.VISIT: _("Thuis opzoeken werkt"),
}
WAY_OF: Mapping[str, str] = {Note.Channel.WHATSAPP: "by_whatsapp", Note.Channel.CALLED: "by_phone"}
ELSEWHERE = {
    "younger": _("Jonger dan 16? Denk aan het jongerenwerk, de mentor op school of de leerplichtambtenaar."),
    "older": _("Ouder dan 27? Denk aan het wijkteam of de sociale dienst van de gemeente."),
}


@dataclass(frozen=True, slots=True)
class Knot:
    """A knot of the chain: what it is, and what is known of it. `lines`: more words below it."""

    title: str
    text: str
    lines: list[str]
    href: str = ""
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class Chain:
    """From the place to the first talk, and lightly whether the method fits. No score comes out of it."""

    knots: list[Knot]
    wants: str
    age: str
    plays: list[str]
    motivated: str
    elsewhere: str  # whom else to think of, outside the group
    yes: str  # how he heard what taking part means
    kept_why: str


def chain_of(reader: Reader, find: Find, tries: Collection[Try]) -> Chain:
    """How it began. `tries`: of the same dossier."""
    age, plays = reader.text(find.age), reader.json(find.plays) or []
    how = gettext(YES_HOW[find.yes_how]) if find.yes_how in YES_HOW else ""
    elsewhere = outside(age, AGES)
    return Chain(
        knots=[_place(reader, find), _introducer(reader, find), _first_talk(tries)],
        wants=reader.text(find.wants),
        age=age,
        plays=[gettext(name) for key, name in DOMAINS.items() if key in plays],
        motivated=gettext(MOTIVATED.get(reader.text(find.motivated), "")) if find.motivated else "",
        elsewhere=gettext(ELSEWHERE[elsewhere]) if elsewhere else "",
        yes=" · ".join(filter(None, [how, reader.text(find.yes_with)])),
        kept_why=reader.text(find.kept_why),
    )


def _place(reader: Reader, find: Find) -> Knot:
    kind = str(find.get_kind_display()) if find.kind != Place.UNKNOWN else ""
    where = reader.text(find.where)
    text = " · ".join(filter(None, [kind, where]))
    return Knot(gettext("Gevonden"), text, [], href=_in_book(reader, find), is_there=bool(text))


def _in_book(reader: Reader, find: Find) -> str:
    chosen = "" if reader.is_gone(find.place_in_book) else reader.text(find.place_in_book)
    place: FindingPlace | None = places_visible_to(reader.person).filter(pk=chosen).first() if chosen else None
    return reverse("coach:finding_place", args=[place.pk]) if place else ""


def _introducer(reader: Reader, find: Find) -> Knot:
    who, known_from, said = map(reader.text, (find.introduced_by, find.known_from, find.introduction))
    lines = [gettext("Ze kennen elkaar zo: %(how)s") % {"how": known_from} if known_from else "", said]
    return Knot(gettext("Voorgesteld door"), who, [line for line in lines if line], is_there=bool(who or said))


def _first_talk(tries: Collection[Try]) -> Knot:
    at = min((one.at for one in tries if one.is_reached), default=None)
    return Knot(gettext("Eerste gesprek"), day_in_words(at), [], is_there=at is not None)


# --- what works ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """What works to reach somebody, in words."""

    line: str
    channel: str

    def is_allowed(self, careful: Collection[str]) -> bool:
        """Not where he said not to come, and not by a way he does not want."""
        only = [key for key in ONLY_BY if key in careful]
        wanted = WAY_OF.get(self.channel, "")
        is_unwanted = bool(only) and bool(wanted) and wanted not in only
        return not (self.channel == Note.Channel.VISIT and "home" in careful) and not is_unwanted


def what_works(tries: Collection[Try]) -> Line | None:
    """A line for who wants to reach somebody, where these tell enough."""
    found = works(tries)
    line = _in_words(found) if found else ""
    return Line(line, found.channel) if found and line else None


def what_works_with(dossiers: Collection[UUID]) -> dict[UUID, Line]:
    """The same for some at once."""
    lines = {pk: what_works(tries) for pk, tries in tries_of(dossiers).items()}
    return {pk: line for pk, line in lines.items() if line}


def _in_words(found: Works) -> str:
    how = WORKS.get(found.channel, "")
    if not how:
        return ""
    if found.from_hour is None:
        return f"{gettext(how)}."
    return gettext("%(how)s, na %(hour)s uur.") % {"how": gettext(how), "hour": f"{found.from_hour}.00"}
