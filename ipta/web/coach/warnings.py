"""What was told about a youth without his yes: how it stands, telling it, and when the youth reads of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person, Role
from ipta.base import clock
from ipta.base.prepared import prepared
from ipta.base.verdict import Refused
from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader
from ipta.sharing.models import Consultation, Warning
from ipta.sharing.queries import coached
from ipta.sharing.warning import commands, policies
from ipta.sharing.warning.commands import Told, Wait
from ipta.sharing.warning.queries import warnings_about
from ipta.sharing.warning.reading import told
from ipta.sharing.warning.rules import ANSWER_WITHIN
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, coming, day, words
from ipta.web.coach import people
from ipta.web.hrefs import href
from ipta.web.templatetags.ipta_ui import day as day_in_words
from ipta.web.templatetags.ipta_ui import day_clock

NEW_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Shown:
    """A warning as the coach sees it."""

    pk: UUID
    href: str
    to: str
    ground: str
    by: str
    made_at: datetime
    stands: str
    youth: str
    second: str
    answer: str
    answer_words: str
    why_wait: str
    why_longer: str
    told: Told
    way: str
    may_give: bool
    is_open: bool
    is_ended: bool
    is_told: bool
    may_wait: bool


def in_words(warning: Warning, reader: Reader) -> Shown:
    asked = warning.asked_of
    said = told(warning, reader)
    return Shown(
        pk=warning.pk,
        href=href("coach:warning", warning.dossier_id, warning.pk),
        to=said.receiver,
        ground=said.ground,
        by=warning.made_by.first_name,
        made_at=warning.made_at,
        stands=stands(warning),
        youth=_youth_hears(warning),
        second=asked.second.get_full_name(),
        answer=str(asked.get_answer_display()),
        answer_words=reader.text(asked.words),
        why_wait=reader.text(warning.why_wait),
        why_longer=reader.text(warning.why_longer),
        told=said,
        way=warning.way,
        may_give=bool(policies.can_give(reader.person, warning)),
        is_open=warning.is_open,
        is_ended=warning.ended_at is not None or (warning.given_at is not None and not warning.is_open),
        is_told=warning.is_told,
        may_wait=bool(policies.can_wait_longer(reader.person, warning)),
    )


def stands(warning: Warning) -> str:
    """Where it stands, in one line."""
    return _since_given(warning) if warning.given_at else _not_given(warning)


def _not_given(warning: Warning) -> str:
    asked = warning.asked_of
    if warning.ended_at:
        said = gettext("Gestopt. Er is niets verteld.")
    elif asked.answer == Consultation.Answer.NO:
        said = gettext("%(name)s zei nee. Er is niets verteld.")
    elif warning.made_at <= clock.now() - ANSWER_WITHIN:
        said = gettext("Verlopen. Er is niets verteld.")
    elif asked.answer:
        said = gettext("%(name)s zei ja. Vertel het nu.")
    elif warning.ground == Warning.Ground.ACUTE:
        said = gettext("Vertel het nu. %(name)s antwoordt binnen een uur.")
    else:
        said = gettext("Wacht op %(name)s.")
    return said % {"name": asked.second.first_name}


def _since_given(warning: Warning) -> str:
    told_at = day_clock(warning.given_at)
    if warning.way != Warning.Way.LINK:
        return gettext("Verteld: %(when)s.") % {"when": told_at}
    read = gettext("Gelezen: %(when)s.") % {"when": day_clock(warning.opened_at)} if warning.opened_at else ""
    if warning.is_open and warning.asked_of.answer != Consultation.Answer.NO:
        until = gettext("De link werkt tot %(when)s.") % {"when": day_clock(warning.until)}
        return " ".join([until, read or gettext("Nog niet gelezen.")])
    return " ".join([gettext("De link is voorbij."), read or gettext("Niet gelezen.")])


def _youth_hears(warning: Warning) -> str:
    if warning.is_told:
        return gettext("De jongere leest dit sinds %(day)s.") % {"day": day_in_words(warning.tells_at)}
    if warning.times_postponed:
        return gettext("De jongere leest dit vanaf %(day)s.") % {"day": day_in_words(warning.tells_at)}
    return gettext("De jongere leest dit zodra je het vertelt. Anders na drie dagen.")


@desk.coach()
def warnings(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """All of them about this youth, the newest first; and what it is for."""
    dossier = desk.dossier_to_read(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"contacts"}})[pk]
    rows = [in_words(one, request.reader) for one in warnings_about(dossier)]
    return render(request, "coach/warnings.html", {"youth": youth, "warnings": rows})


@desk.coach()
def warning(request: desk.DeskRequest, pk: UUID, warning: UUID) -> HttpResponse:
    """One of them: what is told, how it stands, and what can be done."""
    dossier = desk.dossier_to_read(request, pk)
    found = _found(dossier, warning)
    youth = people.known(request.reader, [dossier], {pk: {"contacts"}})[pk]
    context = {"youth": youth, "warning": in_words(found, request.reader)}
    return render(request, "coach/warning.html", context)


@desk.coach("POST")
def give_warning(request: desk.DeskRequest, pk: UUID, warning: UUID) -> HttpResponse:
    """It is told: the link, which is shown this once; or said, or on paper."""
    found = _found(desk.dossier_to_read(request, pk), warning)
    verdict = policies.can_give(request.user, found)
    if not verdict:
        messages.info(request, gettext(verdict.reason))
        return redirect("coach:warning", pk, warning)
    said = told(found, request.reader)
    token = commands.give(found, told=said, by=request.user)
    if not token:
        messages.success(request, gettext("Genoteerd: je hebt het verteld."))
        return redirect("coach:warning", pk, warning)
    context = {
        "url": request.build_absolute_uri(reverse("receiver:letter", args=[token])),
        "text": gettext("Dit moet je weten. Lees het vandaag, en stuur de link niet door:"),
        "to": said.receiver,
        "until": found.until,
        "back": href("coach:warning", pk, warning),
    }
    return render(request, "coach/warning_link.html", context)


class WaitForm(Asking):
    wait_until = day(_("Op welke dag dan wel?"), need=_("Kies een dag."), only=coming)
    wait_why = words(
        _("Waarom moet het nog langer duren?"),
        longest=1000,
        rows=3,
        need=_("Schrijf in een hele zin waarom."),
        hint=_("De jongere leest dit op die dag."),
    )


@desk.coach("GET", "HEAD", "POST")
def wait_longer(request: desk.DeskRequest, pk: UUID, warning: UUID) -> HttpResponse:
    """Once more, with a reason of its own."""
    dossier = desk.dossier_to_read(request, pk)
    found = _found(dossier, warning)
    youth = people.known(request.reader, [dossier])[pk]
    form = asking.asked(request, WaitForm)
    if asking.is_ready(request, form):
        with asking.told(form):
            with form.sent() as is_first:
                if is_first:
                    wait = Wait(form.cleaned_data["wait_until"], form.cleaned_data["wait_why"])
                    _refusal_told(form, found, wait, request)
            if not form.errors:
                return kept.done(request, redirect("coach:warning", pk, warning))
    text = gettext("De jongere leest dit vanaf %(day)s.") % {"day": day_in_words(timezone.localtime(found.tells_at))}
    back = href("coach:warning", pk, warning)
    return asking.simple(request, form, title=_("Nog later vertellen"), back=back, youth=youth, text=text)


def _refusal_told(form: WaitForm, found: Warning, wait: Wait, request: desk.DeskRequest) -> None:
    """Once more can be said once; who comes after that reads why not."""
    try:
        commands.wait_longer(found, wait, by=request.user)
    except Refused as refusal:
        form.add_error(None, gettext(str(refusal)))


@desk.coach("POST")
def tell_now(request: desk.DeskRequest, pk: UUID, warning: UUID) -> HttpResponse:
    """The youth need not wait for it any more."""
    commands.tell_now(_found(desk.dossier_to_read(request, pk), warning), by=request.user)
    messages.success(request, gettext("De jongere leest het vanaf nu."))
    return redirect("coach:warning", pk, warning)


@desk.coach("POST")
def stop_warning(request: desk.DeskRequest, pk: UUID, warning: UUID) -> HttpResponse:
    """Its link ends, or it is not told after all."""
    commands.stop_warning(_found(desk.dossier_to_read(request, pk), warning), by=request.user)
    messages.success(request, gettext("Gestopt. Er is niets meer te lezen."))
    return redirect("coach:warning", pk, warning)


def _found(dossier: Dossier, pk: UUID) -> Warning:
    found = warnings_about(dossier).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# --- what a coach must not miss -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class News:
    """A warning that asks something of him, or that somebody else made."""

    href: str
    title: str
    stands: str
    is_for_now: bool


def lately(request: desk.DeskRequest) -> list[News]:
    """For Vandaag: of everybody he walks along with, what he can tell now, and what somebody else told this week."""
    user = request.user
    found = _lately(coach=user.pk, municipalities=user.municipalities_as(Role.COACH), since=new_since())
    found = [one for one in found if one.made_by_id != user.pk or policies.can_give(user, one)]
    names = people.known(request.reader, {one.dossier for one in found}) if found else {}
    return [_news(one, user, names[one.dossier_id].name) for one in found]


def new_since() -> datetime:
    return clock.now() - NEW_FOR


def made_since(moment: datetime, coach: UUID, municipalities: Collection[UUID]) -> QuerySet[Warning]:
    """About everybody this coach walks along with."""
    return Warning.objects.filter(dossier__in=coached(coach, municipalities).values("pk"), made_at__gt=moment)


@prepared
def _lately(coach: UUID, municipalities: Collection[UUID], since: datetime) -> QuerySet[Warning]:
    people_too = ("made_by", "consultation__second", "dossier__municipality")
    rows = made_since(since, coach, municipalities)
    return rows.select_related(*people_too).defer("letter").order_by("-made_at")


def _news(one: Warning, person: Person, name: str = "") -> News:
    title = gettext("%(who)s deelt iets zonder ja") % {"who": one.made_by.first_name}
    stand = " ".join(filter(None, [f"{name}." if name else "", stands(one)]))
    is_for_now = bool(policies.can_give(person, one))
    return News(href("coach:warning", one.dossier_id, one.pk), title, stand, is_for_now)


def news_about(dossier: Dossier, person: Person) -> list[News]:
    """For the page of a youth: what waits for an answer or for him, and what somebody else told this week."""
    found = []
    for one in warnings_about(dossier).filter(made_at__gt=new_since()):
        may_give = bool(policies.can_give(person, one))
        is_waiting = not one.given_at and not one.ended_at and not one.asked_of.answer
        if may_give or is_waiting or one.is_open or one.made_by_id != person.pk:
            found.append(_news(one, person))
    return found
