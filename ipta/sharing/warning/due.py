"""What is due of warnings, for `bin/ipta tick`: alarms that nobody confirmed, and letters of which the time is over.

That a youth is told on his day is not done here: from that moment on his page shows it, whoever runs the house.
"""

from ipta.base.acting import HOUSE
from ipta.sharing.warning import commands
from ipta.sharing.warning.queries import to_alarm, to_clear


def do_what_is_due() -> int:
    """How many alarms were raised."""
    for warning in list(to_clear()):
        commands.clear_letter(warning, by=HOUSE)
    late = list(to_alarm())
    for warning in late:
        commands.raise_alarm(warning, by=HOUSE)
    return len(late)
