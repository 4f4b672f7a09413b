"""What one wants to know of a workplace: five points, of which the third has two sides.

Source: "Quick scan van een werkplek".
"""

from typing import Final

POINTS: Final = {
    "atmosphere": "Sfeer",
    "tasks": "Taken",
    "skills": "Wat je moet kunnen",
    "social": "Hoe je met mensen omgaat",
    "guidance": "Leiding, begeleiding en doorgroeien",
    "network": "Mensen om het werk heen",
}
LISTS: Final = ("skills",)  # short words with commas between them


def words_in_list(text: str) -> list[str]:
    """The short words of a list, each once."""
    parts = (" ".join(part.split()) for part in text.replace("\n", ",").replace(";", ",").split(","))
    return list(dict.fromkeys(filter(None, parts)))
