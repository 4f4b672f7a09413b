"""How long what is kept, and on what ground. Source: docs/decisions/0036, the VNG selection list (2020), the AVG."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

# --- how long -----------------------------------------------------------------------------------------------------

TOLD_BEFORE: Final = timedelta(days=30)  # nothing goes that was not announced for so long
LONGEST_HOLD: Final = timedelta(days=366)
ANSWER_WITHIN: Final = timedelta(days=30)  # source: AVG 12 (3), "uiterlijk binnen een maand"
YEAR: Final = 12  # terms are counted in months
REST, WHOLE = "rest", "all"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the sections it lies in, how long it is usually kept, and what a municipality can choose."""

    sections: tuple[str, ...]
    months: int
    choices: tuple[int, ...]  # in years


# 15 years are those of the Wmo 2015 (art. 5.3.4), 20 those of the Jeugdwet (art. 7.3.8), as the VNG list has them too.
KINDS: Final = {
    "contacts": Kind(("contacts", "messages", "appointments"), 2 * YEAR, (1, 2, 3, 5, 7, 10, 15, 20)),
    "people": Kind(("family",), 2 * YEAR, (1, 2, 3, 5, 7, 10, 15, 20)),
    "scans": Kind(("scores",), 2 * YEAR, (1, 2, 3, 5, 7, 10, 15, 20)),
    "special": Kind(("money", "health", "living", "justice"), 2 * YEAR, (1, 2, 3, 5, 7, 10, 15, 20)),
    "plan": Kind(("plan", "work", "story"), 5 * YEAR, (5, 7, 10, 15, 20)),
}
SHORTEST: Final = timedelta(days=365 * min(min(kind.choices) for kind in KINDS.values())) - TOLD_BEFORE
# What is left when all of these are gone goes with the last of them: a name without a dossier is of use to nobody.
LAST_SECTIONS: Final = ("identity",)
KIND_NAMES: Final = {
    "contacts": "Gesprekken, berichten en afspraken",
    "people": "Mensen om de jongere heen",
    "scans": "Hoe het gaat: de scan en de vragen",
    "special": "Geld, gezondheid, wonen, politie",
    "plan": "Plan, stappen, werk en verhaal",
    "rest": "Naam, wie mocht meelezen, en wat er over is",
    "all": "Het hele dossier",
}
# The same as one says it to the youth.
KINDS_TO_HIM: Final = {
    "contacts": "Gesprekken, berichten en afspraken",
    "people": "Jouw mensen",
    "scans": "Hoe het met je gaat",
    "special": "Geld, gezondheid, wonen en politie",
    "plan": "Je plan, je stappen en je werk",
    "rest": "Je naam, en alles wat er nog is",
    "all": "Alles",
}
_LIST: Final = "VNG-selectielijst 2020, proces 8 (Voorzieningen verstrekken)"
SOURCES: Final = {
    "contacts": "Werkaantekeningen bij de begeleiding. Geen regel in de VNG-selectielijst 2020. Voorstel: 2 jaar.",
    "people": "Gegevens van anderen: zo kort als kan (AVG art. 5 lid 1 onder c en e). Voorstel: 2 jaar.",
    "scans": "Hoort bij de begeleiding. Geen eigen regel in de VNG-selectielijst 2020. Voorstel: 2 jaar.",
    "special": "Bijzonder of strafrechtelijk (AVG art. 9 en 10): zo kort als kan. Voorstel: 2 jaar.",
    "plan": _LIST + ": 5 of 10 jaar, naar het soort voorziening. Voorstel: 5 jaar.",
    "rest": "Gaat weg met de laatste van de andere soorten (AVG art. 5 lid 1 onder e).",
}
# What another law makes of it: said beside the choice.
OTHER_LAWS: Final = {
    "wmo": _LIST + ": 15 jaar als het een voorziening is van de Wmo 2015 (art. 5.3.4).",
    "jeugdwet": _LIST + ": 20 jaar als het jeugdhulp is van de Jeugdwet (art. 7.3.8).",
    "broken": _LIST + ", resultaat 8.4 ‘Afgebroken’: 6 weken voor wie nooit begon.",
}
HOLDS: Final = {
    "complaint": "Er loopt een klacht",
    "court": "Er loopt een zaak bij de rechter",
    "inquiry": "Er loopt een onderzoek",
    "youth": "De jongere vraagt het zelf",
}
HOLDS_TO_HIM: Final = {
    "complaint": "Er loopt een klacht.",
    "court": "Er loopt een zaak bij de rechter.",
    "inquiry": "Er loopt een onderzoek.",
    "youth": "Jij vroeg het zelf.",
}
# Why a wish to erase is not granted. Source: AVG 17 (3); the youth reads the second line.
REFUSALS: Final = {
    "duty": "Een wet zegt dat we dit moeten bewaren (AVG art. 17 lid 3 onder b)",
    "archive": "De Archiefwet en de selectielijst (AVG art. 17 lid 3 onder b en d)",
    "claim": "Nodig voor een klacht of een rechtszaak (AVG art. 17 lid 3 onder e)",
}
REFUSALS_TO_HIM: Final = {
    "duty": "Een wet zegt dat we dit nog moeten bewaren.",
    "archive": "De gemeente moet dit nog een paar jaar bewaren.",
    "claim": "We hebben dit nog nodig voor een klacht, of voor de rechter.",
}


def sections_of(kind: str) -> tuple[str, ...]:
    """In which sections of a dossier this kind lies."""
    return KINDS[kind].sections if kind in KINDS else LAST_SECTIONS


def with_rest(months: Mapping[str, int]) -> dict[str, int]:
    """The terms of every kind, with that of the rest: it goes with the last of them."""
    found = {kind: months.get(kind, KINDS[kind].months) for kind in KINDS}
    return found | {REST: max(found.values())}


def over_on(ended_on: date, months: int) -> date:
    """The first day on which nobody needs it any more. Of a month that has no such day the last."""
    year, month = divmod(ended_on.year * 12 + ended_on.month - 1 + months, 12)
    day = ended_on.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1


def goes_on(over: date, told_on: date) -> date:
    """The day on which it goes: its term is over, and it was announced for a month."""
    return max(over, told_on + TOLD_BEFORE)


def is_told(over: date, today: date) -> bool:
    """Whether it is announced by now."""
    return today >= over - TOLD_BEFORE


def mark_of(dossier: UUID) -> str:
    """What stands for a dossier in a proof: nobody finds the id in it, and who has the id finds the proof."""
    return sha256(b"ipta.law.proof" + dossier.bytes).hexdigest()


# --- on what ground -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Purpose:
    """What something is used for, and on what ground unless a municipality says otherwise."""

    articles: str
    plain: str
    sections: tuple[str, ...] = ()
    is_to_check: bool = True  # a lawyer of the municipality has to look at it


PURPOSE_NAMES: Final = {
    "scouting": "Jongeren vinden en leren kennen",
    "coaching": "Een jongere begeleiden",
    "scan": "In beeld brengen hoe het gaat",
    "justice": "Weten van politie en justitie",
    "sharing": "Delen met mensen in het team",
    "specialist": "Een specialist om hulp vragen",
    "match": "Een werkplek zoeken met een werkgever",
    "warning": "Waarschuwen om iets ergs te voorkomen",
    "emergency": "Noodtoegang voor een collega",
    "log": "Bijhouden wie er keek",
    "statistics": "Tellen hoe het project gaat",
    "research": "Onderzoek en verhalen",
    "keeping": "Bewaren en wissen",
}
# As one says it to the youth.
PURPOSES_TO_HIM: Final = {
    "scouting": "Je leren kennen",
    "coaching": "Met je meelopen",
    "scan": "Zien hoe het met je gaat",
    "justice": "Iets weten over politie",
    "sharing": "Iets delen met je team",
    "specialist": "Hulp vragen voor jou",
    "match": "Werk voor je zoeken",
    "warning": "Waarschuwen bij gevaar",
    "emergency": "Kijken als het nood is",
    "log": "Bijhouden wie er keek",
    "statistics": "Tellen hoe het gaat",
    "research": "Leren van jouw verhaal",
    "keeping": "Bewaren en weggooien",
}
_TASK: Final = "AVG art. 6 lid 1 onder e (taak van algemeen belang)"
ARTICLES: Final = {
    "scouting": _TASK + ", met Wmo 2015 art. 2.1.2 en 2.2.1 of Participatiewet art. 7. Alleen wat nodig is om "
    "iemand te leren kennen; zonder ja na enkele weken weg.",
    "coaching": _TASK + ", met Participatiewet art. 7 (ondersteuning bij arbeidsinschakeling) of Wmo 2015 art. 2.3.1 "
    "e.v. Is het jeugdhulp, dan Jeugdwet art. 2.3 en 7.4.0.",
    "scan": _TASK + ". Gezondheid: AVG art. 9 lid 2 onder g of h, met UAVG art. 30 lid 3 en de wet van de taak. "
    "Schulden: Wet gemeentelijke schuldhulpverlening art. 3 en 8.",
    "justice": "AVG art. 10 met UAVG art. 32 en 33. Geen politiegegevens (Wpg) en geen justitiële gegevens (Wjsg) "
    "overgenomen; alleen wat de jongere of een ander zelf vertelt.",
    "sharing": _TASK
    + ", per ontvanger te wegen. De toestemming van de jongere maakt het delen zichtbaar en doorbreekt "
    "een beroepsgeheim, maar is niet vanzelf de grondslag. Wams: alleen als die geldt.",
    "specialist": _TASK
    + ", met de wet van de taak waarvoor de specialist werkt (bijvoorbeeld Wgs bij schulden). Alleen de "
    "vraag, met instemming van de jongere.",
    "match": _TASK + ", met Participatiewet art. 7. De werkgever krijgt alleen wat de jongere kiest, nooit gezondheid "
    "(AVG art. 9), schulden of justitie.",
    "warning": "AVG art. 6 lid 1 onder c, d of e, per geval te wegen. Meldcode: Wmo 2015 art. 3.3 en 5.2.6, Jeugdwet "
    "art. 4.1.7. In samenwerking: Wet gegevensverwerking door samenwerkingsverbanden, als die van toepassing is.",
    "emergency": _TASK + ". Bij levensgevaar AVG art. 6 lid 1 onder d. Met reden, hoogstens vier uur, en de jongere "
    "leest het meteen.",
    "log": "AVG art. 6 lid 1 onder c, met AVG art. 5 lid 2, 24 en 32 (verantwoording en beveiliging).",
    "statistics": "AVG art. 5 lid 1 onder b en 89, UAVG art. 24. Alleen aantallen waarin niemand te herkennen is.",
    "research": "AVG art. 6 lid 1 onder a (toestemming, apart gevraagd) en art. 89; bijzondere gegevens: UAVG art. 24.",
    "keeping": "AVG art. 5 lid 1 onder e en art. 17; Archiefwet art. 3 en 5 met de VNG-selectielijst 2020.",
}
PLAIN: Final = {
    "scouting": "De gemeente wil jongeren helpen. Daarvoor mag een coach je naam opschrijven. Zeg je geen ja? Dan gaat "
    "alles na een paar weken weg.",
    "coaching": "De gemeente helpt jongeren aan werk. Dat staat in de wet. Je coach schrijft op wat daarvoor nodig is.",
    "scan": "Je coach kan pas helpen als hij weet hoe het gaat. Jij vertelt wat je wilt. Ook ‘weet ik niet’ is goed.",
    "justice": "Je coach vraagt niets aan de politie. Hij schrijft alleen op wat jij of iemand anders zelf vertelt.",
    "sharing": "Jij kiest wie iets mag lezen. Je kunt altijd stoppen. De gemeente kijkt ook of het mag van de wet.",
    "specialist": "Je coach vraagt alleen hulp als jij ja zegt. De ander leest alleen die ene vraag.",
    "match": "Een werkgever leest niets over je. Hij weet alleen wat jij wilt vertellen.",
    "warning": "Kan het fout gaan met iemand? Dan moet je coach soms iemand waarschuwen. Jij hoort dat dan ook.",
    "emergency": "Is het nood, en is je coach er niet? Dan mag een collega even kijken. Jij leest waarom.",
    "log": "Wij schrijven op wie er kijkt. Dat moet van de wet. Zo kun jij het ook zien.",
    "statistics": "De gemeente telt hoeveel jongeren meedoen. In die cijfers ben jij niet te vinden.",
    "research": "Jouw verhaal is van jou. Een ander leest het alleen als jij daar apart ja op zegt.",
    "keeping": "De gemeente moet sommige dingen een tijd bewaren. Daarna gooien we ze weg.",
}
_USES: Final = {
    "scouting": ("identity", "contacts"),
    "coaching": ("identity", "plan", "appointments", "contacts", "messages", "family", "work", "living", "money"),
    "scan": ("scores", "health", "money", "living"),
    "justice": ("justice",),
    "specialist": ("contacts",),
    "match": ("work",),
    "research": ("story",),
}
# Of the law that nobody doubts: keeping a log, and throwing away in time.
_CERTAIN: Final = ("log", "keeping")
PURPOSES: Final = {
    key: Purpose(ARTICLES[key], PLAIN[key], _USES.get(key, ()), key not in _CERTAIN) for key in PURPOSE_NAMES
}

# --- parents of who is under 18 ---------------------------------------------------------------------------------------

OF_AGE: Final = 18
WEIGHED: Final = {
    "nothing": "Nee, de ouders hoeven niets te weten",
    "himself": "Ja, en de jongere vertelt het zelf",
    "together": "Ja, en we vertellen het samen",
    "coach": "Ja, en de coach vertelt het",
}
