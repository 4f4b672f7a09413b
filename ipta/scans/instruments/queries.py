"""Which instruments there are for whom, and which sheets."""

from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Q

from ipta.accounts.models import Municipality, Person, Role
from ipta.base import acting
from ipta.dossiers.models import Dossier
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.definition import read_definition
from ipta.scans.instruments.questions import Questionnaire
from ipta.scans.models import FilledSheet, FilledSheetQuerySet, InstrumentVersion, InstrumentVersionQuerySet
from ipta.sharing.door import Reader


def instruments_visible_to(person: Person) -> InstrumentVersionQuerySet:
    """Those of the house and of his own municipalities, for who fills them in and who keeps them."""
    mine = person.municipalities_as(Role.COACH, Role.FUNCTIONAL_MANAGER, Role.PROJECT_LEADER)
    found = InstrumentVersion.objects.select_related("instrument")
    return found.filter(instrument__municipality=None) | found.filter(instrument__municipality__in=mine)


def version_for(municipality: Municipality, url: str) -> InstrumentVersion | None:
    """The one in use here: the municipality's own copy, where it has one, before that of the house."""
    return InstrumentVersion.objects.for_municipality(municipality.id).active().filter(instrument__url=url).first()


def kept_by(person: Person) -> InstrumentVersionQuerySet:
    """Those of the house, and those that this person keeps for his municipalities."""
    mine = person.municipalities_as(Role.FUNCTIONAL_MANAGER)
    found = InstrumentVersion.objects.select_related("instrument__municipality", "loaded_by")
    return found.filter(Q(instrument__municipality=None) | Q(instrument__municipality__in=mine)).defer("definition")


def times_filled(person: Person) -> dict[UUID, int]:
    """How often each version was filled in and signed off in the municipalities this person keeps them for.

    A number alone: he reads no dossier, and the walls show him no sheet. The house counts for him.
    """
    done = FilledSheet.objects.exclude(signed_off_at=None).order_by()
    mine = done.filter(dossier__municipality__in=person.municipalities_as(Role.FUNCTIONAL_MANAGER))
    with acting.as_work():
        return dict(mine.values_list("version").annotate(Count("pk")))


def asked_by(version: InstrumentVersion) -> Questionnaire:
    """What this version asks. It never changes, so it is read once."""
    return _read(version.pk)


def sheets_of(dossier: Dossier, url: str, voice: str) -> FilledSheetQuerySet:
    """What was signed off with this instrument in this voice, newest first, without what was corrected since."""
    found = FilledSheet.objects.standing([dossier.id]).select_related("version__instrument", "by")
    return found.filter(version__instrument__url=url, voice=voice)


def open_sheet(dossier: Dossier, instrument: UUID, voice: str) -> FilledSheet | None:
    """The one that was started, on whatever device."""
    found = FilledSheet.objects.open().filter(dossier=dossier, version__instrument=instrument, voice=voice)
    return found.select_related("version__instrument").first()


def answers_in(reader: Reader, sheet: FilledSheet) -> Answers:
    """What was answered, opened at the door; nothing where the section was erased. Raises `Refused` without a right."""
    return Answers.from_json(reader.json(sheet.answers) or [])


@lru_cache(maxsize=64)
def _read(version: UUID) -> Questionnaire:
    return read_definition(InstrumentVersion.objects.values_list("definition", flat=True).get(pk=version))
