"""What the method says of a dossier: its phases, its life domains, who owns a step.

Source: Samenvatting modelwerkwijze IPTA (2018), "Stappen" and "Een beeld vormen".
"""

import re
from collections.abc import Mapping
from typing import Final

# "De verschillende fasen zullen in de praktijk soms door elkaar lopen": spans may overlap and return.
PHASES: Final = {
    "scout": "Scout",
    "scan": "Quick scan",
    "match": "Match & wrap around",
    "coach": "Coachen",
}
OWN_PHASES: Final = ("own_1", "own_2", "own_3")  # a municipality may add some

# The thirteen domains of the Zelfredzaamheid-Matrix (2017), in its order; "wellbeing" is the method's own.
DOMAINS: Final = {
    "money": "Financiën",
    "work": "Werk en opleiding",
    "time": "Tijdsbesteding",
    "housing": "Huisvesting",
    "home": "Huiselijke relaties",
    "mental": "Geestelijke gezondheid",
    "physical": "Lichamelijke gezondheid",
    "substances": "Middelengebruik",
    "basic": "Basale ADL",
    "instrumental": "Instrumentele ADL",
    "network": "Sociaal netwerk",
    "participation": "Maatschappelijke participatie",
    "justice": "Justitie",
}

# The caseload "waarmee de coach intensief bezig is, ligt naar schatting tussen 10-20 jongeren".
INTENSIVE_CASELOAD: Final = range(10, 21)
AGES: Final = range(16, 28)
NAME_LENGTH: Final = 120
TEXT_LENGTH: Final = 20_000


# Control characters but the line end and the tab, halves of characters, and what turns or hides the letters around it.
_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def tidy(text: str) -> str:
    """Without control and direction-override characters; line ends as \\n; outer space gone."""
    return _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def phases(own: Mapping[str, str]) -> dict[str, str]:
    """The phases a municipality works with, in order: the method's under its own names, then those it adds.

    An empty name leaves a phase out. Source: names and number of the phases differ per municipality.
    """
    names = PHASES | {key: own[key] for key in (*PHASES, *OWN_PHASES) if key in own}
    return {key: name for key, name in names.items() if name}
