"""Groups of commands of `bin/ipta`, a file each: `bin/ipta keys ...`, `bin/ipta log ...`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

Run = Callable[[Namespace], str]  # what a command does: it gives the line to print, and raises for an error
Add = Callable[[str, Run, str], ArgumentParser]  # adds a command by its name, with the words its help says
