"""Sharing at the youth's initiative. Source: security design, 5.3."""

from datetime import date

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.sharing import policies
from ipta.sharing.models import Grant
from ipta.sharing.rules import LONGEST_GRANT, USUAL_GRANT


@command
def grant(dossier: Dossier, *, section: str, to: Person, purpose: str, by: Person, until: date | None = None) -> Grant:
    """Let one person see one section until a day (three months if none is named, a year at most)."""
    allow(policies.can_grant(by, dossier, section, to))
    today = clock.today()
    until = until or today + USUAL_GRANT
    if not today <= until <= today + LONGEST_GRANT:
        raise Impossible("Kies een einddatum binnen een jaar.")
    given = Grant.objects.create(
        dossier=dossier, shared_section=section, to=to, until=until, given_by=by, purpose=tidy(purpose)
    )
    record("grant.given", by=by, about=dossier, grant=given.id, section=section, to=to.id)
    return given


@command
def revoke(given: Grant, *, by: Person) -> Grant:
    """Withdraw: in effect at the next request."""
    allow(policies.can_revoke(by, given))
    given.revoked_at = given.revoked_at or clock.now()
    given.save(update_fields=["revoked_at"])
    record("grant.revoked", by=by, about=given.dossier, grant=given.id)
    return given
