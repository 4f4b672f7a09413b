"""The second line: raw SQL as the role of the web, in PostgreSQL. No view, queryset or policy of Python helps here.

What is tried are the traps that really catch such walls (security design, 5.7), and what somebody with SQL would try.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, models, transaction
from django.utils import timezone

from ipta.accounts.models import Municipality, Person, Post
from ipta.base import acting, clock
from ipta.base.postgres.base import signed
from ipta.dossiers.messages import commands as messages
from ipta.dossiers.models import Coachship, Dossier, Message, NetworkPerson, Note
from ipta.journal.models import Entry
from ipta.law import commands as law
from ipta.law.models import Hold, Wish
from ipta.scouting import due
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant, Look
from ipta.vault import keyring
from ipta.vault.models import SectionKey
from ipta.walls import tables
from ipta.workplaces.models import Workplace
from ipta.wraparound import commands as preparing
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.models import Contribution
from tests.cast import days_ago, fresh
from tests.conftest import sign_in
from tests.house.evidence import Report

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.skipif(os.environ.get("IPTA_TEST_DATABASE") != "postgres", reason="PostgreSQL has the walls"),
]


def rows(sql: str, *values: object, alias: str = "default") -> list[tuple[object, ...]]:
    """What comes back, or nothing; a refusal is raised, and leaves the transaction as it was."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else [()] * cursor.rowcount


def refused(sql: str, *values: object, alias: str = "default") -> bool:
    """Whether the database refuses it, or finds nothing to do it to."""
    try:
        return not rows(sql, *values, alias=alias)
    except DatabaseError as fault:
        return "row-level security" in str(fault) or "permission denied" in str(fault)


@contextmanager
def as_role(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
        yield
        cursor.execute("RESET ROLE")


def walled(alias: str) -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in tables.walls(alias)}


# --- Every table has one ------------------------------------------------------------------


def test_every_table_has_a_wall_or_a_reason_to_need_none() -> None:
    for model in apps.get_models():
        tables.wall_of(model)


def test_a_new_table_without_a_wall_is_found() -> None:
    class Newcomer(models.Model):
        class Meta:
            app_label = "dossiers"

    try:
        with pytest.raises(LookupError, match="Newcomer"):
            tables.wall_of(Newcomer)
    finally:
        del apps.all_models["dossiers"]["newcomer"]
        apps.clear_cache()


def test_what_needs_no_wall_hangs_on_no_dossier_and_no_municipality() -> None:
    for model in apps.get_models():
        if tables.wall_of(model) is None:
            columns = {field.attname for field in model._meta.concrete_fields}
            assert not columns & {"dossier_id", "municipality_id", "about"}, model


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_each_wall_stands_in_the_database_also_for_the_owner(alias: str, evidence: Report) -> None:
    found = {
        str(name): (enabled, forced)
        for name, enabled, forced in rows(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
            alias=alias,
        )
    }
    assert walled(alias)
    without = {table for table in walled(alias) if found[table] != (True, True)}
    evidence("Tables without forced row-level security", len(without), of=len(walled(alias)), aim=0)
    assert without == set()
    hanging = rows(
        "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND column_name IN ('dossier_id', 'municipality_id', 'about', 'municipality')",
        alias=alias,
    )
    assert {str(table) for (table,) in hanging} <= set(walled(alias))


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_each_wall_has_a_policy_for_each_verb_and_none_that_lets_everybody_through(alias: str) -> None:
    for table in walled(alias):
        policies = rows("SELECT cmd, qual, with_check FROM pg_policies WHERE tablename = %s", table, alias=alias)
        assert sorted(str(verb) for verb, *_ in policies) == ["DELETE", "INSERT", "SELECT", "UPDATE"], table
        for _verb, *conditions in policies:
            assert "gate." in str(conditions), table


# --- The traps ----------------------------------------------------------------------------


def test_the_owner_of_a_table_is_not_above_its_wall(dossier: Dossier) -> None:
    rows("SET CONSTRAINTS ALL IMMEDIATE")
    rows("ALTER TABLE dossiers_note OWNER TO ipta_owner")
    with as_role("ipta_owner"):
        assert rows("SELECT id FROM dossiers_note") == []


def test_nobody_sees_nothing(dossier: Dossier) -> None:
    with acting.as_nobody():
        for table in walled("default"):
            assert rows(f'SELECT 1 FROM "{table}"') == [], table


def test_who_asked_before_is_forgotten_on_the_connection(dossier: Dossier, noor: Person) -> None:
    with acting.as_person(noor.pk):
        assert Note.objects.exists()
    with acting.as_nobody():
        assert not Note.objects.exists()


def test_who_asked_is_told_again_after_a_transaction_that_failed(dossier: Dossier, noor: Person) -> None:
    with acting.as_nobody():
        assert not Note.objects.exists()
        for _attempt in range(2):
            with acting.as_person(noor.pk):
                with pytest.raises(DatabaseError), transaction.atomic():
                    assert Note.objects.exists()
                    rows("SELECT 1 / 0")
                assert Note.objects.exists()
            assert not Note.objects.exists()


def test_no_view_and_no_function_goes_around_the_walls() -> None:
    assert rows("SELECT matviewname FROM pg_matviews") == []
    views = rows(
        "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace::regnamespace::text !~ '^(pg_|information)' "
        "AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)"
    )
    assert views == []
    for alias in ("default", "keys"):
        outside = rows(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace <> 'pg_catalog'::regnamespace AND NOT "
            "(pronamespace = 'gate'::regnamespace AND proowner = 'ipta_gate'::regrole "
            "AND 'search_path=pg_catalog, pg_temp' = ANY (proconfig))",
            alias=alias,
        )
        assert outside == []


def test_no_function_of_ours_says_that_it_leaks_nothing() -> None:
    """A function that is wrongly LEAKPROOF prints hidden rows."""
    for alias in ("default", "keys"):
        leakproof = "SELECT proname FROM pg_proc WHERE proleakproof AND pronamespace <> 'pg_catalog'::regnamespace"
        assert rows(leakproof, alias=alias) == []


def test_nobody_grants_himself_anything(dossier: Dossier, bram: Person, noor: Person, sem: Person) -> None:
    for person in (bram, noor):
        with acting.as_person(person.pk):
            assert refused(*_insert_grant(dossier, to=person, by=person))
            assert refused(*_insert_grant(dossier, to=person, by=sem))
    with acting.as_person(sem.pk):
        assert refused(*_insert_grant(dossier, to=sem, by=sem))
        assert not refused(*_insert_grant(dossier, to=bram, by=sem))


def _insert_grant(dossier: Dossier, *, to: Person, by: Person) -> tuple[object, ...]:
    today = clock.today()
    return (
        "INSERT INTO sharing_grant (id, dossier_id, to_id, shared_section, since, until, given_by_id, given_at, "
        "purpose) VALUES (%s, %s, %s, 'money', %s, %s, %s, now(), '')",
        uuid4(), dossier.pk, to.pk, today, today, by.pk,
    )  # fmt: skip


def test_whoever_can_run_sql_still_speaks_for_nobody_else(dossier: Dossier, bram: Person, noor: Person) -> None:
    pid = connection.connection.info.backend_pid
    forged = [
        f"person:{noor.pk}",
        f"person:{noor.pk}|{clock.now().isoformat()}|{pid}",
        f"person:{noor.pk}|{clock.now().isoformat()}|{pid}|{'0' * 64}",
        signed(f"person:{noor.pk}", pid=pid + 1),  # read from another connection
        signed(f"person:{bram.pk}", pid=pid).replace(str(bram.pk), str(noor.pk)),
        "work",
    ]
    with acting.as_person(bram.pk):
        for said in forged:
            with pytest.raises(DatabaseError, match="not sealed"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('ipta.context', %s, false)", [said])
                cursor.execute("SELECT count(*) FROM dossiers_note")
        with pytest.raises(DatabaseError, match="permission denied"):
            rows("SELECT * FROM gate.seal")


def test_an_insert_does_not_tell_whether_a_dossier_exists(dossier: Dossier, bram: Person) -> None:
    said = []
    with acting.as_person(bram.pk):
        for wanted in (dossier.pk, uuid4()):
            with pytest.raises(DatabaseError) as fault:
                rows(
                    "INSERT INTO dossiers_phasespan (id, dossier_id, phase, since, rough) "
                    "VALUES (%s, %s, 'x', now(), '{}')",
                    uuid4(), wanted,
                )  # fmt: skip
            said.append(str(fault.value))
    assert said[0] == said[1]


def test_what_hangs_under_a_dossier_is_numbered_so_that_it_cannot_be_guessed() -> None:
    guessable = {"journal_chain", "accounts_post", "plans_agreement"}  # nothing in an address names these
    keys = {table: model._meta.pk for table, model in walled("default").items()}
    numbered = {
        table for table, key in keys.items() if not isinstance(getattr(key, "target_field", key), models.UUIDField)
    }
    assert numbered <= guessable


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_outside_a_transaction_the_walls_stand_too(dossier: Dossier, noor: Person, bram: Person) -> None:
    assert connection.get_autocommit()
    with acting.as_person(noor.pk):
        assert Note.objects.exists()
    with acting.as_person(bram.pk):
        assert not Note.objects.exists()
    with acting.as_nobody():
        assert not Note.objects.exists()


def dump(role: str, *more: str) -> subprocess.CompletedProcess[str]:
    settings = connection.settings_dict
    program = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[-1]
    return subprocess.run(
        [program, f"--host={settings['HOST']}", f"--port={settings['PORT']}", f"--username={role}", "--data-only",
         "--schema=public", *more, settings["NAME"]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_the_back_up_is_whole_and_the_web_can_make_none(dossier: Dossier) -> None:
    whole = dump("ipta_backup")
    assert whole.returncode == 0, whole.stderr
    for note in Note.objects.all():
        assert str(note.pk) in whole.stdout
    by_the_web = dump("ipta_web", "--table=dossiers_note")
    assert by_the_web.returncode != 0
    assert "row-level security" in by_the_web.stderr
    quietly = dump("ipta_web", "--table=dossiers_note", "--enable-row-security")
    assert quietly.returncode == 0  # and holds nothing: a back-up is never made in this way
    assert str(dossier.pk) not in quietly.stdout
    assert dump("ipta_statistics").returncode != 0


def test_a_backup_reads_and_changes_nothing(dossier: Dossier) -> None:
    with as_role("ipta_backup"):
        assert rows("SELECT 1 FROM dossiers_note")
    for wanted in ("UPDATE dossiers_note SET channel = 'other'", "SELECT * FROM gate.seal"):
        with as_role("ipta_backup"), pytest.raises(DatabaseError, match="permission denied"):
            rows(wanted)


def test_who_signs_in_as_the_web_becomes_no_other_role() -> None:
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"], user="ipta_web", autocommit=True
    ) as web:
        for said in ("SET ROLE ipta_gate", "SET ROLE ipta_backup", "SET SESSION AUTHORIZATION ipta_owner"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(said)
        assert web.execute("SELECT count(*) FROM dossiers_dossier").fetchone() == (0,)


def test_statistics_read_no_table(dossier: Dossier) -> None:
    for alias in ("default", "keys"):
        granted = rows(
            "SELECT table_name FROM information_schema.role_table_grants WHERE grantee = 'ipta_statistics'", alias=alias
        )
        assert granted == []


# --- Who sees what ------------------------------------------------------------------------


@pytest.fixture
def world_of_sql(world: Dossier, kim_dossier: Dossier, ali_dossier: Dossier) -> Dossier:
    """Sem's dossier beside two others; who is who stands in tests/cast.py."""
    return world


def dossiers_seen(table: str = "dossiers_dossier", column: str = "id") -> set[UUID]:
    return {UUID(str(found)) for (found,) in rows(f'SELECT DISTINCT {column} FROM "{table}"')}


WHOSE = {
    "noor": "sem", "stef": "sem", "sem": "sem", "bram": "kim", "yara": "ali", "tess": "", "olga": "", "jip": "",
    "nel": "", "dana": "", "fem": "", "vera": "",
}  # fmt: skip


def test_each_sees_the_dossiers_he_has_a_relation_with(world_of_sql: Dossier, request: pytest.FixtureRequest) -> None:
    names = {"sem": world_of_sql, **{name: request.getfixturevalue(f"{name}_dossier") for name in ("kim", "ali")}}
    for who, whose in WHOSE.items():
        with acting.as_person(request.getfixturevalue(who).pk):
            expected = {names[whose].pk} if whose else set()
            assert dossiers_seen() == expected, who
            for table, model in walled("default").items():
                if issubclass(model, tables.OfDossier) and model not in {Coachship, Grant}:
                    assert dossiers_seen(table, "dossier_id") <= expected, (who, table)


@pytest.mark.parametrize("who", ["stef", "dana"])
def test_a_row_is_there_only_for_who_may_read_its_section(
    who: str, world_of_sql: Dossier, sem: Person, dana: Person, request: pytest.FixtureRequest
) -> None:
    """The same sections as on the page for people, docs/access.md."""
    sharing.grant(world_of_sql, section="plan", to=dana, purpose="samen", by=sem)
    lent = {"stef": {"identity", "plan", "appointments", "contacts", "scores", "work", "living"}, "dana": {"plan"}}[who]
    with acting.as_person(request.getfixturevalue(who).pk):
        for table, model in walled("default").items():
            section = getattr(model, "section", None)
            if issubclass(model, tables.OfDossier) and isinstance(section, str):
                assert not rows(f'SELECT 1 FROM "{table}"') or section in lent, table
        seen = {str(section) for (section,) in rows("SELECT section FROM dossiers_view")}
        assert seen <= lent
        assert rows("SELECT 1 FROM dossiers_step")


def test_a_page_shows_no_more_when_the_queries_forget_to_ask(
    world_of_sql: Dossier, bram: Person, monkeypatch: pytest.MonkeyPatch, written_anew: None
) -> None:
    everything = Dossier.objects.select_related("municipality")
    monkeypatch.setattr("ipta.web.desk.coached", lambda _coach, _municipalities: everything)
    response = sign_in(bram).get(f"/jongeren/{world_of_sql.pk}/")
    assert response.status_code == 404


def test_a_key_is_there_only_for_who_names_its_dossier(dossier: Dossier, kim_dossier: Dossier, noor: Person) -> None:
    with acting.as_person(noor.pk):
        assert rows("SELECT 1 FROM vault_sectionkey", alias="keys") == []
        with acting.wanting_keys_of([dossier.pk]):
            seen = {UUID(str(found)) for (found,) in rows("SELECT dossier_id FROM vault_sectionkey", alias="keys")}
            assert seen == {dossier.pk}
            assert refused("DELETE FROM vault_sectionkey", alias="keys")
            assert refused("UPDATE vault_sectionkey SET wrapped = NULL", alias="keys")
        with keyring.held():
            assert Reader(noor).text(dossier.nickname)
    assert SectionKey.objects.filter(dossier_id=kim_dossier.pk).exists()


# --- What somebody with SQL in his hands would try ------------------------------------------

# As bram, a coach of the same municipality, against sem's dossier: {d} dossier, {n} note, {b} bram, {s} sem, {c} noor.
ATTACKS = [
    "SELECT text FROM dossiers_note WHERE id = '{n}'",
    "SELECT * FROM dossiers_dossier WHERE id = '{d}'",
    "SELECT * FROM dossiers_dossier d JOIN dossiers_note n ON n.dossier_id = d.id WHERE d.id = '{d}'",
    "SELECT n.* FROM accounts_person p JOIN dossiers_note n ON n.author_id = p.id WHERE p.id = '{c}'",
    "SELECT * FROM dossiers_note WHERE dossier_id IN (SELECT dossier_id FROM sharing_grant)",
    "WITH x AS (SELECT * FROM dossiers_step WHERE dossier_id = '{d}') SELECT * FROM x",
    "SELECT * FROM (SELECT *, row_number() OVER () FROM dossiers_view) v WHERE dossier_id = '{d}'",
    "SELECT 1 FROM dossiers_dossier WHERE id = '{d}' AND length(nickname) > 3",
    "SELECT 1 FROM dossiers_note WHERE dossier_id = '{d}' ORDER BY text LIMIT 1",
    "SELECT * FROM dossiers_note WHERE id = '{n}' OR true AND dossier_id = '{d}'",
    "SELECT * FROM dossiers_dossier WHERE id = '{d}' FOR UPDATE",
    "SELECT id FROM dossiers_view WHERE dossier_id = '{d}' "
    "UNION SELECT id FROM scans_filledsheet WHERE dossier_id = '{d}'",
    "SELECT * FROM sharing_look WHERE about = '{d}' AND person_id <> '{b}'",
    "SELECT * FROM journal_entry WHERE about = '{d}' AND person_id <> '{b}'",
    "SELECT * FROM plans_planversion WHERE dossier_id = '{d}'",
    "SELECT a.* FROM plans_agreement a JOIN plans_planversion v ON v.id = a.version_id WHERE v.dossier_id = '{d}'",
    "SELECT * FROM dossiers_briefing WHERE dossier_id = '{d}'",
    "SELECT * FROM scans_filledsheet WHERE dossier_id = '{d}'",
    "SELECT * FROM placements_placement WHERE dossier_id = '{d}'",
    "SELECT * FROM scouting_find WHERE dossier_id = '{d}'",
    "SELECT * FROM dossiers_networkperson WHERE dossier_id = '{d}'",
    "UPDATE dossiers_note SET channel = 'other' WHERE id = '{n}'",
    "UPDATE dossiers_dossier SET youth_id = '{b}' WHERE id = '{d}'",
    "UPDATE dossiers_coachship SET coach_id = '{b}' WHERE dossier_id = '{d}'",
    "UPDATE dossiers_coachship SET until = NULL WHERE dossier_id = '{d}'",
    "UPDATE sharing_grant SET until = '2100-01-01', revoked_at = NULL WHERE dossier_id = '{d}'",
    "UPDATE sharing_look SET reader_name = 'Iemand'",
    "UPDATE journal_entry SET verb = 'x'",
    "UPDATE accounts_post SET role = 'functional_manager' WHERE person_id = '{b}'",
    "UPDATE accounts_municipality SET name = 'x'",
    "DELETE FROM dossiers_note WHERE id = '{n}'",
    "DELETE FROM dossiers_dossier WHERE id = '{d}'",
    "DELETE FROM sharing_look",
    "DELETE FROM journal_entry",
    "DELETE FROM journal_chain",
    "DELETE FROM accounts_post",
    "TRUNCATE sharing_look",
    "INSERT INTO dossiers_coachship (id, dossier_id, coach_id, is_stand_in, is_off, since, until) "
    "VALUES (gen_random_uuid(), '{d}', '{b}', true, false, '2020-01-01', '2100-01-01')",
    "INSERT INTO accounts_post (person_id, municipality_id, role, since) "
    "SELECT '{b}', municipality_id, 'functional_manager', '2020-01-01' FROM accounts_post LIMIT 1",
    "INSERT INTO sharing_look SELECT gen_random_uuid(), '{d}', 99, now(), '{c}', '', '', 'plan', '', 'opened', "
    "gen_random_uuid(), '', '', ''",
    "SELECT * FROM law_wish WHERE dossier_id = '{d}'",
    "SELECT * FROM law_weighing WHERE dossier_id = '{d}'",
    "SELECT * FROM law_proof",
    "UPDATE law_wish SET asked_by_id = '{c}', agreed_by_id = '{b}', agreed_at = now() WHERE dossier_id = '{d}'",
    "UPDATE law_hold SET ended_at = now() WHERE dossier_id = '{d}'",
    "UPDATE law_retention SET months = 1",
    "UPDATE law_ground SET plain = 'x'",
    "DELETE FROM law_proof",
    "DELETE FROM law_notice",
    "DELETE FROM sharing_doubt",
    "INSERT INTO law_retention (id, municipality_id, stated_by_id, stated_at, why, kind, months) "
    "SELECT gen_random_uuid(), municipality_id, '{b}', now(), 'x', 'plan', 12 FROM accounts_post LIMIT 1",
    "INSERT INTO law_notice (id, dossier_id, kind, told_on) VALUES (gen_random_uuid(), '{d}', 'plan', '2020-01-01')",
    "ALTER TABLE dossiers_note DISABLE ROW LEVEL SECURITY",
    "DROP POLICY who_may_select ON dossiers_note",
    "CREATE POLICY mine ON dossiers_note FOR SELECT USING (true)",
    "SET ROLE ipta_backup",
    "GRANT ipta_gate TO ipta_web",
    "CREATE FUNCTION public.leak(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "SELECT * FROM gate.seal",
]  # fmt: skip


def test_sql_as_another_coach_gets_nothing(
    world_of_sql: Dossier, tess: Person, bram: Person, sem: Person, noor: Person, evidence: Report
) -> None:
    note = Note.objects.filter(dossier=world_of_sql).first()
    assert note
    before = _fingerprint()
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION AUTHORIZATION ipta_web")
    with acting.as_person(bram.pk):
        got = [
            attack
            for attack in ATTACKS
            if not _got_nothing(attack.format(d=world_of_sql.pk, n=note.pk, b=bram.pk, s=sem.pk, c=noor.pk))
        ]
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
    evidence("Attacks in SQL that got something", len(got), of=len(ATTACKS), aim=0)
    assert got == []
    assert _fingerprint() == before


def test_nobody_says_both_yeses_by_sql(world_of_sql: Dossier, sem: Person, fem: Person, pepijn: Person) -> None:
    wish = law.wish(world_of_sql, "plan", by=sem)
    hold = law.ask_hold(world_of_sql, why="court", until=days_ago(-9), by=fem)
    law.ask_erasure(wish, by=fem)
    both = "SET agreed_at = now(), agreed_by_id ="
    with acting.as_person(fem.pk):
        for by in (fem, pepijn):
            assert refused(f"UPDATE law_wish {both} '{by.pk}' WHERE id = '{wish.pk}'")
            assert refused(f"UPDATE law_hold {both} '{by.pk}' WHERE id = '{hold.pk}'")
    with acting.as_person(sem.pk):
        assert refused(f"UPDATE law_wish {both} '{pepijn.pk}' WHERE id = '{wish.pk}'")
    with acting.as_person(pepijn.pk):
        assert law.agree_erasure(Wish.objects.get(), by=pepijn).agreed_at
        assert law.agree_hold(Hold.objects.select_related("asked_by").get(), by=pepijn).agreed_at


@pytest.fixture
def her_line(world_of_sql: Dossier, mother: Person, ria: NetworkPerson, sem: Person, noor: Person) -> Contribution:
    """What sem's mother does, and what aunt Bo does at the same table. Nothing of it is shared yet."""
    meeting = preparing.prepare_meeting(world_of_sql, by=noor)
    guest = preparing.invite(meeting, name="Mama", kind="network", somebody=fresh(ria), by=sem)
    aunt = preparing.invite(meeting, name="Bo", kind="network", by=sem)
    agreed.contribute(meeting, invitee=aunt, text="Rijdt", by=noor)
    made: Contribution = agreed.contribute(meeting, invitee=guest, text="Kookt", by=noor)
    return made


def _yes_to(line: Contribution, by: Person, **otherwise: object) -> tuple[str, list[object]]:
    row = {
        "id": uuid4(), "dossier_id": line.dossier_id, "agreement_id": line.agreement_id, "invitee_id": line.invitee_id,
        "by_id": by.pk, "number": line.number, "is_to_own_line": True, "voice": "", "given_at": clock.now(),
    } | otherwise  # fmt: skip
    places = ", ".join(["%s"] * len(row))
    return f"INSERT INTO wraparound_meetingyes ({', '.join(row)}) VALUES ({places})", [*row.values()]


def test_a_guest_says_yes_to_his_own_line_alone_by_sql(
    her_line: Contribution, kim_dossier: Dossier, mother: Person, sem: Person, noor: Person, bram: Person
) -> None:
    """Not before it is shared, not for another, not to all of it, not elsewhere; and nobody says it for her."""
    other = Contribution.objects.exclude(pk=her_line.pk).get()
    kims = preparing.prepare_meeting(kim_dossier, by=bram)
    there = agreed.contribute(kims, voice="coach", text="Belt", by=bram).agreement
    wrong: list[dict[str, object]] = [
        {"invitee_id": other.invitee_id}, {"invitee_id": None, "voice": "youth", "is_to_own_line": False},
        {"is_to_own_line": False}, {"by_id": noor.pk}, {"agreement_id": there.pk}, {"dossier_id": kim_dossier.pk},
    ]  # fmt: skip
    tables_of_it = ("contribution", "invitee", "meeting", "meetingagreement", "meetingyes")

    def seen() -> list[int]:
        return [len(rows(f"SELECT 1 FROM wraparound_{table}")) for table in tables_of_it]

    with acting.as_person(mother.pk):
        sql, values = _yes_to(her_line, mother)
        assert refused(sql, *values)
        assert seen() == [0, 0, 0, 0, 0]
    what = {"item": her_line.pk, "item_kind": "contribution"}
    given = sharing.grant(her_line.dossier, section="plan", to=mother, purpose="Mam", by=sem, **what)
    with acting.as_person(mother.pk):
        assert seen() == [1, 1, 1, 1, 0]
        for otherwise in wrong:
            sql, values = _yes_to(her_line, mother, **otherwise)
            assert refused(sql, *values), otherwise
        sql, values = _yes_to(her_line, mother)
        assert rows(sql, *values) == [()]
        assert seen() == [1, 1, 1, 1, 1]
        for change in ("UPDATE wraparound_meetingyes SET number = 9", "DELETE FROM wraparound_meetingyes"):
            assert refused(change)
        assert refused("UPDATE wraparound_meetingagreement SET number = 9")
        assert refused("UPDATE wraparound_contribution SET number = 9")
    for person in (noor, sem, bram):
        with acting.as_person(person.pk):
            sql, values = _yes_to(her_line, person, number=8)
            assert refused(sql, *values), person
    sharing.revoke(given, by=sem)
    with acting.as_person(mother.pk):
        sql, values = _yes_to(her_line, mother, number=7)
        assert refused(sql, *values)
        assert seen() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(("who", "is_let"), [("bram", True), ("fem", False)])
def test_who_ends_roles_says_who_goes_on_and_never_himself(
    who: str, is_let: bool, world_of_sql: Dossier, fem: Person, request: pytest.FixtureRequest
) -> None:
    sql = (
        "INSERT INTO dossiers_coachship (id, dossier_id, coach_id, is_stand_in, is_off, since, until) "
        f"VALUES (gen_random_uuid(), '{world_of_sql.pk}', '{request.getfixturevalue(who).pk}', true, false, "
        "'2020-01-01', '2020-01-02')"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION AUTHORIZATION ipta_web")
    with acting.as_person(fem.pk):
        found = _got_nothing(sql)
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
    assert found is not is_let


def _got_nothing(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            return not (cursor.fetchall() if cursor.description else cursor.rowcount)
    except DatabaseError as fault:
        words = ("row-level security", "permission denied", "must be owner", "must have admin", "must be member")
        if not any(word in str(fault) for word in words):
            raise
        return True


def _fingerprint() -> list[object]:
    return [model.objects.count() for model in (Note, Dossier, Coachship, Grant, Look, Entry, Post, Workplace)]  # type: ignore[attr-defined]


# --- Rights end by the clock of the house ----------------------------------------------------


def test_a_grant_that_ended_yesterday_opens_nothing(world_of_sql: Dossier, dana: Person, sem: Person) -> None:
    grant = sharing.grant(world_of_sql, section="plan", to=dana, purpose="samen", by=sem)
    with acting.as_person(dana.pk):
        assert dossiers_seen() == {world_of_sql.pk}
        with clock.at(timezone.now() + timedelta(days=(grant.until - clock.today()).days + 1)):
            assert dossiers_seen() == set()
    sharing.revoke(grant, by=sem)
    with acting.as_person(dana.pk):
        assert dossiers_seen() == set()


def test_with_whom_the_notes_are_shared_gets_no_message(world_of_sql: Dossier, dana: Person, sem: Person) -> None:
    messages.send_message(world_of_sql, text="Alleen voor Noor", by=sem)
    sharing.grant(world_of_sql, section="contacts", to=dana, purpose="samen", by=sem)
    with acting.as_person(dana.pk):
        assert Note.objects.filter(dossier=world_of_sql).exists()
        assert not Message.objects.filter(dossier=world_of_sql).exists()


def test_who_left_sees_nothing_more(world_of_sql: Dossier, noor: Person) -> None:
    Post.objects.filter(person=noor).update(until=clock.today())
    with acting.as_person(noor.pk):
        assert dossiers_seen() == set()


def test_the_municipality_of_others_is_not_there(world_of_sql: Dossier, yara: Person, workplace: Workplace) -> None:
    with acting.as_person(yara.pk):
        assert not Workplace.objects.filter(pk=workplace.pk).exists()
        assert {post.municipality.code for post in Post.objects.all()} == {"GM0606"}
        assert refused("UPDATE accounts_municipality SET name = 'x'")
        assert Municipality.objects.exists()  # a public list


def test_nothing_is_written_in_the_name_of_another(dossier: Dossier, noor: Person, bram: Person) -> None:
    line = (
        "INSERT INTO journal_entry (id, about, number, at, person_id, previous, hash, verb, facts) "
        "VALUES (gen_random_uuid(), %s, 999, now(), %s, '', '', 'x', '{}')"
    )
    with acting.as_person(noor.pk):
        assert refused(line, dossier.pk, bram.pk)
        assert not refused(line, dossier.pk, noor.pk)


# --- What is due ----------------------------------------------------------------------------


def test_who_did_not_join_is_forgotten_by_the_role_of_the_web(scouted: Dossier, dossier: Dossier) -> None:
    """It may take away rows as work of the house, and touches no table in which nobody may."""
    Dossier.objects.filter(pk=scouted.pk).update(found_on=days_ago(42))
    rows("SET CONSTRAINTS ALL IMMEDIATE")
    with as_role("ipta_web"), acting.as_work():
        assert due.let_go_of_the_silent() == due.Done(gone=[scouted.pk])
    assert rows("SELECT 1 FROM dossiers_coachship WHERE dossier_id = %s", scouted.pk) == []
    assert Note.objects.filter(dossier=dossier).exists()


def test_a_coach_takes_away_no_dossier_by_sql(scouted: Dossier, noor: Person) -> None:
    with acting.as_person(noor.pk):
        for table in ("dossiers_dossier", "scouting_find", "scouting_findingplace", "scouting_observation"):
            assert refused(f"DELETE FROM {table}"), table
        assert refused("INSERT INTO scouting_gonecount SELECT * FROM scouting_gonecount")
        assert rows("SELECT 1 FROM scouting_gonecount") == []
