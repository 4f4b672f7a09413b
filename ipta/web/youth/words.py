"""How the youth desk says what the method says. One idea a sentence, no word from an office."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from ipta.web.picture import Words

DOMAINS: Final = {
    "money": _("Geld"),
    "work": _("School of werk"),
    "time": _("Je dagen"),
    "housing": _("Wonen"),
    "home": _("Thuis"),
    "mental": _("Hoe je je voelt"),
    "physical": _("Je lijf"),
    "substances": _("Drank, drugs, gamen"),
    "basic": _("Eten en slapen"),
    "instrumental": _("Post en afspraken"),
    "network": _("Mensen om je heen"),
    "participation": _("Meedoen"),
    "justice": _("Politie en justitie"),
    "wellbeing": _("Alles bij elkaar"),
}
FACES: Final = {
    1: _("heel slecht"),
    2: _("niet goed"),
    3: _("gaat wel"),
    4: _("goed"),
    5: _("heel goed"),
}
# What the coach rates is how much one manages alone: another question than how it feels.
LEVELS: Final = {
    1: _("hier is nu hulp nodig"),
    2: _("dit lukt nog niet alleen"),
    3: _("dit lukt een beetje"),
    4: _("dit lukt goed genoeg"),
    5: _("dit lukt helemaal"),
}
IN_HIS_WORDS: Final = Words(DOMAINS, LEVELS, FACES)
PHASES: Final = {
    "scout": _("Elkaar leren kennen"),
    "scan": _("Kijken hoe het gaat"),
    "match": _("Een plan en een plek"),
    "coach": _("Samen verder"),
}
ITEMS: Final = {
    "contribution": _("wat iemand aan tafel zei"),
    "step": _("een stap"),
    "plan": _("een tekst van je plan"),
    "appointment": _("een afspraak"),
    "note": _("een notitie"),
    "paper": _("een papier"),
}
PLAN: Final = {
    "most_important": _("Dit is het belangrijkst"),
    "youth_does": _("Dit doe ik zelf"),
    "youth_learns": _("Dit kan ik leren"),
    "network_does": _("Dit doen de mensen om mij heen"),
    "taken_over": _("Dit neemt iemand van mij over"),
    "remember": _("Dit moet je over mij weten"),
}
PLAN_ICONS: Final = {
    "most_important": "star",
    "youth_does": "person",
    "youth_learns": "school",
    "network_does": "people",
    "taken_over": "heart",
    "remember": "bell",
    "approach": "flag",
}
PLAN_HINTS: Final = {
    "most_important": _("Wat wil je het liefst?"),
    "youth_does": _("Wat ga jij doen? Klein is ook goed."),
    "youth_learns": _("Wat wil je leren?"),
    "network_does": _("Wie helpt je, en waarmee?"),
    "taken_over": _("Wat mag iemand anders regelen?"),
    "remember": _("Wat werkt goed bij jou? En wat niet?"),
    "approach": _("Wat vind jij daarvan?"),
}
STRATEGIES: Final = {
    "facilitate": _("Jij krijgt kansen en spullen"),
    "learn": _("Jij oefent en leert"),
    "take_over": _("Er komt eerst rust"),
    "co_create": _("Jullie bedenken samen iets nieuws"),
}
STEP_WAYS: Final = {
    "do": _("Doen"),
    "learn": _("Leren"),
    "take_over": _("Overnemen van mij"),
}
OUTCOMES: Final = {
    "worked": _("Gelukt"),
    "not": _("Niet gelukt"),
    "otherwise": _("Het ging anders"),
}
SECTIONS: Final = {
    "identity": _("je naam en nummers"),
    "plan": _("je plan"),
    "appointments": _("je afspraken"),
    "scores": _("hoe het gaat"),
    "contacts": _("wat er is opgeschreven"),
    "work": _("je werk"),
    "money": _("je geld"),
    "health": _("je gezondheid"),
    "living": _("hoe je woont"),
    "family": _("je mensen"),
    "justice": _("politie en justitie"),
    "story": _("je verhaal"),
    "messages": _("berichten"),
}
SECTION_ICONS: Final = {
    "identity": "person",
    "plan": "plan",
    "appointments": "calendar",
    "scores": "chart",
    "contacts": "note",
    "work": "work",
    "money": "money",
    "health": "health",
    "living": "home",
    "family": "people",
    "justice": "shield",
    "story": "book",
    "messages": "mail",
}
WAYS: Final = {
    "phone": _("Telefoon"),
    "whatsapp": _("WhatsApp"),
    "social": _("Instagram of Snapchat"),
    "via": _("Via iemand"),
}
PLACES: Final = {
    "job": _("Baan"),
    "experience": _("Werkplek om ervaring op te doen"),
    "trial": _("Proefweken"),
    "internship": _("Stage"),
    "education": _("Opleiding"),
    "own_business": _("Eigen zaak"),
    "activity": _("Vrijwilligerswerk"),
}
POINTS: Final = {
    "hours": _("Je tijden"),
    "tasks": _("Wat je doet"),
    "income": _("Wat je krijgt"),
    "induction": _("Hoe je begint"),
    "guidance": _("Wie je helpt op het werk"),
    "training": _("Wat je kunt leren"),
    "incidents": _("Als er iets misgaat"),
    "employer": _("Wat het bedrijf doet"),
    "coach": _("Wat je coach doet"),
}
CHANNELS: Final = {
    "met": _("Jullie spraken elkaar"),
    "whatsapp": _("Een app"),
    "called": _("Een telefoontje"),
    "visit": _("Een bezoek"),
    "other": _("Contact"),
}
CHANNEL_ICONS: Final = {"met": "chat", "whatsapp": "phone", "called": "phone", "visit": "home", "other": "note"}
