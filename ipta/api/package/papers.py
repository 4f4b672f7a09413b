"""The papers in a package: each is looked at as at an upload, before anything is read in."""

from base64 import b64decode
from typing import Any

from ipta.api.package.checks import lines_of
from ipta.api.package.rules import Fault, PackageFault
from ipta.base.verdict import Impossible
from ipta.dossiers.papers.checking import Checked, check
from ipta.dossiers.papers.rules import MEGABYTE, MOST_TOGETHER

Package = dict[str, Any]


def looked_at(package: Package) -> dict[str, Checked]:
    """The clean files, by how they are written in the package. Raises `PackageFault` with the place of each other one.

    A photo that an IPTA wrote keeps every dot: written anew at each move, it would blur.
    """
    found: dict[str, Checked] = {}
    faults, together = [], 0
    for place, line in lines_of(package, "papers"):
        written = line.get("content", "")
        if written and written not in found:
            try:
                found[written] = check(_content(written), is_ours=True)
            except Impossible as objection:
                faults.append(Fault(f"{place}.content", str(objection)))
        together += len(found[written].content) if written in found else 0
    if together > MOST_TOGETHER:
        faults.append(Fault("papers", f"samen te groot: hoogstens {MOST_TOGETHER // MEGABYTE} MB."))
    if faults:
        raise PackageFault(*faults)
    return found


def _content(written: str) -> bytes:
    try:
        return b64decode(written, validate=True)
    except ValueError:
        raise Impossible("dit is geen base64.") from None
