"""Groups of commands of `bin/ipta`, a file each: `bin/ipta keys ...`, `bin/ipta log ...`."""

from argparse import ArgumentParser, Namespace
from typing import Protocol


class Add(Protocol):
    """Adds a command, or a group of them, with the words its help says."""

    def __call__(self, name: str, run: "Run", text: str) -> ArgumentParser: ...


class Run(Protocol):
    """What a command does. It gives the line to print, and raises for an error of one clear line."""

    def __call__(self, wanted: Namespace) -> str: ...
