"""One installation to measure: where it lies, how it is made, and the environment in which its programs run."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
FRESH: Final = timedelta(days=5)  # longer ago the page of today would no longer look like one
WITHOUT: Final = ("PYTEST_VERSION", "DJANGO_SETTINGS_MODULE")


class Site:
    """An installation with so many dossiers, and beside it the admin with the same words."""

    def __init__(self, database: str, dossiers: int, folder: Path) -> None:
        self.database, self.dossiers = database, dossiers
        self.folder = folder / f"{database}-{dossiers}"
        self.postgres = os.environ.get("IPTA_BENCH_PG", "")  # the folder of its socket
        self.name = f"bench_{dossiers}"

    @property
    def server(self) -> str:
        return f"host={self.postgres} port=54320"

    def environment(self, **more: str) -> dict[str, str]:
        """That of real use on one machine: production settings, the role of the web, nothing of who started this."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("IPTA_") and k not in WITHOUT}
        ours = {
            "IPTA_LOCAL": "1",
            "IPTA_DATA_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "BENCH_FOLDER": str(self.folder),
            "BENCH_DATABASE": self.database,
            "BENCH_DOSSIERS": str(self.dossiers),
            "BENCH_SERVER": self.server,
        }
        if self.database == "postgres":
            ours |= {
                "IPTA_PG_HOST": self.postgres,
                "IPTA_PG_PORT": "54320",
                "IPTA_PG_USER": "ipta_web",
                "IPTA_PG_OWNER_USER": "ipta_owner",
                "IPTA_PG_NAME": self.name,
            }
        return kept | ours | more

    def run(self, *command: str, **more: str) -> str:
        """Run `python -m ...`; gives what it printed. Raises with what it complained of."""
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"python -m {' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout

    # --- making it ---------------------------------------------------------------------------------------------

    def prepare(self) -> dict[str, Any]:
        """Fill it, unless it is there from before. Gives what the filling took."""
        stamp = self.folder / "filled.json"
        known: dict[str, Any] = json.loads(stamp.read_text()) if stamp.exists() else {}
        if known and known["of"] == self._fingerprint() and _is_fresh(known["at"]):
            self.run("ipta", "migrate")  # the walls are those of the code of today, and so are the styles
            self.run("ipta", "static")
            return known | {"is_reused": True}
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        self._make_databases()
        self.run("ipta", "init")
        self.run("ipta", "migrate")
        self.run("django", "migrate", "--verbosity=0", DJANGO_SETTINGS_MODULE="bench.clear.settings")
        self.run("ipta", "static")
        subprocess.run([sys.executable, "-m", "bench.fill"], cwd=ROOT, env=self.environment(), check=True)
        known = json.loads((self.folder / "fill.json").read_text())
        known |= {"of": self._fingerprint(), "at": datetime.now(UTC).isoformat()}
        stamp.write_text(json.dumps(known))
        return known | {"is_reused": False}

    def _make_databases(self) -> None:
        if self.database != "postgres":
            return
        psql = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.postgres, "-p", "54320", "-U", "ipta"]
        for name in (self.name, f"{self.name}_keys", f"{self.name}_clear"):
            _quietly([*psql, "-d", "postgres", "-c", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"])
        _quietly([*psql, "-d", "postgres", "-c", f"CREATE DATABASE {self.name}_clear"])
        _quietly([*psql, "-d", "postgres"], typed=self.run("ipta", "roles"))

    def _fingerprint(self) -> str:
        """Of everything that decides how the rows look. Tables follow their migrations, as those of a real house do."""
        files = [*(ROOT / "bench" / "clear").glob("**/*.py")]
        files += [ROOT / "bench" / f"{name}.py" for name in ("marks", "words", "tables", "dossier", "store", "fill")]
        files += [ROOT / "ipta" / "vault" / "seals.py", ROOT / "ipta" / "journal" / "rules.py"]
        total = hashlib.sha256()
        for file in sorted(files):
            total.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
        return total.hexdigest()


def _is_fresh(at: str) -> bool:
    return datetime.now(UTC) - datetime.fromisoformat(at) < FRESH


def _quietly(command: list[str], typed: str = "") -> None:
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr[-2000:]}")


def settings_of(environment: Mapping[str, str]) -> dict[str, str]:
    """Which databases a program of the bench writes to, from its environment."""
    folder, name = Path(environment["BENCH_FOLDER"]), f"bench_{environment['BENCH_DOSSIERS']}"
    if environment["BENCH_DATABASE"] == "postgres":
        return {"texts": name, "keys": f"{name}_keys", "clear": f"{name}_clear"}
    files = {"texts": "ipta.sqlite3", "keys": "keys.sqlite3", "clear": "clear.sqlite3"}
    return {what: str(folder / file) for what, file in files.items()}
