"""What is wrong with a definition or with answers from elsewhere: where, and why, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass


def _(reason: str) -> str:
    """Marks a reason for the catalogue: it is translated where it is shown."""
    return reason


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not understood, and the place where it stands."""

    where: str  # as in the file: item[0].answerOption[2]; of a table the column
    reason: str
    link_id: str = ""
    about: str = ""  # what stands there
    line: int = 0  # of a table

    def __str__(self) -> str:
        place = f"{self.where} (linkId {self.link_id})" if self.link_id else self.where
        place = ", ".join(filter(None, [f"regel {self.line}" if self.line else "", place]))
        about = f" Er staat: {self.about[:80]}" if self.about else ""
        return f"{place or 'het bestand'}: {self.reason}{about}"


class NotUnderstood(ValueError):
    """It is not taken in. All reasons at once, so that nobody has to try ten times."""

    MOST = 20  # that are told

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        more = len(faults) - self.MOST
        told = [str(fault) for fault in faults[: self.MOST]]
        super().__init__("\n".join(told + ([f"En nog {more} andere."] if more > 0 else [])))
