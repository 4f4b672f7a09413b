"""The file in which an installation says with which identity providers people may sign in, one per municipality."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REQUIRED = {"municipality", "name", "issuer", "client_id", "client_secret_file", "mail_domains"}
OPTIONAL = {"second_factor": False, "verified_claim": "email_verified"}


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    municipality: str  # official code, such as GM0637
    name: str  # what stands on the button
    issuer: str  # with `sub` it says who somebody is
    client_id: str
    secret: str
    mail_domains: frozenset[str]
    second_factor: bool  # it always asks one, by agreement with the municipality
    verified_claim: str  # which claim says that the mail address is his

    def as_app(self) -> dict[str, Any]:
        """As allauth wants it in the settings."""
        return {
            "provider_id": self.issuer,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.issuer},
        }

    def allows(self, email: str) -> bool:
        return email.rpartition("@")[2].lower() in self.mail_domains


def read(file: Path, *, is_local: bool) -> list[IdentityProvider]:
    """What stands in the file. Raises `ValueError` that says what is wrong."""
    found = [_provider(entry, file, is_local=is_local) for entry in json.loads(file.read_text())]
    for what in ("municipality", "issuer"):
        seen = [getattr(provider, what) for provider in found]
        if len(seen) != len(set(seen)):
            raise ValueError(f"{file}: two providers with the same {what}")
    return found


def _provider(entry: dict[str, Any], file: Path, *, is_local: bool) -> IdentityProvider:
    if missing := REQUIRED - entry.keys():
        raise ValueError(f"{file}: missing {', '.join(sorted(missing))}")
    if unknown := entry.keys() - REQUIRED - OPTIONAL.keys():
        raise ValueError(f"{file}: unknown {', '.join(sorted(unknown))}")
    values: dict[str, Any] = OPTIONAL | entry
    if not re.fullmatch(r"GM\d{4}", values["municipality"]):
        raise ValueError(f"{file}: municipality is an official code, such as GM0637")
    if not values["issuer"].startswith("https://") and not is_local:
        raise ValueError(f"{file}: issuer begins with https://")
    if not isinstance(values["second_factor"], bool):
        raise ValueError(f"{file}: second_factor is true or false")
    domains = frozenset(domain.lower() for domain in values["mail_domains"])
    if not domains or any("@" in domain or "*" in domain or "." not in domain for domain in domains):
        raise ValueError(f"{file}: mail_domains is a list of whole domains, such as zoetermeer.nl")
    secret = Path(values.pop("client_secret_file")).read_text().strip()
    return IdentityProvider(**values | {"secret": secret, "mail_domains": domains})
