"""`add`, `change`: the book of workplaces, shared by the coaches of one municipality."""

from ipta.accounts.models import Municipality, Person
from ipta.workplaces import commands as workplaces
from ipta.workplaces.models import Workplace
from ipta.workplaces.queries import workplaces_visible_to
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
