"""Which texts of the plan are laid beside each other."""

from dataclasses import dataclass

from django.http import Http404

from ipta.dossiers.models import Dossier
from ipta.plans.models import PlanVersion

NEVER = 0  # no text has this number


def number_in(text: str) -> int:
    """The number of a text; not one that is longer than a database can look for."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NEVER


def beside(dossier: Dossier, number: int, other: str) -> tuple[PlanVersion, PlanVersion | None, list[int]]:
    """A text, the one it is compared with (the one before it, or `other`), and with which it can be."""
    numbers = list(dossier.planversion_set.values_list("number", flat=True))
    if number not in numbers:  # it may also be longer than a database can look for
        raise Http404
    wanted = number_in(other)
    if wanted not in numbers or wanted == number:
        wanted = number - 1
    found = dossier.planversion_set.filter(number__in=[number, wanted]).select_related("author")
    texts = {text.number: text for text in found}
    return texts[number], texts.get(wanted), [one for one in numbers if one != number]


@dataclass(frozen=True, slots=True)
class Talk:
    """The text as it lay on the table, and the one that counts since."""

    before: int
    after: int


def before_and_after(dossier: Dossier) -> Talk | None:
    """Around the last meeting that was held; nothing as long as no other text came of it."""
    meeting = dossier.meeting_set.held().order_by("-held_at").first()
    if meeting is None:
        return None
    texts = dossier.planversion_set
    before = texts.filter(written_at__lte=meeting.held_at).only("number").first()
    after = texts.in_force().only("number").first()
    if before is None or after is None or after.number <= before.number:
        return None
    return Talk(before.number, after.number)
