"""Many sealed texts at once: the same words as row by row, as shut, and in the order of time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Coachship, Dossier, Note, Step, View
from ipta.sharing.door import Reader
from ipta.sharing.models import Look
from ipta.vault import keyring, seals
from ipta.vault.sheaf import Sheaf, Source, Sources
from tests.asking import raw
from tests.cast import canary

SOURCES = Sources(
    Source(Note, ("text", "place"), "happened_at"),
    Source(Step, ("text",), "promised_at"),
    Source(Dossier, ("nickname",), "found_on", "id"),
    Source(View, ("text",), "written_at"),
)


def gathered(*dossiers: Dossier) -> list[Sheaf]:
    return SOURCES.gathered([dossier.pk for dossier in dossiers])


def opened(person: Person, *dossiers: Dossier) -> set[str]:
    words = Reader(person).words(dossiers, gathered(*dossiers))
    return {text for _sheaf, _straw, texts in words for text in texts if text}


def test_it_opens_the_same_words_as_row_by_row(dossier: Dossier, noor: Person, note: Note, step: Step) -> None:
    reader = Reader(noor)
    fresh = Dossier.objects.get(pk=dossier.pk)
    views = View.objects.filter(dossier=dossier)
    sealed = [note.text, note.place, step.text, fresh.nickname, *(view.text for view in views)]
    assert opened(noor, dossier) == {reader.text(one) for one in sealed}


def test_it_is_one_query_whatever_there_is(
    dossier: Dossier, kim_dossier: Dossier, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len({sheaf.dossier_id for sheaf in gathered(dossier, kim_dossier)}) == 2


def test_it_is_as_shut_as_a_row(dossier: Dossier, note: Note) -> None:
    (sheaf,) = [sheaf for sheaf in gathered(dossier) if sheaf.section == "contacts"]
    (straw,) = sheaf.straws
    assert straw.row == note.pk.hex
    assert [bytes(blob) for blob in straw.blobs] == [raw(note, "text"), raw(note, "place")]
    assert b"kwetter" not in b"".join(bytes(blob) for blob in straw.blobs)


def test_days_and_moments_stand_in_one_order_of_time(dossier: Dossier, noor: Person) -> None:
    lately, long_ago = (
        commands.note(dossier, text="Kort.", at=timezone.now() - timedelta(days=days), by=noor) for days in (3, 400)
    )
    straws = [straw for sheaf in gathered(dossier) for straw in sheaf.straws]
    rows = [straw.row for straw in sorted(straws, key=lambda straw: straw.when)]
    assert rows[:3] == [long_ago.pk.hex, dossier.pk.hex, lately.pk.hex], "he was found 200 days ago"


def test_rows_in_which_nothing_stands_are_left_out(dossier: Dossier, noor: Person) -> None:
    before = sum(len(sheaf.straws) for sheaf in gathered(dossier))
    commands.note(dossier, text="", is_reached=False, by=noor)
    assert sum(len(sheaf.straws) for sheaf in gathered(dossier)) == before


# --- At the door ------------------------------------------------------------------------------------------


def test_a_stranger_opens_nothing_and_leaves_no_line(dossier: Dossier, kim_dossier: Dossier, bram: Person) -> None:
    before = Look.objects.filter(about=dossier.pk).count()
    assert opened(bram, dossier) == set()
    assert {text.split()[0] for text in opened(bram, dossier, kim_dossier)} <= {
        canary("kim", section)
        for section in ("contacts", "plan", "identity", "money", "health", "living", "justice", "story", "messages")
    }
    assert Look.objects.filter(about=dossier.pk).count() == before


def test_a_stand_in_opens_what_was_lent(dossier: Dossier, stef: Person, standing_in: Coachship) -> None:
    words = {text.split()[0] for text in opened(stef, dossier)}
    assert words == {canary("sem", section) for section in ("contacts", "plan", "identity", "living")}


def test_there_is_one_line_for_each_section_that_was_opened(dossier: Dossier, noor: Person) -> None:
    Look.objects.all().delete()
    opened(noor, dossier)
    lines = list(Look.objects.filter(about=dossier.pk).values_list("section", "result"))
    assert len(lines) == len(set(lines)) == len({sheaf.section for sheaf in gathered(dossier)})
    assert {result for _, result in lines} == {"opened"}


def test_of_what_was_destroyed_there_are_no_words(dossier: Dossier, noor: Person) -> None:
    keyring.destroy(dossier.pk, ["contacts"])
    assert not any(canary("sem", "contacts") in text for text in opened(noor, dossier))
    assert any(canary("sem", "plan") in text for text in opened(noor, dossier))


def test_what_was_moved_does_not_open(dossier: Dossier, noor: Person, note: Note) -> None:
    other = commands.note(dossier, text="Kort.", by=noor)
    Note.objects.filter(pk=note.pk).update(text=raw(other, "text"))
    with pytest.raises(seals.Unreadable):
        opened(noor, dossier)


def test_printed_by_accident_it_shows_no_words(dossier: Dossier) -> None:
    assert all("kwetter" not in repr(sheaf) for sheaf in gathered(dossier))
    assert all(isinstance(sheaf, Sheaf) for sheaf in gathered(dossier))
