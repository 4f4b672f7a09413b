"""The walls of PostgreSQL taken down: to see what the other lines do alone, or that a fault behind them is found."""

import pytest
from django.db import connections


def lowered(patch: pytest.MonkeyPatch) -> None:
    """Ask as the owner of everything, as long as the patch lasts. On SQLite there are none."""
    for alias in connections:
        patch.setitem(connections[alias].settings_dict, "WEB_ROLE", "")
