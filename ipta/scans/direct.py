"""What cannot wait: "problemen die om directe actie vragen". Source: "Een beeld vormen"."""

from collections.abc import Iterable
from datetime import date

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Step
from ipta.dossiers.rules import DOMAINS


def act_at_once(dossier: Dossier, domains: Iterable[str], *, on: date, by: Person) -> None:
    """A direct action of the coach for each of these domains, unless one is running. Part of a command."""
    running = Step.objects.filter(dossier=dossier, kind=Step.Kind.DIRECT, done_on=None, dropped_on=None)
    known = set(running.values_list("domain", flat=True))
    for domain in domains:
        if domain not in known:
            dossiers.promise(
                dossier,
                by=by,
                text=f"Nu iets doen: {DOMAINS[domain].lower()}",
                owner=Step.Owner.COACH,
                due_on=on,
                domain=domain,
                kind=Step.Kind.DIRECT,
            )
