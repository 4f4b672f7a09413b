"""How long a question to see something waits. Pure: no Django, no table."""

from datetime import timedelta
from typing import Final

WAITS: Final = timedelta(days=30)  # then it ends by itself; nobody reminds him
RESTS: Final = timedelta(days=30)  # after a no the same is not asked again for so long
LATER_RESTS: Final = timedelta(days=7)  # who said "later" finds it on his first page again after this
