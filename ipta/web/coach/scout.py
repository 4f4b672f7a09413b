"""Noting somebody under a nickname, and the yes."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.dossiers import commands as dossiers
from ipta.scouting.commands import meet, welcome
from ipta.scouting.models import Find
from ipta.web import asking, desk, kept
from ipta.web.among import Among
from ipta.web.asking import Asking, choice, words
from ipta.web.coach import people
from ipta.web.coach.meanwhile import mark_of

TEXTS = ("nickname", "first_name", "last_name", "born", "safety")


class ReachForm(Asking):
    """How to reach somebody, and what to know before one does."""

    phone = words(_("Telefoon"), longest=40)
    whatsapp = words(_("WhatsApp"), longest=40)
    social = words(_("Instagram of Snapchat"), longest=80)
    via = words(_("Via iemand"), longest=200, hint=_("Bijvoorbeeld: vraag naar hem bij de sportschool."))
    safety = words(
        _("Let op bij bellen, appen of langsgaan"),
        longest=1000,
        rows=2,
        hint=_("Bijvoorbeeld: zijn ouders weten het niet. Of: niet bellen na tien uur."),
    )

    def reach(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in people.CHANNELS if self.cleaned_data[name]}


class ScoutForm(ReachForm):
    municipality = Among(
        label=_("Gemeente"),
        queryset=Municipality.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een gemeente.")},
    )
    nickname = words(
        _("Hoe noem je hem of haar?"),
        longest=60,
        need=_("Schrijf een bijnaam op, bijvoorbeeld: Y. van de sportschool."),
        hint=_("Een bijnaam is genoeg. Zijn echte naam komt pas na het ja."),
    )
    kind = choice(
        _("Waar vond je hem of haar?"),
        [pair for pair in Find.Place.choices if pair[0] != Find.Place.UNKNOWN]
        + [(Find.Place.UNKNOWN.value, Find.Place.UNKNOWN.label)],
        initial=Find.Place.UNKNOWN,
    )
    where = words(_("Welke plek?"), longest=200)
    introduced_by = words(_("Wie stelde jullie voor?"), longest=200)
    introduction = words(_("Hoe ging dat?"), longest=asking.LONG, rows=2)
    wants = words(_("Wat wil hij of zij zelf?"), longest=asking.LONG, rows=3, hint=_("In zijn of haar eigen woorden."))

    def __init__(self, *args: Any, coach: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Municipality.objects.filter(pk__in=coach.municipalities_as(Role.COACH))
        self.fields["municipality"].queryset = mine  # type: ignore[attr-defined]
        if len(mine) == 1:
            self.only = mine[0]
            del self.fields["municipality"]

    only: Municipality | None = None

    def has_reach(self) -> bool:
        return any(self[name].value() for name in people.CHANNELS)

    def has_introduction(self) -> bool:
        return any(self[name].value() for name in ("introduced_by", "where", "introduction"))

    def found(self) -> dict[str, Any]:
        names = ("nickname", "where", "introduced_by", "introduction", "wants", "safety")
        typed = {name: self.cleaned_data[name] for name in names}
        return typed | {"kind": self.cleaned_data["kind"] or Find.Place.UNKNOWN, "reach": self.reach()}


@desk.coach("GET", "HEAD", "POST")
def scout(request: desk.DeskRequest) -> HttpResponse:
    """Note somebody: a nickname is enough."""
    form = asking.asked(request, ScoutForm, coach=request.user)
    if asking.is_ready(request, form):
        with asking.told(form):
            answer = _meet(form, by=request.user)
            messages.success(request, gettext("Genoteerd."))
            return kept.done(request, answer)
    return asking.shown(request, "coach/scout.html", form)


def _meet(form: ScoutForm, *, by: Person) -> HttpResponse:
    """On to the page of who was noted; where the same form came in before, to the list he stands in."""
    municipality = form.only or form.cleaned_data["municipality"]
    with form.sent() as is_first:
        if not is_first:
            return redirect("coach:youths")
        find = meet(municipality, by=by, **form.found())
    return redirect("coach:youth", find.dossier_id)


class WelcomeForm(Asking):
    first_name = words(_("Voornaam"), longest=60)
    last_name = words(_("Achternaam"), longest=80)
    born = words(
        _("Geboren"), longest=40, hint=_("Een datum, een jaar, of wat je weet. Hij of zij bepaalt wat hier staat.")
    )


@desk.coach("GET", "HEAD", "POST")
def join(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The yes: "hij doet mee"."""
    dossier = desk.own_dossier(request, pk)
    if not dossier.is_scouted:
        return redirect("coach:youth", pk)
    form = asking.asked(request, WelcomeForm)
    if asking.is_ready(request, form):
        with asking.told(form):
            welcome(dossier, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Mooi, het dossier is begonnen. Geef nu de code voor de telefoon."))
            return kept.done(request, redirect("coach:devices", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.shown(request, "coach/join.html", form, youth=youth)


class KnownForm(ReachForm):
    """What is known of the youth himself."""

    field_order = ["nickname", "first_name", "last_name", "born"]

    nickname = words(_("Bijnaam"), longest=60)
    first_name = words(_("Voornaam"), longest=60)
    last_name = words(_("Achternaam"), longest=80)
    born = words(_("Geboren"), longest=40, hint=_("Een datum, een jaar, of wat je weet."))

    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # a mark of what stood there when it was opened

    def __init__(self, *args: Any, is_scouted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_scouted:
            for name in ("first_name", "last_name", "born"):
                del self.fields[name]
        self.fields["seen"].initial = self._mark_of_now()

    def clean(self) -> dict[str, Any]:
        """Nobody's words are overwritten unseen: what changed in the meantime is shown, and a person decides."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("seen") != self._mark_of_now():
            for name in self._differing(typed):
                now = self.initial.get(name) or gettext("niets")
                self.add_error(name, gettext("Intussen staat hier: %(now)s. Kijk welke moet blijven.") % {"now": now})
            self.data = {name: self.data[name] for name in self.data} | {"seen": self._mark_of_now()}
        return typed

    def described(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TEXTS if name in self.cleaned_data}

    def _differing(self, typed: dict[str, Any]) -> list[str]:
        return [name for name in self.fields if name != "seen" and name in typed and typed[name] != self._now(name)]

    def _now(self, name: str) -> str:
        return str(self.initial.get(name) or "")

    def _mark_of_now(self) -> str:
        return mark_of({name: self._now(name) for name in self.fields if name != "seen"})


@desk.coach("GET", "HEAD", "POST")
def describe(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Change names and ways to reach him."""
    dossier = desk.own_dossier(request, pk)
    reader = request.reader
    youth = people.youth_of(reader, dossier)
    reach: dict[str, Any] = reader.json(dossier.reach) or {}
    initial = reach | {name: reader.text(getattr(dossier, name)) for name in TEXTS}
    form = asking.asked(request, KnownForm, initial=initial, is_scouted=dossier.is_scouted)
    if asking.is_ready(request, form):
        others = {key: value for key, value in reach.items() if key not in people.CHANNELS}
        with asking.told(form):
            dossiers.describe(dossier, by=request.user, reach=others | form.reach(), **form.described())
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:youth", pk))
    return asking.simple(request, form, title=_("Naam en contact"), back=youth.href, youth=youth)
