"""For whom a questionnaire was made, and whether that is he: a line to think of, and never a lock."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from ipta.scans.instruments.ages import OLDEST, possible_ages
from ipta.scans.instruments.questions import Questionnaire


def ages_in_words(asked: Questionnaire) -> str:
    """Empty where it was made for everybody."""
    low, high = asked.ages
    said = {"low": _plain(low), "high": _plain(high)}
    if high is None or high >= OLDEST:
        return gettext("%(low)s jaar en ouder") % said if low else ""
    return gettext("%(low)s tot en met %(high)s jaar") % said if low else gettext("tot en met %(high)s jaar") % said


def not_made_for(asked: Questionnaire, born: str, on: date, *, called: str = "") -> str:
    """What to mind, where it was made for no age that he can have. `called`: his name, for anybody but himself."""
    found = possible_ages(born, on)
    if found is None or any(asked.is_for_age(age) for age in range(found[0], found[1] + 1)):
        return ""
    youngest, oldest = found
    age = str(youngest)
    if oldest > youngest:
        age = gettext("%(youngest)s of %(oldest)s") % {"youngest": youngest, "oldest": oldest}
    said = {"ages": ages_in_words(asked), "name": called, "age": age}
    if called:
        return gettext("Deze lijst is gemaakt voor %(ages)s. %(name)s is %(age)s. Kijk of de uitkomst past.") % said
    return gettext("Deze lijst is gemaakt voor %(ages)s. Jij bent %(age)s. Kijk of het bij je past.") % said


def _plain(age: Decimal | None) -> str:
    return "" if age is None else f"{age.normalize():f}"
