"""The people one can step in as. Staff is found by e-mail; a youth has none, and is found by a fixed package id."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.base import acting
from ipta.demo.people import Staff, Youth, staff, youths
from ipta.dossiers.models import Dossier

Words = str | Promise

# Who to begin with, and what there is to see with his eyes.
SUGGESTED: dict[str, Words] = {
    "noor": _("Coach. Haar dag staat klaar: afspraken, beloftes, en één ding dat niet kan wachten."),
    "sami": _("Jongere. Van bijnaam tot nazorg: zijn hele draad, met zijn eigen woorden erbij."),
    "fatiha": _("De moeder van Sami. Ze heeft geen account, alleen een link. Ze leest wat Sami met haar deelt."),
    "dana": _("Helpt bij schulden. Ze ziet alleen wat een jongere met haar deelt, en tot wanneer."),
    "yara": _("Coach in een andere gemeente. Van de jongeren van Noor weet zij niets."),
}
LINES: dict[str, Words] = {
    "romaisa": _("Net begonnen. Haar plan is af en wacht op haar ja."),
    "delano": _("Twee keer teruggevallen, twee keer opgepakt. Zijn draad heeft lussen, geen breuken."),
}
_STAFF: dict[str, Words] = {
    Role.COACH: _("Loopt met eigen jongeren mee."),
    Role.PROJECT_LEADER: _("Leidt het project. Leest geen dossiers."),
    Role.FUNCTIONAL_MANAGER: _("Regelt wie er mag werken, en waar. Leest geen dossiers."),
    Role.PROFESSIONAL: _("Ziet alleen wat een jongere deelt."),
    Role.PRIVACY_OFFICER: _("Let op de privacy. Leest geen dossiers."),
    Role.RESEARCHER: _("Onderzoekt of het helpt. Leest geen dossiers."),
    Role.MINISTRY: _("Kijkt mee vanuit het ministerie. Leest geen dossiers."),
}
_FATES: dict[str, Words] = {
    "fresh": _("Net begonnen."),
    "waiting": _("Er ligt een plan dat wacht op een ja."),
    "searching": _("Zoekt een plek om te werken."),
    "working": _("Is aan het werk."),
    "moved_coach": _("Heeft een andere coach gekregen, en gaat door."),
    "setback": _("Viel terug en begon opnieuw."),
    "light": _("Het loopt. De coach komt minder vaak."),
    "aftercare": _("Nazorg."),
    "ended": _("Heeft het afgerond."),
    "reopened": _("Was gestopt, en is terug."),
}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cast."""

    slug: str
    name: str
    role: str  # a `Role`, "youth" or "guest"
    town: str  # official code
    line: Words

    @property
    def role_name(self) -> Words:
        others: dict[str, Words] = {"youth": _("Jongere"), "guest": _("Iemand uit het netwerk")}
        return others.get(self.role) or Role(self.role).label

    def matches(self, words: str) -> bool:
        """Whether all that was typed is in his name and role."""
        about = f"{self.name} {self.role_name}".casefold()
        return all(word in about for word in words.casefold().split())

    @acting.as_work()  # asked before anybody has stepped in
    def person(self) -> Person | None:
        """His account; None when he is not in this demo."""
        if self.role == "guest":
            return _mother_of_sami()
        if self.role != "youth":
            return Person.objects.filter(email=f"{self.slug}@demo.ipta").first()
        youth = next(youth for youth in youths() if youth.slug == self.slug)
        dossier = Dossier.objects.select_related("youth").filter(package_id=youth.package_id).first()
        return dossier.youth if dossier else None


@cache
def cast() -> dict[str, Member]:
    """Everybody, by his slug. Who has not said yes has no account, and cannot be stepped in as."""
    members = [*map(_of_staff, staff()), *(_of_youth(youth) for youth in youths() if youth.fate != "scouted")]
    return {member.slug: member for member in [*members, _guest()]}


def _guest() -> Member:
    """Of the guests the one that can be stepped in as: the mother of Sami."""
    return Member("fatiha", "Fatiha", "guest", _sami().town, SUGGESTED["fatiha"])


def _sami() -> Youth:
    return next(youth for youth in youths() if youth.slug == "sami")


def _mother_of_sami() -> Person | None:
    """His only guest. A guest has no name, so that he is found by whose he is."""
    about = Dossier.objects.filter(package_id=_sami().package_id)
    return Person.objects.filter(is_guest=True, networkperson__dossier__in=about).first()


def _of_staff(one: Staff) -> Member:
    line = SUGGESTED.get(one.slug) or _STAFF[one.role]
    return Member(one.slug, f"{one.first_name} {one.last_name}", one.role, one.town, line)


def _of_youth(youth: Youth) -> Member:
    line = SUGGESTED.get(youth.slug) or LINES.get(youth.slug) or _FATES[youth.fate]
    return Member(youth.slug, youth.name, "youth", youth.town, line)


def suggested() -> list[Member]:
    return [cast()[slug] for slug in SUGGESTED]


@acting.as_work()
def there() -> set[str]:
    """The slugs of those who are in this demo: all of them, or the few of a small one."""
    emails = set(Person.objects.filter(email__endswith="@demo.ipta").values_list("email", flat=True))
    packages = set(Dossier.objects.exclude(youth=None).values_list("package_id", flat=True))
    guests = {"fatiha"} if _mother_of_sami() else set()
    return (
        guests
        | {email.partition("@")[0] for email in emails if email}
        | {youth.slug for youth in youths() if youth.package_id in packages}
    )


@acting.as_work()
def by_town(members: Iterable[Member]) -> list[tuple[Municipality, list[Member]]]:
    """The members of each municipality, staff first, in the order of the municipalities' names."""
    ordered = sorted(members, key=lambda member: member.town)
    towns = {town.code: town for town in Municipality.objects.filter(code__in={member.town for member in ordered})}
    groups = [(towns[code], list(group)) for code, group in groupby(ordered, key=lambda member: member.town)]
    return sorted(groups, key=lambda group: group[0].name.removeprefix("'s-"))
