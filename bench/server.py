"""A web server as in real use: granian with two workers."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.site import ROOT, Site

WORKERS = 2
PATIENCE = 60.0


class Server:
    """Runs while the `with` lasts. `ready_after`: seconds from the command until the first page."""

    def __init__(self, site: Site, application: str, *, first_page: str, **more: str) -> None:
        self.site, self.application, self.first_page = site, application, first_page
        self.more = more
        self.port, self.ready_after = _free_port(), 0.0
        self.log = site.folder / f"{application.partition(':')[0]}.log"

    def __enter__(self) -> Self:
        began = time.perf_counter()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS)]
        command += [
            "--blocking-threads",
            "2",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--log-level",
            "warning",
        ]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, self.application], cwd=ROOT, env=self.site.environment(**self.more), stdout=log, stderr=log
            )
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > PATIENCE:
                self.process.kill()
                raise RuntimeError(f"{self.application} does not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.01)
        self.ready_after = time.perf_counter() - began
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", self.first_page)
            return connection.getresponse().status < 500
        except (ConnectionError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def memory(self) -> dict[str, float]:
        """Of the workers together, in MB: PSS shares out what they have in common, RSS counts it for each."""
        workers = _children(self.process.pid)
        found = {kind: sum(_memory(pid, kind) for pid in workers) for kind in ("Pss", "Rss")}
        return {
            "workers": len(workers),
            "pss_mb": round(found["Pss"] / 1024, 1),
            "rss_mb": round(found["Rss"] / 1024, 1),
            "main_pss_mb": round(_memory(self.process.pid, "Pss") / 1024, 1),
        }

    def processor_seconds(self) -> tuple[float, float]:
        """What the workers have worked since they began, and what PostgreSQL has."""
        postmaster = Path(self.site.postgres, "data", "postmaster.pid")
        database = _children(int(postmaster.read_text().split()[0])) if self.site.database == "postgres" else []
        return sum(map(_worked, _children(self.process.pid))), sum(map(_worked, database))


def _worked(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    """The workers; not what Python itself keeps beside them."""
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [child for child in found if "resource_tracker" not in Path(f"/proc/{child}/cmdline").read_text()]


def _memory(pid: int, kind: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
