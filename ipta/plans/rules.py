"""The veranderplan. Source: modelwerkwijze, "Veranderplan" (its eight elements)."""

from typing import Final

from ipta.dossiers.rules import DOMAINS

# The first element, the goals, stands in rows of its own: one goal per domain.
ELEMENTS: Final = {
    "most_important": "Wat is het belangrijkste om verder te komen?",
    "youth_does": "Wat doe ik zelf?",
    "youth_learns": "Wat kan ik leren?",
    "network_does": "Wat doen de mensen om mij heen?",
    "taken_over": "Wat neemt iemand uit handen, en wie?",
    "remember": "Wat is belangrijk om te onthouden over mij?",
}
MOST_GOALS: Final = len(DOMAINS)
STRATEGIES: Final = {
    "facilitate": "Faciliteren: kansen en middelen geven",
    "learn": "Leren: vaardigheden oefenen",
    "take_over": "Overnemen en structuur bieden: rust maken",
    "co_create": "Co-creëren: samen iets nieuws maken",
}
