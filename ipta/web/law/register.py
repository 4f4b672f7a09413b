"""The register of processing (AVG 30) and a DPIA (AVG 35) that is filled in as far as the system knows."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.dossiers.models import Specialist
from ipta.law.queries import counts_of
from ipta.sharing.rules import READS, SECTION_NAMES, SHAREABLE
from ipta.vault.rules import SECTIONS
from ipta.web import desk
from ipta.web.law import grounds, terms
from ipta.web.law.here import shown, town_of
from ipta.web.law.measures import measures
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
        [_who(here), _purposes(here), _people(here), _sections(), _readers(), _receivers(here), _outside(),
         _kept(here), _safety(here)],
    )  # fmt: skip


def _made_on() -> str:
    today = date_format(timezone.localdate(), "j F Y")
    return gettext(
        "Gemaakt op %(day)s uit wat nu in het systeem is ingesteld. Verandert er iets, dan verandert dit mee."
    ) % {"day": today}


def _who(here: Municipality) -> Part:
    officers = _named(here, Role.PRIVACY_OFFICER) or gettext("nog niemand: geef iemand deze rol")
    return Part(
        gettext("Wie is verantwoordelijk?"),
        [
            gettext("Verwerkingsverantwoordelijke: gemeente %(name)s (%(code)s).")
            % {"name": here.name, "code": here.code},
            gettext("Functionaris gegevensbescherming: %(names)s.") % {"names": officers},
            gettext("Functioneel beheer: %(names)s.") % {"names": _named(here, Role.FUNCTIONAL_MANAGER) or "–"},
        ],
    )


def _named(here: Municipality, role: Role) -> str:
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
            gettext("Jongeren van 16 tot en met 27 jaar: nu %(all)d dossiers.") % {"all": counts.all},
            gettext("Nog geen ja: %(scouted)d. Doet mee: %(now)d. Gestopt: %(ended)d.")
            % {"scouted": counts.scouted, "now": counts.taking_part, "ended": counts.ended},
            gettext("Mensen om een jongere heen: naam, hoe zij hem kennen en wat zij doen. Alleen wat nodig is."),
            gettext("Collega’s: naam, werkadres, rol, en wat zij wanneer lazen."),
            gettext("Specialisten en werkgevers: naam van de organisatie en hoe je ze bereikt."),
        ],
    )


def _sections() -> Part:
    special = {"health": gettext("bijzonder (AVG art. 9)"), "scores": gettext("deels bijzonder (AVG art. 9)"),
               "justice": gettext("strafrechtelijk (AVG art. 10)")}  # fmt: skip
    rows = [[gettext(SECTION_NAMES[section]), special.get(section, gettext("gewoon"))] for section in SECTIONS]
    lines = [gettext("Geen burgerservicenummer, geen politiegegevens. Adres, telefoon en e-mail zijn niet verplicht.")]
    return Part(gettext("Welke gegevens?"), lines, [gettext("Onderdeel"), gettext("Soort")], rows)


def _readers() -> Part:
    names = {
        "youth": gettext("De jongere"),
        "coach": gettext("Zijn coach"),
        "stand_in": gettext("Vervanger, tot een dag"),
        "emergency": gettext("Collega met noodtoegang, vier uur"),
    }
    rows = [[names.get(who, who), _in_words(sections)] for who, sections in READS.items()]
    rows.append([gettext("Met wie de jongere deelt"), gettext("per stuk: ") + _in_words(SHAREABLE)])
    nobody = gettext("Projectleider, functioneel beheerder, functionaris gegevensbescherming: geen enkel onderdeel.")
    return Part(gettext("Wie leest wat?"), [nobody], [gettext("Wie"), gettext("Onderdelen")], rows)


def _in_words(sections: object) -> str:
    wanted = set(sections)  # type: ignore[call-overload]
    if wanted == set(SECTIONS):
        return gettext("alles")
    return ", ".join(gettext(SECTION_NAMES[section]) for section in SECTIONS if section in wanted)


def _receivers(here: Municipality) -> Part:
    there = Specialist.objects.filter(municipality=here).order_by("organisation")
    rows = [[str(one), ", ".join(map(str, one.field_names)), one.agreement or "–"] for one in there]
    lines = [
        gettext(
            "Een specialist leest één vraag, met instemming van de jongere. Een werkgever leest niets uit het dossier."
        )
    ]
    columns = [gettext("Specialist"), gettext("Waarvoor"), gettext("Afspraak")]
    return Part(gettext("Wie ontvangt iets?"), lines, columns if rows else [], rows)


def _outside() -> Part:
    return Part(
        gettext("Naar landen buiten de EU"),
        [
            gettext(
                "Het systeem stuurt niets naar buiten de EU. Waar het draait en wie het beheert, vult de gemeente in."
            )
        ],
        to_fill_in=[gettext("Waar draait het, en wie is de verwerker?"), gettext("Verwerkersovereenkomst van (datum)")],
    )


def _kept(here: Municipality) -> Part:
    rows = [[line.name, line.term, line.source] for line in terms.lines_of(here)]
    weeks = gettext("%(weeks)d weken") % {"weeks": here.scout_days // 7}
    rows.append([gettext("Wie nog geen ja zei"), weeks, gettext("Van wie niet meedoet, blijft niets over")])
    columns = [gettext("Soort"), gettext("Na het einde"), gettext("Regel")]
    return Part(gettext("Hoe lang?"), columns=columns, rows=rows)


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
        gettext("1. Wat gebeurt er?"),
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
    yield _necessity()
    yield _rights()
    yield Part(
        gettext("2. Risico’s, en wat ertegen is gedaan"),
        [gettext("Elke maatregel heeft proeven die bij elke versie lopen. Kans en ernst schat de gemeente.")],
        [gettext("Risico"), gettext("Gevolg"), gettext("Wat er is"), gettext("Bewijs"), gettext("Blijft voor jullie")],
        [
            [str(risk.what), str(risk.harm), str(risk.measures), " ".join(risk.shown_by), str(risk.remains)]
            for risk in RISKS
        ],
    )
    yield _safety(here)
    yield Part(
        gettext("3. Wat de gemeente nog invult"),
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


def _necessity() -> Part:
    return Part(
        gettext("Nodig, en niet meer dan nodig"),
        [
            gettext("Voor het ja: een bijnaam, hoe je iemand veilig bereikt, en hoe jullie elkaar vonden. Meer niet."),
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
        [gettext("Inzage (art. 15)"), gettext("De jongere leest alles op zijn eigen pagina, ook wie keek.")],
        [gettext("Verbeteren (art. 16)"), gettext("Hij zet zijn kant bij elke regel.")],
        [
            gettext("Wissen (art. 17)"),
            gettext("Hij vraagt het met één knop. Twee mensen zeggen ja, of hij leest waarom niet."),
        ],
        [gettext("Meenemen (art. 20)"), gettext("Alles als bestand en op papier.")],
        [gettext("Bezwaar (art. 21)"), gettext("Bij de gemeente.")],
        [gettext("Geen besluit door een computer (art. 22)"), gettext("De computer beslist niets.")],
    ]
    return Part(gettext("Rechten van de jongere"), columns=[gettext("Recht"), gettext("Hoe")], rows=rows)
