"""What the method says of a dossier: its phases, its life domains, who owns a step.

Source: Samenvatting modelwerkwijze IPTA (2018), "Stappen" and "Een beeld vormen".
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

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

# What to mind before calling, texting or visiting. Source: "Een huisbezoek kan goed werken, maar kan ook leiden tot
# problemen met de ouders. Veel ouders zijn niet op de hoogte"; "Jongeren onderling gebruiken meestal whatsapp".
MIND: Final = {
    "parents": "De ouders weten het niet",
    "home": "Niet thuis langsgaan",
}
ONLY_BY: Final = {
    "by_phone": "Bellen",
    "by_whatsapp": "WhatsApp",
    "by_social": "Instagram of Snapchat",
    "by_via": "Via iemand",
}
HOURS: Final = {
    "at_morning": "Ochtend",
    "at_afternoon": "Middag",
    "at_evening": "Avond",
}
CAREFUL: Final = (*MIND, *ONLY_BY, *HOURS)

# Somebody around the youth, as he sees it. Source: "Sociaal en professioneel netwerk", "Inbedding in een ondersteunend
# sociaal netwerk is een van de belangrijkste succesfactoren"; bonding and bridging after Putnam.
NEARNESS: Final = {"near": "Heel dichtbij", "around": "Erbij", "far": "Verder weg"}
GIVES: Final = {
    "practical": "Hulp met dingen",
    "emotional": "Steun",
    "work": "Werk of een tip",
    "sleep": "Een plek om te slapen",
}
DOES: Final = {"lifts": "Trekt me omhoog", "pulls": "Trekt me omlaag", "both": "Allebei"}


def known_ties(ties: Mapping[str, Any]) -> dict[str, Any]:
    """What of it the method knows: `near`, `gives`, `does`, `bridges`. Anything else is left out."""
    return {
        "near": ties.get("near") if ties.get("near") in NEARNESS else "",
        "gives": [key for key in GIVES if key in (ties.get("gives") or ())],
        "does": ties.get("does") if ties.get("does") in DOES else "",
        "bridges": bool(ties.get("bridges")),
    }


# The caseload "waarmee de coach intensief bezig is, ligt naar schatting tussen 10-20 jongeren".
INTENSIVE_CASELOAD: Final = range(10, 21)
# "Tempo maken": the first meeting with a workplace, on average within 30 days (IPS fidelity scale, item 15).
DAYS_TO_WORKPLACE: Final = 30
AGES: Final = range(16, 28)
# How far ahead another coach can be named. Ours: further away nobody knows yet who works where.
LONGEST_AHEAD: Final = timedelta(days=183)
LONGEST_STAND_IN: Final = timedelta(days=366)  # who is away for longer, hands over
NAME_LENGTH: Final = 120
TEXT_LENGTH: Final = 20_000


# Control characters but the line end and the tab, halves of characters, what turns the letters around it, and what is
# there but shows nothing. Source: Unicode 15, Default_Ignorable_Code_Point and Bidi_Control.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]"
)
# What shows nothing itself but shapes the sign before it: in Persian, in the scripts of India, in an emoji. It stays
# after a sign it can shape (group 1), and goes where it only makes two names differ that look the same.
_JOINER: Final = "\u200c\u200d\u180b-\u180d\u180f"
_VARIANT: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAG: Final = "\U000e0020-\U000e007f"
_SHAPED: Final = "\u0590-\u1fff\u203c\u2049\u20e3\u2100-\ufaff\ufb1d-\ufdff\ufe70-\ufefc\U00010000-\U0003ffff"
_SHAPING: Final = re.compile(
    f"((?:\U0001f3f4[{_TAG}]+|[0-9#*©®]\ufe0f|(?![{_JOINER}\\s])[{_SHAPED}][{_VARIANT}]?[{_JOINER}]?)+)"
    f"|[{_JOINER}{_VARIANT}{_TAG}]"
)
_EVENED: Final = str.maketrans("\r\u2800", "\n ")  # a blank of braille looks like a space


def tidy(text: str) -> str:
    """Without control, direction-override and invisible characters; line ends as \\n; outer space gone.

    What shows nothing at all comes out empty.
    """
    shown = _HIDDEN.sub("", text.replace("\r\n", "\n").translate(_EVENED))
    return _SHAPING.sub(r"\1", shown).strip()


def phases(own: Mapping[str, str]) -> dict[str, str]:
    """The phases a municipality works with, in order: the method's under its own names, then those it adds.

    An empty name leaves a phase out. Source: names and number of the phases differ per municipality.
    """
    names = PHASES | {key: own[key] for key in (*PHASES, *OWN_PHASES) if key in own}
    return {key: name for key, name in names.items() if name}
