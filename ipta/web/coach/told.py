"""Van anderen: what others said of the youth, asked of himself, and looked at again where it does not fit."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.rough import as_typed, read_rough
from ipta.dossiers.models import Dossier
from ipta.scans.models import SecondLook, Statement
from ipta.scans.told import commands, policies
from ipta.scans.told.rules import REPLIES
from ipta.scans.told.sections import SECTION_OF
from ipta.web import asking, desk, kept, told
from ipta.web.asking import Asking, choice, words
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, not_yet


class CiteForm(Asking):
    kind = choice(_("Waar gaat het over?"), Statement.Kind.choices, need=_("Kies waar het over gaat."))
    text = words(
        _("Wat is er gezegd?"),
        longest=asking.LONG,
        rows=4,
        need=_("Schrijf op wat er gezegd is."),
        hint=_("Alleen wat jullie nodig hebben. De jongere leest het en zegt of het klopt."),
    )
    source = words(
        _("Wie zei dit?"), need=_("Schrijf op van wie dit komt."), hint=_("Bijvoorbeeld: zijn mentor, of een rapport.")
    )
    about = words(
        _("Wanneer was dat?"),
        longest=40,
        hint=_("Een jaar of maand is genoeg. Bijvoorbeeld 2023, maart 2024 of 3-3-2024."),
    )

    def clean_about(self) -> str:
        """Kept as it was typed; what day that is stands in `day`."""
        typed: str = self.cleaned_data["about"]
        self.day: tuple[date | None, str] = None, ""
        if not typed:
            return typed
        try:
            self.day = read_rough(typed)
        except ValueError:
            raise ValidationError(gettext("Schrijf een jaar, een maand of een dag. Bijvoorbeeld maart 2024.")) from None
        if self.day[0] and self.day[0] > timezone.localdate():
            raise ValidationError(gettext("Deze dag komt nog. Kies een dag die al geweest is."))
        return typed

    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        about_on, rough = self.day
        return {name: typed[name] for name in ("kind", "text", "source")} | {"about_on": about_on, "rough": rough}


class AnswerForm(Asking):
    reply = choice(
        _("Klopt dit volgens de jongere?"),
        [(key, _(word)) for key, word in REPLIES.items()],
        need=_("Kies een antwoord."),
    )
    words = words(_("Wat zegt hij of zij erover?"), longest=asking.LONG, rows=3)


class WhyForm(Asking):
    why = words(
        _("Wat past er niet?"),
        longest=asking.LONG,
        rows=3,
        need=_("Schrijf op wat er niet past."),
        hint=_("Een reden om nog eens te kijken. De jongere leest het ook."),
    )


class OutcomeForm(Asking):
    came_of = words(
        _("Wat kwam eruit?"),
        longest=asking.LONG,
        rows=3,
        need=_("Schrijf op wat eruit kwam."),
        hint=_("De jongere leest het ook."),
    )


@desk.coach()
def told_by_others(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Everything others said, as far as this coach reads it."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Van anderen"))
    youth = people.known(request.reader, [dossier])[pk]
    context = {"youth": youth, "statements": told.shown(request.reader, dossier)}
    return render(request, "coach/told.html", context)


@desk.coach("GET", "HEAD", "POST")
def cite(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Something that comes from elsewhere."""
    return _cite(request, dossier_since_yes(request, pk))


@desk.coach("GET", "HEAD", "POST")
def cite_better(request: desk.DeskRequest, pk: UUID, statement: UUID) -> HttpResponse:
    """A better text in the place of one, which stays with what the youth said of it."""
    dossier = dossier_since_yes(request, pk)
    return _cite(request, dossier, told.statement_of(dossier, statement, request.reader))


def _cite(request: desk.DeskRequest, dossier: Dossier, old: Statement | None = None) -> HttpResponse:
    form = asking.asked(request, CiteForm, initial=_as_typed(request, old) if old else None)
    if asking.is_ready(request, form):
        with asking.told(form):
            if not policies.can_cite(request.user, dossier, _section(form)):
                form.add_error(
                    "kind", gettext("Dit onderwerp is nu niet open voor jou. Geef het door aan de vaste coach.")
                )
            else:
                with form.sent() as is_first:
                    if is_first:
                        commands.cite(dossier, replaces=old, by=request.user, **form.said())
                said = gettext("Verbeterd. Wat er eerst stond, staat eronder.") if old else gettext("Het staat erbij.")
                messages.success(request, said)
                return kept.done(request, redirect("coach:told", dossier.pk))
    youth = people.known(request.reader, [dossier])[dossier.pk]
    title = _("Verbeteren") if old else _("Iets van een ander")
    return asking.simple(request, form, title=title, youth=youth, back=_page(dossier))


def _section(form: CiteForm) -> str:
    return SECTION_OF[form.cleaned_data["kind"]]


def _as_typed(request: desk.DeskRequest, old: Statement) -> dict[str, Any]:
    reader = request.reader
    about = as_typed(old.about_on, old.rough.get("about_on", ""))
    return {"kind": old.kind, "text": reader.text(old.text), "source": reader.text(old.source), "about": about}


def _page(dossier: Dossier) -> str:
    return reverse("coach:told", args=[dossier.pk])


@desk.coach("GET", "HEAD", "POST")
def answer(request: desk.DeskRequest, pk: UUID, statement: UUID) -> HttpResponse:
    """What the youth says of it, typed by the coach while they talk."""
    dossier = dossier_since_yes(request, pk)
    found = told.statement_of(dossier, statement, request.reader)
    form = asking.asked(request, AnswerForm)
    if asking.is_done(request, form, lambda: commands.answer(found, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Bewaard."))
        return kept.done(request, redirect("coach:told", pk))
    return _beside(request, dossier, found, form, _("Klopt dit?"))


@desk.coach("GET", "HEAD", "POST")
def look_again(request: desk.DeskRequest, pk: UUID, statement: UUID) -> HttpResponse:
    """It does not fit with what the coach sees himself."""
    dossier = dossier_since_yes(request, pk)
    found = told.statement_of(dossier, statement, request.reader)
    form = asking.asked(request, WhyForm)
    if asking.is_done(request, form, lambda: commands.look_again(found, why=form.cleaned_data["why"], by=request.user)):
        messages.success(request, gettext("Het staat bij Vandaag, tot je zegt wat eruit kwam."))
        return kept.done(request, redirect("coach:told", pk))
    return _beside(request, dossier, found, form, _("Past niet bij mijn indruk"))


@desk.coach("GET", "HEAD", "POST")
def conclude(request: desk.DeskRequest, pk: UUID, look: UUID) -> HttpResponse:
    """What came of looking again."""
    dossier = dossier_since_yes(request, pk)
    found = SecondLook.objects.filter(dossier=dossier, pk=look).select_related("statement").first()
    if found is None or not request.reader.may(dossier, found.section):
        raise Http404
    found.dossier = found.statement.dossier = dossier
    form = asking.asked(request, OutcomeForm)
    if asking.is_done(
        request, form, lambda: commands.conclude(found, came_of=form.cleaned_data["came_of"], by=request.user)
    ):
        messages.success(request, gettext("Bewaard. Het staat niet meer bij Vandaag."))
        return kept.done(request, redirect("coach:told", pk))
    why = request.reader.text(found.why)
    return _beside(request, dossier, found.statement, form, _("Wat kwam eruit?"), why=why)


def _beside(
    request: desk.DeskRequest, dossier: Dossier, statement: Statement, form: Asking, title: Any, **more: Any
) -> HttpResponse:
    """A form under the statement it is about."""
    reader = request.reader
    youth = people.known(reader, [dossier], {dossier.pk: {statement.section}})[dossier.pk]
    context: dict[str, Any] = {"youth": youth, "title": title, "back": _page(dossier)}
    context |= {"text": reader.text(statement.text), "source": reader.text(statement.source)}
    return asking.shown(request, "coach/beside_told.html", form, **context, **more)
