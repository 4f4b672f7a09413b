"""Where a file is taken apart: a process of its own, that can use little and may break.

Opening somebody's file is the most dangerous thing the house does. Here that is done without the keys, the database
and the environment of the house, within a fixed amount of memory and time, and without a place to write.
The file comes in by stdin; out goes `+pdf` and the clean file, or `-` and why not.
"""

import resource
import sys
from typing import Final

from ipta.dossiers.papers.found import Clean, Unfit, is_pdf

MEMORY: Final = 290 * 1024 * 1024
SECONDS: Final = 10
LIMITS: Final = (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 64),
)
OURS: Final = "ours"


def clean(content: bytes, *, is_ours: bool) -> Clean:
    """The file without anything but what one sees in it. Raises `Unfit`."""
    if is_pdf(content):
        from ipta.dossiers.papers import pdfs

        return pdfs.clean(content)
    from ipta.dossiers.papers import pictures

    return pictures.clean(content, is_ours=is_ours)


def main() -> None:
    for kind, most in LIMITS:
        resource.setrlimit(kind, (most, most))
    try:
        found = clean(sys.stdin.buffer.read(), is_ours=OURS in sys.argv)
    except Unfit as unfit:
        sys.stdout.buffer.write(b"-" + unfit.objection.encode())
    else:
        sys.stdout.buffer.write(b"+" + found.kind.encode() + found.content)


if __name__ == "__main__":
    main()
