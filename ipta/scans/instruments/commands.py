"""What can happen with an instrument and a sheet of it. Source: "Een beeld vormen".

A sheet is read at the door of `sharing`, by who fills it in; so a command is given the answers, and opens none.
"""

from datetime import date

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.scans.instruments import policies
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.asked import at_first, spoken
from ipta.scans.instruments.definition import read
from ipta.scans.instruments.queries import asked_by, open_sheet, version_for
from ipta.scans.instruments.shelf import shelve, throw_away, use
from ipta.scans.instruments.writing import act_on, may_begin, new_sheet, no_complaints
from ipta.scans.models import FilledSheet, InstrumentVersion


@command
def load_instrument(
    municipality: Municipality, content: bytes, *, by: Person, is_draft: bool = False
) -> InstrumentVersion:
    """A municipality's own copy of an instrument, or a newer version of it: seen and used there alone.

    `is_draft`: not in use before somebody looked at it and says so (`put_to_use`), whatever the file says.
    Raises `NotUnderstood` with each place and reason. The same file twice is one version.
    """
    allow(policies.can_load(by, municipality))
    version, is_new = shelve(read(content), municipality, by, is_draft=is_draft)
    if not is_new:
        mark_recorded()
        return version
    record("instrument.loaded", by=by, about=municipality, instrument=version.instrument_id, version=version.id)
    return version


@command
def retire(version: InstrumentVersion, *, by: Person) -> InstrumentVersion:
    """Nobody begins with it any more. What was filled in stays, and what was begun may be finished."""
    allow(policies.can_retire(by, version))
    used = InstrumentVersion.objects.active().filter(pk=version.pk)
    if not used.update(status=InstrumentVersion.Status.RETIRED):
        mark_recorded()
        return version
    version.status = InstrumentVersion.Status.RETIRED
    about = _home_of(version)
    record("instrument.retired", by=by, about=about, instrument=version.instrument_id, version=version.id)
    return version


@command
def put_to_use(version: InstrumentVersion, *, by: Person) -> InstrumentVersion:
    """From now on this is what is filled in here; the version before goes out of use."""
    allow(policies.can_put_to_use(by, version))
    if version.status == InstrumentVersion.Status.ACTIVE:
        mark_recorded()
        return version
    use(version)
    version.status = InstrumentVersion.Status.ACTIVE
    about = _home_of(version)
    record("instrument.put_to_use", by=by, about=about, instrument=version.instrument_id, version=version.id)
    return version


@command
def discard(version: InstrumentVersion, *, by: Person) -> None:
    """Throw a draft away: nobody ever filled it in, so nobody misses its words."""
    allow(policies.can_discard(by, version))
    about, instrument, number = _home_of(version), version.instrument_id, version.id
    throw_away(version)
    record("instrument.discarded", by=by, about=about, instrument=instrument, version=number)


@command
def start_sheet(
    dossier: Dossier,
    version: InstrumentVersion,
    *,
    voice: str,
    by: Person,
    together_with: str = "",
    on: date | None = None,
) -> FilledSheet:
    """Begin. Where it was begun already, on whatever device, one goes on with that: "instrumenten ondersteunen"."""
    allow(policies.can_fill(by, dossier, voice))
    if running := open_sheet(dossier, version.instrument_id, voice):
        mark_recorded()
        return running
    may_begin(dossier, version, voice)
    sheet = new_sheet(dossier, version, voice, at_first(asked_by(version)), by=by, with_=together_with, on=on)
    sheet.save()
    record("sheet.started", by=by, about=dossier, sheet=sheet.id, version=version.id, voice=voice)
    return sheet


@command
def same_as_last_time(last: FilledSheet, answers: Answers, *, by: Person, on: date | None = None) -> FilledSheet:
    """Begin with the answers of last time, in words of now: "zelfde als vorige keer". Nothing is signed by it."""
    dossier, instrument = last.dossier, last.version.instrument
    allow(policies.can_fill(by, dossier, last.voice))
    version = version_for(dossier.municipality, instrument.url)
    if version is None:
        raise Impossible("Deze vragenlijst is niet meer in gebruik.")
    if open_sheet(dossier, version.instrument_id, last.voice):
        raise Impossible("Je bent al begonnen. Ga daarmee verder.")
    may_begin(dossier, version, last.voice)
    no_complaints(version, answers)
    sheet = new_sheet(dossier, version, last.voice, answers, by=by, with_="", on=on)
    sheet.save()
    record("sheet.started", by=by, about=dossier, sheet=sheet.id, version=version.id, voice=last.voice, like=last.id)
    return sheet


@command
def save_answers(
    sheet: FilledSheet, answers: Answers, *, seen: int, by: Person, together_with: str | None = None
) -> FilledSheet:
    """Keep what is answered so far; what is not asked any more is kept too. `seen`: how often it was saved before."""
    allow(policies.can_fill(by, sheet.dossier, sheet.voice))
    there = _locked(sheet, seen)
    no_complaints(there.version, answers)
    _write(there, answers, by, together_with)
    there.save(update_fields=["answers", "together_with", "saved_at", "times_saved", "by"])
    record("sheet.saved", by=by, about=sheet.dossier, sheet=sheet.id)
    return there


@command
def sign_off(
    sheet: FilledSheet, answers: Answers, *, seen: int, by: Person, together_with: str | None = None
) -> FilledSheet:
    """It is done: from now on it does not change. Only the answers to what is asked stay.

    A level 1 that the coach gives becomes a direct action, once: "problemen die om directe actie vragen".
    """
    allow(policies.can_fill(by, sheet.dossier, sheet.voice))
    there = _locked(sheet, seen)
    no_complaints(there.version, answers, is_done=True)
    asked = asked_by(there.version)
    _write(there, spoken(asked, answers), by, together_with)
    there.signed_off_at = there.saved_at
    there.save(update_fields=["answers", "together_with", "saved_at", "times_saved", "by", "signed_off_at"])
    act_on(there, answers, by)
    record("sheet.signed_off", by=by, about=sheet.dossier, sheet=sheet.id, replaces=there.replaces_id)
    return there


@command
def correct(sheet: FilledSheet, answers: Answers, *, by: Person, together_with: str = "") -> FilledSheet:
    """Another sheet that takes its place once it is signed off. The one of before stays, with what stood in it."""
    allow(policies.can_fill(by, sheet.dossier, sheet.voice))
    if FilledSheet.objects.open().filter(pk=sheet.pk).exists():
        raise Impossible("Deze vragenlijst is nog niet klaar. Je kunt gewoon verdergaan.")
    if FilledSheet.objects.filter(replaces=sheet).exists():
        raise Impossible("Deze vragenlijst is al verbeterd. Verbeter de nieuwste.")
    if open_sheet(sheet.dossier, sheet.version.instrument_id, sheet.voice):
        raise Impossible("Je bent al begonnen. Ga daarmee verder.")
    no_complaints(sheet.version, answers)
    made = new_sheet(sheet.dossier, sheet.version, sheet.voice, answers, by=by, with_=together_with, on=sheet.about_on)
    made.replaces = sheet
    made.save()
    record("sheet.corrected", by=by, about=sheet.dossier, sheet=made.id, replaces=sheet.id)
    return made


def _home_of(version: InstrumentVersion) -> Municipality:
    """Whose copy it is. Who may keep it was asked before."""
    municipality = version.instrument.municipality
    if municipality is None:
        raise Impossible("Deze vragenlijst hoort bij het programma en is van alle gemeenten.")
    return municipality


def _locked(sheet: FilledSheet, seen: int) -> FilledSheet:
    """The sheet as it is now, if nobody signed it off or wrote on it since."""
    found = FilledSheet.objects.select_for_update(of=("self",)).select_related("version", "dossier__municipality")
    there = found.filter(pk=sheet.pk).first()
    if there is None or there.signed_off_at is not None:  # the walls hide from a change what is signed off
        raise Impossible("Deze vragenlijst is af en verandert niet meer. Je kunt hem wel verbeteren.")
    if there.times_saved != seen:
        raise Impossible("Er is intussen op een ander toestel verder ingevuld. Haal de pagina opnieuw op.")
    return there


def _write(sheet: FilledSheet, answers: Answers, by: Person, together_with: str | None) -> None:
    sheet.answers, sheet.saved_at, sheet.times_saved = answers.to_json(), clock.now(), sheet.times_saved + 1
    sheet.by = by
    if together_with is not None:
        sheet.together_with = tidy(together_with)
