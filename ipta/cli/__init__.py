"""Groups of commands of `bin/ipta`, a file each: `bin/ipta keys ...`, `bin/ipta log ...`."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable

Run = Callable[[Namespace], str]  # what a command does: it gives the line to print, and raises for an error
Add = Callable[[str, Run, str], ArgumentParser]  # adds a command by its name, with the words its help says


def group(add: Add, name: str, summary: str, description: str) -> Add:
    """A group of commands, and what adds one to it: the first line of its text stands in the list, all in its help."""
    parser = add(name, lambda _: "", summary)
    parser.description, parser.formatter_class = description, RawDescriptionHelpFormatter
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")

    def command(name: str, run: Run, text: str) -> ArgumentParser:
        first, _, rest = text.partition("\n")
        found = commands.add_parser(
            name, help=first, description=f"{first}\n{rest}", formatter_class=RawDescriptionHelpFormatter
        )
        found.set_defaults(run=run)
        return found

    return command
