"""A sheet as it goes to another house: a QuestionnaireResponse, with numbers of this house for people."""

from uuid import UUID

from django.utils import timezone

from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.opening import Json
from ipta.scans.instruments.queries import asked_by
from ipta.scans.instruments.responses import AMENDED, COMPLETED, IN_PROGRESS, Response, response_of
from ipta.scans.models import FilledSheet


def taken_along(sheet: FilledSheet, answers: Answers) -> Json:
    """The sheet with its answers, which its reader opened at the door. With whom it was filled in stays behind."""
    said = Response(
        answers=answers,
        status=_status(sheet),
        authored=timezone.localtime(sheet.signed_off_at or sheet.saved_at).isoformat(timespec="seconds"),
        identifier=_urn(sheet.id),
        subject=_urn(sheet.dossier_id),
        author=_urn(sheet.by_id),
        source=_urn(sheet.dossier_id if sheet.voice == FilledSheet.Voice.YOUTH else sheet.by_id),
        voice=sheet.voice,
        about_on=sheet.about_on.isoformat(),
        replaces=_urn(sheet.replaces_id) if sheet.replaces_id else "",
    )
    return response_of(asked_by(sheet.version), said)


def _status(sheet: FilledSheet) -> str:
    if sheet.signed_off_at is None:
        return IN_PROGRESS
    return AMENDED if sheet.replaces_id else COMPLETED


def _urn(number: UUID) -> str:
    return f"urn:uuid:{number}"
