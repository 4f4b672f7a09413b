"""How the desk of the privacy officer says what stands out. It accuses nobody."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from ipta.sharing.review import Rule, Verdict

TITLES: Final = {
    Rule.REPORTED: _("De jongere zegt: dit klopt niet"),
    Rule.REFUSED: _("Geprobeerd zonder recht"),
    Rule.GROUND_GONE: _("Gelezen op een grond die er niet meer was"),
    Rule.EMERGENCY: _("Gelezen met de noodknop"),
    Rule.MANY_READERS: _("Eén dossier, veel lezers"),
    Rule.MANY: _("Veel dossiers op één dag"),
    Rule.AT_NIGHT: _("Gelezen buiten de gewone uren"),
}
WHY: Final = {
    Rule.REPORTED: _("De jongere drukte bij deze dag op “Klopt dit niet?”. Meer schreef hij of zij niet."),
    Rule.REFUSED: _("Er ging niets open. Vraag waarom het geprobeerd werd."),
    Rule.GROUND_GONE: _("Het dossier ging open, maar het recht daarop is voor die dag niet terug te vinden."),
    Rule.EMERGENCY: _("De reden staat bij de jongere en zijn coach. Vraag of het nodig was."),
    Rule.MANY_READERS: _("Zoveel mensen rond één jongere is ongewoon. Vraag of zij allemaal met hem of haar werken."),
    Rule.MANY: _("Eén voor één geopend, meer dan bij gewoon werk met deze caseload past."),
    Rule.AT_NIGHT: _("Vraag of het toen nodig was. Werk in de nacht komt voor."),
}
ICONS: Final = {
    Rule.REPORTED: "person",
    Rule.REFUSED: "lock",
    Rule.GROUND_GONE: "lock",
    Rule.EMERGENCY: "warning",
    Rule.MANY_READERS: "people",
    Rule.MANY: "list",
    Rule.AT_NIGHT: "clock",
}
VERDICTS: Final = {
    Verdict.EXPLAINED: _("Verklaard"),
    Verdict.TALK: _("Bespreken"),
    Verdict.INCIDENT: _("Incident"),
}
TONES: Final = {Verdict.EXPLAINED: "leaf", Verdict.TALK: "sun", Verdict.INCIDENT: "thread"}
RELATIONS: Final = {
    "": _("geen"),
    "coach": _("coach van de jongere"),
    "stand_in": _("vervanging"),
    "grant": _("gedeeld door de jongere"),
    "emergency": _("noodknop"),
    "help": _("specialist, via een link"),
    "warning": _("verteld zonder ja van de jongere"),
    "reminder": _("het systeem, voor een herinnering"),
    "youth": _("de jongere zelf"),
}
