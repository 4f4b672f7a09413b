"""A picture and a word for a step, by the words that stand in it. Nothing else is read into it, and nothing is kept.

The first kind of which a word stands in the text is the one; `*`: words that begin so. Without one it is a step.
"""

import re
from functools import cache, lru_cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from ipta.web.asking import Words

KINDS: Final[tuple[tuple[str, Words, str], ...]] = (
    ("phone", _("Bellen"), "bel belt bellen gebeld opbellen terugbellen app appen appje sms"),
    ("health", _("Gezond"), "dokter* huisarts* tandarts* ziekenhuis medicijn* pillen apotheek psycholoog praktijk"),
    (
        "money",
        _("Geld"),
        "geld bank* schuld* betalen betaal betaald rekening* sparen spaar* boete* uitkering toeslag* loon",
    ),
    ("mail", _("Post"), "brief brieven post mail mailen mailtje mails e-mail envelop*"),
    ("file", _("Papier"), "papier* cv formulier* id-kaart paspoort rijbewijs diploma* contract* bewijs* digid"),
    ("edit", _("Schrijven"), "schrijf* schrijven opschrijven invullen inschrijven inschrijf* aanmelden"),
    ("school", _("School"), "school* les lessen cursus* opleiding* examen* leren leer huiswerk mbo stage*"),
    ("work", _("Werk"), "werk werken baan baas sollicit* solliciteren werkplek* bedrijf* proefdag* dienst rooster"),
    ("ball", _("Sport"), "sport* voetbal* trainen training* gym fitness* boks* zwemmen hardlopen basketbal*"),
    ("bed", _("Slapen"), "slapen slaap bed opstaan wekker* uitslapen"),
    ("pan", _("Eten"), "koken kook eten ontbijt* lunch*"),
    ("cart", _("Kopen"), "kopen koop winkel* boodschappen kleren schoenen"),
    ("box", _("Spullen"), "verhuizen verhuis* opruimen ruim spullen kamer* huis woning* sleutel*"),
    ("paint", _("Maken"), "maken maak bouwen verven schilderen repareren fiksen plakken"),
    ("bike", _("Fietsen"), "fiets*"),
    ("car", _("Rijden"), "rijles* rijden auto scooter* theorie*"),
    ("bus", _("Reizen"), "bus trein metro tram ov ov-chipkaart reizen"),
    ("chat", _("Praten"), "praten praat gesprek* vragen vraag vertellen vertel zeggen bespreken sorry uitleggen"),
    ("people", _("Samen"), "samen vriend* moeder vader mama papa broer* zus* oma opa oom tante meenemen familie"),
    ("clock", _("Op tijd"), "tijd vroeg optijd"),
    ("walk", _("Gaan"), "ga gaan naar langs lopen wandelen bezoek* kennismaken kijken ophalen brengen"),
)
ANY: Final = ("flag", _("Stap"))
_WORD = re.compile(r"[a-zà-ÿ]+(?:-[a-zà-ÿ]+)*")


@lru_cache(maxsize=1024)
def picture_of(text: str) -> tuple[str, Words]:
    """The name of an icon, and the word beside it."""
    said = set(_WORD.findall(text.lower()))
    for icon, word, signs in KINDS:
        whole, beginnings = _split(signs)
        if said & whole or any(each.startswith(beginnings) for each in said):
            return icon, word
    return ANY


@cache
def _split(signs: str) -> tuple[frozenset[str], tuple[str, ...]]:
    words = signs.split()
    whole = frozenset(word for word in words if not word.endswith("*"))
    return whole, tuple(word.removesuffix("*") for word in words if word.endswith("*"))
