"""What the figures say: the aims with what came of them, and tables for a terminal and for docs/performance.md."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

Run = dict[str, Any]
QUERIES: Final = 15
GROWTH: Final = 1.2
MEMORY_MB: Final = 200
FIRST_VISIT, AFTER = 60_000, 12_000
# Page, page of the admin beside it, how many times as quick it should be, and the words for it.
RATIOS: Final = (
    ("list", "list", 4.0, "the caseload, beside the admin's list of all dossiers"),
    ("list", "own_list", 4.0, "the caseload, beside the admin's list of one coach"),
    ("timeline", "dossier", 15.0, "a dossier with 100 notes, first page of the timeline"),
    ("dossier", "dossier", 15.0, "a dossier with 100 notes, every page of the timeline until all were shown"),
    ("search", "search", 50.0, "search in the caseload, beside the admin's over all dossiers"),
    ("search", "own_search", 50.0, "search in the caseload, beside the admin's over one coach"),
)
NOTE_RATIO: Final = 1.3
# A full caseload beside one of 20: five times the dossiers, ten times the notes. It may cost no more than that.
FULL: Final = (("today", 5), ("list", 5), ("search", 10))


@dataclass(frozen=True, slots=True)
class Aim:
    """What was wanted, what was measured, and whether that is it. `met` is None where it could not be measured."""

    dossiers: int
    database: str
    aim: str
    wanted: str
    measured: str
    met: bool | None


def aims(runs: Sequence[Run]) -> list[Aim]:
    """All aims, for each installation that was measured."""
    return [aim for run in runs for aim in _aims(run, runs)]


def _aims(run: Run, runs: Sequence[Run]) -> Iterable[Aim]:
    def said(aim: str, wanted: str, measured: str, met: bool | None) -> Aim:
        return Aim(run["dossiers"], run["database"], aim, wanted, measured, met)

    ours, admin = _by_key(run["pages"]), _by_key(run["admin"])
    for page, beside, times, title in RATIOS:
        if page in ours:
            ratio = admin[beside]["1"]["p50"] / ours[page]["1"]["p50"]
            yield said(f"{title}: times as quick", f">= {times:g}", f"{ratio:.1f}", ratio >= times)
        else:
            yield said(f"{title}: times as quick", f">= {times:g}", "no such page", None)
    ratio = ours["note"]["1"]["p50"] / admin["note"]["1"]["p50"]
    yield said(
        "a note, beside the admin's save: times as long", f"<= {NOTE_RATIO}", f"{ratio:.2f}", ratio <= NOTE_RATIO
    )
    for page, times in FULL:
        row = ours[f"full_{page}"]
        ratio = row["1"]["p50"] / ours[page]["1"]["p50"]
        yield said(f"{row['title']}: times as long as 20", f"<= {times}", f"{ratio:.1f}", ratio <= times)
    most = max(run["pages"], key=lambda row: row["queries"])
    yield said(
        "questions to the database for one answer, at most", f"<= {QUERIES}", f"{most['queries']} ({most['title']})",
        most["queries"] <= QUERIES,
    )  # fmt: skip
    memory = run["memory"]["pss_mb"]
    yield said("memory of both workers, MB (PSS)", f"< {MEMORY_MB}", f"{memory:g}", memory < MEMORY_MB)
    for name, limit, words in (("first_visit", FIRST_VISIT, "at the first visit"), ("after", AFTER, "after that")):
        page = max(run["wire"], key=lambda row: row[name])
        kilobytes = f"{page[name] / 1000:.1f} ({page['path']})"
        yield said(f"a page of the youth {words}, kB", f"<= {limit / 1000:g}", kilobytes, page[name] <= limit)
    yield from _growth(run, runs, said)


def _growth(run: Run, runs: Sequence[Run], said: Any) -> Iterable[Aim]:
    same = [other for other in runs if other["database"] == run["database"]]
    smallest = min(same, key=lambda other: other["dossiers"])
    if smallest is run:
        return
    before = _by_key(smallest["pages"])
    grown = {
        row["title"]: row["1"]["p50"] / before[row["key"]]["1"]["p50"] for row in run["pages"] if row["key"] in before
    }
    title, most = max(grown.items(), key=lambda item: item[1])
    yield said(
        f"the page that slowed most, beside {smallest['dossiers']:,} dossiers: times as long", f"<= {GROWTH}",
        f"{most:.2f} ({title})", most <= GROWTH,
    )  # fmt: skip


def _by_key(rows: Iterable[Run]) -> dict[str, Run]:
    return {row["key"]: row for row in rows}


def as_json(runs: Sequence[Run], machine: dict[str, Any]) -> dict[str, Any]:
    return {"machine": machine, "runs": list(runs), "aims": [asdict(aim) for aim in aims(runs)]}


# --- tables ----------------------------------------------------------------------------------------------------

Table = list[list[str]]


def tables(runs: Sequence[Run]) -> Iterable[tuple[str, Table]]:
    """Every table with its title; the first row of each is its head."""
    for run in runs:
        title = f"{run['dossiers']:,} dossiers on {'PostgreSQL' if run['database'] == 'postgres' else 'SQLite'}"
        yield f"{title}: pages", _pages(run)
        yield f"{title}: the rest", _rest(run)
    yield (
        "Aims",
        [
            ["database", "dossiers", "aim", "wanted", "measured", ""],
            *([a.database, f"{a.dossiers:,}", a.aim, a.wanted, a.measured, _verdict(a.met)] for a in aims(runs)),
        ],
    )


def _verdict(met: bool | None) -> str:
    return {True: "met", False: "NOT MET", None: "not measured"}[met]


def _pages(run: Run) -> Table:
    head = ["page", "a second, 1", "p50 ms", "p95", "p99", "a second, 4", "p50", "p95", "p99", "web ms", "database ms"]
    head += ["queries", "kB"]
    rows = [_line(row, row["title"]) for row in run["pages"]]
    rows += [_line(row, f"admin: {row['title']}") for row in run["admin"]]
    bare = run["limits"]["bare_server"]
    return [head, *rows, _line({"1": bare["1"], "4": bare["4"]}, "a server that does nothing")]


def _line(row: Run, title: str) -> list[str]:
    cells = [title]
    for connections in ("1", "4"):
        of = row[connections]
        cells += [f"{of['per_second']:.0f}", *(f"{of[cut]:.1f}" for cut in ("p50", "p95", "p99"))]
    cells += [f"{row['1'][part]:.1f}" for part in ("web_ms", "database_ms")]
    asked = f"{row['queries']} + {row['around'] + row['told']}" if "queries" in row else ""
    return [*cells, asked, f"{row['bytes'] / 1000:.1f}" if "bytes" in row else ""]


def _rest(run: Run) -> Table:
    limits, memory, client = run["limits"], run["memory"], run["limits"]["bare_server"]["1"]["client_ms"]
    rows = [
        ["one row by its number, ms", f"{limits['one_indexed_read_ms']:.2f}"],
        ["the 100 notes of a dossier in clear, ms", f"{limits['hundred_notes_read_ms']:.2f}"],
        ["one note in clear, on the disk, ms", f"{limits['one_insert_ms']:.2f}"],
        ["processor time of the client itself, ms a question", f"{client:.2f}"],
        ["from the command until the first page, s", f"{run['ready_after_s']:.1f}"],
        ["memory of both workers, MB (PSS; RSS)", f"{memory['pss_mb']:g}; {memory['rss_mb']:g}"],
        [
            "the same after the full caseload was searched by four at once, MB (PSS)",
            f"{run['memory_full']['pss_mb']:g}",
        ],
        ["filled in, s", f"{run['fill']['seconds']:g}"],
    ]
    rows += [
        [f"{page['path']}: the page, first visit, after that, kB",
         "; ".join(f"{page[name] / 1000:.1f}" for name in ("page", "first_visit", "after"))]
        for page in run["wire"]
    ]  # fmt: skip
    with_walls = _by_key(run["pages"])
    rows += [
        [f"without walls: {row['title']}, p50 ms (with)",
         f"{row['1']['p50']:.1f} ({with_walls[row['key']]['1']['p50']:.1f})"]
        for row in run.get("without_walls", [])
    ]  # fmt: skip
    return [["what", "measured"], *rows]


def in_terminal(table: Table) -> str:
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    lines = []
    for row in table:
        cells = [cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in
                 enumerate(zip(row, widths, strict=True))]  # fmt: skip
        lines.append("  ".join(cells).rstrip())
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def in_markdown(table: Table) -> str:
    head, *rows = table
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_into(file: Path, database: str, text: str) -> None:
    """Put the text between the marks of this database. Raises `ValueError` when those are not there."""
    begin, end = f"<!-- measured: {database} -->", f"<!-- end: {database} -->"
    found = file.read_text()
    if begin not in found or end not in found:
        raise ValueError(f"{file} has no {begin} ... {end}")
    kept = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    file.write_text(kept.sub(lambda _: f"{begin}\n{text.strip()}\n{end}", found))
