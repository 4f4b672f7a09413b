"""`bin/bench`: one installation after the other, then what came of it."""

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import report
from bench.run import run
from bench.site import ROOT, Site

PAPER = ROOT / "docs" / "performance.md"


def main() -> int:
    wanted = _asked()
    runs = []
    for dossiers in wanted.dossiers:
        say(f"{dossiers:,} dossiers on {wanted.database}")
        runs.append(run(Site(wanted.database, dossiers, wanted.folder), wanted.seconds, say))
    machine = _machine()
    found = report.as_json(runs, machine)
    if wanted.json:
        wanted.json.write_text(json.dumps(found, indent=1))
    for title, table in report.tables(runs):
        say(f"\n{title}\n{report.in_terminal(table)}")
    if wanted.write:
        said = [f"**{title}**\n\n{report.in_markdown(table)}" for title, table in report.tables(runs)]
        report.write_into(PAPER, wanted.database, "\n\n".join([_in_words(machine), *said]))
    return 0


def say(words: str) -> None:
    print(words, flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="How quick it is, measured.")
    parser.add_argument("--dossiers", type=_numbers, default=[1000], help="how many: 1000,10000,100000")
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--json", type=Path, help="all figures, in this file")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each page is asked for")
    parser.add_argument("--keep", action="store_true", help="leave what was filled for a next time")
    parser.add_argument("--write", action="store_true", help="put the tables in docs/performance.md")
    parser.add_argument("--folder", type=Path, required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return sorted({int(part) for part in text.split(",")})


def _machine() -> dict[str, Any]:
    """What the figures were made on; times mean nothing without it."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "processors": os.cpu_count(),
        "processor": model or platform.machine(),
        "memory_gb": round(pages * size / 1e9),
        "load_before": round(os.getloadavg()[2], 1),
        "python": platform.python_version(),
    }


def _in_words(machine: dict[str, Any]) -> str:
    return (
        f"Measured on {machine['at'][:10]}, on {machine['processors']} processors ({machine['processor']}) with "
        f"{machine['memory_gb']} GB, shared by database, server and client; Python {machine['python']}."
    )


if __name__ == "__main__":
    sys.exit(main())
