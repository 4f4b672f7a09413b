"""The measuring stick measures: one caseload on SQLite, filled and asked as the large installations are."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection

from bench import report
from tests.house.code import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="it measures on SQLite, whatever the tests run on"),
]
PAGES = {"today", "list", "overview", "timeline", "dossier", "scan", "picture", "paper", "note_form"}
PAGES |= {"note", "search", "youth_home"}
PAGES |= {"full_today", "full_list", "full_search"}
DOSSIERS, NOTES = 20, 100
# Pages that ask more than the aim, with how often they did when that was written down: it may only become less.
# Search in a full caseload writes 700 lines in the reading log: SQLite takes 76 at once, PostgreSQL all of them.
MORE = {"overview": 21, "timeline": 20, "dossier": 20, "full_search": 22}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("bench")
    command = ["--folder", str(folder), "--database", "sqlite", "--dossiers", str(DOSSIERS), "--seconds", "0"]
    subprocess.run(
        [sys.executable, "-m", "bench", *command, "--json", str(folder / "out.json")],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("IPTA_")},
        check=True,
    )
    found: dict[str, Any] = json.loads((folder / "out.json").read_text())
    return found


@pytest.fixture(scope="module")
def pages(measured: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {page["key"]: page for page in measured["runs"][0]["pages"]}


def test_every_page_is_measured_with_one_browser_and_with_four(pages: dict[str, dict[str, Any]]) -> None:
    assert pages.keys() == PAGES
    for page in pages.values():
        for browsers in ("1", "4"):
            assert page[browsers]["acts"] >= int(browsers)
            assert 0 < page[browsers]["p50"] <= page[browsers]["p95"] <= page[browsers]["p99"]


def test_the_admin_stands_beside_it(measured: dict[str, Any]) -> None:
    beside = {row["key"]: row for row in measured["runs"][0]["admin"]}
    assert {admin for _page, admin, _times, _title in report.RATIOS} | {"note"} <= beside.keys()
    assert beside["dossier"]["words_found"] == NOTES


def test_no_page_asks_the_database_more_than_fifteen_times_or_than_it_did(pages: dict[str, dict[str, Any]]) -> None:
    asked = {key: page["queries"] for key, page in pages.items()}
    assert {key: times for key, times in asked.items() if times > MORE.get(key, report.QUERIES)} == {}


def test_the_pages_hold_the_words_that_were_filled_in(pages: dict[str, dict[str, Any]]) -> None:
    """The bench stops where words are missing; here it is looked at whether there were words to look for."""
    assert pages["list"]["words_found"] >= 0.8 * DOSSIERS
    assert pages["dossier"]["words_found"] == NOTES
    assert pages["search"]["words_found"] == DOSSIERS * (1 + NOTES // 50)
    assert pages["youth_home"]["words_found"] == 1
    assert pages["full_search"]["words_found"] == 1 + 50


def test_each_aim_is_told_with_what_came_of_it(measured: dict[str, Any]) -> None:
    assert len(measured["aims"]) >= 11
    for aim in measured["aims"]:
        assert aim["wanted"] and aim["measured"]
        assert aim["met"] in {True, False, None}


def test_memory_start_and_bytes_are_measured(measured: dict[str, Any]) -> None:
    run = measured["runs"][0]
    assert run["memory"]["workers"] == 2
    assert run["memory"]["pss_mb"] > 20
    assert run["ready_after_s"] > 0
    assert all(page["after"] <= page["first_visit"] <= report.FIRST_VISIT for page in run["wire"]), run["wire"]
    assert {"one_indexed_read_ms", "hundred_notes_read_ms", "one_insert_ms", "bare_server"} <= run["limits"].keys()
