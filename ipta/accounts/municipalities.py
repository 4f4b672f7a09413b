"""The municipalities of the Netherlands, from the list that ships with the code (CBS, Gebieden in Nederland)."""

import csv
from pathlib import Path

from ipta.accounts.models import Municipality

LIST = Path(__file__).parent / "data" / "municipalities.csv"


def load_municipalities() -> int:
    """Put the municipalities that are not there yet in the database, and tell how many those were."""
    known = set(Municipality.objects.values_list("code", flat=True))
    with LIST.open(encoding="utf-8", newline="") as rows:
        new = [Municipality(**row) for row in csv.DictReader(rows) if row["code"] not in known]
    Municipality.objects.bulk_create(new)
    return len(new)
