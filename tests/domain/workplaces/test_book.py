"""`add`, `change`, `scan_workplace`: the book of workplaces, shared by the coaches of one municipality."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.base.verdict import Impossible, Refused
from ipta.reference.loading import load_shipped
from ipta.sharing import books
from ipta.workplaces import commands as workplaces
from ipta.workplaces.models import Workplace
from ipta.workplaces.queries import workplaces_visible_to
from ipta.workplaces.rules import words_in_list
from tests.asking import assert_refused, last_entry, verbs
from tests.cast import fresh


def test_a_firm_comes_in_the_book(zoetermeer: Municipality, noor: Person, bram: Person) -> None:
    made = workplaces.add(zoetermeer, employer=" Garage Jansen ", mood="rustige baas", is_open="no", by=noor)
    assert (made.employer, made.mood, made.contact) == ("Garage Jansen", "rustige baas", "")
    assert made.is_open
    assert workplaces_visible_to(bram).get() == made
    assert last_entry(zoetermeer).facts == {"workplace": str(made.id)}


def test_a_colleague_keeps_it_up_to_date(workplace: Workplace, bram: Person) -> None:
    workplaces.change(workplace, mood="nieuwe baas", is_open=False, by=bram)
    changed = fresh(workplace)
    assert (changed.mood, changed.is_open, changed.employer) == ("nieuwe baas", False, "Garage Voorbeeld")
    assert verbs(workplace.municipality)[-1] == "workplace.changed"


def test_what_is_not_said_stays(workplace: Workplace, noor: Person) -> None:
    workplaces.change(workplace, added_by="x", by=noor)
    assert (fresh(workplace).is_open, fresh(workplace).added_by) == (True, noor)


def test_the_book_ends_at_the_border(workplace: Workplace, yara: Person) -> None:
    assert not workplaces_visible_to(yara).exists()


def test_who_left_no_longer_reads_it(workplace: Workplace, nel: Person, sem: Person, dana: Person) -> None:
    for somebody in (nel, sem, dana):
        assert not workplaces_visible_to(somebody).exists()


def test_only_a_coach_of_the_municipality(
    workplace: Workplace, yara: Person, nel: Person, sem: Person, dana: Person, lotte: Person, fem: Person
) -> None:
    strangers = [yara, nel, sem, dana, lotte, fem]
    assert_refused(workplaces.add, workplace.municipality, employer="x", by=strangers, match="Alleen een coach")
    assert_refused(workplaces.change, workplace, employer="x", by=strangers, match="Alleen een coach")


# --- what it is called, and how it is there ---------------------------------------------------------------------


def test_work_that_has_a_name_gets_its_occupation_and_loses_it_again(zoetermeer: Municipality, noor: Person) -> None:
    load_shipped()
    made = workplaces.add(zoetermeer, employer="Super", work="Vakkenvuller", by=noor)
    assert made.occupation is not None
    assert made.occupation.label in {"schappenvuller", "winkelmedewerker"}
    workplaces.change(made, work="van alles wat", by=noor)
    assert fresh(made).occupation is None
    workplaces.change(made, work="heftruckchauffeur", by=noor)
    workplaces.change(made, mood="rustig", by=noor)
    assert fresh(made).occupation.isco == "8344"


def test_a_scan_keeps_each_point_sealed_with_who_and_when(
    workplace: Workplace, zoetermeer: Municipality, noor: Person, bram: Person
) -> None:
    made = workplaces.scan_workplace(
        workplace, voice="worked", atmosphere="Rustig, ze lachen veel", skills="tillen,  op tijd komen; tillen", by=noor
    )
    assert (made.voice, made.author, made.seen_on) == ("worked", noor, clock.today())
    assert books.text(bram, fresh(made).atmosphere) == "Rustig, ze lachen veel"
    assert books.text(bram, fresh(made).skills) == "tillen, op tijd komen"
    with connection.cursor() as cursor:
        cursor.execute("SELECT atmosphere FROM workplaces_workplacescan")
        assert b"lachen" not in bytes(cursor.fetchone()[0])
    assert last_entry(zoetermeer).facts == {"workplace": str(workplace.id), "scan": str(made.id), "voice": "worked"}


def test_a_scan_says_something(workplace: Workplace, noor: Person) -> None:
    with pytest.raises(Impossible, match="hoe het daar is"):
        workplaces.scan_workplace(workplace, atmosphere=" ", skills=", ;", by=noor)


def test_nobody_of_elsewhere_scans_or_reads_it(
    workplace: Workplace, noor: Person, strangers: tuple[Person, Person], sem: Person
) -> None:
    assert_refused(workplaces.scan_workplace, workplace, atmosphere="x", by=[*strangers[1:], sem])
    made = workplaces.scan_workplace(workplace, atmosphere="Rustig", by=noor)
    for who in (strangers[1], sem):
        with pytest.raises(Refused):
            books.text(who, made.atmosphere)


@given(st.text(max_size=60))
def test_a_list_of_words_read_twice_is_the_same_list(text: str) -> None:
    once = words_in_list(text)
    assert words_in_list(", ".join(once)) == once
    assert len(set(once)) == len(once)
