"""By when a correction is answered. Pure: no Django, no table."""

import calendar
from datetime import date


def answer_by(asked_on: date) -> date:
    """Within a month. Source: GDPR (AVG), article 12, paragraph 3."""
    year, month = asked_on.year + asked_on.month // 12, asked_on.month % 12 + 1
    return date(year, month, min(asked_on.day, calendar.monthrange(year, month)[1]))
