"""`welcome`: the yes. Scouting ends, and nothing is typed twice."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier, PhaseSpan
from ipta.scouting import commands as scouting
from ipta.scouting.models import Find
from tests.asking import assert_refused, raw, text, verbs
from tests.cast import canary, days_ago, fresh


def test_what_was_typed_on_the_street_stays_where_it_is(scouted: Dossier, noor: Person) -> None:
    find = Find.objects.get(dossier=scouted)
    before = raw(find, "wants")
    scouting.welcome(scouted, first_name="Rox", by=noor)
    joined = fresh(scouted)
    assert joined.is_taking_part
    assert raw(find, "wants") == before
    assert text(joined.youth, find, "wants") == canary("rox", "contacts")
    assert verbs(scouted)[-1] == "youth.welcomed"


def test_scouting_ends_and_the_scan_begins(scouted: Dossier, noor: Person) -> None:
    scouting.welcome(scouted, by=noor)
    assert set(PhaseSpan.objects.filter(dossier=scouted, until=None).values_list("phase", flat=True)) == {"scan"}


def test_the_yes_may_be_told_afterwards(scouted: Dossier, noor: Person) -> None:
    Dossier.objects.filter(pk=scouted.pk).update(found_on=days_ago(30))
    scouting.welcome(fresh(scouted), by=noor, on=days_ago(3))
    assert fresh(scouted).joined_on == days_ago(3)


def test_nobody_is_welcomed_twice(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="doet al mee"):
        scouting.welcome(dossier, by=noor)
    assert verbs(dossier).count("youth.welcomed") == 1


def test_nobody_else_says_yes_for_him(scouted: Dossier, outsiders: list[Person], sem: Person) -> None:
    assert_refused(scouting.welcome, scouted, first_name="x", by=[*outsiders, sem], match="Alleen de coach")
