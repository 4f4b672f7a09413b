"""Looking changes nothing. GET and HEAD write the reading log and the session, and no row besides."""

import hashlib
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client

from tests.house.site import ROUTES, Site, undone

# What looking does write: the reading log, the journal of what was taken along, the session.
WRITTEN_BY_LOOKING = {"sharing_look", "journal_chain", "journal_entry", "accounts_session"}


def prints() -> dict[str, str]:
    """A fingerprint of the content of every table."""
    found = {}
    for model in apps.get_models():
        table = model._meta.db_table
        if table in WRITTEN_BY_LOOKING or not model._meta.managed:
            continue
        connection = connections["keys" if model._meta.app_label == "vault" else "default"]
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


@pytest.mark.parametrize("member", ["his coach", "the youth", "functional manager"])
def test_looking_changes_nothing(member: str, site: Site) -> None:
    browser = site.browser(member)
    with undone():
        before = prints()
        for name in ROUTES:
            at = site.address(name)
            get, head = browser().get(at), browser().head(at)
            assert head.status_code in {get.status_code, 405}, name
            assert head.content == b"", name
        if prints() != before:
            assert _who_changed(site, browser) == []


def _who_changed(site: Site, browser: Callable[[], Client]) -> list[str]:
    """Only asked when something changed: which address it was."""
    found = []
    for name in ROUTES:
        before = prints()
        browser().get(site.address(name))
        after = prints()
        found += [f"{name} changed {table}" for table in before if before[table] != after[table]]
    return found or ["something, the first time it was looked at"]
