"""What the commands of sheets share: whether one may be begun, what cannot be an answer, what follows at once.

Each of these is part of a command, which asks who may and tells the journal.
"""

from datetime import date

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.scans.direct import act_at_once
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.checks import Complaint, complaints
from ipta.scans.instruments.queries import asked_by
from ipta.scans.instruments.scoring import acute
from ipta.scans.models import FilledSheet, InstrumentVersion


class NotAnswered(Impossible):
    """Something cannot be an answer, or is missing. `complaints` says which, each with its question."""

    def __init__(self, found: list[Complaint]) -> None:
        self.complaints = tuple(found)
        super().__init__("\n".join(map(str, found[:5])))


def filled_at_once(
    dossier: Dossier, version: InstrumentVersion, voice: str, answers: Answers, *, by: Person, on: date | None
) -> FilledSheet:
    """Begun and signed off in one go, and not saved yet."""
    may_begin(dossier, version, voice)
    no_complaints(version, answers, is_done=True)
    sheet = new_sheet(dossier, version, voice, answers, by=by, with_="", on=on)
    sheet.signed_off_at = sheet.saved_at
    return sheet


def act_on(sheet: FilledSheet, answers: Answers, by: Person) -> None:
    """A level 1 in the youth's own voice orders nobody about."""
    if sheet.voice == FilledSheet.Voice.COACH:
        act_at_once(sheet.dossier, acute(asked_by(sheet.version), answers), on=sheet.about_on, by=by)


def may_begin(dossier: Dossier, version: InstrumentVersion, voice: str) -> None:
    if dossier.joined_on is None:
        raise Impossible("Dit kan pas als de jongere ja heeft gezegd.")
    if version.status != InstrumentVersion.Status.ACTIVE:
        raise Impossible("Deze vragenlijst is niet in gebruik.")
    if version.instrument.municipality_id not in {None, dossier.municipality_id}:
        raise Impossible("Deze vragenlijst is van een andere gemeente.")
    if voice not in (asked_by(version).voices or FilledSheet.Voice.values):
        raise Impossible("Deze vragenlijst vult iemand anders in.")


def new_sheet(
    dossier: Dossier,
    version: InstrumentVersion,
    voice: str,
    answers: Answers,
    *,
    by: Person,
    with_: str,
    on: date | None,
) -> FilledSheet:
    day = on or clock.today()
    if day > clock.today():
        raise Impossible("Kies een dag die al geweest is.")
    return FilledSheet(
        dossier=dossier,
        version=version,
        voice=FilledSheet.Voice(voice),
        by=by,
        about_on=day,
        together_with=tidy(with_),
        answers=answers.to_json(),
    )


def no_complaints(version: InstrumentVersion, answers: Answers, *, is_done: bool = False) -> None:
    if found := complaints(asked_by(version), answers, is_done=is_done):
        raise NotAnswered(found)
