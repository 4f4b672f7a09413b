"""Signs in some coaches and youths, straight in the database; prints what their browsers hold, as JSON.

Run by the bench in the environment of the installation. A coach has his second factor, as the house demands.
"""

import json
import os
from typing import Any

import django

from bench.marks import FULL_NOTES, NOTES, coaches_of, dossiers_of

BY_PASSWORD = "allauth.account.auth_backends.AuthenticationBackend"
BY_CODE = "ipta.accounts.backends.ByCode"
COACHES = 20  # spread over all there are, so that not one caseload lies warm in memory


def main() -> None:
    django.setup(set_prefix=False)
    from bench.dossier import coach_id, dossier_id, youth_id
    from ipta.base import acting

    wanted = int(os.environ["BENCH_DOSSIERS"])
    coaches = coaches_of(wanted)
    found: dict[str, list[dict[str, Any]]] = {"coaches": [], "full": [], "youths": []}

    def own(coach: int) -> list[dict[str, Any]]:
        return [{"number": number, "pk": str(dossier_id(number))} for number in dossiers_of(coach, wanted)]

    def of_coach(coach: int, notes: int) -> dict[str, Any]:
        return {"cookies": _cookies(coach_id(coach), BY_PASSWORD), "dossiers": own(coach), "notes": notes}

    with acting.as_work():
        for coach in sorted({coaches * part // COACHES for part in range(COACHES)}):
            found["coaches"].append(of_coach(coach, NOTES))
            first = own(coach)[:1]
            found["youths"].append({"cookies": _cookies(youth_id(first[0]["number"]), BY_CODE), "dossiers": first})
        found["full"].append(of_coach(coaches, FULL_NOTES))
    print(json.dumps(found))


def _cookies(who: Any, backend: str) -> dict[str, str]:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    from ipta.accounts.models import Person

    person = Person.objects.get(pk=who)
    if not person.is_youth and not Authenticator.objects.filter(user=person).exists():
        TOTP.activate(person, generate_totp_secret())
    client = Client()
    client.force_login(person, backend=backend)
    return {name: cookie.value for name, cookie in client.cookies.items()}


if __name__ == "__main__":
    main()
