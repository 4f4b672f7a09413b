"""Specialists: whom a coach may call on, what he asks them about a youth, and what they answered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ipta.base.days import workdays_between
from ipta.dossiers.models import Dossier, Specialist, SpecialistQuerySet
from ipta.dossiers.specialists.queries import specialists_visible_to
from ipta.scans.instruments.queries import answers_in, asked_by
from ipta.scans.instruments.scoring import signs
from ipta.sharing.door import Reader
from ipta.sharing.help import commands
from ipta.sharing.help.queries import questions_about
from ipta.sharing.models import HelpRequest
from ipta.web import asking, desk, kept, sheet_pages
from ipta.web.among import Among
from ipta.web.asking import Asking, tick, words
from ipta.web.coach import people
from ipta.web.hrefs import call_href, href
from ipta.web.templatetags.ipta_ui import day as day_in_words

LONGEST = 2000
MENTAL = Specialist.Field.MENTAL.value


# --- the directory ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A specialist as the directory shows him. `call`: a link to telephone, where a number was written."""

    pk: UUID
    title: str
    under: str
    fields: str
    about: str
    phone: str
    call: str
    email: str
    within: int
    agreement: str
    until: date | None
    is_agreed: bool


def in_words(specialist: Specialist, *, with_town: bool = False) -> Shown:
    town = specialist.municipality.name if with_town else ""
    return Shown(
        pk=specialist.pk,
        title=specialist.organisation,
        under=" · ".join(filter(None, [specialist.name, town])),
        fields=", ".join(specialist.field_names),
        about=specialist.about,
        phone=specialist.phone,
        call=call_href(specialist.phone),
        email=specialist.email,
        within=specialist.answers_within,
        agreement=specialist.agreement,
        until=specialist.until,
        is_agreed=specialist.is_agreed,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the directory, and the way to those who help with it."""

    label: str | Promise
    href: str
    is_here: bool


def _for(rows: SpecialistQuerySet, field: str) -> list[Specialist]:
    """Those who help with this; a list of choices is looked through here, the same on both databases."""
    return [one for one in rows if field in ("", *one.fields)]


ALL = "alles"


def _choices(page: str, field: str, sheet: str = "") -> list[Choice]:
    """`sheet`: the questionnaire he comes from, which goes along."""
    along = f"&lijst={sheet}" if sheet else ""
    everything = Choice(_("Alles"), f"{page}?voor={ALL}{along}" if sheet else page, field == "")
    return [everything, *(Choice(f.label, f"{page}?voor={f.value}{along}", f == field) for f in Specialist.Field)]


def _field(request: desk.DeskRequest) -> str:
    wanted = request.GET.get("voor", "")
    return wanted if wanted in Specialist.Field.values else ""


@desk.coach()
def specialists(request: desk.DeskRequest) -> HttpResponse:
    """The directory of the coach's own municipalities, by what they help with."""
    field = _field(request)
    mine = specialists_visible_to(request.user).reachable()
    towns = {one.municipality_id for one in mine}
    context = {
        "choices": _choices(reverse("coach:specialists"), field),
        "specialists": [in_words(one, with_town=len(towns) > 1) for one in _for(mine, field)],
        "is_empty": not mine,
    }
    return render(request, "coach/specialists.html", context)


# --- asking -------------------------------------------------------------------------------------------------------


class SpecialistChoice(Among):
    def label_from_instance(self, specialist: Any) -> str:
        days = specialist.answers_within
        within = ngettext("antwoordt binnen %(days)s werkdag", "antwoordt binnen %(days)s werkdagen", days)
        return f"{specialist} · {', '.join(specialist.field_names).lower()} · {within % {'days': days}}"


class HelpForm(Asking):
    specialist = SpecialistChoice(
        label=_("Aan wie?"),
        queryset=Specialist.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies aan wie je het vraagt.")},
    )
    question = words(
        _("Wat wil je vragen?"),
        longest=LONGEST,
        rows=6,
        need=_("Schrijf op wat je wilt vragen."),
        hint=_("Wat je hier schrijft leest de specialist. Verder ziet die niets. Noem geen naam als het zonder kan."),
    )
    is_discussed = tick(_("Samen besproken"), _("De jongere weet wat je vraagt, en aan wie, en vindt het goed."))

    def __init__(self, *args: Any, among: SpecialistQuerySet, first_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialist"].queryset = among  # type: ignore[attr-defined]
        self.first_name = first_name.partition(" ")[0]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("is_discussed"):
            self.add_error("is_discussed", gettext("Bespreek dit eerst samen. Vink het dan aan."))
        if self.first_name and re.search(
            rf"\b{re.escape(self.first_name)}\b", typed.get("question", ""), re.IGNORECASE
        ):
            said = gettext("Er staat “%(name)s” in. De specialist leest dat ook. Haal de naam weg, of laat hem staan.")
            self.tell_once("question", "name", said % {"name": self.first_name})
        return typed


@desk.coach("GET", "HEAD", "POST")
def ask_help(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Choose whom, write what, and hand over the link. It is shown this once."""
    dossier = desk.own_dossier(request, pk)
    youth = people.known(request.reader, [dossier])[pk]
    there = specialists_visible_to(request.user).reachable().filter(municipality=dossier.municipality_id)
    occasion = _occasion(request, dossier)
    is_chosen = "voor" in request.GET
    field = MENTAL if occasion and not is_chosen and _for(there, MENTAL) else _field(request)
    among = there.filter(pk__in=[one.pk for one in _for(there, field)]) if field else there
    form = asking.asked(request, HelpForm, among=among, first_name=youth.called, initial={"question": occasion})
    if asking.is_ready(request, form):
        with asking.told(form):
            with form.sent() as is_first:
                if not is_first:
                    return kept.done(request, redirect("coach:helps", pk))
                asked, token = commands.ask_help(dossier, by=request.user, **form.cleaned_data)
            return kept.done(request, _handed_over(request, asked, token))
    page = reverse("coach:ask_help", args=[pk])
    sheet = request.GET["lijst"] if occasion else ""
    choices = _choices(page, field, sheet)
    context: dict[str, Any] = {"choices": choices, "is_empty": not there, "back": href("coach:helps", pk)}
    return asking.shown(request, "coach/ask_help.html", form, youth=youth, here=request.get_full_path(), **context)


def _occasion(request: desk.DeskRequest, dossier: Dossier) -> str:
    """Words to begin with, out of the questionnaire he comes from: what plays, and nobody's name."""
    try:
        sheet = sheet_pages.found(dossier, UUID(request.GET.get("lijst", "")))
    except (ValueError, Http404):
        return ""
    if request.reader.is_gone(sheet.answers):
        return ""
    found = signs(asked_by(sheet.version), answers_in(request.reader, sheet))
    lines = "\n".join(f"- {sign}" for sign in found)
    begin = gettext("Ik loop mee met een jongere en wil graag overleggen. Een consult kan nuttig zijn, omdat:")
    return f"{begin}\n{lines}" if found else ""


@desk.coach("POST")
def send_again(request: desk.DeskRequest, pk: UUID, question: UUID) -> HttpResponse:
    """Another link to the same question: the one of before no longer works."""
    asked = _asked(desk.own_dossier(request, pk), question)
    words = request.reader.text(asked.question)
    return _handed_over(request, asked, commands.send_again(asked, question=words, by=request.user))


def _handed_over(request: desk.DeskRequest, asked: HelpRequest, token: str) -> HttpResponse:
    """The link, to copy, to app or to mail. Its words say nothing of what it is about."""
    url = request.build_absolute_uri(reverse("specialist:question", args=[token]))
    text = gettext("Ik heb een vraag voor je. Je leest hem hier, en antwoordt zonder in te loggen:")
    subject = quote(gettext("Een vraag voor je"))
    context = {
        "asked": asked,
        "url": url,
        "text": text,
        "mail": f"mailto:{quote(asked.specialist.email)}?subject={subject}&body={quote(f'{text} {url}')}",
        "back": href("coach:help", asked.dossier_id, asked.pk),
    }
    return render(request, "coach/help_link.html", context)


# --- what came of it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a specialist in clear words."""

    pk: UUID
    href: str
    to: str
    question: str
    asked_at: datetime
    asked_by: str
    due_on: date
    late: int  # working days
    opened_at: datetime | None
    answered_at: datetime | None
    reply: str
    answer: str
    phone: str
    call: str
    is_waiting: bool
    is_unread: bool
    is_closed: bool
    is_discussed: bool

    @property
    def stands(self) -> str:
        """Where it stands, in one line."""
        if self.answered_at:
            return f"{self.reply} · {day_in_words(self.answered_at)}"
        if self.is_closed:
            return gettext("Klaar, zonder antwoord")
        if self.late:
            late = ngettext("%(days)s werkdag te laat", "%(days)s werkdagen te laat", self.late) % {"days": self.late}
            return gettext("Wacht nog op antwoord, %(late)s") % {"late": late}
        return gettext("Antwoord uiterlijk %(day)s") % {"day": day_in_words(self.due_on)}


def questions_in_words(reader: Reader, rows: Iterable[HelpRequest], today: date) -> list[Question]:
    return [
        Question(
            pk=row.pk,
            href=href("coach:help", row.dossier_id, row.pk),
            to=str(row.specialist),
            question=reader.text(row.question),
            asked_at=row.asked_at,
            asked_by=row.asked_by.first_name,
            due_on=row.due_on,
            late=workdays_between(row.due_on, today) if row.is_late else 0,
            opened_at=row.opened_at,
            answered_at=row.answered_at,
            reply=str(row.get_reply_display()),
            answer=reader.text(row.answer),
            phone=row.specialist.phone,
            call=call_href(row.specialist.phone),
            is_waiting=row.is_waiting,
            is_unread=bool(row.answered_at and not row.read_at and not row.closed_at),
            is_closed=row.closed_at is not None,
            is_discussed=row.is_discussed,
        )
        for row in rows
    ]


@desk.coach()
def helps(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What was asked of specialists about this youth, the newest first."""
    dossier = desk.dossier_to_read(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"contacts"}})[pk]
    rows = questions_in_words(request.reader, questions_about(dossier), timezone.localdate())
    return render(request, "coach/helps.html", {"youth": youth, "questions": rows})


@desk.coach()
def help_request(request: desk.DeskRequest, pk: UUID, question: UUID) -> HttpResponse:
    """One question, its answer, and what can be done."""
    dossier = desk.dossier_to_read(request, pk)
    asked = _asked(dossier, question)
    youth = people.known(request.reader, [dossier], {pk: {"contacts"}})[pk]
    (shown,) = questions_in_words(request.reader, [asked], timezone.localdate())
    return render(request, "coach/help.html", {"youth": youth, "question": shown})


@desk.coach("POST")
def read_answer(request: desk.DeskRequest, pk: UUID, question: UUID) -> HttpResponse:
    """From Vandaag: it opens, and no longer stands there."""
    asked = _asked(desk.own_dossier(request, pk), question)
    commands.read_answer(asked, by=request.user)
    return redirect("coach:help", pk, question)


@desk.coach("POST")
def close_help(request: desk.DeskRequest, pk: UUID, question: UUID) -> HttpResponse:
    """Done, or no longer needed."""
    commands.close_help(_asked(desk.own_dossier(request, pk), question), by=request.user)
    messages.success(request, gettext("Klaar. De link werkt niet meer."))
    return redirect("coach:helps", pk)


def _asked(dossier: Dossier, pk: UUID) -> HelpRequest:
    found = questions_about(dossier).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
