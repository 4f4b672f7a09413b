"""The Zelfredzaamheid-Matrix: names of domains and levels, our own short hints.

The cell texts belong to GGD Amsterdam and are not in here. It rates the last 30 days, from level 5 downwards.
Source: modelwerkwijze, "Een beeld vormen"; names after the ZRM 2017.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ipta.dossiers.rules import DOMAINS

LEVELS: Final = {
    1: "acute problematiek",
    2: "niet zelfredzaam",
    3: "beperkt zelfredzaam",
    4: "voldoende zelfredzaam",
    5: "volledig zelfredzaam",
}
DIRECT_ACTION: Final = 1

# "Van belang voor de IPTA-aanpak zijn in ieder geval dagbesteding, financiën, gezondheid, woonsituatie en welbevinden."
MINIMUM: Final = frozenset({"time", "work", "money", "mental", "physical", "housing"})

HINTS: Final = {
    "money": "Komt er geld binnen, en gaat het goed met schulden?",
    "work": "School, werk of een traject: is er iets en houdt hij het vol?",
    "time": "Zijn de dagen gevuld met iets fijns of nuttigs? Dag-nachtritme?",
    "housing": "Een veilige plek om te wonen, en mag hij daar blijven?",
    "home": "Hoe is het thuis: steun, ruzie, geweld?",
    "mental": "Hoe gaat het in zijn hoofd, en is er hulp als dat nodig is?",
    "physical": "Lichaam: klachten, en is er hulp als dat nodig is?",
    "substances": "Drank, drugs, gamen, gokken: geeft het problemen?",
    "basic": "Eten, slapen, wassen, aankleden.",
    "instrumental": "Post, afspraken, reizen, koken, instanties.",
    "network": "Wie steunt hem? Wie trekt hem de verkeerde kant op?",
    "participation": "Doet hij ergens aan mee?",
    "justice": "Politie, zaken, straffen.",
}

# The same domains in the youth's words, positively put (research: negative wording works worse).
OWN_WORDS: Final = {
    "money": "Hoe gaat het met geld?",
    "work": "Hoe gaat het met school of werk?",
    "time": "Hoe vul je je dagen?",
    "housing": "Hoe woon je?",
    "home": "Hoe is het thuis?",
    "mental": "Hoe voel je je?",
    "physical": "Hoe gaat het met je lijf?",
    "substances": "Hoe gaat het met drank, drugs of gamen?",
    "basic": "Hoe gaat het met eten en slapen?",
    "instrumental": "Hoe gaat het met post en afspraken?",
    "network": "Heb je mensen om je heen?",
    "participation": "Doe je ergens aan mee?",
    "justice": "Hoe gaat het met politie of justitie?",
}
FACES: Final = {1: "heel slecht", 2: "niet goed", 3: "gaat wel", 4: "goed", 5: "heel goed"}


@dataclass(frozen=True, slots=True)
class Beside:
    """One domain: what the coach rated and what the youth says. Never averaged."""

    domain: str
    coach: int | None
    youth: int | None

    @property
    def is_worth_a_talk(self) -> bool:
        """They see it two or more levels apart: something to talk about, not something to settle."""
        return self.coach is not None and self.youth is not None and abs(self.coach - self.youth) >= 2


def beside(coach: Mapping[str, int], youth: Mapping[str, int]) -> list[Beside]:
    """Both views of all domains, in the order of the instrument."""
    return [Beside(domain, coach.get(domain), youth.get(domain)) for domain in DOMAINS]


def needs_direct_action(ratings: Mapping[str, int]) -> list[str]:
    """The domains at level 1: "problemen die om directe actie vragen"."""
    return [domain for domain in DOMAINS if ratings.get(domain) == DIRECT_ACTION]


def tidy_ratings(ratings: Mapping[str, object]) -> dict[str, int]:
    """Known domains with a level 1-5; "weet ik niet" is simply absent. Raises `ValueError` for anything else."""
    tidy = {}
    for domain, level in ratings.items():
        if domain not in DOMAINS:
            raise ValueError(domain)
        if level in (None, "", "unknown"):
            continue
        if str(level) not in {"1", "2", "3", "4", "5"}:
            raise ValueError(f"{domain}: {level}")
        tidy[domain] = int(str(level))
    return tidy
