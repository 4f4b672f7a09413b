"""What a `Reader` does with each kind of sealed thing, and exactly what its line in the reading log says."""

from typing import Any
from uuid import UUID

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.dossiers.models import Coachship, Dossier, Note, Paper
from ipta.journal.models import Chain
from ipta.sharing import commands as sharing
from ipta.sharing.door import GONE, Reader
from ipta.sharing.models import Look
from ipta.vault import keyring, seals
from ipta.vault.fields import Sealed
from ipta.vault.models import SectionKey
from ipta.vault.rules import SECTIONS
from tests.asking import looks
from tests.cast import canary, fresh

ONE = UUID(int=1)


def line(person: Person, **said: Any) -> dict[str, Any]:
    """What a line says of somebody of IPTA Zoetermeer, but for what is said otherwise."""
    who = {"reader_name": person.first_name, "reader_organisation": person.organisation}
    return {"person_id": person.id, "section": "contacts", "result": "opened", "request_id": ONE} | who | said


def told(look: Look, **asked: Any) -> dict[str, Any]:
    return {name: getattr(look, name) for name in asked}


# --- the line ------------------------------------------------------------------------------


def test_the_line_of_each_says_who_by_what_right_in_which_request(
    note: Note, sem: Person, noor: Person, stef: Person, standing_in: Coachship, bram: Person
) -> None:
    given = sharing.grant(note.dossier, section="contacts", to=bram, purpose="x", by=sem)
    wanted = {
        noor: line(noor, ground="coach", reader_role="coach"),
        stef: line(stef, ground="stand_in", reader_role="stand_in"),
        bram: line(bram, ground=f"grant:{given.id}", reader_role="grant"),
        sem: line(sem, ground="youth", reader_role="youth", reader_name="", reader_organisation=""),
    }
    for person, said in wanted.items():
        Reader(fresh(person), ONE).text(note.text)
        look = looks(note.dossier)[-1]
        assert told(look, **said) == said
        assert look.about == note.dossier_id


def test_the_lines_stand_in_the_chain_of_looks(note: Note, noor: Person) -> None:
    Reader(noor).text(note.text)
    look = looks(note.dossier)[-1]
    assert Chain.objects.get(about=note.dossier_id, kind="looks").hash == look.hash


def test_getting_ready_for_what_is_not_there_is_no_fault(noor: Person, dossier: Dossier) -> None:
    nowhere = Dossier(id=ONE, municipality=dossier.municipality)
    reader = Reader(noor)
    reader.unlock([nowhere, dossier], "plan")
    assert reader.may(dossier, "plan")
    assert [look.section for look in looks(dossier)] == ["plan"]


def test_what_hangs_on_no_dossier_is_refused(note: Note, noor: Person) -> None:
    sealed = Note.objects.get(pk=note.pk).text
    with pytest.raises(Refused):
        Reader(noor).text(Sealed(sealed.blob, ONE, "contacts", sealed.place))


def test_the_line_of_a_refusal_names_no_right(note: Note, bram: Person, kim: Person) -> None:
    for person, role in ((bram, ""), (kim, "youth")):
        said = line(person, ground="", reader_role=role, result="refused")
        with pytest.raises(Refused, match=r"^Dit is niet met jou gedeeld\.$"):
            Reader(person, ONE).text(note.text)
        assert told(looks(note.dossier)[-1], **said) == said


def test_each_request_has_a_number_of_its_own(note: Note, noor: Person) -> None:
    assert Reader(noor, ONE).request_id == ONE
    assert Reader(noor).request_id != Reader(noor).request_id
    for _ in range(2):
        Reader(noor).text(note.text)
    first, second = (look.request_id for look in looks(note.dossier))
    assert first != second


# --- getting ready --------------------------------------------------------------------------


def test_getting_ready_for_some_sections_of_each_writes_those_and_no_more(
    dossier: Dossier, kim_dossier: Dossier, noor: Person, bram: Person
) -> None:
    Coachship.objects.filter(dossier=kim_dossier, coach=bram).update(coach=noor)
    reader = Reader(noor)
    reader.unlock_each({dossier: ["plan", "work"], kim_dossier: ["identity"]})
    assert [look.section for look in looks(dossier)] == ["plan", "work"]
    assert [look.section for look in looks(kim_dossier)] == ["identity"]
    reader.unlock([dossier, kim_dossier], "plan")
    assert [look.section for look in looks(dossier)] == ["plan", "work"]
    assert [look.section for look in looks(kim_dossier)] == ["identity", "plan"]
    reader.unlock([dossier], "plan")
    assert len(looks(dossier)) == 2


def test_one_may_where_there_is_a_right_or_where_one_has_read(
    dossier: Dossier, noor: Person, bram: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(noor)
    assert [reader.may(dossier, section) for section in SECTIONS] == [True] * len(SECTIONS)
    assert [Reader(bram).may(dossier, section) for section in SECTIONS] == [False] * len(SECTIONS)
    reader.unlock([dossier], "plan")
    Coachship.objects.filter(dossier=dossier).delete()
    assert reader.may(dossier, "plan"), "opened in this request already"
    assert not reader.may(fresh(dossier), "work")


# --- the kinds of sealed things ---------------------------------------------------------------


def test_a_list_comes_back_as_a_list_and_an_empty_one_as_nothing(
    dossier: Dossier, noor: Person, scouted: Dossier
) -> None:
    assert Reader(noor).json(dossier.reach) == {"whatsapp": f"{canary('sem', 'identity')} nummer"}
    assert Reader(noor).json(scouted.reach) is None
    assert [look.section for look in looks(scouted)] == ["identity"], "empty is an answer too"
    keyring.destroy(dossier.id, ["identity"])
    assert Reader(noor).json(fresh(dossier).reach) is None


def test_a_file_comes_back_as_it_was(paper: Paper, noor: Person, bram: Person) -> None:
    content = Reader(noor).content(paper.content)
    assert content.startswith(b"%PDF-")
    assert canary("sem", "plan").encode() in content
    assert [look.section for look in looks(paper.dossier)] == ["plan"]
    with pytest.raises(Refused):
        Reader(bram).content(paper.content)
    Paper.objects.filter(pk=paper.pk).update(content=b"")
    assert Reader(noor).content(fresh(paper).content) == b""


def test_a_file_that_was_destroyed_is_empty(paper: Paper, noor: Person) -> None:
    keyring.destroy(paper.dossier_id, ["plan"])
    reader = Reader(noor)
    assert reader.content(fresh(paper).content) == b""
    assert reader.text(fresh(paper).name) == GONE


def test_what_is_gone_says_so_and_what_was_never_there_does_not(note: Note, noor: Person, bram: Person) -> None:
    Note.objects.filter(pk=note.pk).update(place=b"")
    assert not Reader(noor).is_gone(note.text)
    keyring.destroy(note.dossier_id, ["contacts"])
    reader, note = Reader(noor), fresh(note)
    assert reader.is_gone(note.text) is True
    assert reader.is_gone(note.place) is False
    assert reader.text(note.place) == ""
    with pytest.raises(Refused):
        Reader(bram).is_gone(note.text)


def test_who_has_no_right_learns_not_even_whether_something_stands_there(note: Note, bram: Person) -> None:
    Note.objects.filter(pk=note.pk).update(place=b"")
    with pytest.raises(Refused):
        Reader(bram).text(fresh(note).place)


def test_a_text_whose_key_is_nowhere_is_a_fault_and_not_gone(note: Note, noor: Person) -> None:
    SectionKey.objects.filter(dossier_id=note.dossier_id, section="contacts").delete()
    with pytest.raises(seals.Unreadable, match="^no key$"):
        Reader(noor).text(fresh(note).text)


def test_what_is_not_sealed_is_said(noor: Person) -> None:
    with pytest.raises(TypeError, match="^only what is sealed in a saved row is opened here$"):
        Reader(noor).text("woorden")
