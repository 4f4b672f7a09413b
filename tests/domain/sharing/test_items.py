"""One thing out of a section: that row opens, and no other of the same section."""

import os
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.base import acting
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier, NetworkPerson, Note, Paper, Step
from ipta.plans.models import PlanVersion
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.sharing.guests import settle_promise
from ipta.sharing.models import Grant
from ipta.sharing.queries import dossiers_visible_to
from ipta.sharing.rules import ITEMS
from ipta.vault import keyring
from tests.asking import assert_refused, last_entry, looks, text
from tests.cast import canary, fresh
from tests.house.site import undone

FIELDS = {Step: "text", PlanVersion: "most_important", Appointment: "what", Note: "text", Paper: "name"}
SECTIONS = ("plan", "appointments", "contacts")


def item_of(row: Any) -> dict[str, Any]:
    kind = next(kind for kind, (label, _) in ITEMS.items() if label == row._meta.label)
    return {"section": row.section, "item": row.pk, "item_kind": kind}


def opens(person: Person, row: Any) -> bool:
    try:
        return bool(Reader(fresh(person)).text(getattr(row, FIELDS[type(row)])))
    except Refused:
        return False


@pytest.fixture
def shared(dossier: Dossier, step: Step, mother: Person, sem: Person) -> Grant:
    found: Grant = sharing.grant(dossier, to=mother, purpose="samen doen", by=sem, **item_of(step))
    return found


@pytest.fixture
def other_step(dossier: Dossier, noor: Person) -> Step:
    found: Step = dossiers.promise(dossier, text="een andere stap", owner="coach", by=noor)
    return found


def test_the_row_opens_and_another_of_the_same_section_does_not(
    shared: Grant, step: Step, other_step: Step, mother: Person
) -> None:
    reader = Reader(mother)
    assert canary("sem", "plan") in reader.text(step.text)
    with pytest.raises(Refused):  # the key of the section lies in memory by now
        reader.text(other_step.text)
    with pytest.raises(Refused):
        reader.text(PlanVersion.objects.get(dossier=shared.dossier).most_important)
    assert reader.text(step.progress) == "", "an empty field of the same row"


def test_in_the_same_request_keys_are_no_right(
    shared: Grant, step: Step, other_step: Step, mother: Person, noor: Person
) -> None:
    with keyring.held():
        Reader(noor).text(other_step.text)
        reader = Reader(mother)
        reader.text(step.text)
        assert not reader.may(shared.dossier, "plan")
        reader.unlock([shared.dossier], "plan")
        with pytest.raises(Refused):
            reader.text(other_step.text)


def test_one_line_tells_by_which_grant(shared: Grant, step: Step, mother: Person) -> None:
    reader, before = Reader(mother), len(looks(shared.dossier))
    for sealed in (step.text, step.owner_name, shared.purpose):
        reader.text(sealed)
    new = looks(shared.dossier)[before:]
    assert [(look.section, look.ground) for look in new] == [("plan", f"grant:{shared.pk}")]


def test_what_it_is_for_opens_with_it(
    shared: Grant, dossier: Dossier, dana: Person, mother: Person, sem: Person
) -> None:
    assert Reader(mother).text(fresh(shared).purpose) == "samen doen"
    other = sharing.grant(dossier, section="plan", to=dana, purpose="iets anders", by=sem)
    with pytest.raises(Refused):
        Reader(fresh(mother)).text(fresh(other).purpose)


def test_withdrawn_it_is_shut(shared: Grant, step: Step, mother: Person, sem: Person) -> None:
    sharing.revoke(shared, by=sem)
    assert not opens(mother, step)
    assert not dossiers_visible_to(fresh(mother)).exists()


def test_the_dossier_is_known_by_one_thing(shared: Grant, mother: Person) -> None:
    assert dossiers_visible_to(mother).get() == shared.dossier
    with pytest.raises(Refused):
        Reader(mother).text(shared.dossier.first_name)


def test_the_journal_tells_which(shared: Grant, step: Step) -> None:
    assert last_entry(shared.dossier).facts == {
        "grant": str(shared.pk), "section": "plan", "to": str(shared.to_id), "item": str(step.pk), "kind": "step",
    }  # fmt: skip


def test_what_lies_elsewhere_is_not_shared(
    dossier: Dossier, kim_dossier: Dossier, step: Step, mother: Person, sem: Person
) -> None:
    others = Step.objects.get(dossier=kim_dossier)
    for wrong in (
        item_of(others),
        item_of(step) | {"section": "work"},
        item_of(step) | {"item_kind": "note", "section": "contacts"},
        item_of(step) | {"item": None},
    ):
        with pytest.raises(Impossible, match="staat er niet meer"):
            sharing.grant(dossier, to=mother, purpose="x", by=sem, **wrong)
    with pytest.raises(ValueError, match="is not a valid"):
        sharing.grant(dossier, to=mother, purpose="x", by=sem, section="plan", item=step.pk)


def test_the_database_wants_a_kind_with_an_item(shared: Grant) -> None:
    for wrong in ({"item": None}, {"item_kind": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.filter(pk=shared.pk).update(**wrong)


def test_a_professional_gets_one_thing_too(dossier: Dossier, paper: Paper, dana: Person, sem: Person) -> None:
    sharing.grant(dossier, to=dana, purpose="x", by=sem, **item_of(paper))
    assert Reader(dana).content(fresh(paper).content).startswith(b"%PDF")


def test_a_destroyed_section_says_so(shared: Grant, step: Step, mother: Person) -> None:
    keyring.destroy(shared.dossier_id, ["plan"])
    assert Reader(mother).text(fresh(step).text) == "Dit is gewist."


# --- a step brings its small steps ---------------------------------------------------------------


@pytest.fixture
def piece(step: Step, sem: Person) -> Step:
    found: Step = dossiers.cut(step, texts=["Bel eerst"], by=sem)[0]
    return found


def test_a_step_brings_its_small_steps_also_those_of_later(
    shared: Grant, piece: Step, step: Step, other_step: Step, mother: Person, sem: Person
) -> None:
    (later,) = dossiers.cut(fresh(step), texts=["Bel dan nog eens"], by=sem)
    before, reader = len(looks(shared.dossier)), Reader(fresh(mother))
    assert [reader.text(row.text) for row in (piece, later)] == ["Bel eerst", "Bel dan nog eens"]
    assert [look.ground for look in looks(shared.dossier)[before:]] == [f"grant:{shared.pk}"]
    assert not opens(mother, other_step)
    sharing.revoke(shared, by=sem)
    assert not opens(mother, piece)


def test_a_small_step_brings_neither_its_step_nor_the_others_of_it(
    piece: Step, step: Step, dossier: Dossier, mother: Person, sem: Person
) -> None:
    (beside,) = dossiers.cut(fresh(step), texts=["Ga dan langs"], by=sem)
    sharing.grant(dossier, to=mother, purpose="x", by=sem, **item_of(piece))
    assert [opens(mother, row) for row in (piece, step, beside)] == [True, False, False]


def test_a_small_step_that_was_shared_itself_keeps_its_own_line(
    shared: Grant, piece: Step, mother: Person, sem: Person
) -> None:
    own = sharing.grant(shared.dossier, to=mother, purpose="x", by=sem, **item_of(piece))
    text(mother, piece, "text")
    assert looks(shared.dossier)[-1].ground == f"grant:{own.pk}"
    sharing.revoke(own, by=sem)
    assert opens(mother, piece), "its step is still shared"


def test_who_promised_a_step_says_how_its_small_steps_went(
    dossier: Dossier, ria: NetworkPerson, mother: Person, sem: Person, noor: Person
) -> None:
    promised = dossiers.promise(dossier, text="Verhuizen", owner="network", somebody=ria, by=noor)
    (piece,) = dossiers.cut(promised, texts=["Dozen halen"], by=noor)
    assert_refused(settle_promise, piece, outcome="worked", by=[mother])
    sharing.grant(dossier, to=mother, purpose="x", by=sem, **item_of(promised))
    settle_promise(fresh(piece), outcome="worked", by=fresh(mother))
    assert fresh(piece).done_on


# --- any set of sections and things ------------------------------------------------------------


def everything(dossier: Dossier) -> list[Any]:
    return [row for model in FIELDS for row in model._default_manager.filter(dossier=dossier)]  # type: ignore[attr-defined]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_exactly_what_was_shared_opens(
    data: st.DataObject,
    dossier: Dossier,
    kim_dossier: Dossier,
    piece: Step,
    other_step: Step,
    mother: Person,
    sem: Person,
    noor: Person,
) -> None:
    rows = everything(dossier)
    sections = data.draw(st.sets(st.sampled_from(SECTIONS)))
    items = data.draw(st.sets(st.sampled_from(range(len(rows)))))
    stopped = data.draw(st.sets(st.sampled_from([*sections, *items]))) if sections or items else set()
    with undone():
        for key in [*sections, *items]:
            what = {"section": key} if isinstance(key, str) else item_of(rows[key])
            grant = sharing.grant(dossier, to=mother, purpose="x", by=sem, **what)
            if key in stopped:
                sharing.revoke(grant, by=sem)
        shown = {rows[number].pk for number in items - stopped}
        wanted = {
            row.pk
            for row in rows
            if row.section in sections - stopped or {row.pk, getattr(row, "parent_id", None)} & shown
        }
        assert {row.pk for row in rows if opens(mother, row)} == wanted
        one = Reader(fresh(mother))  # and in one request, in any order
        found = set()
        for row in data.draw(st.permutations(rows)):
            with suppress(Refused):
                found |= {row.pk} if one.text(getattr(row, FIELDS[type(row)])) else set()
        assert found == wanted
        assert not any(opens(mother, row) for row in everything(kim_dossier))
        if os.environ.get("IPTA_TEST_DATABASE") == "postgres":
            with acting.as_person(mother.pk):
                assert {row.pk for each in (dossier, kim_dossier) for row in everything(each)} == wanted
