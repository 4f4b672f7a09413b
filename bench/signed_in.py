"""Signs in some coaches and youths, straight in the database; prints what their browsers hold, as JSON.

Run by the bench in the environment of the installation. A coach has his second factor, as the house demands.
"""

import json
import os
from typing import Any

import django

from bench.marks import CASELOAD

COACHES = 20  # spread over all there are, so that not one caseload lies warm in memory


def main() -> None:
    django.setup(set_prefix=False)
    from bench.dossier import coach_id, dossier_id, youth_id
    from ipta.base import acting

    wanted = int(os.environ["BENCH_DOSSIERS"])
    coaches = -(-wanted // CASELOAD)
    some = sorted({coaches * part // COACHES for part in range(COACHES)})
    found: dict[str, list[dict[str, Any]]] = {"coaches": [], "youths": []}
    with acting.as_work():
        for coach in some:
            numbers = range(coach * CASELOAD, min((coach + 1) * CASELOAD, wanted))
            own = [{"number": number, "pk": str(dossier_id(number))} for number in numbers]
            by_password = "allauth.account.auth_backends.AuthenticationBackend"
            found["coaches"].append({"cookies": _cookies(coach_id(coach), by_password), "dossiers": own})
            youth = {"cookies": _cookies(youth_id(numbers[0]), "ipta.accounts.backends.ByCode"), "dossiers": own[:1]}
            found["youths"].append(youth)
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
