"""What a placement agreement speaks of. Source: "Plaatsingsafspraken"."""

from typing import Final

POINTS: Final = {
    "hours": "Werktijden",
    "tasks": "Werkzaamheden",
    "income": "Inkomen",
    "induction": "Inwerken",
    "guidance": "Leiding en begeleiding",
    "training": "Scholing en training",
    "incidents": "Als er iets misgaat",
    "employer": "Rol en compensatie van de werkgever",
    "coach": "Wat de coach doet op de werkplek",
}
