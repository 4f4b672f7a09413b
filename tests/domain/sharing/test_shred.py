"""Erasing takes two people, and is for ever."""

from datetime import date

import pytest

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Note
from ipta.journal.models import Entry
from ipta.journal.rules import first_fault
from ipta.sharing import erasure
from ipta.sharing.door import GONE, Reader
from ipta.sharing.models import Look
from ipta.vault import keyring
from ipta.vault.models import SectionKey
from ipta.vault.rules import SECTIONS
from tests.asking import assert_refused, last_entry, text, verbs
from tests.cast import CANARY, canary, days_ago, staff


def destroyed(dossier: Dossier) -> set[str]:
    return set(SectionKey.objects.filter(dossier_id=dossier.id, wrapped=None).values_list("section", flat=True))


def test_one_section_goes_and_the_rest_stays(
    dossier: Dossier, kim_dossier: Dossier, fem: Person, pepijn: Person, noor: Person, bram: Person, note: Note
) -> None:
    erasure.shred(dossier, by=fem, second=pepijn, section="contacts")
    assert destroyed(dossier) == {"contacts"}
    assert destroyed(kim_dossier) == set()
    assert text(noor, note, "text") == GONE
    assert text(noor, dossier, "nickname").startswith(canary("sem", "identity"))
    assert text(bram, Note.objects.get(dossier=kim_dossier), "text").startswith(CANARY)


def test_everything_goes(dossier: Dossier, fem: Person, pepijn: Person, noor: Person, sem: Person) -> None:
    erasure.shred(dossier, by=fem, second=pepijn)
    assert destroyed(dossier) == set(SECTIONS)
    for person in (noor, sem):
        assert text(person, dossier, "nickname") == GONE


def test_the_journal_says_who_two_and_what_without_words(dossier: Dossier, fem: Person, pepijn: Person) -> None:
    erasure.shred(dossier, by=fem, second=pepijn, section="plan")
    entry = last_entry(dossier)
    assert (entry.verb, entry.person_id) == ("dossier.shredded", fem.id)
    assert entry.facts == {"section": "plan", "second": str(pepijn.id)}
    erasure.shred(dossier, by=fem, second=pepijn)
    assert last_entry(dossier).facts["section"] == "all"


def test_what_happened_and_who_looked_stays(dossier: Dossier, fem: Person, pepijn: Person, noor: Person) -> None:
    Reader(noor).text(dossier.nickname)
    before = verbs(dossier), Look.objects.filter(about=dossier.id).count()
    erasure.shred(dossier, by=fem, second=pepijn)
    assert (verbs(dossier)[:-1], Look.objects.filter(about=dossier.id).count()) == before
    assert first_fault(Entry.objects.filter(about=dossier.id)) is None
    assert first_fault(Look.objects.filter(about=dossier.id)) is None


def test_a_language_of_the_reader_says_it(dossier: Dossier, fem: Person, pepijn: Person, noor: Person) -> None:
    from django.utils import translation

    erasure.shred(dossier, by=fem, second=pepijn)
    with translation.override("en"):
        assert text(noor, dossier, "nickname") == "This has been erased."


def test_nobody_else_can_ask_for_it(
    dossier: Dossier, outsiders: list[Person], noor: Person, sem: Person, fem: Person, pepijn: Person
) -> None:
    others = [person for person in [*outsiders, noor, sem, pepijn] if person != fem]
    assert_refused(erasure.shred, dossier, by=others, second=pepijn)
    assert destroyed(dossier) == set()


def test_nobody_else_can_agree_to_it(
    dossier: Dossier, outsiders: list[Person], noor: Person, sem: Person, fem: Person
) -> None:
    """The youth and his coach neither: what is gone is gone, and somebody who sees the whole says yes to that."""
    for second in [*outsiders, noor, sem, fem]:
        with pytest.raises(Refused):
            erasure.shred(dossier, by=fem, second=second)
    assert destroyed(dossier) == set()
    assert "dossier.shredded" not in verbs(dossier)


def test_nobody_is_two_people(dossier: Dossier, zoetermeer: Municipality) -> None:
    both = staff("Bo", "", (zoetermeer, Role.FUNCTIONAL_MANAGER), (zoetermeer, Role.PRIVACY_OFFICER))
    with pytest.raises(Refused, match="met z'n tweeën"):
        erasure.shred(dossier, by=both, second=both)
    assert destroyed(dossier) == set()


def test_the_wrong_way_round_is_no_way(dossier: Dossier, fem: Person, pepijn: Person) -> None:
    assert_refused(erasure.shred, dossier, by=[pepijn], second=fem)


@pytest.mark.parametrize("who", ["fem", "pepijn"])
@pytest.mark.parametrize("how", ["left", "not yet", "blocked", "elsewhere"])
def test_both_work_there_now(
    who: str, how: str, dossier: Dossier, schiedam: Municipality, request: pytest.FixtureRequest,
    fem: Person, pepijn: Person,
) -> None:  # fmt: skip
    person: Person = request.getfixturevalue(who)
    post = Post.objects.filter(person=person)
    changes: dict[str, dict[str, date | Municipality]] = {
        "left": {"until": days_ago(0)}, "not yet": {"since": days_ago(-1)}, "elsewhere": {"municipality": schiedam},
    }  # fmt: skip
    if how == "blocked":
        person.is_active = False
    else:
        post.update(**changes[how])
    with pytest.raises(Refused):
        erasure.shred(dossier, by=fem, second=pepijn)
    assert destroyed(dossier) == set()


def test_a_section_that_is_none_is_not_erased(dossier: Dossier, fem: Person, pepijn: Person) -> None:
    with pytest.raises(Impossible, match="Dit onderdeel is er niet"):
        erasure.shred(dossier, by=fem, second=pepijn, section="hobbies")
    assert "dossier.shredded" not in verbs(dossier)


def test_again_does_no_harm(dossier: Dossier, fem: Person, pepijn: Person) -> None:
    for _ in range(2):
        erasure.shred(dossier, by=fem, second=pepijn)
    assert destroyed(dossier) == set(SECTIONS)


def test_nothing_is_destroyed_that_could_not_be_written_down(
    dossier: Dossier, fem: Person, pepijn: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(erasure, "record", full)
    with pytest.raises(OSError, match="disk full"):
        erasure.shred(dossier, by=fem, second=pepijn)
    assert destroyed(dossier) == set()


def test_what_needs_no_words_goes_on(dossier: Dossier, fem: Person, pepijn: Person, noor: Person, sem: Person) -> None:
    """A coach can still end it, and hand it over; nobody can write."""
    erasure.shred(dossier, by=fem, second=pepijn)
    with pytest.raises(keyring.Destroyed):
        dossiers.note(dossier, text="Nog iets", by=noor)
    dossiers.note(dossier, text="", is_reached=False, by=noor)
    assert dossiers.end(dossier, reason="moved", by=noor).ended_on
