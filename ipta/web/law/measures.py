"""What this installation really does to keep things safe: read from its settings as they are now."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.db import connection
from django.utils.translation import gettext

from ipta.accounts.models import Municipality, Post
from ipta.accounts.oidc import IdentityProvider
from ipta.accounts.rules import AWAY_MINUTES as AWAY
from ipta.base import texting

Measure = tuple[str, str]


def measures(here: Municipality) -> Iterator[Measure]:
    """Each with a name and how it is now."""
    yield (
        gettext("Versleuteling"),
        gettext(
            "AES-256-GCM, een sleutel per dossier en onderdeel. Van een dossier zijn alleen nummers, dagen en soorten "
            "leesbaar."
        ),
    )
    yield gettext("Hoofdsleutel"), _master_key()
    yield gettext("Database"), _database()
    yield gettext("Tweede sleutel bij inloggen"), _second_factors(here)
    yield gettext("Na een tijd stilte"), _sessions()
    yield gettext("Wachtwoorden"), _passwords()
    yield gettext("Eigen inlog van de gemeente"), _provider(here)
    yield gettext("Verbinding"), _connection()
    yield gettext("Wie keek er"), _log()
    yield gettext("Mail"), _mail()
    yield gettext("Sms"), _text(here)
    yield gettext("Bestanden"), _files()


def goes_to(here: Municipality) -> list[str]:
    """The machines of others to which this installation sends something, by their names."""
    places = [settings.EMAIL_HOST, *(urlsplit(one.issuer).hostname for one in _providers(here))]
    if settings.TEXT_URL and texting.gateway(here.code):
        places.append(urlsplit(settings.TEXT_URL).hostname)
    return [str(place) for place in places if place]


def _master_key() -> str:
    if settings.MASTER_KEY_FILE.resolve().is_relative_to(settings.DATA_DIR.resolve()):
        return gettext("In een bestand naast de gegevens. Zet het op een andere plek (docs/running.md).")
    return gettext("In een bestand buiten de map met gegevens.")


def _database() -> str:
    if connection.vendor == "postgresql":
        return gettext("PostgreSQL, met een muur om elke tabel: de database geeft zelf alleen wat iemand mag zien.")
    return gettext("SQLite. Er staan geen muren om de tabellen: die zijn er alleen op PostgreSQL.")


def _second_factors(here: Municipality) -> str:
    people = set(Post.objects.now().filter(municipality=here).values_list("person", flat=True))
    have = set(Authenticator.objects.filter(user__in=people).values_list("user", flat=True))
    kinds = {"totp": gettext("code-app"), "webauthn": gettext("passkey"), "recovery_codes": gettext("herstelcodes")}
    return gettext(
        "Verplicht voor elke collega (%(kinds)s). Nu ingesteld door %(have)d van de %(all)d mensen hier."
    ) % {
        "kinds": ", ".join(kinds[kind] for kind in settings.MFA_SUPPORTED_TYPES),
        "have": len(have),
        "all": len(people),
    }


def _sessions() -> str:
    return gettext(
        "Een collega is na %(staff)d minuten uitgelogd, een gast na %(guest)d. Een jongere geeft na %(youth)s minuten "
        "zijn pincode, zoals hij zelf kiest. Na %(hours)d uur logt iedereen opnieuw in."
    ) % {
        "staff": settings.STAFF_REST // 60,
        "guest": settings.GUEST_REST // 60,
        "youth": gettext("%(few)s of %(most)s") % {"few": ", ".join(map(str, AWAY[:-1])), "most": AWAY[-1]},
        "hours": settings.SESSION_COOKIE_AGE // 3600,
    }


def _passwords() -> str:
    lengths = [one.min_length for one in get_default_password_validators() if isinstance(one, MinimumLengthValidator)]
    return gettext(
        "Minstens %(letters)d tekens, bewaard met %(way)s. Een jongere komt binnen met een code en een pincode."
    ) % {"letters": max(lengths), "way": str(get_hasher().algorithm).capitalize()}


def _providers(here: Municipality) -> list[IdentityProvider]:
    return [one for one in settings.IDENTITY_PROVIDERS if one.municipality == here.code]


def _provider(here: Municipality) -> str:
    names = ", ".join(one.name for one in _providers(here))
    return gettext("Aan: %(names)s.") % {"names": names} if names else gettext("Niet ingesteld.")


def _connection() -> str:
    if settings.SECURE_HSTS_SECONDS:
        return gettext("Alleen https, ook de volgende keer (HSTS). Geen scripts of beelden van anderen.")
    return gettext("Deze installatie draait op één machine, zonder https. Zo is zij niet voor echt gebruik.")


def _log() -> str:
    if settings.SEALS_DIR:
        return gettext(
            "Elke opening is een regel in een keten, elke dag verzegeld op een plek buiten. De functionaris "
            "gegevensbescherming ziet elke week wat opvalt."
        )
    return gettext(
        "Elke opening is een regel in een keten. Er is nog geen plek buiten voor zegels. De functionaris "
        "gegevensbescherming ziet elke week wat opvalt."
    )


def _mail() -> str:
    if settings.EMAIL_HOST:
        return gettext("Aan. In een mail staat geen naam, geen plek en geen doel.")
    return gettext("Uit: er gaat geen mail weg.")


def _text(here: Municipality) -> str:
    if settings.TEXT_URL and texting.gateway(here.code):
        return gettext("Aan. De aanbieder krijgt een nummer en de woorden die de jongere zelf koos.")
    return gettext("Uit.")


def _files() -> str:
    if settings.CLAMD:
        return gettext("Elk bestand wordt opnieuw geschreven zonder plek en maker, en nagekeken op virussen.")
    return gettext("Elk bestand wordt opnieuw geschreven zonder plek en maker. Er is geen virusscanner ingesteld.")
