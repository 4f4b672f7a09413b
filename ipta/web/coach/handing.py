"""Another coach: handing over on a day, standing in for some days, and what whoever goes on must know."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person, Post, Role
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.dossiers import commands, policies
from ipta.dossiers.models import Appointment, Coachship, Dossier, Step
from ipta.dossiers.rules import LONGEST_AHEAD, LONGEST_STAND_IN, TEXT_LENGTH
from ipta.sharing.door import Reader
from ipta.sharing.queries import caseload_of
from ipta.web import asking, desk, kept
from ipta.web.among import Colleague
from ipta.web.asking import Asking
from ipta.web.coach import people
from ipta.web.templatetags.ipta_ui import day as day_in_words

IS_NEW_FOR = timedelta(days=42)  # so long the words of a hand-over stand at the top


@dataclass(frozen=True, slots=True)
class Walking:
    """Somebody who walks along, did so or will."""

    pk: UUID
    coach: Person
    since: date
    last_day: date | None
    has_begun: bool


@dataclass(slots=True)
class AllWalking:
    """Who walks along with one youth: now, in the days to come, and before."""

    coaches: list[Walking] = field(default_factory=list)
    next_one: Walking | None = None
    stand_ins: list[Walking] = field(default_factory=list)
    before: list[Walking] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Handed:
    """What was written for who reads this now."""

    title: str
    text: str
    under: str


def walking_with(dossier: Dossier) -> AllWalking:
    today, found = clock.today(), AllWalking()
    for ship in Coachship.objects.kept().filter(dossier=dossier).select_related("coach").order_by("since"):
        one = Walking(ship.pk, ship.coach, ship.since, ship.last_day, ship.since <= today)
        if ship.until and ship.until <= today:
            found.before += [] if ship.is_stand_in else [one]
        elif ship.is_stand_in:
            found.stand_ins.append(one)
        elif one.has_begun:
            found.coaches.append(one)
        else:
            found.next_one = one
    return found


def handed_to(reader: Reader, dossier: Dossier, ships: Collection[Coachship], coach: Person) -> Handed | None:
    """What whoever goes on must know: in his first weeks the coach's, all his days a stand-in's. `ships`: of now."""
    told = [ship for ship in ships if ship.briefing and ship.is_running()]
    lent = [ship for ship in told if ship.is_stand_in and ship.coach_id == coach.pk]
    new = [ship for ship in told if not ship.is_stand_in and clock.today() - ship.since < IS_NEW_FOR]
    ship = next(iter([*lent, *new]), None)
    if ship is None or ship.briefing is None or not reader.may(dossier, ship.briefing.section):
        return None
    ship.briefing.dossier = dossier
    by = ship.given_by.get_full_name() if ship.given_by else ""
    under = gettext("%(who)s schreef dit bij de overdracht, %(day)s")
    if ship.is_stand_in:
        under = gettext("%(who)s schreef dit voor de vervanging, vanaf %(day)s")
    text = reader.text(ship.briefing.text)
    return Handed(gettext("Wat je moet weten"), text, under % {"who": by, "day": day_in_words(ship.since)})


# --- the questions ----------------------------------------------------------------------------------------


class CoachForm(Asking):
    """Which colleague, out of the coaches of the municipality."""

    coach = Colleague(
        label=_("Welke coach?"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Kies een coach."), "invalid_choice": _("Kies een coach uit de lijst.")},
    )

    def __init__(self, *args: Any, coaches: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = coaches  # type: ignore[attr-defined]


class HandOverForm(CoachForm):
    on = asking.day(
        _("Vanaf welke dag?"),
        need=_("Kies de dag waarop je collega begint."),
        hint=_("Tot die dag blijf jij de coach. Vanaf die dag zie je het dossier niet meer."),
        only=asking.coming,
    )
    words = asking.words(
        _("Wat je moet weten"),
        longest=TEXT_LENGTH,
        rows=7,
        need=_("Schrijf op wat je collega moet weten. Een paar zinnen is genoeg."),
        hint=_(
            "Schrijf het aan je collega. Wie stelde jullie aan elkaar voor? Wat werkt goed? Wat kun je beter laten? "
            "De jongere kan dit ook lezen."
        ),
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > clock.today() + LONGEST_AHEAD:
            raise forms.ValidationError(gettext("Kies een dag in de komende zes maanden."))
        return on


class StandInForm(CoachForm):
    first_day = asking.day(_("Vanaf"), hint=_("Leeg is vandaag."), only=asking.coming)
    last_day = asking.day(_("Tot en met"), need=_("Kies de laatste dag."), only=asking.coming)
    words = asking.words(
        _("Wat je moet weten"),
        longest=TEXT_LENGTH,
        rows=5,
        hint=_("Schrijf het aan je vervanger. Wat speelt er in deze dagen? Wat kan wachten? De jongere leest mee."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        first, last = typed.get("first_day") or clock.today(), typed.get("last_day")
        if last and last < first:
            self.add_error("last_day", gettext("Dit is vóór de eerste dag. Kies een dag daarna."))
        elif last and last + timedelta(days=1) - first > LONGEST_STAND_IN:
            said = gettext("Kies een dag binnen een jaar. Duurt het langer, draag dan over.")
            self.add_error("last_day", said)
        return typed


# --- handing over -----------------------------------------------------------------------------------------


@desk.coach("GET", "HEAD", "POST")
def hand_over(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Another coach goes on from a day; until then this one is the coach, and can still change it."""
    if Asking(request.POST).was_sent():  # a second tap: by now the dossier may no longer be this coach's
        is_mine = caseload_of(request.user).filter(pk=pk).exists()
        return redirect("coach:course", pk) if is_mine else redirect("coach:youths")
    dossier = _to_assign(request, pk)
    coming = Coachship.objects.planned().filter(dossier=dossier, is_stand_in=False)
    planned = coming.select_related("briefing").first()
    initial = {"coach": planned.coach_id, "on": planned.since} if planned else {}
    if planned and planned.briefing and request.method != "POST":
        initial["words"] = request.reader.text(planned.briefing.text)
    form = asking.asked(request, HandOverForm, coaches=_colleagues(dossier, request.user), initial=initial)
    if asking.is_ready(request, form):
        with asking.told(form):
            with form.sent() as is_first:
                if is_first:
                    typed = form.cleaned_data
                    commands.hand_over(
                        dossier, to=typed["coach"], on=typed["on"], words=typed["words"], by=request.user
                    )
            return kept.done(request, _handed_over(request, dossier, form))
    text = _("Vertel het eerst zelf, liefst met z'n drieën. Op de eigen pagina staat straks wie er komt en wanneer.")
    return _form_page(request, dossier, form, _("Overdragen"), text, goes_along=_goes_along(dossier))


def _handed_over(request: desk.DeskRequest, dossier: Dossier, form: HandOverForm) -> HttpResponse:
    on, who = form.cleaned_data["on"], form.cleaned_data["coach"].first_name
    if on <= clock.today():
        messages.success(request, gettext("Overgedragen. Je collega gaat verder."))
        return redirect("coach:youths")
    said = gettext("Vanaf %(day)s is %(who)s de coach. Tot die dag ben jij het.")
    messages.success(request, said % {"day": day_in_words(on), "who": who})
    return redirect("coach:course", dossier.pk)


@desk.coach("POST")
def stay(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """It is off: this coach goes on."""
    dossier = _to_assign(request, pk)
    try:
        commands.stay(dossier, by=request.user)
        messages.success(request, gettext("De overdracht gaat niet door. Jij blijft de coach."))
    except Impossible as objection:
        messages.info(request, gettext(str(objection)))
    return redirect("coach:course", pk)


def _goes_along(dossier: Dossier) -> list[str]:
    """What is open and will be the next coach's to do; nothing of it is opened."""
    mine = Step.objects.filter(
        dossier=dossier, owner=Step.Owner.COACH, parent=None, done_on=None, dropped_on=None
    ).count()
    meetings = Appointment.objects.filter(dossier=dossier, outcome="", starts_at__gte=timezone.now()).count()
    said = []
    if mine:
        promised = ngettext("%(n)s belofte van jou", "%(n)s beloftes van jou", mine)
        said.append(promised % {"n": mine})
    if meetings:
        said.append(ngettext("%(n)s afspraak", "%(n)s afspraken", meetings) % {"n": meetings})
    return said


# --- standing in ------------------------------------------------------------------------------------------


@desk.coach("GET", "HEAD", "POST")
def stand_in(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Somebody takes over for some days and reads less."""
    dossier = _to_assign(request, pk)
    initial = {"first_day": clock.today()}
    form = asking.asked(request, StandInForm, coaches=_colleagues(dossier, request.user), initial=initial)
    if asking.is_ready(request, form):
        typed = form.cleaned_data
        with asking.told(form):
            with form.sent() as is_first:
                if is_first:
                    commands.stand_in(
                        dossier,
                        coach=typed["coach"],
                        since=typed["first_day"],
                        until=typed["last_day"] + timedelta(days=1),
                        words=typed["words"],
                        by=request.user,
                    )
            messages.success(request, gettext("De vervanging staat erbij."))
            return kept.done(request, redirect("coach:course", pk))
    text = _("De vervanger ziet niet alles: geen geld, gezondheid, familie, justitie, verhaal of berichten.")
    return _form_page(request, dossier, form, _("Vervanging regelen"), text)


@desk.coach("POST")
def stand_down(request: desk.DeskRequest, pk: UUID, ship: UUID) -> HttpResponse:
    """Back earlier, or not needed after all."""
    dossier = _to_assign(request, pk)
    found = Coachship.objects.filter(dossier=dossier, is_stand_in=True, pk=ship).first()
    if found is None:
        raise Http404
    try:
        commands.stand_down(found, by=request.user)
        messages.success(request, gettext("De vervanging is gestopt."))
    except Impossible as objection:
        messages.info(request, gettext(str(objection)))
    return redirect("coach:course", pk)


def _to_assign(request: desk.DeskRequest, pk: UUID) -> Dossier:
    """A dossier this coach may pass on: what was lent to a stand-in is not his to give."""
    dossier = desk.own_dossier(request, pk)
    if not policies.can_assign(request.user, dossier):
        raise Http404
    return dossier


def _colleagues(dossier: Dossier, coach: Person) -> QuerySet[Person]:
    posts = Post.objects.now().filter(municipality=dossier.municipality_id, role=Role.COACH)
    found = Person.objects.filter(pk__in=posts.values("person"), is_active=True).exclude(pk=coach.pk)
    return found.order_by("first_name", "last_name")


def _form_page(
    request: desk.DeskRequest, dossier: Dossier, form: CoachForm, title: Any, text: Any, goes_along: Sequence[str] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        "youth": people.known(request.reader, [dossier])[dossier.pk],
        "title": title,
        "text": text,
        "back": reverse("coach:course", args=[dossier.pk]),
        "is_alone": not form.fields["coach"].queryset.exists(),  # type: ignore[attr-defined]
        "goes_along": gettext(" en ").join(goes_along),
    }
    return asking.shown(request, "coach/course_form.html", form, **context)
