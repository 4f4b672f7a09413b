"""Delen: the same page as the youth has of who may read what; and what youth and coach settle together, aloud."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.sharing import commands
from ipta.sharing.asked import commands as asked_for
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.door import Reader
from ipta.sharing.policies import is_own_coach
from ipta.sharing.queries import promises_unread
from ipta.sharing.rules import ASKED_TWICE, SECTION_NAMES
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, is_done, tick, words
from ipta.web.coach import people
from ipta.web.giving import AnswerForm, GrantForm, ItemForm, could_read, parts_in
from ipta.web.hrefs import href
from ipta.web.network.names import named
from ipta.web.reins import (
    Voice,
    give_again,
    grant_or_404,
    in_full_of,
    item_or_404,
    names_of,
    reins_of,
    request_or_404,
    stop,
    stopped_lately,
    what_is_in,
    words_of_item,
)
from ipta.web.reins import (
    share_promised as share,
)

ICONS: Final = {
    "identity": "person",
    "plan": "plan",
    "appointments": "calendar",
    "contacts": "note",
    "scores": "list",
    "work": "work",
    "money": "money",
    "health": "health",
    "living": "home",
    "family": "people",
    "justice": "shield",
    "story": "book",
    "messages": "chat",
}
NAMES = {key: _(name) for key, name in SECTION_NAMES.items()}
ALOUD = _("De jongere zei ja")
ASK_FIRST = _("Vraag het eerst hardop. Vink het dan aan.")
ALOUD_HINT = _("Hardop, met jou erbij. Op de eigen pagina staat dat jij het typte, met een knop om te stoppen.")


def _way(dossier: Dossier, name: str, pk: UUID) -> str:
    return href("coach:end_emergency", pk) if name == "end_emergency" else href(f"coach:{name}", dossier.pk, pk)


def may_give(reader: Reader, dossier: Dossier) -> bool:
    """Whether he types what the youth says aloud: not in an emergency, not who stands in, not when it has ended."""
    return dossier.is_taking_part and reader.ground(dossier, Dossier.section) == "coach"


def voice_of(person: Person, dossier: Dossier) -> Voice:
    """Who stands in sees it and can stop it, and gives nothing."""
    is_own = is_own_coach(person, dossier)
    return Voice(False, NAMES, ICONS, _way, may_give=dossier.is_taking_part and is_own, may_preview=is_own)


@desk.coach()
def grants(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Who may read what now, who asks for more, and who could before."""
    dossier = desk.own_dossier(request, pk)
    youth = people.known(request.reader, [dossier])[pk]
    voice = voice_of(request.user, dossier)
    context = {
        "youth": youth,
        "reins": reins_of(dossier, request.reader, voice),
        "may_give": voice.may_give,
        "stopped": stopped_lately(request, dossier) if voice.may_give else None,
    }
    return render(request, "coach/grants.html", context)


def _not_lent(request: desk.DeskRequest, pk: UUID) -> Dossier:
    """Of whom he is the coach himself."""
    dossier = desk.own_dossier(request, pk)
    if not is_own_coach(request.user, dossier):
        raise Http404
    return dossier


class Aloud(Asking):
    """What he says aloud, his coach types: not before it was asked."""

    is_said = tick(ALOUD, ALOUD_HINT)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("is_said"):
            self.add_error("is_said", str(ASK_FIRST))
        return typed


class AloudForm(Aloud, GrantForm):
    pass


class AloudItemForm(Aloud, ItemForm):
    pass


@desk.coach("GET", "HEAD", "POST")
def grant(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Together: the youth says yes aloud, and his coach types it."""
    dossier = _not_lent(request, pk)
    people_there, names = _whom(request, dossier)
    chosen = {"to": request.GET["met"]} if "met" in request.GET else {}
    form = asking.asked(request, AloudForm, people=people_there, names=names, parts=NAMES, initial=chosen)
    if is_done(request, form, lambda: commands.grant(dossier, by=request.user, aloud=True, **form.said())):
        return _done(request, pk, gettext("Gedeeld. Het staat ook op de pagina van de jongere."))
    return _page(request, dossier, "coach/grant.html", form, icons=ICONS)


@desk.coach("GET", "HEAD", "POST")
def grant_item(request: desk.DeskRequest, pk: UUID, kind: str, item: UUID) -> HttpResponse:
    """The same about one thing, from where it stands: nothing beside it."""
    dossier = _not_lent(request, pk)
    row = item_or_404(dossier, kind, item)
    people_there, names = _whom(request, dossier)
    form = asking.asked(request, AloudItemForm, people=people_there, names=names, part=row.section)
    given = {"item": row.pk, "item_kind": kind, "by": request.user, "aloud": True}
    if is_done(request, form, lambda: commands.grant(dossier, **given, **form.said())):
        return _done(request, pk, gettext("Gedeeld. Het staat ook op de pagina van de jongere."))
    what, ask = words_of_item(request.reader, kind, row), reverse("coach:ask_for_item", args=[pk, kind, item])
    return _page(request, dossier, "coach/grant.html", form, what=what, ask=ask)


def _whom(request: desk.DeskRequest, dossier: Dossier) -> tuple[dict[str, Person], dict[str, str]]:
    found = {str(person.pk): person for person in could_read(dossier)}
    return found, in_full_of(request.reader, dossier, found)


@desk.coach("POST")
def revoke(request: desk.DeskRequest, pk: UUID, grant: UUID) -> HttpResponse:
    """Stop: at the next request that person reads nothing of it any more."""
    stop(grant_or_404(desk.own_dossier(request, pk), grant), by=request.user)
    messages.success(request, gettext("Gestopt. Die persoon kan het nu niet meer lezen."))
    return redirect(f"{reverse('coach:grants', args=[pk])}?gestopt={grant}")


class AgainForm(Aloud):
    sure = tick("")

    def __init__(self, *args: Any, section: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if section not in ASKED_TWICE:
            del self.fields["sure"]
        else:
            what = {"what": gettext(SECTION_NAMES[section])}
            self.fields["sure"].label = gettext("Ook na nog eens vragen: ja, over %(what)s") % what

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if "sure" in self.fields and not typed.get("sure"):
            self.add_error("sure", str(ASK_FIRST))
        return typed


@desk.coach("GET", "HEAD", "POST")
def grant_again(request: desk.DeskRequest, pk: UUID, grant: UUID) -> HttpResponse:
    """The same person, the same part, the same reason, three months more; said aloud again."""
    dossier = _not_lent(request, pk)
    before = grant_or_404(dossier, grant)
    form = asking.asked(request, AgainForm, section=before.shared_section)
    if is_done(request, form, lambda: give_again(before, request.reader, by=request.user, aloud=True)):
        return _done(request, pk, gettext("Gedeeld, voor drie maanden. Het staat ook op de pagina van de jongere."))
    (called,) = names_of(request.reader, dossier, [before.to]).values()
    words = {"who": called[0], "what": what_is_in(before, request.reader, NAMES)}
    text = gettext("%(who)s leest dan nog drie maanden: %(what)s.") % words
    return _page(request, dossier, "coach/form.html", form, title=gettext("Weer delen"), text=text)


class AskForm(Asking):
    to = choice(_("Wie zou het willen zien?"), [], need=_("Kies iemand."))
    section = choice(_("Wat?"), parts_in(NAMES), need=_("Kies wat die persoon zou willen zien."))
    reason = words(
        _("Waarom?"),
        longest=500,
        rows=3,
        need=_("Schrijf op waarom."),
        hint=_("De jongere leest dit. Schrijf kort en gewoon."),
    )

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(names.items())  # type: ignore[attr-defined]

    def said(self, people: Mapping[str, Person]) -> dict[str, Any]:
        return self.cleaned_data | {"to": people[self.cleaned_data["to"]]}


@desk.coach("GET", "HEAD", "POST")
def ask_for(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Lay it before the youth: he finds one calm question on his page, and chooses when he likes."""
    dossier = _not_lent(request, pk)
    there, names = _whom(request, dossier)
    form = asking.asked(request, AskForm, names=names)
    if is_done(request, form, lambda: asked_for.ask_for(dossier, by=request.user, **form.said(there))):
        return _done(request, pk, gettext("Gevraagd. De jongere kiest. Na dertig dagen vervalt het."))
    text = gettext("De jongere vindt de vraag op de eigen pagina. Nee is ook een antwoord.")
    return _page(request, dossier, "coach/form.html", form, title=gettext("Vragen om te delen"), text=text)


class AskItemForm(AskForm):
    section = None  # type: ignore[assignment]  # this takes the question away


@desk.coach("GET", "HEAD", "POST")
def ask_for_item(request: desk.DeskRequest, pk: UUID, kind: str, item: UUID) -> HttpResponse:
    """The same about one thing, from where it stands."""
    dossier = _not_lent(request, pk)
    row = item_or_404(dossier, kind, item)
    there, names = _whom(request, dossier)
    form = asking.asked(request, AskItemForm, names=names)
    asked = {"section": row.section, "item": row.pk, "item_kind": kind, "by": request.user}
    if is_done(request, form, lambda: asked_for.ask_for(dossier, **asked, **form.said(there))):
        return _done(request, pk, gettext("Gevraagd. De jongere kiest. Na dertig dagen vervalt het."))
    text = gettext("Alleen dit. De jongere vindt de vraag op de eigen pagina. Nee is ook een antwoord.")
    about = {"title": gettext("Vragen om te delen"), "text": text, "what": words_of_item(request.reader, kind, row)}
    return _page(request, dossier, "coach/form.html", form, **about)


@desk.coach("GET", "HEAD", "POST")
def share_promised(request: desk.DeskRequest, pk: UUID, somebody: UUID) -> HttpResponse:
    """Who promised something reads that on his own page, and nothing else. The youth says yes aloud."""
    dossier = _not_lent(request, pk)
    found = get_object_or_404(dossier.networkperson_set.select_related("account"), pk=somebody)
    form = asking.asked(request, Aloud)
    if is_done(request, form, lambda: share(found, by=request.user, aloud=True)):
        return _done(request, pk, gettext("Gedeeld. Het staat ook op de pagina van de jongere."))
    what = "\n".join(request.reader.text(step.text) for step in promises_unread(found))
    text = gettext("%(who)s leest dan, drie maanden lang, alleen dit.") % {"who": named(found, request.reader).name}
    return _page(request, dossier, "coach/form.html", form, title=gettext("Samen delen"), text=text, what=what)


class TogetherForm(Aloud, AnswerForm):
    is_said = tick(_("Dit zei de jongere"), ALOUD_HINT)


@desk.coach("GET", "HEAD", "POST")
def answer_request(request: desk.DeskRequest, pk: UUID, asked: UUID) -> HttpResponse:
    """What the youth says of it, typed by his coach."""
    dossier = _not_lent(request, pk)
    found: SharingRequest = request_or_404(dossier, asked)
    if request.method != "POST" and not found.is_waiting:
        return redirect("coach:grants", pk)
    form = asking.asked(request, TogetherForm, section=found.shared_section)
    why = request.reader.text(found.reason)
    if is_done(request, form, lambda: asked_for.answer_request(found, by=request.user, purpose=why, **form.said())):
        return _done(request, pk, gettext("Bewaard. Het staat ook op de pagina van de jongere."))
    (called,) = names_of(request.reader, dossier, [found.to]).values()
    what = what_is_in(found, request.reader, NAMES)
    context = {"who": called[0], "role": called[1], "what": what, "why": why}
    return _page(request, dossier, "coach/answer_request.html", form, **context)


def _done(request: desk.DeskRequest, pk: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return kept.done(request, redirect("coach:grants", pk))


def _page(request: desk.DeskRequest, dossier: Dossier, template: str, form: Asking, **context: Any) -> HttpResponse:
    youth = people.known(request.reader, [dossier])[dossier.pk]
    back = href("coach:grants", dossier.pk)
    button = gettext("Klaar")
    return asking.shown(request, template, form, youth=youth, back=back, button=button, **context)
