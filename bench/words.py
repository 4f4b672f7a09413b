"""What stands in the invented dossiers: the same words each time, so that a page can be checked for them.

Nobody is meant. What was written can be worked out again from the number of the dossier and of the line.
"""

from typing import Final


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


FIRST_NAMES: Final = _each(
    "Adil Amira Bilal Chaima Daan Dewi Emre Esra Farid Femke Gino Hanna Ilias Imani Jayden Joëlle Kaan Kelly Levi "
    "Lina Milan Mirte Nabil Noa Omar Pelle Quincy Rania Ruben Sara Sem Shanice Tijn Tuana Umut Vera Wesley Xena "
    "Yasin Zoë"
)
LAST_NAMES: Final = _each(
    "Aarts Bakker Bouzidi Claassen Demir Eijk Faber Groen Hendriks Idrissi Jansen Kaya Linden Martina Nijboer "
    "Oomen Pinas Rozema Smit Tromp Uysal Vos Wijaya Yilmaz Zeeman"
)
WHAT_HAPPENED: Final = (
    "Samen naar het stadhuis gegaan voor zijn identiteitskaart, die is nu aangevraagd.",
    "Hij was er op tijd en had zijn papieren bij zich.",
    "Thuis is het rustiger sinds zijn broer een eigen kamer heeft.",
    "Zijn moeder belde, ze maakt zich zorgen over de avonden.",
    "De brief van de zorgverzekering lag nog dicht op tafel. Samen opengemaakt.",
    "We hebben de schulden op een rij gezet, het zijn er minder dan hij dacht.",
    "Gesproken over wat hij wil: iets met zijn handen, liever buiten dan binnen.",
    "Hij sliep slecht deze week en kwam moeilijk zijn bed uit.",
    "Drie keer gesport, dat doet hem zichtbaar goed.",
    "De werkbegeleider is tevreden, hij vraagt nu zelf om uitleg.",
    "Niet gelukt om op tijd te komen, de bus reed niet. Morgen opnieuw.",
    "Zijn oude vrienden wachten hem soms op bij het station. Hij fietst nu om.",
    "Hij heeft zelf de woningcorporatie gebeld en een nummer gekregen.",
    "Samen geoefend hoe je je voorstelt, met de buurman als baas.",
    "Hij wil zijn rijbewijs halen. Afgesproken dat hij eerst spaart voor de theorie.",
    "De reclassering wil hem elke twee weken zien, dat past naast het werk.",
    "Gegeten bij zijn oma. Zij houdt zijn agenda bij op de koelkast.",
    "Een goed gesprek over wat er vorig jaar gebeurde. Hij huilde even.",
)
WHAT_NEXT: Final = (
    "Volgende keer kijken we naar de aanvraag.",
    "Hij appt mij als het zover is.",
    "Ik bel vrijdag om te horen hoe het ging.",
    "Hij neemt zijn pas mee.",
    "Dit bespreken we met zijn mentor.",
    "We doen het de volgende keer rustig over.",
    "Hij gaat alleen, dat wil hij zelf.",
)
PLACES: Final = ("buurthuis", "bij hem thuis", "onderweg", "stadhuis", "werkplaats", "sporthal", "koffiehoek")
PROMISES: Final = (
    "een nieuwe pas aanvragen",
    "de bank bellen over de rekening",
    "drie ochtenden om acht uur opstaan",
    "langs bij de fietsenmaker voor een gesprek",
    "het formulier van de gemeente invullen",
    "met zijn moeder praten over de avonden",
    "de theorie van hoofdstuk drie leren",
)
MEETINGS: Final = ("Gesprek bij de fietsenmaker", "Stadhuis", "Koffie", "Schuldhulp", "Rondkijken op school")
GOALS: Final = (
    ("work", "Een plek waar ik leer en verdien"),
    ("money", "Weten wat ik heb en wat ik moet betalen"),
    ("housing", "Een kamer voor mezelf"),
)
# What a coach looks for. It stands in two of a hundred notes.
SOUGHT, SOUGHT_EVERY = "veerpont", 50


def first_name(dossier: int) -> str:
    return FIRST_NAMES[dossier % len(FIRST_NAMES)]


def last_name(dossier: int) -> str:
    return f"{LAST_NAMES[dossier // len(FIRST_NAMES) % len(LAST_NAMES)]}-{dossier + 1}"


def mark(dossier: int, note: int) -> str:
    """Stands at the end of this note and of no other one."""
    return f"(blad {dossier + 1}.{note + 1})"


def note(dossier: int, note: int) -> str:
    """Some two hundred letters, as notes are."""
    turn = dossier * 7 + note * 5
    said = [WHAT_HAPPENED[turn % len(WHAT_HAPPENED)], WHAT_HAPPENED[(turn // 3 + 7) % len(WHAT_HAPPENED)]]
    if is_sought(note):
        said.append(f"We namen de {SOUGHT} naar de overkant.")
    return " ".join([*said, WHAT_NEXT[turn % len(WHAT_NEXT)], mark(dossier, note)])


def is_sought(note: int) -> bool:
    return note % SOUGHT_EVERY == SOUGHT_EVERY - 1


def place(note: int) -> str:
    """Of one note in three it was written where it was."""
    return PLACES[note % len(PLACES)] if note % 3 == 0 else ""
