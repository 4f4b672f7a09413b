"""When it is time to ask how his week was."""

from datetime import date, timedelta

import pytest

from ipta.scans.check_in.rules import EVERY, NEVER, is_due

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("often", "days", "due"),
    [
        ("weekly", 6, False),
        ("weekly", 7, True),
        ("fortnightly", 13, False),
        ("fortnightly", 14, True),
        ("monthly", 29, False),
        ("monthly", 30, True),
        ("monthly", 400, True),
    ],
)
def test_it_is_time_after_as_many_days_as_he_said(often: str, days: int, due: bool) -> None:
    assert is_due(often, TODAY - timedelta(days=days), TODAY) == due


@pytest.mark.parametrize("often", EVERY)
def test_who_never_did_it_may_begin_at_once(often: str) -> None:
    assert is_due(often, None, TODAY)


@pytest.mark.parametrize("last", [None, TODAY - timedelta(days=400)])
def test_never_is_never(last: date | None) -> None:
    assert not is_due(NEVER, last, TODAY)
