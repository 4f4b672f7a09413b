"""The matrix finds what it is for: faults planted on purpose, of the kinds that hit comparable systems.

Three lines stand before a text: the querysets, the walls of PostgreSQL, the door. Each is taken away in turn, and
nothing leaks; then faults are planted in one of them, and the matrix says so. Source: security design, 5.8.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.db.models import Q

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import yes
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson, Step
from ipta.sharing import door, mails, policies
from ipta.vault.rules import SECTIONS
from tests.house.evidence import Report
from tests.house.matrix import ADDRESSES, Asking
from tests.house.site import Site
from tests.house.walls import lowered

pytestmark = pytest.mark.usefixtures("written_anew")
Plant = Callable[[pytest.MonkeyPatch, Site], Any]
HAS_WALLS = connection.vendor == "postgresql"
READING = ("coach:youths", "coach:youth", "coach:timeline", "coach:plan", "coach:scan", "coach:work", "coach:search")


# --- Taking a line away --------------------------------------------------------------------


def without_querysets(patch: pytest.MonkeyPatch, site: Site) -> None:
    """Every list and every look-up begins with all dossiers of the country."""
    everything = Dossier.objects.select_related("municipality")
    for name in ("caseload_of", "dossiers_visible_to"):
        patch.setattr(f"ipta.web.desk.{name}", lambda _person: everything)
    patch.setattr("ipta.web.desk.coached", lambda _coach, _municipalities: everything)
    for place in ("today", "youths", "search"):
        patch.setattr(f"ipta.web.coach.{place}.caseload", lambda _person: list(everything.all()))


def without_the_door(patch: pytest.MonkeyPatch, site: Site) -> None:
    """The policy that the door asks says yes to everybody."""
    everything = dict.fromkeys(SECTIONS, "coach")
    patch.setattr(policies, "grounds", lambda _person, dossiers: {d.id: everything for d in dossiers})


def without_walls(patch: pytest.MonkeyPatch, site: Site) -> None:
    """PostgreSQL is asked as the owner of everything."""
    lowered(patch)


@pytest.mark.parametrize("line", [without_querysets, without_the_door, without_walls], ids=lambda line: line.__name__)
def test_one_line_away_and_nothing_leaks(line: Plant, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    line(monkeypatch, site)
    for member in ("another coach", "coach elsewhere", "coach of before", "guest expired", "project leader"):
        ask = Asking(site, member)
        for name in (*READING, "coach:shared_section", "coach:note_about", "coach:finish"):
            for method in ADDRESSES[name].answers:
                ask.ask(ADDRESSES[name], method)
        assert ask.stolen == []


def test_two_lines_away_and_the_walls_hold(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without walls (SQLite holds one municipality) this is what leaks, and the matrix finds it."""
    without_querysets(monkeypatch, site)
    without_the_door(monkeypatch, site)
    ask = Asking(site, "another coach")
    for name in READING:
        for method in ADDRESSES[name].answers:
            ask.ask(ADDRESSES[name], method)
    assert (ask.stolen == []) is HAS_WALLS


# --- Planting a fault ----------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """What is planted, who asks where, and which lines still stand: then no word leaks."""

    what: str
    plant: Plant
    member: str
    at: tuple[str, ...]
    leaks: bool = False  # no other line stands behind this one
    is_held: bool = False  # by the walls: in PostgreSQL there is nothing to be found


def search_is_not_filtered(patch: pytest.MonkeyPatch, site: Site) -> None:
    """Alone it finds nothing, since the door asks again: both are off here."""
    without_the_door(patch, site)
    everything = Dossier.objects.select_related("municipality")
    patch.setattr("ipta.web.coach.search.caseload", lambda _person: list(everything))


def export_is_not_filtered(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.setattr("ipta.web.youth.take_along.desk.my_dossier", lambda _request: site.dossier)


def an_action_takes_any_row(patch: pytest.MonkeyPatch, site: Site) -> None:
    """The check of the object is forgotten, in the view and in the policy of the command."""
    patch.setattr("ipta.web.coach.steps._step", lambda _dossier, pk: Step.objects.get(pk=pk))
    patch.setattr("ipta.dossiers.policies.can_write", lambda _person, _dossier: yes("coach"))
    patch.setattr("ipta.dossiers.policies.can_own", lambda _person, _dossier: yes("coach"))


def taking_away_takes_any_row(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.setattr("ipta.dossiers.policies.can_own", lambda _person, _dossier: yes("coach"))
    patch.setattr(Dossier, "networkperson_set", property(lambda _dossier: NetworkPerson.objects))


def a_mail_says_what_happened(patch: pytest.MonkeyPatch, site: Site) -> None:
    reason = door.Reader(site.people["his coach"]).text(site.dossier.nickname)
    patch.setattr(mails, "_words", lambda: f"Over {reason}")


def what_was_withdrawn_still_counts(patch: pytest.MonkeyPatch, site: Site) -> None:
    today = clock.today()
    patch.setattr("ipta.sharing.models.GrantQuerySet.now", lambda rows: rows.filter(since__lte=today, until__gte=today))


def what_expired_still_counts(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.setattr("ipta.sharing.models.GrantQuerySet.now", lambda rows: rows.filter(revoked_at=None))


def the_coach_of_before_still_counts(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.setattr("ipta.dossiers.models.CoachshipQuerySet.now", lambda rows: rows.filter(Q(pk__isnull=False)))


def a_stand_in_reads_everything(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.setitem(policies.READS, "stand_in", frozenset(SECTIONS))


def every_role_sits_at_every_desk(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.setattr(Person, "is_somewhere", lambda _person, *_roles: True)


def no_second_factor_is_asked(patch: pytest.MonkeyPatch, site: Site) -> None:
    always = property(lambda _session: True, lambda _session, _said: None)
    patch.setattr("ipta.accounts.sessions.SessionStore.has_second_factor", always)


def what_is_forbidden_says_so(patch: pytest.MonkeyPatch, site: Site) -> None:
    """Another answer than for what does not exist: it tells that somebody takes part."""

    def own_dossier(_request: object, pk: object) -> Dossier:
        if not Coachship.objects.filter(dossier=pk, coach=site.people["another coach"]).exists():
            raise SuspiciousOperation
        return Dossier.objects.get(pk=pk)

    patch.setattr("ipta.web.desk.own_dossier", own_dossier)


def the_door_forgets_its_line(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.setattr(door, "append", lambda _kind, _lines: None)


def a_log_line_names_somebody(patch: pytest.MonkeyPatch, site: Site) -> None:
    text = door.Reader.text

    def told(reader: door.Reader, sealed: Any) -> str:
        words = text(reader, sealed)
        door.log.info("opened %s", words)
        return words

    patch.setattr(door.Reader, "text", told)


def a_header_is_left_out(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.delitem(settings.HEADERS, "Permissions-Policy")


def somebody_elses_grant_is_shown(patch: pytest.MonkeyPatch, site: Site) -> None:
    """A list of what was shared that forgets with whom."""
    patch.setattr("ipta.sharing.models.GrantQuerySet.held_by", lambda rows, _person: rows.now())


FAULTS = [
    Fault("search is not filtered", search_is_not_filtered, "another coach", ("coach:search",), True, True),
    Fault("an export is not filtered", export_is_not_filtered, "another youth", ("youth:download",)),
    Fault(
        "an action takes any row",
        an_action_takes_any_row,
        "another coach",
        ("coach:finish", "coach:drop"),
        is_held=True,
    ),
    Fault(
        "taking away takes any row", taking_away_takes_any_row, "another coach", ("coach:remove_person",), is_held=True
    ),
    Fault("a mail says what happened", a_mail_says_what_happened, "another coach", ("coach:take",), leaks=True),
    Fault(
        "withdrawn still counts",
        what_was_withdrawn_still_counts,
        "guest withdrawn",
        ("coach:shared_section",),
        True,
        True,
    ),
    Fault("expired still counts", what_expired_still_counts, "guest expired", ("coach:shared_section",), True, True),
    Fault("the coach of before still counts", the_coach_of_before_still_counts, "coach of before", READING, True, True),
    Fault("a stand-in reads everything", a_stand_in_reads_everything, "stand-in", ("coach:network",), True, True),
    Fault("every role sits at every desk", every_role_sits_at_every_desk, "project leader", ("coach:today",)),
    Fault("no second factor is asked", no_second_factor_is_asked, "no second factor", READING, leaks=True),
    Fault("what is forbidden says so", what_is_forbidden_says_so, "another coach", ("coach:propose",)),
    Fault("the door forgets its line", the_door_forgets_its_line, "his coach", ("coach:timeline",)),
    Fault("a log line names somebody", a_log_line_names_somebody, "his coach", ("coach:youth",), leaks=True),
    Fault("a header is left out", a_header_is_left_out, "his coach", ("coach:today",)),
    Fault(
        "somebody else's grant is shown",
        somebody_elses_grant_is_shown,
        "professional",
        ("coach:shared_section",),
        True,
        True,
    ),
]


def test_the_matrix_finds_each_planted_fault(site: Site, evidence: Report) -> None:
    quiet, leaking = [], []
    for fault in FAULTS:
        with pytest.MonkeyPatch.context() as patch:
            fault.plant(patch, site)
            ask = Asking(site, fault.member)
            for name in fault.at:
                for method in ADDRESSES[name].answers:
                    ask.ask(ADDRESSES[name], method)
                    for mixed in site.mixed(name, fault.member):
                        ask.ask(ADDRESSES[name], method, mixed, is_there=False)
        is_held = fault.is_held and HAS_WALLS
        quiet += [] if ask.wrong or is_held else [fault.what]
        leaking += [(fault.what, ask.stolen)] if ask.stolen and (is_held or not fault.leaks) else []
    evidence("Planted faults found", len(FAULTS) - len(quiet), of=len(FAULTS), aim="all")
    assert not quiet, f"not found: {quiet}"
    assert not leaking, f"another line should have held: {leaking}"
