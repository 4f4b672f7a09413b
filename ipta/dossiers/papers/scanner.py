"""The virus scanner of the machine, when there is one: clamd, asked over its socket (INSTREAM).

Source: clamd(8), "COMMANDS": `zINSTREAM`, then chunks each after its length in four bytes, then a length of nothing.
"""

import logging
import socket
from typing import Final

from django.conf import settings

from ipta.dossiers.papers.found import Unfit

log = logging.getLogger("ipta.papers")
CHUNK: Final = 64 * 1024
SECONDS: Final = 10
LONGEST_ANSWER: Final = 1024


def is_there() -> bool:
    """Whether this house has a scanner; whether it answers shows when it is asked."""
    return bool(settings.CLAMD)


def looked(content: bytes) -> bool:
    """Whether the scanner looked and found nothing. False: nobody looked. Raises `Unfit` when it found something."""
    if not is_there():
        return False
    try:
        answer = _answer(content)
    except OSError as fault:
        log.warning("the scanner of IPTA_CLAMD does not answer: %s", type(fault).__name__)
        return False
    if answer.endswith("FOUND"):
        raise Unfit("infected")
    if answer.endswith("OK"):
        return True
    log.warning("the scanner of IPTA_CLAMD could not look: is its StreamMaxLength smaller than 10 MB?")
    return False


def _answer(content: bytes) -> str:
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        line.sendall(bytes(4))
        return _read(line).decode("ascii", "replace").strip("\0\n ")


def _read(line: socket.socket) -> bytes:
    answer = b""
    while len(answer) < LONGEST_ANSWER and not answer.endswith((b"\0", b"\n")):
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer


def _connected() -> socket.socket:
    """To a socket of this machine (`/run/clamav/clamd.ctl`), or to `host:port`."""
    host, _, port = settings.CLAMD.rpartition(":")
    if host and port.isdigit():
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(SECONDS)
    try:
        line.connect(settings.CLAMD)
    except OSError:
        line.close()
        raise
    return line
