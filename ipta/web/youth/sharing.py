"""Delen: one person sees one part, for a reason, until a day. Stopping is one tap, and so is sharing it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person, Post, Role
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing import commands
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from ipta.sharing.rules import SHAREABLE, USUAL_GRANT
from ipta.web import desk, kept
from ipta.web.asking import Asking, asked, choice, is_ready, shown, told, words
from ipta.web.desk import DeskRequest
from ipta.web.youth.page import asks, coach_of, one_tap
from ipta.web.youth.words import SECTION_ICONS, SECTIONS

PERIODS = {"30": _("Een maand"), "92": _("Drie maanden"), "182": _("Een half jaar"), "365": _("Een jaar")}
USUAL_PERIOD = str(USUAL_GRANT.days)
MOST_BEFORE = 20
# Reasons to tap; whoever wants another one writes it.
REASONS = [
    _("Die helpt me met geld."),
    _("Die helpt me met werk of school."),
    _("Die helpt me met wonen."),
    _("Die helpt me om me beter te voelen."),
    _("Die denkt mee over mijn plan."),
]


@dataclass(frozen=True, slots=True)
class Shared:
    id: UUID
    to: str
    organisation: str
    section: str
    icon: str
    purpose: str
    since: date
    until: date


def shared_now(dossier: Dossier, reader: Reader) -> list[Shared]:
    return _open(dossier.grant_set.now().order_by("-given_at"), reader)


def shared_before(dossier: Dossier, reader: Reader) -> list[Shared]:
    running = dossier.grant_set.now().values("pk")
    return _open(dossier.grant_set.exclude(pk__in=running).order_by("-given_at")[:MOST_BEFORE], reader)


def _open(rows: QuerySet[Grant], reader: Reader) -> list[Shared]:
    return [
        Shared(
            id=row.pk,
            to=row.to.get_full_name(),
            organisation=row.to.organisation,
            section=str(SECTIONS[row.shared_section]),
            icon=SECTION_ICONS[row.shared_section],
            purpose=reader.text(row.purpose),
            since=row.since,
            until=timezone.localdate(row.revoked_at) if row.revoked_at else row.until,
        )
        for row in rows.select_related("to")
    ]


def could_read(dossier: Dossier) -> list[Person]:
    """Who has an account as a professional or a coach in his municipality, but does not coach him."""
    posts = Post.objects.now().filter(
        municipality=dossier.municipality_id, role__in=[Role.PROFESSIONAL, Role.COACH], person__is_active=True
    )
    coaches = Coachship.objects.now().filter(dossier=dossier).values("coach")
    people = Person.objects.filter(pk__in=posts.values("person")).exclude(pk__in=coaches)
    return list(people.order_by("first_name", "last_name"))


@desk.youth()
def grants(request: DeskRequest) -> HttpResponse:
    """Who may read what now, and who could before."""
    dossier, reader = desk.my_dossier(request), request.reader
    context = {
        "dossier": dossier,
        "coach": coach_of(dossier),
        "running": shared_now(dossier, reader),
        "before": shared_before(dossier, reader),
    }
    return render(request, "youth/grants.html", context)


class GrantForm(Asking):
    to = choice(_("Met wie?"), [], need=_("Kies iemand."))
    section = choice(
        _("Wat mag die lezen?"),
        [(key, str(SECTIONS[key]).capitalize()) for key in SHAREABLE],
        need=_("Kies wat die mag lezen."),
    )
    reason = choice(_("Waarom?"), [(str(number), text) for number, text in enumerate(REASONS)])
    purpose = words(_("Of zeg het zelf"), longest=500)
    period = choice(_("Hoe lang?"), list(PERIODS.items()), need=_("Kies hoe lang."), initial=USUAL_PERIOD)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        to: Any = self.fields["to"]
        to.choices = [(key, person.in_full) for key, person in self.people.items()]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("reason") and not typed.get("purpose") and not {"reason", "purpose"} & self.errors.keys():
            self.add_error("reason", gettext("Kies waarom. Of zeg het zelf."))
        return typed

    @property
    def why(self) -> str:
        """His own words count; a reason he tapped otherwise."""
        return self.cleaned_data["purpose"] or str(REASONS[int(self.cleaned_data["reason"])])

    @property
    def until(self) -> date:
        return timezone.localdate() + timedelta(days=int(self.cleaned_data["period"]))

    @property
    def person(self) -> Person:
        return self.people[self.cleaned_data["to"]]


@asks("youth:grants", always=True)
def grant(request: DeskRequest) -> HttpResponse:
    """Let somebody read a part."""
    dossier = desk.my_dossier(request)
    form = asked(request, GrantForm, people=could_read(dossier))
    if is_ready(request, form):
        section = form.cleaned_data["section"]
        with told(form), form.sent() as is_new:
            if is_new:
                commands.grant(
                    dossier, by=request.user, to=form.person, section=section, purpose=form.why, until=form.until
                )
            messages.success(request, gettext("Gedeeld. Je kunt het altijd stoppen."))
            return kept.done(request, redirect("youth:grants"))
    context: dict[str, Any] = {"dossier": dossier, "people": form.people, "section_icons": SECTION_ICONS}
    return shown(request, "youth/grant.html", form, **context)


@one_tap("youth:grants")
def revoke(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Stop: at the next request that person reads nothing of it any more."""
    dossier = desk.my_dossier(request)
    commands.revoke(get_object_or_404(dossier.grant_set, pk=pk), by=request.user)
    messages.success(request, gettext("Gestopt. Die persoon kan het nu niet meer lezen."))
    return redirect("youth:grants")


@one_tap("youth:grants")
def grant_again(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The same person, the same part, the same reason, three months more: a new one, since none is ever changed."""
    dossier = desk.my_dossier(request)
    before = get_object_or_404(dossier.grant_set.select_related("to"), pk=pk)
    section = before.shared_section
    if before.to not in could_read(dossier):
        messages.warning(request, gettext("Met deze persoon kun je nu niet delen."))
        return redirect("youth:grants")
    if not dossier.grant_set.now().filter(to=before.to, shared_section=section).exists():
        purpose = request.reader.text(before.purpose)
        commands.grant(dossier, by=request.user, to=before.to, section=section, purpose=purpose)
    messages.success(request, gettext("Gedeeld, voor drie maanden. Je kunt het altijd stoppen."))
    return redirect("youth:grants")
