"""What the method says of a dossier: its phases, its life domains, who owns a step.

Source: Samenvatting modelwerkwijze IPTA (2018), "Stappen" and "Een beeld vormen".
"""

from typing import Final

# "De verschillende fasen zullen in de praktijk soms door elkaar lopen": spans may overlap and return.
PHASES: Final = {
    "scout": "Scout",
    "scan": "Quick scan",
    "match": "Match & wrap around",
    "coach": "Coachen",
}

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


def tidy(text: str) -> str:
    """Without control and direction-override characters; line ends as \\n; outer space gone."""
    hidden = {
        "\u202a",
        "\u202b",
        "\u202c",
        "\u202d",
        "\u202e",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069",
        "\ufeff",
        "\u200b",
    }
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c for c in text if c not in hidden and (c in "\n\t" or ord(c) >= 32) and not 0xD800 <= ord(c) <= 0xDFFF
    ).strip()
