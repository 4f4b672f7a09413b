"""May this person do this? Yes on some ground, or no with a reason in plain words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    is_yes: bool
    reason: str = ""  # why not, in words for the person who asked
    ground: str = ""  # on what right, for the reading log

    def __bool__(self) -> bool:
        return self.is_yes


class Refused(Exception):
    """Somebody asked for what is not theirs. The message is in plain words, for the person who asked."""


class Impossible(Exception):
    """Allowed, but it cannot be done as things stand. The message says in plain words what to do instead."""


def yes(ground: str = "") -> Verdict:
    return Verdict(is_yes=True, ground=ground)


def no(reason: str) -> Verdict:
    return Verdict(is_yes=False, reason=reason)
