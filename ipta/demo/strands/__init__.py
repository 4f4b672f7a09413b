"""What the invented lives are made of, in texts: people, trades, talk and strands."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """The texts of this name, such as "trades"."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
