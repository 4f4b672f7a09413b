"""Papers lie sealed in the section they are about; taken away, what stood in them is gone."""

import pytest
from django.db import connection

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, Paper
from ipta.dossiers.papers import commands, rules
from ipta.dossiers.papers.checking import Checked
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.vault import keyring
from ipta.vault.fields import Bare
from tests.asking import assert_refused, assert_sealed, last_entry, looks, raw, text, verbs
from tests.cast import canary, fresh

LETTER = Checked("pdf", b"%PDF-1.5 merel", is_scanned=False)
PHOTO = Checked("jpg", b"\xff\xd8 merel", is_scanned=True)


def add(
    dossier: Dossier, *, by: Person, checked: Checked = LETTER, name: str = "Brief", section: str = "money"
) -> Paper:
    return commands.add_paper(dossier, checked, by=by, name=name, section=section)


def content(person: Person, paper: Paper) -> bytes:
    return Reader(person).content(fresh(paper).content)


def test_youth_and_coach_both_keep_papers_and_both_read_them(dossier: Dossier, sem: Person, noor: Person) -> None:
    for by in (sem, noor):
        paper = add(dossier, by=by)
        assert {content(reader, paper) for reader in (sem, noor)} == {LETTER.content}
        assert {text(reader, paper, "name") for reader in (sem, noor)} == {"Brief"}


def test_nobody_else_adds_one(dossier: Dossier, outsiders: list[Person]) -> None:
    assert_refused(commands.add_paper, dossier, LETTER, by=outsiders, name="Brief", section="money")


def test_it_lies_sealed_under_the_key_of_its_section(dossier: Dossier, noor: Person) -> None:
    paper = add(dossier, by=noor, name="merel van de huurbaas")
    assert_sealed(paper, "merel")
    assert b"merel" not in raw(paper, "content")
    keyring.destroy(dossier.pk, ["money"])
    assert content(noor, paper) == b""
    assert text(noor, paper, "name") == "Dit is gewist."


def test_opening_leaves_a_line_in_the_reading_log(dossier: Dossier, noor: Person) -> None:
    paper, before = add(dossier, by=noor, section="health"), len(looks(dossier))
    content(noor, paper)
    assert [(look.section, look.result) for look in looks(dossier)[before:]] == [("health", "opened")]


def test_without_a_right_nothing_opens_and_there_is_a_line_of_it(dossier: Dossier, noor: Person, bram: Person) -> None:
    paper = add(dossier, by=noor)
    with pytest.raises(Refused):
        content(bram, paper)
    assert (looks(dossier)[-1].result, looks(dossier)[-1].section) == ("refused", "money")


def test_a_stand_in_opens_only_the_sections_that_were_lent(
    dossier: Dossier, noor: Person, stef: Person, standing_in: Coachship
) -> None:
    assert content(stef, add(dossier, by=noor, section="work")) == LETTER.content
    for section in ("money", "health", "justice", "messages"):
        with pytest.raises(Refused):
            content(stef, add(dossier, by=noor, section=section))


def test_a_guest_opens_what_lies_in_what_was_shared(dossier: Dossier, sem: Person, noor: Person, dana: Person) -> None:
    shared, other = (add(dossier, by=noor, section=section) for section in ("money", "health"))
    sharing.grant(dossier, section="money", to=dana, purpose="schulden", by=sem)
    assert content(dana, shared) == LETTER.content
    with pytest.raises(Refused):
        content(dana, other)


def test_the_journal_knows_the_kind_and_not_the_name(dossier: Dossier, noor: Person) -> None:
    paper = add(dossier, by=noor, name="merel", checked=PHOTO)
    entry = last_entry(dossier)
    assert (entry.verb, entry.person_id) == ("paper.added", noor.pk)
    assert entry.facts == {"paper": str(paper.pk), "section": "money", "kind": "jpg"}
    assert fresh(paper).is_scanned


def test_before_the_yes_no_paper_is_kept(scouted: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="ja heeft gezegd"):
        add(scouted, by=noor)


def test_a_paper_lies_in_one_of_the_sections_for_papers(dossier: Dossier, noor: Person) -> None:
    for section in ("identity", "family", "contacts", "scores", "", "nonsense"):
        with pytest.raises(Impossible, match="Kies waar dit papier bij hoort"):
            add(dossier, by=noor, section=section)


def test_a_list_of_papers_fetches_none_of_them(dossier: Dossier, noor: Person) -> None:
    """A list of two hundred photos would be many megabytes."""
    add(dossier, by=noor)
    for paper in dossier.paper_set.all():
        assert "content" in paper.get_deferred_fields()


# --- room ---------------------------------------------------------------------------------------------


def test_a_dossier_holds_so_many_papers_and_so_much(
    dossier: Dossier, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "MOST_TOGETHER", dossier.paper_set.get().size + 2 * len(LETTER.content))
    first = add(dossier, by=noor)
    add(dossier, by=noor)
    with pytest.raises(Impossible, match="geen plek meer"):
        add(dossier, by=noor)
    commands.remove_paper(first, by=noor)
    add(dossier, by=noor)
    monkeypatch.setattr(commands, "MOST_PAPERS", 3)
    with pytest.raises(Impossible, match="geen plek meer"):
        add(dossier, by=noor, checked=Checked("png", b"", is_scanned=False))


def test_what_fits_in_a_dossier_fits_in_a_package() -> None:
    from ipta.api.package.rules import MAX_BYTES

    assert MAX_BYTES > rules.MOST_TOGETHER * 4 / 3 + 10 * rules.MEGABYTE


# --- away ---------------------------------------------------------------------------------------------


def test_taken_away_its_content_is_gone_and_its_line_stays(dossier: Dossier, noor: Person, sem: Person) -> None:
    paper = add(dossier, by=noor)
    commands.remove_paper(paper, by=noor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM dossiers_paper WHERE removed_at IS NOT NULL")
        assert [bytes(row[0]) for row in cursor.fetchall()] == [b""]
    assert content(sem, paper) == b""
    assert text(sem, paper, "name") == "Brief"
    assert verbs(dossier)[-2:] == ["paper.added", "paper.removed"]


def test_taken_away_twice_is_taken_away_once(dossier: Dossier, noor: Person) -> None:
    paper = add(dossier, by=noor)
    first = commands.remove_paper(paper, by=noor).removed_at
    assert commands.remove_paper(fresh(paper), by=noor).removed_at == first
    assert verbs(dossier).count("paper.removed") == 1


def test_who_added_it_and_the_coach_take_it_away(
    dossier: Dossier, sem: Person, noor: Person, stef: Person, standing_in: Coachship, outsiders: list[Person]
) -> None:
    of_noor, of_sem, of_stef = (add(dossier, by=by) for by in (noor, sem, stef))
    assert_refused(commands.remove_paper, of_noor, by=[sem, stef, *outsiders], match="erbij deed")
    assert_refused(commands.remove_paper, of_sem, by=[stef, *outsiders])
    assert_refused(commands.remove_paper, of_stef, by=[sem, *outsiders])
    commands.remove_paper(of_sem, by=sem)
    commands.remove_paper(of_stef, by=stef)
    commands.remove_paper(of_noor, by=noor)


def test_a_coach_of_before_takes_nothing_away_any_more(
    dossier: Dossier, noor: Person, bram: Person, kim_dossier: Dossier
) -> None:
    paper = add(dossier, by=noor)
    dossiers.hand_over(dossier, to=bram, by=noor)
    assert_refused(commands.remove_paper, fresh(paper), by=[noor])
    commands.remove_paper(fresh(paper), by=bram)


def test_after_the_end_a_youth_still_takes_his_own_away_and_adds_no_more(
    dossier: Dossier, sem: Person, noor: Person
) -> None:
    paper = add(dossier, by=sem)
    ended = dossiers.end(fresh(dossier), reason="stable", by=noor)
    assert_refused(commands.add_paper, ended, LETTER, by=[sem], name="Brief", section="money")
    commands.remove_paper(fresh(paper), by=sem)


def test_the_youth_puts_his_side_beside_it_in_the_same_section(
    dossier: Dossier, sem: Person, noor: Person, paper: Paper
) -> None:
    side = dossiers.view(add(dossier, by=noor, section="justice"), text="Dat klopt niet.", by=sem)
    assert side.section == "justice"
    assert text(noor, paper, "name").startswith(canary("sem", "plan"))


# --- the field ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["words", 5, None])
def test_a_file_is_given_as_bare_bytes_and_as_nothing_else(wrong: object, dossier: Dossier, sem: Person) -> None:
    with pytest.raises(TypeError, match="takes Bare"):
        Paper.objects.create(dossier=dossier, section="plan", kind="pdf", size=1, added_by=sem, content=wrong)


def test_bytes_that_nobody_sealed_do_not_open(dossier: Dossier, sem: Person) -> None:
    from ipta.vault.seals import Unreadable

    paper = Paper.objects.create(dossier=dossier, section="plan", kind="pdf", size=1, added_by=sem, content=b"%PDF")
    with pytest.raises(Unreadable):
        content(sem, paper)


def test_by_accident_a_file_shows_nothing() -> None:
    assert "merel" not in repr(Bare(b"merel"))
