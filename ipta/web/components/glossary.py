"""Words of offices that stand in what others write, said in plain words. Marked on the pages of the youth alone.

A word is marked the first time it stands in the text of a page, and explained below it: a tap goes there and back,
without script. Nothing is kept, and nothing else than these words is looked for.
"""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, Promise]] = {
    "zrm": _("Een lijst met delen van je leven. Bij elk deel staat hoe het gaat."),
    "bsa": _("Een lijst met vragen over jou. Jij geeft zelf de antwoorden."),
    "bewind": _("Iemand anders past op je geld. De rechter zegt wie dat is."),
    "bewindvoerder": _("Die past op je geld en betaalt voor jou. De rechter zegt wie dat is."),
    "budgetbeheer": _("Iemand betaalt voor jou de huur en het licht. Jij krijgt de rest."),
    "schuldhulp": _("Hulp van de gemeente als je te veel moet betalen."),
    "schuldhulpverlening": _("Hulp van de gemeente als je te veel moet betalen."),
    "deurwaarder": _("Die komt geld halen dat je nog moet betalen."),
    "incasso": _("Een bedrijf haalt geld op dat je nog moet betalen."),
    "loonbeslag": _("Een deel van je loon gaat meteen naar wie nog geld krijgt."),
    "kwijtschelding": _("Je hoeft iets niet meer te betalen."),
    "wrap-around": _("Alle mensen om jou heen helpen samen, met jouw plan."),
    "reclassering": _("Die helpt en kijkt mee na een straf of bij een zaak."),
    "bijstand": _("Geld van de gemeente als je geen werk hebt."),
    "wajong": _("Geld voor wie jong is en door ziekte niet kan werken."),
    "participatiewet": _("De regels over geld en hulp bij het zoeken van werk."),
    "doelgroepregister": _("Een lijst van mensen die meer hulp krijgen bij werk."),
    "banenafspraak": _("Bedrijven maken plaats voor wie meer hulp krijgt bij werk."),
    "jobcoach": _("Die helpt jou op je werk, en je baas ook."),
    "proefplaatsing": _("Je werkt eerst even op proef. Je houdt je geld van de gemeente."),
    "re-integratie": _("Weer aan het werk gaan, met hulp."),
    "dagbesteding": _("Wat je overdag doet, als je niet werkt of leert."),
    "leerplicht": _("Je moet naar school tot een vaste leeftijd."),
    "bbl": _("Leren en werken samen. Je werkt de meeste dagen."),
    "bol": _("Leren op school, met soms een stage."),
    "rmc": _("Mensen van de gemeente die helpen als je van school ging."),
    "vog": _("Een papier over je gedrag. Een baas vraagt er soms om."),
    "wmo": _("Hulp van de gemeente, zodat je zelf kunt wonen en meedoen."),
    "jeugdzorg": _("Hulp voor wie jong is, en voor ouders."),
    "voogd": _("Die zorgt voor jou in de plaats van je ouders."),
    "ggz": _("Hulp als je in je hoofd niet lekker zit."),
    "lvb": _("Leren kost je meer tijd. Korte zinnen helpen."),
    "diagnose": _("Wat een dokter zegt dat je hebt."),
    "indicatie": _("Een papier dat zegt welke hulp je krijgt."),
    "beschikking": _("Een brief waarin staat wat er met je vraag gebeurt."),
    "intake": _("Het eerste gesprek. Iemand vraagt wat je wilt."),
    "casus": _("Wat er bij iemand speelt."),
    "traject": _("Alles wat je samen doet, van het begin tot het eind."),
    "nazorg": _("Hulp die blijft, ook als het goed gaat."),
    "wijkteam": _("Mensen in je buurt die je helpen met van alles."),
    "briefadres": _("Een adres voor je post, als je geen vast huis hebt."),
    "urgentie": _("Je krijgt eerder een huis dan anderen."),
}
_LONGEST_FIRST = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
# Not inside a longer word, and not in the name of an organisation: Schuldhulp Zoetermeer.
_KNOWN = re.compile(rf"(?<![\w-])({_LONGEST_FIRST})(?![\w-])(?!\s(?-i:[A-Z]))", re.IGNORECASE)
_PIECES = re.compile(r"(<[^>]*>)")
_TAG = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# Where a link would break something, or is one already; and what nobody reads.
_CLOSED = frozenset("a button summary label legend option textarea title script style svg h1 template select".split())  # noqa: SIM905


def mark(html: str) -> tuple[SafeString, list[str]]:
    """The page with the first of each hard word as a link to what it means, and which words those are."""
    found: list[str] = []
    depth, pieces = 0, _PIECES.split(html)
    for number, piece in enumerate(pieces):
        if number % 2:
            depth = max(0, depth + _step(piece))
        elif not depth and piece.strip():
            pieces[number] = _KNOWN.sub(lambda word: _link(word[0], found), piece)
    return mark_safe("".join(pieces)), found  # noqa: S308 - the page itself, with links of ours


def _step(tag: str) -> int:
    name = _TAG.match(tag)
    if not name or name[1].lower() not in _CLOSED:
        return 0
    return -1 if tag.startswith("</") else 1


def _link(word: str, found: list[str]) -> str:
    key = word.lower()
    if key in found:
        return word
    found.append(key)
    return f'<a class="hard-word" id="hier-{key}" href="#woord-{key}">{escape(word)}</a>'
