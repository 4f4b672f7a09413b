"""The second line around what was asked and answered: raw SQL in PostgreSQL, on behalf of somebody."""

import os
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from ipta.accounts.models import Person
from ipta.base import acting, clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.corrections.commands import answer_correction, ask_correction
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson, Note, Step
from ipta.sharing import commands as sharing
from ipta.sharing.asked.commands import ask_for
from ipta.sharing.models import Grant
from ipta.sharing.why.models import LookQuestion
from tests.cast import days_ago

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.skipif(os.environ.get("IPTA_TEST_DATABASE") != "postgres", reason="PostgreSQL has the walls"),
]


def touched(sql: str, *values: object) -> int:
    """How many rows it touched; a refusal is none."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return int(cursor.rowcount)
    except DatabaseError as fault:
        assert "row-level security" in str(fault) or "permission denied" in str(fault), fault
        return 0


def seen(table: str, *people: Person) -> list[int]:
    found = []
    for person in people:
        with acting.as_person(person.pk):
            found.append(touched(f"SELECT 1 FROM {table}"))
    return found


# --- a yes said aloud ---------------------------------------------------------------------------------------------


def give(
    dossier: Dossier, *, to: Person, by: Person, aloud: bool, given_by: Person | None = None, item: UUID | None = None
) -> int:
    today, kind = clock.today(), "step" if item else ""
    with acting.as_person(by.pk):
        return touched(
            "INSERT INTO sharing_grant (id, dossier_id, to_id, shared_section, item, item_kind, since, until, "
            "given_by_id, given_at, is_aloud, purpose) VALUES (%s, %s, %s, 'plan', %s, %s, %s, %s, %s, now(), %s, '')",
            uuid4(), dossier.pk, to.pk, item, kind, today, today, (given_by or by).pk, aloud,
        )  # fmt: skip


def test_only_his_own_coach_types_a_yes_and_only_as_one_said_aloud(
    dossier: Dossier, sem: Person, noor: Person, stef: Person, standing_in: Coachship, bram: Person, dana: Person
) -> None:
    assert give(dossier, to=dana, by=noor, aloud=True) == 1
    assert give(dossier, to=dana, by=noor, aloud=False) == 0, "that would be the youth himself"
    assert give(dossier, to=dana, by=noor, aloud=True, given_by=sem) == 0
    assert give(dossier, to=noor, by=noor, aloud=True) == 0, "nothing for himself"
    assert give(dossier, to=dana, by=stef, aloud=True) == 0, "who stands in gives nothing"
    assert give(dossier, to=dana, by=bram, aloud=True) == 0
    assert give(dossier, to=dana, by=sem, aloud=False) == 1
    assert give(dossier, to=dana, by=sem, aloud=True) == 0


def test_one_thing_is_given_by_the_same_people(
    dossier: Dossier, step: Step, sem: Person, noor: Person, stef: Person, standing_in: Coachship, dana: Person
) -> None:
    for by, aloud, times in ((noor, True, 1), (noor, False, 0), (stef, True, 0), (dana, True, 0), (sem, False, 1)):
        assert give(dossier, to=dana, by=by, aloud=aloud, item=step.pk) == times


def test_only_he_says_that_it_was_so(dossier: Dossier, sem: Person, noor: Person, dana: Person) -> None:
    given: Grant = sharing.grant(dossier, section="plan", to=dana, purpose="x", by=noor, aloud=True)
    confirm = "UPDATE sharing_grant SET confirmed_at = now() WHERE id = %s"
    for person, times in ((noor, 0), (dana, 0), (sem, 1)):
        with acting.as_person(person.pk):
            assert touched(confirm, given.pk) == times, person.first_name
    with acting.as_person(noor.pk):
        assert touched("UPDATE sharing_grant SET revoked_at = now() WHERE id = %s", given.pk) == 1


# --- what is asked ------------------------------------------------------------------------------------------------


def test_who_asks_sees_what_came_of_it_and_answers_nothing(
    dossier: Dossier, sem: Person, noor: Person, dana: Person, bram: Person, stef: Person, standing_in: Coachship
) -> None:
    sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem)
    asked = ask_for(dossier, section="living", to=dana, reason="Voor de huur", by=dana)
    assert seen("sharing_sharingrequest", sem, noor, dana, bram) == [1, 1, 1, 0]
    answer = "UPDATE sharing_sharingrequest SET answer = 'yes', answered_at = now() WHERE id = %s"
    for person, times in ((dana, 0), (bram, 0), (stef, 0), (noor, 1), (sem, 1)):
        with acting.as_person(person.pk):
            assert touched(answer, asked.pk) == times, person.first_name
            assert touched("DELETE FROM sharing_sharingrequest") == 0


def test_nobody_asks_in_the_name_of_somebody_else_or_of_whom_he_knows_nothing(
    dossier: Dossier, noor: Person, dana: Person, bram: Person
) -> None:
    insert = (
        "INSERT INTO sharing_sharingrequest (id, dossier_id, to_id, shared_section, item_kind, asked_by_id, asked_at, "
        "ends_at, answer, reason) VALUES (%s, %s, %s, 'living', '', %s, now(), now(), '', '')"
    )
    for by, name, times in ((dana, dana, 0), (bram, bram, 0), (bram, noor, 0), (noor, bram, 0), (noor, noor, 1)):
        with acting.as_person(by.pk):
            assert touched(insert, uuid4(), dossier.pk, dana.pk, name.pk) == times


# --- one thing ----------------------------------------------------------------------------------------------------


def test_of_one_thing_that_is_asked_for_him_he_hears_nothing_and_he_asks_for_none(
    dossier: Dossier, step: Step, sem: Person, noor: Person, dana: Person
) -> None:
    sharing.grant(dossier, section="work", to=dana, purpose="x", by=sem)
    ask_for(dossier, section="plan", item=step.pk, item_kind="step", to=dana, reason="x", by=noor)
    assert seen("sharing_sharingrequest", sem, noor, dana) == [1, 1, 0]
    insert = (
        "INSERT INTO sharing_sharingrequest (id, dossier_id, to_id, shared_section, item, item_kind, asked_by_id, "
        "asked_at, ends_at, answer, reason) VALUES (%s, %s, %s, 'plan', %s, 'step', %s, now(), now(), '', '')"
    )
    for by, times in ((dana, 0), (noor, 1)):
        with acting.as_person(by.pk):
            assert touched(insert, uuid4(), dossier.pk, dana.pk, uuid4(), by.pk) == times


def test_a_shared_step_brings_its_small_steps_and_no_step_of_another_dossier(
    dossier: Dossier, kim_dossier: Dossier, step: Step, mother: Person, sem: Person, noor: Person
) -> None:
    dossiers.promise(dossier, text="een andere", owner="coach", by=noor)
    (piece,) = dossiers.cut(step, texts=["eerst"], by=sem)
    Step.objects.filter(dossier=kim_dossier).update(parent=step)  # as no command does
    assert seen("dossiers_step", mother) == [0]
    given = sharing.grant(dossier, section="plan", item=piece.pk, item_kind="step", to=mother, purpose="x", by=sem)
    assert seen("dossiers_step", mother) == [1]
    sharing.grant(dossier, section="plan", item=step.pk, item_kind="step", to=mother, purpose="x", by=sem)
    sharing.revoke(given, by=sem)
    assert seen("dossiers_step", mother) == [2]


def test_who_promised_a_step_changes_it_only_while_he_reads_it(
    dossier: Dossier, step: Step, ria: NetworkPerson, mother: Person, sem: Person, noor: Person
) -> None:
    promised = dossiers.promise(dossier, text="helpen", owner="network", somebody=ria, by=noor)
    sharing.grant(dossier, section="plan", item=step.pk, item_kind="step", to=mother, purpose="x", by=sem)
    with acting.as_person(mother.pk):  # without looking: what he cannot read cannot become part of what he can
        assert touched("UPDATE dossiers_step SET parent_id = NULL") == 0
    sharing.grant(dossier, section="plan", item=promised.pk, item_kind="step", to=mother, purpose="x", by=sem)
    with acting.as_person(mother.pk):
        assert touched("UPDATE dossiers_step SET done_on = current_date WHERE id = %s", promised.pk) == 1
        assert touched("UPDATE dossiers_step SET done_on = current_date WHERE id = %s", step.pk) == 0


# --- vraag waarom -------------------------------------------------------------------------------------------------


def test_a_question_why_is_between_him_and_who_looked(
    dossier: Dossier, sem: Person, noor: Person, bram: Person, dana: Person
) -> None:
    asked = LookQuestion.objects.create(dossier=dossier, day=days_ago(1), reader=bram)
    assert seen("sharing_lookquestion", sem, bram, noor, dana) == [1, 1, 0, 0]
    answer = "UPDATE sharing_lookquestion SET answered_at = now(), answer = 'x' WHERE id = %s"
    for person, times in ((noor, 0), (dana, 0), (bram, 1), (bram, 0)):
        with acting.as_person(person.pk):
            assert touched(answer, asked.pk) == times, "once"
    insert = (
        "INSERT INTO sharing_lookquestion (id, dossier_id, day, reader_id, asked_at, answer) "
        "VALUES (%s, %s, %s, %s, now(), '')"
    )
    for person, times in ((noor, 0), (bram, 0), (sem, 1)):
        with acting.as_person(person.pk):
            assert touched(insert, uuid4(), dossier.pk, days_ago(2), dana.pk) == times


# --- verander dit -------------------------------------------------------------------------------------------------


def test_nobody_changes_a_correction_or_its_answer_or_takes_one_away(
    dossier: Dossier, note: Note, ria: NetworkPerson, sem: Person, noor: Person, stef: Person, standing_in: Coachship,
    bram: Person,
) -> None:  # fmt: skip
    for line, kind in ((note, "gesprek"), (ria, "mens")):
        asked = ask_correction(line, kind=kind, wish="Anders", by=sem)
        answer_correction(asked, outcome="kept", reason="Zo was het", by=noor)
    for table in ("dossiers_correction", "dossiers_correctionanswer"):
        assert seen(table, sem, noor, stef, bram) == [2, 2, 1, 0]
        for person in (sem, noor, stef):
            with acting.as_person(person.pk):
                assert touched(f"DELETE FROM {table}") == 0
                assert touched(f"UPDATE {table} SET section = 'plan'") == 0


def test_the_coach_asks_nothing_for_him_and_he_answers_nothing_for_the_coach(
    dossier: Dossier, note: Note, sem: Person, noor: Person
) -> None:
    ask = (
        "INSERT INTO dossiers_correction (id, dossier_id, line, kind, section, asked_by_id, asked_at, wish) "
        "VALUES (%s, %s, %s, 'gesprek', 'contacts', %s, now(), '')"
    )
    for by, name, times in ((noor, noor, 0), (noor, sem, 0), (sem, sem, 1)):
        with acting.as_person(by.pk):
            assert touched(ask, uuid4(), dossier.pk, note.pk, name.pk) == times
    asked = ask_correction(note, kind="gesprek", wish="Anders", by=sem)
    answer = (
        "INSERT INTO dossiers_correctionanswer (id, dossier_id, correction_id, section, outcome, answered_by_id, "
        "answered_at, reason) VALUES (%s, %s, %s, 'contacts', 'changed', %s, now(), '')"
    )
    for by, times in ((sem, 0), (noor, 1)):
        with acting.as_person(by.pk):
            assert touched(answer, uuid4(), dossier.pk, asked.pk, by.pk) == times
