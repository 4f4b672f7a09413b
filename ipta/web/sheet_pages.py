"""The pages of a questionnaire: which there are, filling one in, reading it. What both desks share."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.scans.instruments import commands
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.checks import Complaint
from ipta.scans.instruments.queries import answers_in, asked_by, version_for
from ipta.scans.instruments.scoring import score, signs
from ipta.scans.instruments.writing import NotAnswered
from ipta.scans.models import FilledSheet, InstrumentVersion
from ipta.scans.queries import IN_THE_SCAN, matrix_in
from ipta.sharing.door import Reader
from ipta.web import asking, kept, sheets
from ipta.web.desk import DeskRequest

VOICES = {
    FilledSheet.Voice.YOUTH: _("De jongere"),
    FilledSheet.Voice.COACH: _("De coach"),
    FilledSheet.Voice.SUPERVISOR: _("De leidinggevende"),
    FilledSheet.Voice.OTHER: _("Iemand anders"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """What one voice did with an instrument: begun, done, or nothing yet."""

    key: str
    name: Any
    begun: FilledSheet | None
    done: Sequence[FilledSheet]

    @property
    def last(self) -> FilledSheet | None:
        return self.done[0] if self.done else None


@dataclass(frozen=True, slots=True)
class Offered:
    """An instrument that can be filled in here."""

    url: str
    title: str
    voices: Sequence[Voice]


def in_voices(lists: Iterable[Offered], only: Collection[str]) -> list[Offered]:
    """Of these what is filled in in one of these voices, and no other voice of it."""
    narrowed = [replace(one, voices=[voice for voice in one.voices if voice.key in only]) for one in lists]
    return [one for one in narrowed if one.voices]


def offered(dossier: Dossier) -> list[Offered]:
    """What is in use in this municipality, its own copies first, without what is filled in at the scan."""
    done: defaultdict[tuple[UUID, str], list[FilledSheet]] = defaultdict(list)
    begun: dict[tuple[UUID, str], FilledSheet] = {}
    replaced = set()
    rows = FilledSheet.objects.filter(dossier=dossier).select_related("version__instrument", "by")
    for sheet in rows.defer("answers", "version__definition"):
        key = (sheet.version.instrument_id, sheet.voice)
        if sheet.signed_off_at is None:
            begun[key] = sheet
            continue
        done[key].append(sheet)
        replaced.add(sheet.replaces_id)
    found: dict[str, Offered] = {}
    in_scan: set[str] = set()
    versions = InstrumentVersion.objects.for_municipality(dossier.municipality_id).active().defer("definition")
    for version in versions:
        instrument = version.instrument
        if instrument.url in IN_THE_SCAN and instrument.url not in in_scan and matrix_in(version):
            in_scan.add(instrument.url)
            continue
        if instrument.url in found or instrument.url in in_scan:
            continue
        keys = asked_by(version).voices or tuple(VOICES)
        voices = [
            Voice(
                key,
                VOICES[FilledSheet.Voice(key)],
                begun.get((instrument.pk, key)),
                [sheet for sheet in done[instrument.pk, key] if sheet.pk not in replaced],
            )
            for key in keys
        ]
        found[instrument.url] = Offered(instrument.url, sheets.worded(str(instrument)), voices)
    return sorted(found.values(), key=lambda one: one.title)


def begin(request: DeskRequest, dossier: Dossier, *, only: Collection[str] = tuple(VOICES)) -> FilledSheet:
    """Start with the instrument and in the voice that were tapped. 404 for what is not offered; raises `Impossible`."""
    voice = request.POST.get("voice", "")
    chosen = next((one for one in in_voices(offered(dossier), only) if one.url == request.POST.get("list", "")), None)
    version = version_for(dossier.municipality, chosen.url) if chosen else None
    if version is None or chosen is None or voice not in {each.key for each in chosen.voices}:
        raise Http404
    return commands.start_sheet(dossier, version, voice=voice, by=request.user)


def found(dossier: Dossier, pk: UUID) -> FilledSheet:
    """A sheet about this youth; 404 for any other."""
    rows = FilledSheet.objects.filter(dossier=dossier).select_related("version__instrument", "by", "replaces__by")
    sheet = rows.defer("version__definition").filter(pk=pk).first()
    if sheet is None:
        raise Http404
    sheet.dossier = dossier
    return sheet


def is_gone(request: DeskRequest, sheet: FilledSheet) -> bool:
    """Whether there is nothing left to go on with. Who sends words all the same is told so beside them."""
    return request.method != "POST" and request.reader.is_gone(sheet.answers)


# --- filling in --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Filling:
    """A sheet while it is filled in: the form, and the questions as they stand on the page."""

    sheet: FilledSheet
    form: sheets.SheetForm
    asked: Sequence[sheets.Question]
    response: HttpResponse | None = None  # what to answer, where it is not the page itself
    signs: Sequence[str] = ()  # why a consult can be useful


SIGN = "sign"
LOOK_AGAIN = _("Kijk nog even naar de vragen die gemarkeerd zijn.")


def fill(request: DeskRequest, sheet: FilledSheet, *, here: str) -> Filling:
    """Keep what was sent, go on, or sign off. `here`: this page, on which it is read once it was signed off."""
    asked, before = asked_by(sheet.version), answers_in(request.reader, sheet)
    typed, _at = asking.typed(request)
    with_ = "" if request.reader.is_gone(sheet.together_with) else request.reader.text(sheet.together_with)
    initial = {"seen": sheet.times_saved, "together_with": with_}
    form = asking.asked(request, sheets.SheetForm, initial=initial)
    sent = sheets.sent(asked, typed, before) if typed is not None else sheets.Sent(before, {})
    faults: Sequence[Complaint] = ()
    if request.method == "POST" and sent.unread:
        form.add_error(None, LOOK_AGAIN)
    if asking.is_ready(request, form) and not sent.unread and sheets.MORE not in request.POST:
        try:
            response = _done(request, sheet, form, sent.answers, here=here)
        except NotAnswered as objection:
            faults = objection.complaints
            form.add_error(None, LOOK_AGAIN)
        except Impossible as objection:
            form.add_error(None, gettext(str(objection)))
        else:
            return Filling(sheet, form, (), response)
    shown = sheets.questions(asked, sent.answers, unread=sent.unread, faults=faults)
    return Filling(sheet, form, shown, signs=signs(asked, sent.answers))


def _done(
    request: DeskRequest, sheet: FilledSheet, form: sheets.SheetForm, answers: Answers, *, here: str
) -> HttpResponse:
    said = {"seen": form.cleaned_data["seen"], "together_with": form.cleaned_data["together_with"], "by": request.user}
    with form.sent() as is_first:
        if is_first and request.POST.get("action") == SIGN:
            commands.sign_off(sheet, answers, **said)
        elif is_first:
            commands.save_answers(sheet, answers, **said)
    if request.POST.get("action") == SIGN:
        messages.success(request, gettext("Klaar. Dit verandert niet meer."))
        return kept.done(request, redirect(here))
    at = sheets.place_of(request.POST.get("at", ""))
    where = f"#{sheets.id_of(at)}" if at else ""
    return kept.done(request, redirect(f"{here}{where}"))


def again(request: DeskRequest, sheet: FilledSheet) -> FilledSheet:
    """The same as last time, or corrected: another sheet that begins with what stands in this one."""
    answers = answers_in(request.reader, sheet)
    if request.POST.get("how") == "correct":
        return commands.correct(sheet, answers, by=request.user)
    return commands.same_as_last_time(sheet, answers, by=request.user)


# --- reading -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet that is done, in words."""

    title: str
    voice: Any
    together_with: str
    lines: Sequence[sheets.Told]
    total: Any
    answered: int
    unknown: int
    open: int
    is_gone: bool
    replaced_by: UUID | None
    signs: Sequence[str]  # why a consult can be useful


def read(reader: Reader, sheet: FilledSheet) -> Read:
    asked, answers = asked_by(sheet.version), answers_in(reader, sheet)
    counted = score(asked, answers)
    newer = FilledSheet.objects.filter(replaces=sheet).exclude(signed_off_at=None).values_list("pk", flat=True).first()
    is_gone = reader.is_gone(sheet.answers)
    return Read(
        title=sheets.worded(str(sheet.version.instrument)),
        voice=VOICES[FilledSheet.Voice(sheet.voice)],
        together_with="" if is_gone else reader.text(sheet.together_with),
        lines=sheets.told(asked, answers, counted),
        total=counted.total,
        answered=counted.answered,
        unknown=counted.unknown,
        open=counted.open,
        is_gone=is_gone,
        replaced_by=newer,
        signs=signs(asked, answers),
    )
