"""Who there is in the demo: the pilot of seven municipalities, in invented people."""

from collections import Counter

from ipta.accounts.models import Role
from ipta.demo.cast import SUGGESTED, cast
from ipta.demo.people import staff, youths
from ipta.dossiers.rules import AGES, INTENSIVE_CASELOAD

NOT_BUSY = {"scouted", "aftercare", "ended"}


def test_seven_municipalities_fourteen_coaches_and_175_who_take_part() -> None:
    assert len({one.town for one in staff()}) == 7
    assert sum(one.role == Role.COACH for one in staff()) == 14
    assert sum(youth.fate != "scouted" for youth in youths()) == 175


def test_every_coach_is_busy_with_ten_to_twenty_and_stays_there_for_others() -> None:
    busy = Counter(youth.coach for youth in youths() if youth.fate not in NOT_BUSY and youth.slug != "sami")
    assert len(busy) == 14
    assert all(number in INTENSIVE_CASELOAD for number in busy.values())
    for fate in ("scouted", "aftercare"):
        assert {youth.coach for youth in youths() if youth.fate == fate} == set(busy)


def test_nobody_is_there_twice() -> None:
    assert len({youth.name for youth in youths()}) == len(youths())
    assert len({youth.package_id for youth in youths()}) == len(youths())
    assert len({one.email for one in staff()}) == len(staff())


def test_everybody_has_the_age_of_the_method() -> None:
    assert all(youth.age in AGES for youth in youths())


def test_no_address_leads_anywhere() -> None:
    assert all(one.email.endswith("@demo.ipta") and one.email.isascii() for one in staff())


def test_who_is_suggested_is_in_the_cast() -> None:
    assert set(SUGGESTED) <= cast().keys()
