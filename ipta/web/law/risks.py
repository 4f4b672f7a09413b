"""The risks of the DPIA, each with what is done against it and the tests that show it. Source: security design, 4.

A test of the house looks whether the tests that are named are there.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from ipta.web.asking import Words


@dataclass(frozen=True, slots=True)
class Risk:
    what: Words
    harm: Words
    measures: Words
    shown_by: tuple[str, ...]
    remains: Words  # what the municipality still has to do


RISKS: Final = (
    Risk(
        _("Een collega leest een dossier zonder reden."),
        _("Een jongere wordt herkend, of vertrouwt niemand meer."),
        _("Zonder recht geen tekst. De jongere leest elke opening. Elke week kijkt de functionaris mee."),
        ("tests/house/test_access.py", "tests/domain/sharing/test_door.py", "tests/web/oversight/test_desk.py"),
        _("Spreek af wie elke week naar het toezicht kijkt."),
    ),
    Risk(
        _("Een fout in een scherm laat meer zien dan mag."),
        _("Gegevens van een ander staan op het scherm."),
        _("Drie lijnen los van elkaar: wie vraagt, de muur om de tabel, de ene deur. Ingebouwde fouten vallen op."),
        ("tests/house/test_planted_faults.py", "tests/house/test_walls.py", "tests/house/test_sharing_model.py"),
        _("Gebruik PostgreSQL, want alleen daar staan de muren."),
    ),
    Risk(
        _("De database of een back-up lekt."),
        _("Alles over veel jongeren ligt op straat."),
        _("Namen en teksten zijn versleuteld. De sleutels liggen in een andere database, de hoofdsleutel erbuiten."),
        ("tests/house/test_at_rest.py", "tests/domain/vault/test_backup.py", "tests/house/test_drill.py"),
        _("Bewaar de hoofdsleutel op een andere plek dan de back-ups."),
    ),
    Risk(
        _("Iemand steelt een wachtwoord."),
        _("Een vreemde leest de dossiers van een coach."),
        _("Een tweede sleutel is verplicht. Te vaak fout is wachten. Een sessie stopt vanzelf."),
        (
            "tests/web/account/test_second_factor.py",
            "tests/web/account/test_limits.py",
            "tests/web/account/test_sessions.py",
        ),
        _("Geef iemand die vertrekt meteen geen rol meer."),
    ),
    Risk(
        _("Een telefoon van een jongere raakt kwijt, of thuis kijkt iemand mee."),
        _("Ouders of vrienden weten iets dat hij niet wil vertellen."),
        _("Een pincode, na korte stilte dicht, een knop ‘Weg’, en buiten de pagina staat nergens waar het over gaat."),
        ("tests/web/entry/test_pin.py", "tests/web/youth/test_devices.py", "tests/web/test_reminders.py"),
        _("Vertel jongeren hoe zij een telefoon eruit halen."),
    ),
    Risk(
        _("Er wordt meer gedeeld dan nodig."),
        _("Een gegeven wordt voor iets anders gebruikt."),
        _("Delen gaat per onderdeel of per ding, aan één persoon, met een doel en een einddag. Stoppen is één tik."),
        ("tests/domain/sharing/test_grant.py", "tests/domain/sharing/test_model.py"),
        _("Leg per partner vast welke wet het delen toestaat."),
    ),
    Risk(
        _("Een coach typt een ja die de jongere niet gaf."),
        _("Een ander leest iets dat de jongere niet wilde delen."),
        _("De jongere vindt het op zijn eerste pagina, tot hij zegt of het klopt. Een vervanger kan dit niet."),
        ("tests/domain/sharing/test_aloud.py", "tests/web/youth/test_reins.py"),
        _("Bespreek met coaches wanneer een ja hardop mag."),
    ),
    Risk(
        _("Een link voor moeder of vriend komt bij een ander."),
        _("Een vreemde leest wat voor iemand dichtbij was."),
        _("Naast de link is een code nodig, die apart wordt verteld. Na vijf keer fout gaat de link dicht."),
        ("tests/domain/sharing/test_guests.py", "tests/web/network/test_door.py"),
        _("Zeg tegen jongeren: app nooit link en code samen."),
    ),
    Risk(
        _("Er wordt iets verteld zonder ja van de jongere, terwijl dat niet hoefde."),
        _("De jongere vertelt niets meer."),
        _("Een tweede collega zegt ja of nee, ook bij acuut gevaar. Hoogstens acht regels. De jongere leest het."),
        ("tests/domain/sharing/test_warning.py", "tests/web/oversight/test_desk.py"),
        _("Spreek af wie hiervoor de tweede collega is."),
    ),
    Risk(
        _("Gezondheid of strafrechtelijke gegevens komen bij een werkgever."),
        _("De jongere krijgt het werk niet."),
        _("Een werkgever heeft geen inzage. Gezondheid, schulden en politie gaan niet mee."),
        ("tests/house/test_access.py", "tests/web/coach/test_work.py"),
        _("Spreek met werkgevers af wat zij zelf opschrijven."),
    ),
    Risk(
        _("Iets blijft te lang bewaard."),
        _("Oude fouten blijven iemand volgen."),
        _("Elke soort heeft een termijn. Een maand van tevoren staat het er, daarna wist de computer het, met bewijs."),
        ("tests/domain/law/test_destroy.py", "tests/domain/law/test_model.py", "tests/domain/scouting/test_let_go.py"),
        _("Laat de termijnen vaststellen en nakijken door een jurist."),
    ),
    Risk(
        _("Iets gaat te vroeg weg."),
        _("Een klacht kan niet meer worden uitgezocht."),
        _("Niets gaat weg zonder aankondiging. Een pauze houdt alles vast; daar zijn twee mensen voor nodig."),
        ("tests/domain/law/test_holds_and_wishes.py", "tests/domain/law/test_model.py"),
        _("Spreek af wie een pauze vraagt als er een klacht binnenkomt."),
    ),
    Risk(
        _("Iemand verandert het logboek om iets te verbergen."),
        _("Niemand weet meer wie er keek."),
        _("Elke regel hangt aan de vorige, en een zegel daarvan gaat naar buiten. Een verandering valt op."),
        ("tests/domain/journal/test_tampering.py", "tests/domain/journal/test_seals.py"),
        _("Stel een plek buiten in voor de zegels."),
    ),
    Risk(
        _("Een computer oordeelt over een jongere."),
        _("Hij wordt behandeld naar een cijfer."),
        _("Er zijn geen risicoscores en geen rangorde. De computer telt dagen en legt naast elkaar; mensen beslissen."),
        ("tests/method/test_scans.py",),
        _("Gebruik cijfers uit de scan niet voor iets anders."),
    ),
    Risk(
        _("Wat er staat, klopt niet."),
        _("Anderen geloven iets dat niet waar is."),
        _("De jongere zet zijn kant erbij, of vraagt ‘Verander dit’. Wat anderen zeiden, legt de coach aan hem voor."),
        ("tests/web/youth/test_my_side.py", "tests/web/youth/test_corrections.py", "tests/web/youth/test_told.py"),
        _("Spreek af hoe snel een coach op een verbetering antwoordt."),
    ),
    Risk(
        _("De toestemming van de jongere is niet vrij."),
        _("Hij zegt ja omdat hij hulp nodig heeft."),
        _("Toestemming is hier niet de grond. Elk doel heeft een grond in de wet, ook in gewone woorden."),
        ("tests/web/law/test_grounds.py", "tests/web/youth/test_why.py"),
        _("Laat de gronden nakijken. Zie de lijst in dit document."),
    ),
    Risk(
        _("Noodtoegang wordt misbruikt."),
        _("Iemand leest alles zonder dat het nodig was."),
        _("Een reden in een hele zin, en vier uur. De jongere en de coach vinden het meteen op hun pagina."),
        ("tests/domain/sharing/test_emergency.py", "tests/web/coach/test_emergency.py"),
        _("Bespreek elke noodtoegang na."),
    ),
)
