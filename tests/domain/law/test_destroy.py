"""`announce`, `withdraw`, `destroy`: told a month before, gone on its day, and a proof that can be checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from ipta.__main__ import tick
from ipta.accounts.models import Device, Person
from ipta.base import acting, clock
from ipta.base.acting import HOUSE
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier, Note, View
from ipta.journal.commands import record
from ipta.journal.models import Entry
from ipta.law import commands, destruction, due
from ipta.law.models import Notice, Proof
from ipta.law.queries import checked, going_of, keeping_of
from ipta.law.rules import KINDS, over_on, sections_of
from ipta.plans.models import PlanVersion
from ipta.sharing.door import Reader
from ipta.sharing.models import Doubt, HelpRequest, Look
from ipta.vault import keyring
from ipta.vault.models import SectionKey
from ipta.vault.rules import SECTIONS
from tests.asking import assert_refused, last_entry, row_counts, text, verbs
from tests.cast import CANARY, canary, fresh
from tests.house.site import Site
from tests.house.test_at_rest import everything_in_the_databases

TWO, FIVE = 731, 1827  # days, at the most
LEFT = {"journal_entry", "journal_chain", "sharing_look", "vault_sectionkey"}


@contextmanager
def after(days: int) -> Iterator[None]:
    with clock.at(timezone.now() + timedelta(days=days)):
        yield


def go(*days: int) -> due.Done:
    """What is due on each of these days, as the house does it."""
    done = due.Done()
    for one in days:
        with after(one), acting.as_work():
            done = due.keep_the_terms()
    return done


@pytest.fixture
def ended(dossier: Dossier, noor: Person) -> Dossier:
    return dossiers.end(dossier, reason="moved", by=noor)


def test_as_long_as_somebody_walks_along_nothing_is_announced(dossier: Dossier) -> None:
    assert go(FIVE * 3).announced == 0
    assert not Notice.objects.exists()
    assert {one.over for one in keeping_of(dossier)} == {None}


def test_a_month_before_it_is_announced_and_on_its_day_it_goes(ended: Dossier, note: Note, plan: PlanVersion) -> None:
    over = over_on(clock.today(), 24)
    first = (over - clock.today()).days - 30
    go(first - 1)
    assert not Notice.objects.exists()
    go(first)
    assert set(Notice.objects.values_list("kind", flat=True)) == set(KINDS) - {"plan"}
    with after(first):
        assert {(one.kind, one.goes) for one in going_of(fresh(ended))} == {
            (kind, over) for kind in KINDS if kind != "plan"
        }
    assert go(first + 29).destroyed == 0
    assert Note.objects.filter(pk=note.pk).exists()
    assert go(first + 30).destroyed == 4
    assert not Note.objects.filter(pk=note.pk).exists()
    assert PlanVersion.objects.filter(pk=plan.pk).exists()
    assert go(first + 31).destroyed == 0


def test_what_was_not_announced_for_a_month_stays(ended: Dossier) -> None:
    """The house stood still for three years: then everybody is told first."""
    assert go(TWO + 365).destroyed == 0
    assert go(TWO + 365 + 29).destroyed == 0
    assert go(TWO + 365 + 30).destroyed == 4


def test_the_keys_of_what_went_are_gone_and_those_of_the_rest_stay(
    ended: Dossier, sem: Person, plan: PlanVersion
) -> None:
    go(TWO, TWO + 30)
    gone = set(SectionKey.objects.filter(dossier_id=ended.pk, wrapped=None).values_list("section", flat=True))
    assert gone == set(SECTIONS) - {*sections_of("plan"), "identity"}
    with pytest.raises(keyring.Destroyed):
        keyring.key_for_writing(ended.pk, "contacts", "GM0637")
    assert canary("sem", "plan") in text(sem, plan, "most_important")


def test_rows_of_what_went_are_gone_whatever_table_they_lie_in(ended: Dossier) -> None:
    assert View.objects.filter(dossier=ended, section="money").exists()
    go(TWO, TWO + 30)
    assert not View.objects.filter(dossier=ended, section="money").exists()
    assert View.objects.filter(dossier=ended, section="story").exists()
    assert not Appointment.objects.filter(dossier=ended).exists()


def test_at_the_very_end_nothing_is_left_but_lines_without_words_and_proof(
    site: Site, noor: Person, sem: Person
) -> None:
    """With everything in it that a dossier can hold."""
    ended, pk, youth = dossiers.end(site.dossier, reason="moved", by=site.people["his coach"]), site.dossier.pk, sem.pk
    Doubt.objects.create(dossier=ended, day=clock.today(), reader=noor)
    assert HelpRequest.objects.filter(dossier=ended).exists()
    go(TWO, TWO + 30)
    done = go(FIVE, FIVE + 30)
    assert (done.gone, done.faults) == ([pk], [])
    assert not Dossier.objects.filter(pk=pk).exists()
    assert not Person.objects.filter(pk=youth).exists()
    assert not Device.objects.filter(person=youth).exists()
    spellings = [str(pk).encode(), pk.hex.encode(), pk.bytes]
    found = [(place.split(".")[0], value) for place, value in everything_in_the_databases()]
    assert {table for table, value in found if any(spelling in value for spelling in spellings)} <= LEFT
    word = f"{CANARY}-sem".encode()
    assert {table for table, value in found if word in value} == set()
    assert SectionKey.objects.filter(dossier_id=pk, wrapped=None).count() == len(SECTIONS)


def test_another_dossier_is_not_touched(ended: Dossier, kim_dossier: Dossier, kim: Person) -> None:
    go(TWO, TWO + 30, FIVE, FIVE + 30)
    note = Note.objects.get(dossier=kim_dossier)
    assert text(kim, note, "text").startswith(canary("kim", "contacts"))


def test_every_proof_can_be_checked_and_names_nobody(ended: Dossier, sem: Person) -> None:
    pk = ended.pk
    go(TWO, TWO + 30, FIVE, FIVE + 30)
    proofs = list(Proof.objects.all())
    assert {proof.kind for proof in proofs} == {*KINDS, "rest"}
    for proof in proofs:
        assert checked(proof).holds, proof.kind
        row = " ".join(str(value) for value in vars(proof).values())
        assert str(pk) not in row
        assert pk.hex not in row


def test_a_proof_of_what_is_still_there_does_not_hold(ended: Dossier) -> None:
    go(TWO, TWO + 30)
    proof = Proof.objects.get(kind="contacts")
    SectionKey.objects.filter(dossier_id=ended.pk, section="contacts").update(wrapped=b"teruggezet")
    assert not checked(proof).holds
    SectionKey.objects.filter(dossier_id=ended.pk, section="contacts").update(wrapped=None)
    assert checked(proof).holds
    line = checked(proof).line
    assert line
    Entry.objects.filter(pk=line.pk).update(facts=line.facts | {"kind": "plan"})
    assert not checked(proof).holds


def test_a_proof_of_another_dossier_does_not_hold(ended: Dossier) -> None:
    go(TWO, TWO + 30)
    proof = Proof.objects.get(kind="contacts")
    proof.mark = "0" * 64
    assert not checked(proof).holds


def test_what_stopped_halfway_goes_on_the_next_time(ended: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys were destroyed, and then the power failed: no row and no line was written."""
    go(TWO)

    def fails(*_: object, **__: object) -> None:
        destroy(ended.pk, sections_of("contacts"))
        raise OSError("disk full")

    destroy = keyring.destroy
    with monkeypatch.context() as patch:
        patch.setattr(keyring, "destroy", fails)
        done = go(TWO + 30)
    assert done.destroyed == 0
    assert set(done.faults) == {ended.pk}
    assert not Proof.objects.exists()
    assert go(TWO + 31).destroyed == 4
    assert all(checked(proof).holds for proof in Proof.objects.all())


def test_a_fault_with_one_stops_no_other(
    ended: Dossier, kim_dossier: Dossier, bram: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers.end(kim_dossier, reason="moved", by=bram)
    go(TWO)
    take = destruction._some

    def stuck(dossier: Dossier, sections: tuple[str, ...]) -> int:
        if dossier.pk == ended.pk:
            raise OSError("locked")
        return take(dossier, sections)

    monkeypatch.setattr(destruction, "_some", stuck)
    done = go(TWO + 30)
    assert (done.destroyed, set(done.faults)) == (4, {ended.pk})


def test_who_comes_back_finds_that_nothing_goes(ended: Dossier, noor: Person) -> None:
    go(TWO - 20)
    dossiers.reopen(fresh(ended), by=noor)
    go(TWO - 19, TWO + 30)
    assert not Notice.objects.exists()
    assert not Proof.objects.exists()
    assert "record.kept" in verbs(ended)


def test_when_something_went_he_begins_anew(ended: Dossier, noor: Person) -> None:
    go(TWO, TWO + 30)
    with pytest.raises(Impossible, match="nieuw dossier"):
        dossiers.reopen(fresh(ended), by=noor)


def test_what_went_in_another_house_is_not_gone_here(ended: Dossier, noor: Person) -> None:
    """The history of a package tells of it; its new sections have keys of their own."""
    told = {"kind": "contacts", "proof": "x", "package": "een-pakket"}
    Entry.objects.filter(pk=record("record.destroyed", by=HOUSE, about=ended).pk).update(facts=told)
    assert not any(one.is_gone for one in keeping_of(ended))
    assert dossiers.reopen(fresh(ended), by=noor).ended_on is None


def test_nobody_destroys_or_announces_by_hand(
    ended: Dossier, outsiders: list[Person], sem: Person, noor: Person, pepijn: Person
) -> None:
    everybody = [*outsiders, sem, noor, pepijn]
    assert_refused(destruction.destroy, ended, "contacts", by=everybody, match="vanzelf")
    assert_refused(commands.announce, ended, "contacts", by=everybody, match="vanzelf")
    with pytest.raises(Refused, match="nog niet om"):
        destruction.destroy(ended, "contacts", by=HOUSE)
    with pytest.raises(Refused, match="nog niet om"):
        commands.announce(ended, "contacts", by=HOUSE)
    assert row_counts()["law.Proof"] == 0


def test_the_journal_tells_it_of_the_dossier_and_of_the_municipality(ended: Dossier) -> None:
    go(TWO, TWO + 30)
    assert verbs(ended)[-1] == "record.destroyed"
    told = last_entry(ended.municipality)
    assert (told.verb, told.person_id, told.facts["dossier"]) == ("record.destroyed", HOUSE.id, str(ended.pk))


def test_who_looked_stays_readable_until_the_end(ended: Dossier, sem: Person) -> None:
    Reader(sem).unlock([ended], "identity")
    go(TWO, TWO + 30)
    assert Look.objects.filter(about=ended.pk).exists()


def test_tick_tells_how_much_went(ended: Dossier) -> None:
    with after(TWO):
        assert "Announced to go: 4. Destroyed: 0." in tick(None)  # type: ignore[arg-type]
    with after(TWO + 30):
        assert "Announced to go: 0. Destroyed: 4." in tick(None)  # type: ignore[arg-type]
