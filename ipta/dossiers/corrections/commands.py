"""What can happen with a correction: the youth asks, the coach answers. Neither is ever changed or taken away."""

from django.db import IntegrityError, transaction

from ipta.accounts.models import Person
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.corrections import policies
from ipta.dossiers.corrections.models import Correction, CorrectionAnswer
from ipta.dossiers.models import OfDossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record


@command
def ask_correction(line: OfDossier, *, kind: str, wish: str, by: Person) -> Correction:
    """Ask to change this line: what should be there."""
    allow(policies.can_ask_correction(by, line.dossier))
    if not tidy(wish):
        raise Impossible("Schrijf op wat er moet staan.")
    section: str = line.section  # type: ignore[attr-defined]
    asked = Correction.objects.create(
        dossier=line.dossier, line=line.id, kind=kind, section=section, asked_by=by, wish=tidy(wish)
    )
    record("correction.asked", by=by, about=line.dossier, correction=asked.id, line=line.id)
    return asked


@command
def answer_correction(correction: Correction, *, outcome: str, reason: str, by: Person) -> CorrectionAnswer:
    """Changed, or not and why. Once."""
    allow(policies.can_answer_correction(by, correction))
    if outcome not in CorrectionAnswer.Outcome.values:
        raise Impossible("Kies aangepast of niet aangepast.")
    if outcome == CorrectionAnswer.Outcome.KEPT and not tidy(reason):
        raise Impossible("Schrijf op waarom je het niet aanpast. De jongere leest het.")
    try:
        with transaction.atomic():
            answer = CorrectionAnswer.objects.create(
                dossier=correction.dossier,
                correction=correction,
                section=correction.section,
                outcome=CorrectionAnswer.Outcome(outcome),
                answered_by=by,
                reason=tidy(reason),
            )
    except IntegrityError as fault:
        raise Impossible("Hier is al antwoord op gegeven.") from fault
    record("correction.answered", by=by, about=correction.dossier, correction=correction.id, outcome=outcome)
    return answer
