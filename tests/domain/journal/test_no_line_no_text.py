"""No line in the reading log, no text: however the log fails, and whenever the program dies."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from django.db import Error, InterfaceError, OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.test import Client

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers.models import Dossier, Note
from ipta.journal.models import Chain
from ipta.journal.rules import first_fault
from ipta.sharing import door
from ipta.sharing.door import NotWritten, Reader
from ipta.vault import keyring
from tests.asking import looks
from tests.cast import CANARY, canary, fresh

ON_POSTGRES, ON_SQLITE = (
    pytest.mark.skipif(connection.vendor != vendor, reason=f"{vendor} only") for vendor in ("postgresql", "sqlite")
)
OBJECTS = "CREATE FUNCTION shut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{}'; END $$"
COMMITTED = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def ask(client: Client, dossier: Dossier) -> HttpResponse:
    client.raise_request_exception = False
    response: HttpResponse = client.get(f"/jongeren/{dossier.pk}/")
    return response


def assert_shut(response: HttpResponse) -> None:
    """The page that says so in plain words, and nothing else."""
    said = response.content.decode()
    assert response.status_code == 503
    assert "Even niet beschikbaar" in said
    assert CANARY not in said + str(response.headers)


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# --- how a log can fail ---------------------------------------------------------------------------


def a_trigger() -> None:
    """The database itself objects."""
    if connection.vendor == "sqlite":
        run("CREATE TRIGGER shut BEFORE INSERT ON sharing_look BEGIN SELECT RAISE(ABORT, 'geheim woord'); END")
    else:
        run(
            OBJECTS.format("geheim woord"),
            "CREATE TRIGGER shut BEFORE INSERT ON sharing_look FOR EACH ROW EXECUTE FUNCTION shut()",
        )


def no_table() -> None:
    run("ALTER TABLE sharing_look RENAME TO elsewhere")


def no_heads() -> None:
    run("ALTER TABLE journal_chain RENAME TO elsewhere")


def a_column_too_many() -> None:
    """An older program beside a newer database."""
    if connection.vendor == "sqlite":
        run("CREATE TRIGGER shut BEFORE INSERT ON sharing_look BEGIN INSERT INTO nowhere VALUES (1); END")
    else:
        run(
            "ALTER TABLE sharing_look ADD COLUMN more integer",
            "ALTER TABLE sharing_look ADD CHECK (more IS NOT NULL) NOT VALID",
        )


WAYS: list[Callable[[], None]] = [a_trigger, no_table, no_heads, a_column_too_many]


@pytest.fixture
def open_page(dossier: Dossier, noor: Person, client_for: Callable[[Person], Client]) -> Client:
    """Noor's browser, on the page of sem, which she can read."""
    client = client_for(noor)
    assert canary("sem", "plan") in ask(client, dossier).content.decode()
    return client


@pytest.mark.parametrize("fail", WAYS, ids=lambda way: way.__name__)
def test_a_log_that_takes_nothing_shows_nothing(
    fail: Callable[[], None], dossier: Dossier, open_page: Client, caplog: pytest.LogCaptureFixture
) -> None:
    fail()
    assert_shut(ask(open_page, dossier))
    assert "geheim woord" not in caplog.text
    assert CANARY not in caplog.text


@ON_POSTGRES
def test_without_the_right_to_write_in_the_log_nothing_is_read(dossier: Dossier, open_page: Client) -> None:
    before = len(looks(dossier))
    run("REVOKE INSERT ON sharing_look FROM ipta_web")
    assert_shut(ask(open_page, dossier))
    assert len(looks(dossier)) == before


@ON_POSTGRES
@COMMITTED
def test_a_log_that_objects_when_it_is_committed_shows_nothing(dossier: Dossier, open_page: Client) -> None:
    """The line was written and the key unwrapped; only then the database says no."""
    before = len(looks(dossier))
    run(
        OBJECTS.format("too late"),
        "CREATE CONSTRAINT TRIGGER shut AFTER INSERT ON sharing_look DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION shut()",
    )
    try:
        assert_shut(ask(open_page, dossier))
        assert len(looks(dossier)) == before
    finally:
        run("DROP FUNCTION shut CASCADE")


def test_a_head_that_was_set_back_shuts_the_dossier(dossier: Dossier, open_page: Client) -> None:
    """The next line would get a number that is there already."""
    Chain.objects.filter(kind="looks", about=dossier.id).update(number=0)
    assert_shut(ask(open_page, dossier))


@pytest.mark.parametrize(
    "fault",
    [
        OperationalError("database or disk is full"),
        OperationalError("database is locked"),
        OperationalError("canceling statement due to statement timeout"),
        InterfaceError("connection already closed"),
        OSError(28, "No space left on device"),
        MemoryError(),
        RuntimeError("anything else"),
    ],
    ids=str,
)
def test_whatever_goes_wrong_in_writing_nothing_is_read(
    fault: Exception, dossier: Dossier, open_page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(door, "append", fail)
    response = ask(open_page, dossier)
    assert CANARY not in response.content.decode()
    assert str(fault) not in response.content.decode() or not str(fault)
    if isinstance(fault, Error | OSError):
        assert_shut(response)


@ON_SQLITE
@COMMITTED
def test_a_full_disk_shows_nothing_and_the_site_comes_back_by_itself(dossier: Dossier, open_page: Client) -> None:
    """As long as there is room each page writes its lines; then the pages shut; with room again they open."""
    assert connection.vendor == "sqlite"
    usual = _pages("max_page_count")
    try:
        _fill()
        _pages(f"max_page_count = {_pages('page_count')}")
        for _ in range(60):
            before = len(looks(dossier))
            response = ask(open_page, dossier)
            if response.status_code == 503:
                break
            assert len(looks(dossier)) > before
        assert_shut(response)
        assert len(looks(dossier)) == before
    finally:
        _pages(f"max_page_count = {usual}")
    assert ask(open_page, dossier).status_code == 200
    assert first_fault(looks(dossier)) is None


def _fill() -> None:
    """Take the room that earlier tests left free inside the file."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (filling BLOB)")
        cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [_pages("freelist_count") * _pages("page_size")])


def _pages(pragma: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return int(cursor.fetchone()[0])


# --- when the program dies ------------------------------------------------------------------------


@contextmanager
def _child() -> Iterator[tuple[bool, int]]:
    """A process of its own with connections of its own: whether it is this one, and where it can tell what it read."""
    read, write = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            yield True, write
        finally:
            os._exit(1)
    os.close(write)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    yield False, read
    os.close(read)


DIES = ["after the line", "after the key", "after the commit"]


@COMMITTED
@pytest.mark.parametrize("moment", DIES)
def test_who_is_killed_leaves_no_text_without_a_line(
    moment: str, note: Note, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = note.dossier
    with _child() as (is_child, pipe):
        if is_child:
            _die(moment, monkeypatch)
            os.write(pipe, Reader(noor).text(fresh(note).text).encode())
        else:
            assert os.read(pipe, 1000) == b""
    assert len(looks(dossier)) == (1 if moment == "after the commit" else 0)
    assert Reader(noor).text(fresh(note).text), "and whoever comes next reads on"
    assert first_fault(looks(dossier)) is None


def _die(moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed_after(work: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object, **kwargs: object) -> object:
            work(*args, **kwargs)
            return os.kill(os.getpid(), signal.SIGKILL)

        return run

    if moment == "after the line":
        monkeypatch.setattr(door, "append", killed_after(door.append))
    elif moment == "after the key":
        monkeypatch.setattr(keyring, "keys", killed_after(keyring.keys))
    else:
        monkeypatch.setattr(door.seals, "unseal", killed_after(door.seals.unseal))


# --- a change that is taken back ------------------------------------------------------------------


def test_a_text_read_in_a_change_that_was_taken_back_still_has_its_line(note: Note, noor: Person) -> None:
    reader = Reader(noor)
    with pytest.raises(Impossible), transaction.atomic():
        assert reader.text(note.text)
        raise Impossible("Dat kan niet meer.")
    assert looks(note.dossier) == []
    reader.settle()
    (look,) = looks(note.dossier)
    assert (look.section, look.result, look.request_id) == ("contacts", "opened", reader.request_id)
    reader.settle()
    assert len(looks(note.dossier)) == 1


def test_a_refusal_in_a_change_that_was_taken_back_is_told_as_well(note: Note, bram: Person) -> None:
    reader = Reader(bram)
    with pytest.raises(Refused), transaction.atomic():
        reader.text(note.text)
    reader.settle()
    assert [look.result for look in looks(note.dossier)] == ["refused"]


@COMMITTED
def test_what_was_kept_is_not_written_twice(note: Note, noor: Person) -> None:
    reader = Reader(noor)
    with transaction.atomic():
        reader.text(note.text)
    reader.text(note.dossier.nickname)
    reader.settle()
    assert [look.section for look in looks(note.dossier)] == ["contacts", "identity"]


@COMMITTED
def test_what_is_still_to_be_kept_is_told_once_too(note: Note, noor: Person) -> None:
    reader = Reader(noor)
    with transaction.atomic():
        reader.text(note.dossier.nickname)
        with suppress(Impossible), transaction.atomic():
            reader.text(note.text)
            raise Impossible("Dat kan niet meer.")
        reader.settle()
    reader.settle()
    assert [look.section for look in looks(note.dossier)] == ["identity", "contacts"]


def test_an_answer_does_not_leave_when_its_line_cannot_be_written_again(
    dossier: Dossier, noor: Person, client_for: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(reader: Reader) -> None:
        raise NotWritten

    monkeypatch.setattr(Reader, "settle", fail)
    assert_shut(ask(client_for(noor), dossier))
