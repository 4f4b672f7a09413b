"""The caseload: who, how closely, how far. A number opens the cases behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier, Intensity
from ipta.dossiers.rules import INTENSIVE_CASELOAD
from ipta.sharing.queries import caseload
from ipta.web import desk, when
from ipta.web.coach import people, quiet, tempo
from ipta.web.coach.people import Youth
from ipta.web.coach.quiet import Contact
from ipta.web.coach.search import SearchForm
from ipta.web.coach.tempo import Tempo
from ipta.web.components.stretches import Stretches, drawn
from ipta.web.templatetags.ipta_ui import day as day_in_words


@dataclass(frozen=True, slots=True)
class Case:
    """What the record tells of one dossier without opening anything."""

    dossier: Dossier
    contact: Contact
    tempo: Tempo
    late: int
    is_quiet: bool

    @property
    def group(self) -> str:
        return group_of(self.dossier)

    @property
    def goes_on(self) -> bool:
        return self.dossier.is_taking_part and self.dossier.intensity != Intensity.AFTERCARE

    @property
    def is_slow(self) -> bool:
        return self.goes_on and self.tempo.is_slow


@dataclass(frozen=True, slots=True)
class Line:
    youth: Youth
    text: str
    tempo: str
    late: str
    stretches: Stretches | None
    tone: str  # sun where it has been quiet; the words say so too


@dataclass(frozen=True, slots=True)
class Kind:
    """Some of the cases: how it is called under its number, over its list, and which they are."""

    word: str | Promise
    title: str | Promise
    has: Callable[[Case], bool]
    is_signal: bool = False


# How closely the coach walks along; then what our own promises ask for.
KINDS = {
    "intensive": Kind(_("intensief"), _("Intensief"), lambda case: case.group == Intensity.INTENSIVE),
    "light": Kind(_("licht"), _("Licht"), lambda case: case.group == Intensity.LIGHT),
    "aftercare": Kind(_("nazorg"), _("Nazorg"), lambda case: case.group == Intensity.AFTERCARE),
    "scouted": Kind(_("nog geen ja"), _("Nog geen ja"), lambda case: case.group == "scouted"),
    "ended": Kind(_("afgerond"), _("Afgerond"), lambda case: case.group == "ended"),
    "quiet": Kind(_("even stil"), _("Even niet gesproken"), lambda case: case.is_quiet, True),
    "late": Kind(_("te laat beloofd"), _("Jij beloofde het, en de dag is voorbij"), lambda case: case.late > 0, True),
    "slow": Kind(_("nog geen werkplek"), _("Langer dan 30 dagen zonder werkplek"), lambda case: case.is_slow, True),
}
GROUPS = ("intensive", "light", "scouted")  # shown at first; who needs less, and who is done, are a tap away


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are of a kind, and the way to them."""

    key: str
    count: int
    kind: Kind
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: str | Promise
    lines: list[Line]


@desk.coach()
def youths(request: desk.DeskRequest) -> HttpResponse:
    """Who is shown is opened, and nobody else."""
    today = timezone.localdate()
    cases = _cases(caseload(request.user), today)
    only = request.GET.get("toon", "")
    keys: Sequence[str] = [only] if only in KINDS else GROUPS
    members = {key: [case for case in cases if KINDS[key].has(case)] for key in KINDS}
    shown = [case for key in keys for case in members[key]]
    lines = _lines(request, shown, today)
    count = ngettext("%(n)s jongere", "%(n)s jongeren", len(cases)) % {"n": len(cases)}
    intensive = len(members["intensive"])
    context = {
        "figures": [Figure(key, len(found), KINDS[key], _href(key)) for key, found in members.items() if found],
        "groups": [Group(key, KINDS[key].title, _sorted(members[key], lines)) for key in keys if members[key]],
        "only": KINDS.get(only),
        "is_nobody": not cases,
        "count_text": count,
        "least": INTENSIVE_CASELOAD.start,
        "most": INTENSIVE_CASELOAD.stop - 1,
        "is_over": intensive >= INTENSIVE_CASELOAD.stop,
        "scout_url": reverse("coach:scout"),
        "form": SearchForm(),
    }
    return render(request, "coach/youths.html", context)


def _href(key: str) -> str:
    return f"{reverse('coach:youths')}?toon={key}"


def _cases(dossiers: list[Dossier], today: date) -> list[Case]:
    contacts = quiet.contacts_with(dossiers)
    tempos, late = tempo.tempos(dossiers, today), tempo.late_promises(dossiers, today)
    return [
        Case(
            dossier=dossier,
            contact=contacts[dossier.pk],
            tempo=tempos[dossier.pk],
            late=late.get(dossier.pk, 0) if dossier.ended_on is None else 0,
            is_quiet=quiet.quiet_since(dossier, contacts[dossier.pk], today) is not None,
        )
        for dossier in dossiers
    ]


def _lines(request: desk.DeskRequest, cases: Sequence[Case], today: date) -> dict[UUID, Line]:
    dossiers = [case.dossier for case in cases]
    known, phases = people.known(request.reader, dossiers), tempo.phases(dossiers)
    return {
        case.dossier.pk: Line(
            youth=known[case.dossier.pk],
            text=_text(case, today),
            tempo=case.tempo.words if case.goes_on or case.dossier.is_scouted else "",
            late=_late(case.late),
            stretches=drawn(phases[case.dossier.pk], case.dossier.found_on, case.dossier.ended_on or today),
            tone="sun" if case.is_quiet else "",
        )
        for case in cases
    }


def _sorted(cases: Sequence[Case], lines: Mapping[UUID, Line]) -> list[Line]:
    return sorted((lines[case.dossier.pk] for case in cases), key=lambda line: line.youth.name.casefold())


def group_of(dossier: Dossier) -> str:
    """How closely the coach walks along; before the yes and after the end no more than that."""
    if dossier.ended_on:
        return "ended"
    return "scouted" if dossier.is_scouted else dossier.intensity


def _text(case: Case, today: date) -> str:
    text = _spoken(case, today)
    return gettext("%(text)s · even stil") % {"text": text} if case.is_quiet else text


def _spoken(case: Case, today: date) -> str:
    if case.dossier.ended_on:
        return gettext("Sinds %(when)s") % {"when": day_in_words(case.dossier.ended_on)}
    if case.contact.spoken_on:
        return gettext("Gesproken: %(when)s") % {"when": when.ago(case.contact.spoken_on, today)}
    if case.contact.attempts:
        words = ngettext("%(n)s keer geprobeerd", "%(n)s keer geprobeerd", case.contact.attempts)
        return words % {"n": case.contact.attempts}
    return gettext("Nog niet gesproken")


def _late(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)s belofte te laat", "%(n)s beloften te laat", count) % {"n": count}
