"""What there is to do today: for every coach appointments, promises and something that cannot wait."""

from collections.abc import Callable, Iterator, Sequence

from ipta.demo.course import appoint
from ipta.demo.life import Life
from ipta.demo.people import Youth

Act = Callable[[Life], object]
_QUIET = {"scouted", "ended", "aftercare", "by_hand"}


def _meeting(days: int, at: str) -> Act:
    """Reckoned from today; the last things of a life are done the night before."""
    return lambda life: appoint(life, days=days + 1, at=at)


def _promised(owner: str, days: int) -> Act:
    return lambda life: life.promise(f"{{step_{owner}}}", owner, days=days + 1)


def _alarm(domain: str) -> Act:
    """A first scan in which something is at level 1: the direct action is still to be done."""

    def rate(life: Life) -> None:
        life.levels[domain] = 1
        life.scan("{scan_coach}", "{scan_own}")

    return rate


def _paper(form: str, section: str, name: str, *lines: str) -> Act:
    """Something that came by post, or was made together."""
    return lambda life: life.paper(section, form, name, lines)


_OF_THE_LANDLORD = _paper(
    "letter", "living", "Brief van de huurbaas", "Beste huurder,", "De huur van deze maand is er nog niet.",
    "Bel ons voor vrijdag. Dan zoeken we", "samen naar een oplossing.",
)  # fmt: skip
_CV = _paper("page", "work", "Cv {naam}", "Werk: {vak}", "Kan goed: {leert}", "Vraag het na bij {coach}.")


# One after the other, for the youths of a coach who is busy with them.
_ACTS: Sequence[Sequence[Act]] = (
    (_alarm("housing"), _meeting(0, "10.00")),
    (_meeting(1, "11.15"),),
    (_meeting(0, "13.30"), _promised("coach", 0), _OF_THE_LANDLORD),
    (_promised("youth", 0), _meeting(2, "9.45")),
    (_meeting(0, "16.00"), _CV),
    (_promised("coach", 1), _meeting(6, "14.00")),
    (_meeting(1, "15.30"),),
    (_promised("youth", 3),),
    (_meeting(3, "10.30"), _promised("youth", 1)),
)


def with_last_acts(mine: Sequence[Youth]) -> Iterator[tuple[Youth, Sequence[Act]]]:
    """Each youth of one coach, with what is arranged for him last."""
    acts = iter(_ACTS)
    for youth in mine:
        yield youth, () if youth.fate in _QUIET else next(acts, ())
