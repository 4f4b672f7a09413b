"""Questionnaires of this municipality: brought in, looked at, put to use, taken out. No dossier is opened."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person, Role
from ipta.base.verdict import Impossible
from ipta.scans.instruments import commands, official
from ipta.scans.instruments.faults import Fault, NotUnderstood
from ipta.scans.instruments.opening import LARGEST
from ipta.scans.instruments.queries import asked_by, kept_by, times_filled
from ipta.scans.models import InstrumentVersion
from ipta.web import desk, kept, sheets
from ipta.web.among import InTown, towns
from ipta.web.asking import asked, choice, is_ready, shown, told, words
from ipta.web.papers import LOCKED_UP
from ipta.web.sheet_ages import ages_in_words
from ipta.web.sheet_pages import VOICES
from ipta.web.uploads import takes_files

FHIR = "fhir"
KINDS = {
    FHIR: _("Een vragenlijst (FHIR, JSON)"),
    "zrm-2017": _("Teksten van de ZRM 2017 (CSV)"),
    "zrm-jongeren": _("Teksten van de ZRM voor jongeren (CSV)"),
    official.BSA: _("Vragen van de BSA (CSV)"),
}


# --- which there are ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One version of an instrument, as the list shows it."""

    version: InstrumentVersion
    times: int
    is_overruled: bool  # an own copy of the same url is in use instead

    @property
    def tone(self) -> str:
        """What waits to be looked at stands out."""
        return "sun" if self.version.status == InstrumentVersion.Status.DRAFT else ""

    @property
    def is_past(self) -> bool:
        """Of the house, out of use, and never filled in here: nothing to look at."""
        is_retired = self.version.status == InstrumentVersion.Status.RETIRED
        return self.version.instrument.municipality_id is None and is_retired and not self.times


@dataclass(frozen=True, slots=True)
class Whose:
    """The instruments of a municipality, or of the house."""

    title: str
    lines: Sequence[Line]


@desk.functional_manager()
def instruments(request: desk.DeskRequest) -> HttpResponse:
    """Those of the municipality, and those of the house, with how often each was filled in: a number alone."""
    own, house = _lists(request.user)
    context = {"own": own, "house": house, "is_several": len(_managed(request.user)) > 1}
    return render(request, "municipality/instruments.html", context)


def _lists(person: Person) -> tuple[list[Whose], Sequence[Line]]:
    rows, times = list(kept_by(person)), times_filled(person)
    rows.sort(key=lambda row: (str(row.instrument.municipality or ""), str(row.instrument), -row.loaded_at.timestamp()))
    active = InstrumentVersion.Status.ACTIVE
    own_urls = {row.instrument.url for row in rows if row.instrument.municipality_id and row.status == active}
    towns_of: dict[str, list[Line]] = {}
    for town, inside in groupby(rows, key=lambda row: str(row.instrument.municipality or "")):
        towns_of[town] = [
            Line(row, times.get(row.pk, 0), is_overruled=not town and row.instrument.url in own_urls) for row in inside
        ]
    house = [line for line in towns_of.pop("", []) if not line.is_past]
    return [Whose(town, lines) for town, lines in towns_of.items()], house


def _managed(person: Person) -> Any:
    return towns(person, Role.FUNCTIONAL_MANAGER).order_by("name")


# --- bringing one in ----------------------------------------------------------------------------------------------


class LoadForm(InTown):
    """A file, and what it is. It is looked at before anybody fills it in."""

    kind = choice(_("Wat wil je laden?"), KINDS.items(), need=_("Kies wat je wilt laden."), initial=FHIR)
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Hoogstens 500 kB."),
        widget=forms.FileInput(attrs={"accept": ".json,.csv,application/json,application/fhir+json,text/csv"}),
        error_messages=dict.fromkeys(("required", "invalid", "missing"), _("Kies een bestand."))
        | {"empty": _("Dit bestand is leeg. Kies een ander.")},
    )
    version = words(
        _("Welke versie is het?"),
        longest=60,
        hint=_("Alleen bij CSV. Zoals het op het document staat, bijvoorbeeld: 2017."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("kind", FHIR) != FHIR and not typed.get("version") and "version" not in self.errors:
            self.add_error("version", gettext("Schrijf op welke versie het is."))
        return typed

    def definition(self) -> bytes:
        """The file as a questionnaire. Raises `NotUnderstood`."""
        typed = self.cleaned_data
        file: UploadedFile[bytes] = typed["file"]
        content = file.read(LARGEST + 1)
        return content if typed["kind"] == FHIR else official.definition_of(typed["kind"], content, typed["version"])


@takes_files
@desk.functional_manager("GET", "HEAD", "POST")
def load_instrument(request: desk.DeskRequest) -> HttpResponse:
    """Another one, or a newer version. It waits as a draft: first one looks at it."""
    form = asked(request, LoadForm, files=request.FILES or None, among=_managed(request.user))
    faults: Sequence[Fault] = ()
    if is_ready(request, form):
        try:
            with told(form):
                return _loaded(request, form)
        except NotUnderstood as fault:
            faults = fault.faults
            form.add_error("file", gettext("Dit bestand kunnen we zo niet gebruiken. Er is niets veranderd."))
    context: dict[str, Any] = {"faults": faults[: NotUnderstood.MOST], "more": max(0, len(faults) - NotUnderstood.MOST)}
    return shown(request, "municipality/load_instrument.html", form, **context)


def _loaded(request: desk.DeskRequest, form: LoadForm) -> HttpResponse:
    definition = form.definition()
    with form.sent() as is_first:
        if not is_first:
            return kept.done(request, redirect("municipality:instruments"))
        version = commands.load_instrument(form.town, definition, by=request.user, is_draft=True)
    if version.status == InstrumentVersion.Status.DRAFT:
        messages.success(request, gettext("Het is binnen. Kijk de vragen na, en neem het dan in gebruik."))
    else:
        messages.info(request, gettext("Deze versie was er al. Er is niets veranderd."))
    return kept.done(request, redirect("municipality:instrument", version.pk))


# --- one version --------------------------------------------------------------------------------------------------


@desk.functional_manager()
def instrument(request: desk.DeskRequest, version: UUID) -> HttpResponse:
    """What is asked, as the coach will see it, and what can be done with it."""
    found = _found(request, version)
    asks = asked_by(found)
    context = {
        "version": found,
        "is_own": found.instrument.municipality_id is not None,
        "title": asks.title or str(found.instrument),
        "asked": sheets.in_all(asks),
        "later": {item.link_id for item in asks.all() if item.conditions},
        "voices": [name for voice, name in VOICES.items() if voice in (asks.voices or VOICES)],
        "ages": ages_in_words(asks),
        "copyright": asks.copyright,
        "times": times_filled(request.user).get(found.pk, 0),
        **_beside(request.user, found),
    }
    return render(request, "municipality/instrument.html", context)


def _beside(person: Person, version: InstrumentVersion) -> Mapping[str, Any]:
    """What is in use now in the place of this one, and what comes when this one goes."""
    same = [row for row in kept_by(person).active() if row.instrument.url == version.instrument.url]
    town = version.instrument.municipality_id
    return {
        "now": next((row for row in same if row.instrument_id == version.instrument_id and row != version), None),
        "house": next((row for row in same if town and row.instrument.municipality_id is None), None),
        "own": [row for row in same if not town and row.instrument.municipality_id],
    }


@desk.functional_manager()
def take_out(request: desk.DeskRequest, version: UUID) -> HttpResponse:
    """The questionnaire as a file, to take along or to make a newer version of."""
    found = _found(request, version)
    content = json.dumps(found.definition, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/fhir+json; charset=utf-8")
    name = f"{slugify(str(found.instrument))[:60] or 'vragenlijst'}-{slugify(found.version)[:40] or '1'}.json"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Content-Security-Policy"] = LOCKED_UP
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@desk.functional_manager("POST")
def put_to_use(request: desk.DeskRequest, version: UUID) -> HttpResponse:
    """Looked at and found right."""
    return _done(request, version, commands.put_to_use, gettext("In gebruik. Coaches zien deze versie vanaf nu."))


@desk.functional_manager("POST")
def retire(request: desk.DeskRequest, version: UUID) -> HttpResponse:
    """Nobody begins with it any more."""
    return _done(request, version, commands.retire, gettext("Uit gebruik. Wat is ingevuld, blijft te lezen."))


@desk.functional_manager("POST")
def discard(request: desk.DeskRequest, version: UUID) -> HttpResponse:
    """A draft that was not right."""
    try:
        commands.discard(_own(request, version), by=request.user)
    except Impossible as objection:
        messages.error(request, gettext(str(objection)))
        return redirect("municipality:instrument", version)
    messages.success(request, gettext("Weggegooid."))
    return redirect("municipality:instruments")


def _done(request: desk.DeskRequest, pk: UUID, change: Callable[..., InstrumentVersion], said: str) -> HttpResponse:
    try:
        change(_own(request, pk), by=request.user)
    except Impossible as objection:
        messages.error(request, gettext(str(objection)))
        return redirect("municipality:instruments")
    messages.success(request, said)
    return redirect("municipality:instrument", pk)


def _found(request: desk.DeskRequest, pk: UUID) -> InstrumentVersion:
    found = kept_by(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _own(request: desk.DeskRequest, pk: UUID) -> InstrumentVersion:
    """A copy of one's own municipality; that of the house is not changed here."""
    found = _found(request, pk)
    if found.instrument.municipality_id is None:
        raise Http404
    return found
