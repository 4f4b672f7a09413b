"""What this installation really does to keep things safe: read from its settings as they are now."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext

from ipta.accounts.models import Municipality, Post
from ipta.accounts.rules import AWAY_MINUTES as AWAY
from ipta.base import texting

Measure = tuple[str, str]


def measures(here: Municipality) -> Iterator[Measure]:
    """Each with a name and how it is now."""
    yield (
        gettext("Versleuteling"),
        gettext("AES-256-GCM, een sleutel per dossier en onderdeel. Leesbaar zijn alleen nummers, dagen en soorten."),
    )
    yield gettext("Hoofdsleutel"), _master_key()
    yield gettext("Database"), _database()
    yield gettext("Tweede sleutel bij inloggen"), _second_factors(here)
    yield gettext("Sessies"), _sessions()
    yield gettext("Wachtwoorden"), _passwords()
    yield gettext("Eigen inlog van de gemeente"), _provider()
    yield gettext("Verbinding"), _connection()
    yield gettext("Wie keek er"), _log()
    yield gettext("Mail"), _mail()
    yield gettext("Sms"), _text(here)
    yield gettext("Bestanden"), _files()


def _on(is_on: object, yes: str, no: str) -> str:
    return yes if is_on else no


def _master_key() -> str:
    is_apart = not settings.MASTER_KEY_FILE.resolve().is_relative_to(settings.DATA_DIR.resolve())
    return _on(
        is_apart,
        gettext("In een bestand buiten de map met gegevens."),
        gettext("In een bestand naast de gegevens. Zet het op een andere plek (docs/running.md)."),
    )


def _database() -> str:
    return _on(
        connection.vendor == "postgresql",
        gettext("PostgreSQL, met een muur om elke tabel: de database geeft zelf alleen wat iemand mag zien."),
        gettext("SQLite, voor één gemeente. De muren om de tabellen zijn er alleen op PostgreSQL."),
    )


def _second_factors(here: Municipality) -> str:
    people = set(Post.objects.now().filter(municipality=here).values_list("person", flat=True))
    have = set(Authenticator.objects.filter(user__in=people).values_list("user", flat=True))
    kinds = {"totp": gettext("code-app"), "webauthn": gettext("passkey"), "recovery_codes": gettext("herstelcodes")}
    said = ", ".join(kinds[kind] for kind in settings.MFA_SUPPORTED_TYPES)
    return gettext(
        "Verplicht voor elke collega (%(kinds)s). Nu ingesteld door %(have)d van de %(all)d mensen hier."
    ) % {
        "kinds": said,
        "have": len(have),
        "all": len(people),
    }


def _sessions() -> str:
    return gettext(
        "Een collega is na %(staff)d minuten stilte uitgelogd, een gast na %(guest)d, een jongere na %(youth)s, "
        "zoals die zelf kiest; iedereen na %(hours)d uur."
    ) % {
        "staff": settings.STAFF_REST // 60,
        "guest": settings.GUEST_REST // 60,
        "youth": gettext("%(few)s of %(most)s") % {"few": ", ".join(map(str, AWAY[:-1])), "most": AWAY[-1]},
        "hours": settings.SESSION_COOKIE_AGE // 3600,
    }


def _passwords() -> str:
    validators: list[Any] = settings.AUTH_PASSWORD_VALIDATORS
    lengths = [one.get("OPTIONS", {}).get("min_length") for one in validators]
    return gettext(
        "Minstens %(letters)d tekens, bewaard met Argon2. Een jongere komt binnen met een code en een pincode."
    ) % {"letters": max(filter(None, lengths))}


def _provider() -> str:
    names = ", ".join(provider.name for provider in settings.IDENTITY_PROVIDERS)
    return _on(names, gettext("Aan: %(names)s.") % {"names": names}, gettext("Niet ingesteld."))


def _connection() -> str:
    return _on(
        settings.SECURE_HSTS_SECONDS,
        gettext("Alleen https, ook de volgende keer (HSTS). Geen scripts of beelden van anderen."),
        gettext("Deze installatie draait op één machine, zonder https. Zo is zij niet voor echt gebruik."),
    )


def _log() -> str:
    return _on(
        settings.SEALS_DIR,
        gettext("Elke opening is een regel in een keten, elke dag verzegeld op een plek buiten, elke week nagekeken."),
        gettext("Elke opening is een regel in een keten, elke week nagekeken. Er is nog geen plek buiten voor zegels."),
    )


def _mail() -> str:
    return _on(
        settings.EMAIL_HOST,
        gettext("Aan. In een mail staat geen naam, geen plek en geen doel."),
        gettext("Uit: er gaat geen mail weg."),
    )


def _text(here: Municipality) -> str:
    return _on(
        settings.TEXT_URL and texting.gateway(here.code),
        gettext("Aan. De aanbieder krijgt een nummer en de woorden die de jongere zelf koos."),
        gettext("Uit."),
    )


def _files() -> str:
    return _on(
        settings.CLAMD,
        gettext("Elk bestand wordt opnieuw geschreven zonder plek en maker, en nagekeken op virussen."),
        gettext("Elk bestand wordt opnieuw geschreven zonder plek en maker. Er is geen virusscanner ingesteld."),
    )
