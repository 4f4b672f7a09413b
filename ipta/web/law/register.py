"""The register of processing (AVG 30) and a DPIA (AVG 35) that is filled in as far as the system knows."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.dossiers.models import Specialist
from ipta.dossiers.rules import AGES
from ipta.law.queries import counts_of
from ipta.sharing.rules import EMERGENCY_LASTS, READS, SHAREABLE
from ipta.sharing.warning.rules import LONGEST_HOURS, LONGEST_WAIT, MOST_ITEMS, MOST_POSTPONED
from ipta.vault.rules import SECTIONS
from ipta.web import desk
from ipta.web.law import grounds, terms
from ipta.web.law.here import named, shown, town_of
from ipta.web.law.measures import goes_to, measures
from ipta.web.law.risks import RISKS
from ipta.web.law.sheets import Part, Sheet, as_pdf


@desk.answerable()
def register(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    here = town_of(request, municipality)
    return _page(request, here, register_of(here), "law:register_pdf")


@desk.answerable()
def register_pdf(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    return as_pdf(register_of(town_of(request, municipality)), "register.pdf")


@desk.answerable()
def dpia(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    here = town_of(request, municipality)
    return _page(request, here, dpia_of(here), "law:dpia_pdf")


@desk.answerable()
def dpia_pdf(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    return as_pdf(dpia_of(town_of(request, municipality)), "dpia.pdf")


def _page(request: desk.DeskRequest, here: Municipality, sheet: Sheet, pdf: str) -> HttpResponse:
    return shown(request, "law/sheet.html", here, sheet=sheet, title=sheet.title, pdf=pdf)


# --- the register -------------------------------------------------------------------------------------------------


def register_of(here: Municipality) -> Sheet:
    """What AVG 30 (1) asks, in its order."""
    return Sheet(
        gettext("Register van verwerkingen"),
        here.name,
        _made_on(),
        [_who(here), _purposes(here), _people(here), _sections(), _readers(), _receivers(here), _outside(here),
         _kept(here), _safety(here)],
    )  # fmt: skip


def _made_on() -> str:
    today = date_format(timezone.localdate(), "j F Y")
    return gettext(
        "Gemaakt op %(day)s uit wat nu in het systeem is ingesteld. Verandert er iets, dan verandert dit mee."
    ) % {"day": today}


def _who(here: Municipality) -> Part:
    officers = _with_role(here, Role.PRIVACY_OFFICER) or gettext("nog niemand: geef iemand deze rol")
    return Part(
        gettext("Wie is verantwoordelijk?"),
        [
            gettext("Verwerkingsverantwoordelijke: gemeente %(name)s (%(code)s).")
            % {"name": here.name, "code": here.code},
            gettext("Functionaris gegevensbescherming: %(names)s.") % {"names": officers},
            gettext("Functioneel beheer: %(names)s.") % {"names": _with_role(here, Role.FUNCTIONAL_MANAGER) or "–"},
        ],
    )


def _with_role(here: Municipality, role: Role) -> str:
    posts = Post.objects.now().filter(municipality=here, role=role)
    return ", ".join(map(str, Person.objects.filter(pk__in=posts.values("person")).order_by("first_name")))


def _purposes(here: Municipality) -> Part:
    lines = grounds.lines_of(here)
    rows = [[line.name, line.articles, line.sections or "–", _looked_at(line)] for line in lines]
    columns = [gettext("Doel"), gettext("Grond"), gettext("Onderdelen"), gettext("Nagekeken?")]
    return Part(gettext("Doelen en gronden"), columns=columns, rows=rows)


def _looked_at(line: grounds.Line) -> str:
    if line.said:
        return gettext("eigen tekst, %(day)s") % {
            "day": date_format(timezone.localtime(line.said[0].stated_at), "j-n-Y")
        }
    return gettext("voorstel, nog nakijken") if line.is_to_check else gettext("staat zo in de wet")


def _people(here: Municipality) -> Part:
    counts = counts_of(here)
    return Part(
        gettext("Over wie gaat het?"),
        [
            gettext("Jongeren van %(youngest)d tot en met %(oldest)d jaar. Dossiers nu: %(all)d.")
            % {"youngest": AGES[0], "oldest": AGES[-1], "all": counts.all},
            gettext("Nog geen ja: %(scouted)d. Doet mee: %(now)d. Gestopt: %(ended)d.")
            % {"scouted": counts.scouted, "now": counts.taking_part, "ended": counts.ended},
            gettext("Mensen om een jongere heen: naam, hoe je ze bereikt, hoe zij hem kennen en wat zij doen."),
            gettext("Collega’s: naam, organisatie, werkmail, rol, en wat zij wanneer lazen."),
            gettext("Wie een jongere voorstelt of iets over hem hoort: naam, functie en organisatie."),
            gettext("Specialisten en werkgevers: organisatie, contactpersoon en hoe je ze bereikt."),
        ],
    )


def _sections() -> Part:
    special = {"health": gettext("bijzonder (AVG art. 9)"), "justice": gettext("strafrechtelijk (AVG art. 10)"),
               "scores": gettext("deels bijzonder en strafrechtelijk (AVG art. 9 en 10)")}  # fmt: skip
    rows = [[named([section]), special.get(section, gettext("gewoon"))] for section in SECTIONS]
    lines = [
        gettext("Er is geen veld voor een burgerservicenummer. Adres, telefoon en e-mail zijn niet verplicht."),
        gettext(
            "In vrije tekst kan ook elders iets staan over gezondheid of politie. Alles is even sterk versleuteld."
        ),
    ]
    return Part(gettext("Welke gegevens?"), lines, [gettext("Onderdeel"), gettext("Soort")], rows)


def _readers() -> Part:
    who = {
        "youth": gettext("De jongere"),
        "coach": gettext("Zijn coach"),
        "stand_in": gettext("Vervanger, tot een dag"),
        "emergency": gettext("Collega met noodtoegang, %(hours)d uur")
        % {"hours": EMERGENCY_LASTS // timedelta(hours=1)},
    }
    rows = [[name, _read(READS[key])] for key, name in who.items()]
    rows += [
        [gettext("Met wie de jongere deelt, tot een dag"), gettext("één onderdeel of één ding: ") + named(SHAREABLE)],
        [gettext("Collega die meedenkt over een melding"), gettext("wat de coach daarvoor opschrijft, zonder naam")],
    ]
    nobody = gettext(
        "Projectleider, functioneel beheerder, functionaris gegevensbescherming, onderzoeker en ministerie openen geen "
        "dossier."
    )
    return Part(gettext("Wie leest wat?"), [nobody], [gettext("Wie"), gettext("Onderdelen")], rows)


def _read(sections: Collection[str]) -> str:
    inside = [section for section in SECTIONS if section in sections]
    return gettext("alles") if len(inside) == len(SECTIONS) else named(inside)


def _receivers(here: Municipality) -> Part:
    there = Specialist.objects.filter(municipality=here).order_by("organisation")
    rows = [[str(one), ", ".join(map(str, one.field_names)), one.agreement or "–"] for one in there]
    lines = [
        gettext("Een specialist leest één vraag, met instemming van de jongere."),
        gettext("Een werkgever leest niets uit het dossier."),
        gettext(
            "Wie gewaarschuwd wordt, leest hoogstens %(lines)d gekozen regels, hoogstens %(hours)d uur. De jongere "
            "leest wie, wat en waarom."
        )
        % {"lines": MOST_ITEMS, "hours": LONGEST_HOURS},
        gettext("Verhuist een jongere, dan gaat zijn dossier als bestand mee naar de nieuwe gemeente."),
    ]
    columns = [gettext("Specialist"), gettext("Waarvoor"), gettext("Afspraak")]
    return Part(gettext("Wie ontvangt iets?"), lines, columns if rows else [], rows)


def _outside(here: Municipality) -> Part:
    """Where those machines stand, no system knows."""
    names = ", ".join(goes_to(here))
    return Part(
        gettext("Naar landen buiten de EU"),
        [
            gettext("Het systeem stuurt iets naar: %(names)s.") % {"names": names}
            if names
            else gettext("Het systeem stuurt zelf niets naar een ander."),
            gettext("Belt of appt een coach, dan gaat dat buiten het systeem om, met zijn eigen telefoon."),
        ],
        to_fill_in=[
            gettext("Waar draait het, en wie is de verwerker?"),
            gettext("Verwerkersovereenkomst van (datum)"),
            gettext("Waar staan de machines waar iets heen gaat, en die van de app waarmee coaches appen?"),
        ],
    )


def _kept(here: Municipality) -> Part:
    rows = [[line.name, line.term, line.source] for line in terms.lines_of(here)]
    weeks = gettext("%(weeks)d weken") % {"weeks": here.scout_days // 7}
    rows.append([gettext("Wie nog geen ja zei"), weeks, gettext("Van wie niet meedoet, blijft niets over")])
    log = gettext("Regels zonder een woord uit het dossier. Ze horen bij het bewijs van wissen.")
    rows.append([gettext("Wie keek er, en wie deed wat"), gettext("blijft"), log])
    lines = [gettext("De tijd loopt vanaf het einde van traject en nazorg. Van wie nog geen ja zei: vanaf de vondst.")]
    columns = [gettext("Soort"), gettext("Hoe lang"), gettext("Waarom")]
    return Part(gettext("Hoe lang?"), lines, columns, rows)


def _safety(here: Municipality) -> Part:
    columns = [gettext("Maatregel"), gettext("Zoals het nu is")]
    return Part(gettext("Hoe is het beveiligd?"), columns=columns, rows=list(measures(here)))


# --- the DPIA -----------------------------------------------------------------------------------------------------


def dpia_of(here: Municipality) -> Sheet:
    """Description, necessity, risks and measures, and what the municipality has to say itself (AVG 35 (7))."""
    return Sheet(
        gettext("DPIA, alvast ingevuld"),
        here.name,
        _made_on() + " " + gettext("Wat de gemeente zelf moet zeggen, staat open."),
        list(_parts(here)),
    )


def _parts(here: Municipality) -> Iterator[Part]:
    yield Part(
        gettext("Wat gebeurt er?"),
        [
            gettext(
                "Een coach loopt mee met een jongere die vastloopt, van de eerste ontmoeting tot het stabiel gaat."
            ),
            gettext("Jongere en coach houden samen bij wat er gebeurt. De jongere leest alles en kiest wie wat ziet."),
            gettext(
                "Een DPIA is nodig: kwetsbare mensen, bijzondere en strafrechtelijke gegevens, meer wetten tegelijk."
            ),
        ],
        to_fill_in=[gettext("Wie is opdrachtgever, en wie is betrokken?")],
    )
    yield _who(here)
    yield _people(here)
    yield _sections()
    yield _purposes(here)
    yield _readers()
    yield _receivers(here)
    yield _kept(here)
    yield _necessity(here)
    yield _rights()
    yield Part(
        gettext("Risico’s, en wat ertegen is gedaan"),
        [gettext("Elke maatregel heeft proeven die bij elke versie lopen. Kans en ernst schat de gemeente.")],
        [gettext("Risico"), gettext("Gevolg"), gettext("Wat er is"), gettext("Bewijs"), gettext("Blijft voor jullie")],
        [
            [str(risk.what), str(risk.harm), str(risk.measures), " ".join(risk.shown_by), str(risk.remains)]
            for risk in RISKS
        ],
    )
    yield _safety(here)
    yield Part(
        gettext("Wat de gemeente nog invult"),
        to_fill_in=[
            gettext("Kans en ernst per risico, en wat jullie aanvaarden"),
            gettext("Onder welke wet of wetten doen jullie dit werk? (jurist)"),
            gettext("Met welke partners delen jullie, en op welke grond?"),
            gettext("Wie haalt de gegevens weg bij een verwerker als het contract stopt?"),
            gettext("Wat vonden jongeren en ouders ervan? (AVG art. 35 lid 9)"),
            gettext("Advies van de functionaris gegevensbescherming"),
            gettext("Is voorafgaande raadpleging van de AP nodig? (AVG art. 36)"),
            gettext("Vastgesteld door, op"),
        ],
    )


def _necessity(here: Municipality) -> Part:
    return Part(
        gettext("Nodig, en niet meer dan nodig"),
        [
            gettext(
                "Voor het ja: een bijnaam, hoe je iemand veilig bereikt, hoe jullie elkaar vonden, korte notities."
            ),
            gettext("Zonder ja is dat na %(weeks)d weken weg. Dat kan één keer langer.")
            % {"weeks": here.scout_days // 7},
            gettext("‘Weet ik niet’ is altijd een antwoord. Geen veld over gezondheid, geld of politie is verplicht."),
            gettext("Cijfers komen uit wat er al staat. Niemand vult iets in voor een rapport."),
            gettext("Een lichter middel (papier, een app van een ander) geeft de jongere geen inzage en geen logboek."),
            gettext(
                "Ouders zien niets, tenzij de jongere het deelt. Onder de 18 kan de coach vastleggen wat is afgewogen."
            ),
        ],
        to_fill_in=[gettext("Waarom kan het doel niet met minder gegevens?")],
    )


def _rights() -> Part:
    rows = [
        [
            gettext("Inzage (art. 15)"),
            gettext(
                "De jongere leest alles op zijn eigen pagina, ook wie keek. Wat zonder zijn ja is verteld, leest hij "
                "hoogstens %(days)d dagen later."
            )
            % {"days": MOST_POSTPONED * LONGEST_WAIT.days},
        ],
        [
            gettext("Verbeteren (art. 16)"),
            gettext("Bij elke regel vraagt hij ‘Verander dit’. De coach antwoordt. Zijn kant zet hij er zelf bij."),
        ],
        [
            gettext("Wissen (art. 17)"),
            gettext("Hij vraagt het met één knop. Twee mensen zeggen ja, of hij leest waarom niet."),
        ],
        [
            gettext("Beperken (art. 18)"),
            gettext("Vraagt hij het, dan kan een pauze wissen tegenhouden. De rest spreekt hij af met de gemeente."),
        ],
        [gettext("Meenemen (art. 20)"), gettext("Alles als bestand en op papier.")],
        [gettext("Bezwaar (art. 21)"), gettext("Bij de gemeente.")],
        [gettext("Geen besluit door een computer (art. 22)"), gettext("De computer beslist niets.")],
    ]
    return Part(gettext("Rechten van de jongere"), columns=[gettext("Recht"), gettext("Hoe")], rows=rows)
