"""Law 4: a change that nobody allowed, or that nobody wrote down, is rolled back. Law 5: every command says who."""

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.base.command import NotAllowed, NotRecorded, allow, command
from ipta.base.verdict import Impossible, Refused, no, yes
from ipta.journal.commands import record
from tests.asking import verbs


def _rename(town: Municipality) -> None:
    Municipality.objects.filter(pk=town.pk).update(name="Anders")


def _name(town: Municipality) -> str:
    return Municipality.objects.get(pk=town.pk).name


def test_allowed_and_written_down_it_stays(zoetermeer: Municipality, fem: Person) -> None:
    @command
    def rename(town: Municipality, *, by: Person) -> str:
        allow(yes("test"))
        _rename(town)
        record("town.renamed", by=by, about=town)
        return "done"

    assert rename(zoetermeer, by=fem) == "done"
    assert _name(zoetermeer) == "Anders"
    assert verbs(zoetermeer) == ["town.renamed"]


def test_nobody_allowed_it(zoetermeer: Municipality, fem: Person) -> None:
    @command
    def rename(town: Municipality, *, by: Person) -> None:
        _rename(town)
        record("town.renamed", by=by, about=town)

    with pytest.raises(NotAllowed):
        rename(zoetermeer, by=fem)
    assert _name(zoetermeer) == "Zoetermeer"
    assert verbs(zoetermeer) == []


def test_nobody_wrote_it_down(zoetermeer: Municipality, fem: Person) -> None:
    @command
    def rename(town: Municipality, *, by: Person) -> None:
        allow(yes())
        _rename(town)

    with pytest.raises(NotRecorded):
        rename(zoetermeer, by=fem)
    assert _name(zoetermeer) == "Zoetermeer"


@pytest.mark.parametrize("fault", [Impossible("nee"), ValueError("stuk"), KeyboardInterrupt()])
def test_it_went_wrong_half_way(zoetermeer: Municipality, fem: Person, fault: BaseException) -> None:
    @command
    def rename(town: Municipality, *, by: Person) -> None:
        allow(yes())
        _rename(town)
        record("town.renamed", by=by, about=town)
        raise fault

    with pytest.raises(type(fault)):
        rename(zoetermeer, by=fem)
    assert _name(zoetermeer) == "Zoetermeer"
    assert verbs(zoetermeer) == []


def test_a_no_after_the_change_rolls_it_back(zoetermeer: Municipality, fem: Person) -> None:
    @command
    def rename(town: Municipality, *, by: Person) -> None:
        _rename(town)
        allow(no("Dat mag niet."))

    with pytest.raises(Refused, match=r"Dat mag niet\."):
        rename(zoetermeer, by=fem)
    assert _name(zoetermeer) == "Zoetermeer"


def test_the_yes_of_an_inner_command_is_not_the_yes_of_the_outer(zoetermeer: Municipality, fem: Person) -> None:
    @command
    def inner(town: Municipality, *, by: Person) -> None:
        allow(yes())
        record("town.looked_at", by=by, about=town)

    @command
    def outer(town: Municipality, *, by: Person) -> None:
        _rename(town)
        inner(town, by=by)

    with pytest.raises(NotAllowed):
        outer(zoetermeer, by=fem)
    assert _name(zoetermeer) == "Zoetermeer"
    assert verbs(zoetermeer) == []


def test_what_an_inner_command_wrote_down_counts(zoetermeer: Municipality, fem: Person) -> None:
    @command
    def inner(town: Municipality, *, by: Person) -> None:
        allow(yes())
        record("town.renamed", by=by, about=town)

    @command
    def outer(town: Municipality, *, by: Person) -> None:
        allow(yes())
        _rename(town)
        inner(town, by=by)

    outer(zoetermeer, by=fem)
    assert _name(zoetermeer) == "Anders"


def test_a_refusal_does_not_colour_the_next_command(zoetermeer: Municipality, fem: Person) -> None:
    @command
    def refused(town: Municipality, *, by: Person) -> None:
        allow(yes())
        raise Impossible("nee")

    @command
    def unasked(town: Municipality, *, by: Person) -> None:
        record("town.renamed", by=by, about=town)

    with pytest.raises(Impossible):
        refused(zoetermeer, by=fem)
    with pytest.raises(NotAllowed):
        unasked(zoetermeer, by=fem)


def test_who_does_it_cannot_be_left_out() -> None:
    with pytest.raises(TypeError, match="`by`"):

        @command
        def nobody() -> None: ...

    with pytest.raises(TypeError, match="keyword-only"):

        @command
        def positional(by: Person) -> None: ...

    with pytest.raises(TypeError, match="without a default"):

        @command
        def defaulted(*, by: Person | None = None) -> None: ...
