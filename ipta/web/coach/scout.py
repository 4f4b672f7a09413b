"""Noting somebody under a nickname, and the yes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.dossiers import commands as dossiers
from ipta.dossiers.rules import DOMAINS, HOURS, MIND, NAME_LENGTH, ONLY_BY
from ipta.scouting import commands
from ipta.scouting.commands import FOUND, add_finding_place, meet, welcome
from ipta.scouting.models import KNOWN_PLACES, Find, FindingPlace, Place
from ipta.scouting.queries import places_visible_to
from ipta.scouting.rules import MOTIVATED, YES_HOW
from ipta.web import asking, desk, kept
from ipta.web.among import InTown, towns
from ipta.web.asking import Asking, choice, several, tick, words
from ipta.web.coach import people
from ipta.web.meanwhile import Changing, mark_of

TEXTS = ("nickname", "first_name", "last_name", "born", "may_know", "safety")
PICKS: dict[str, Mapping[str, str]] = {"mind": MIND, "only_by": ONLY_BY, "hours": HOURS}  # together: what to mind


def _named(names: Mapping[str, str]) -> list[tuple[str, Any]]:
    return [(key, _(name)) for key, name in names.items()]


class ReachForm(Asking):
    """How to reach somebody, and what to know before one does."""

    mind = several(_("Waar let je op?"), _named(MIND))
    only_by = several(_("Mag het alleen zo?"), _named(ONLY_BY))
    hours = several(_("Mag het alleen dan?"), _named(HOURS))
    may_know = words(_("Wie mag het weten?"), longest=200, hint=_("Bijvoorbeeld: zijn zus wel, zijn vader niet."))

    phone = words(_("Telefoon"), longest=40)
    whatsapp = words(_("WhatsApp"), longest=40)
    social = words(_("Instagram of Snapchat"), longest=80)
    via = words(_("Via iemand"), longest=200, hint=_("Bijvoorbeeld: vraag naar hem bij de sportschool."))
    safety = words(
        _("Let op bij bellen, appen of langsgaan"),
        longest=1000,
        rows=2,
        hint=_("Bijvoorbeeld: niet bellen na tien uur. Of: app eerst of het uitkomt."),
    )

    def has_reach(self) -> bool:
        """Whether anything of it was filled in: then it stands open."""
        return any(self[name].value() for name in (*people.CHANNELS, "only_by", "hours", "may_know", "safety"))

    def care(self) -> list[str]:
        return [key for name in PICKS for key in self.cleaned_data[name]]

    def reach(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in people.CHANNELS if self.cleaned_data[name]}


class Found(forms.Form):
    """How somebody was found, and whether the method fits: all of it may stay empty."""

    kind = choice(
        _("Waar vond je hem of haar?"),
        [(Place.UNKNOWN.value, Place.UNKNOWN.label), *KNOWN_PLACES],
        initial=Place.UNKNOWN,
    )
    place = choice(_("Een plek uit het boek"), [], initial="")
    where = words(_("Welke plek?"), longest=200)
    introduced_by = words(_("Wie stelde jullie voor?"), longest=200)
    known_from = words(_("Hoe kennen die twee elkaar?"), longest=200)
    introduction = words(
        _("Wat zei hij of zij over de jongere?"), longest=asking.LONG, rows=2, hint=_("Of: hoe ging het?")
    )
    wants = words(_("Wat wil hij of zij zelf?"), longest=asking.LONG, rows=3, hint=_("In zijn of haar eigen woorden."))
    age = words(_("Hoe oud ongeveer?"), longest=40)
    plays = several(_("Wat speelt er?"), _named(DOMAINS))
    motivated = choice(_("Wil hij of zij aan de toekomst werken?"), _named(MOTIVATED))

    def offer(self, coach: Person) -> None:
        """The places of the book, if there are any."""
        book = [(str(place.pk), place.name) for place in places_visible_to(coach)]
        if book:
            field: Any = self.fields["place"]
            field.choices = [("", _("Geen plek uit het boek")), *book]
            field.widget = forms.Select(choices=field.choices)
        else:
            del self.fields["place"]

    def has_introduction(self) -> bool:
        names = ("place", "where", "introduced_by", "known_from", "introduction")
        return any(self[name].value() or self[name].errors for name in names if name in self.fields)

    def has_fit(self) -> bool:
        return any(self[name].value() for name in ("age", "plays", "motivated"))

    def told(self) -> dict[str, Any]:
        """What was said, but for the place of the book."""
        typed = {name: self.cleaned_data[name] for name in (*FOUND, "plays", "motivated")}
        return typed | {"kind": self.cleaned_data["kind"] or Place.UNKNOWN}


class ScoutForm(Found, ReachForm, InTown):
    nickname = words(
        _("Hoe noem je hem of haar?"),
        longest=60,
        need=_("Schrijf een bijnaam op, bijvoorbeeld: Y. van de sportschool."),
        hint=_("Een bijnaam is genoeg. Zijn echte naam komt pas na het ja."),
    )
    is_new_place = tick(_("Zet deze plek in het boek"), hint=_("Alle coaches van je gemeente zien de naam."))

    def __init__(self, *args: Any, coach: Person, **kwargs: Any) -> None:
        super().__init__(*args, among=towns(coach, Role.COACH), **kwargs)
        self.offer(coach)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("is_new_place") and "where" not in self.errors:
            if not typed.get("where"):
                self.add_error("where", gettext("Schrijf op hoe de plek heet."))
            if typed.get("kind") in {"", Place.UNKNOWN}:
                self.add_error("kind", gettext("Kies wat voor plek het is."))
        return typed

    def met(self) -> dict[str, Any]:
        names = ("nickname", "safety", "may_know")
        typed = {name: self.cleaned_data[name] for name in names}
        return typed | self.told() | {"careful": self.care(), "reach": self.reach()}


@desk.coach("GET", "HEAD", "POST")
def scout(request: desk.DeskRequest) -> HttpResponse:
    """Note somebody: a nickname is enough."""
    form = asking.asked(request, ScoutForm, coach=request.user, initial={"place": request.GET.get("plek", "")})
    if asking.is_ready(request, form):
        with asking.told(form):
            answer = _meet(form, by=request.user)
            messages.success(request, gettext("Genoteerd."))
            return kept.done(request, answer)
    return asking.shown(request, "coach/scout.html", form)


def _meet(form: ScoutForm, *, by: Person) -> HttpResponse:
    """On to the page of who was noted; where the same form came in before, to the list he stands in."""
    with form.sent() as is_first:
        if not is_first:
            return redirect("coach:youths")
        find = meet(form.town, by=by, place=_place(form, form.town, by=by), **form.met())
    return redirect("coach:youth", find.dossier_id)


def _place(form: ScoutForm, municipality: Municipality, *, by: Person) -> FindingPlace | None:
    """The place of the book that was chosen, or a new one that goes into it."""
    typed, chosen = form.cleaned_data, _chosen(form, by=by)
    if chosen is None and typed["is_new_place"]:
        return add_finding_place(municipality, kind=typed["kind"], name=typed["where"][:NAME_LENGTH], by=by)
    return chosen


def _chosen(form: Found, *, by: Person) -> FindingPlace | None:
    chosen = form.cleaned_data.get("place")
    return places_visible_to(by).filter(pk=chosen).first() if chosen else None


# --- how it began, told once more --------------------------------------------------------------------


class RetellForm(Found, Changing):
    pass


@desk.coach("GET", "HEAD", "POST")
def retell(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What is known by now of how he was found, and whether it fits."""
    dossier = desk.own_dossier(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"contacts"}})[pk]
    find = dossier.find_set.first()
    if find is None:
        raise Http404
    there = _found_there(request, find)
    form = asking.asked(request, RetellForm, there=there)
    form.offer(request.user)
    if asking.is_ready(request, form):
        if form.is_overtaken:
            again = form.again()
            again.offer(request.user)
            return asking.shown(request, "coach/retell.html", again, status=409, youth=youth, others=form.others())
        with asking.told(form):
            if form.others():
                commands.retell(find, by=request.user, place=_chosen(form, by=request.user), **form.told())
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:youth", pk))
    return asking.shown(request, "coach/retell.html", form, youth=youth)


def _found_there(request: desk.DeskRequest, find: Find) -> dict[str, Any]:
    reader, chosen = request.reader, request.reader.text(find.place_in_book)
    book = {str(pk) for pk in places_visible_to(request.user).values_list("pk", flat=True)}
    there: dict[str, Any] = {name: reader.text(getattr(find, name)) for name in (*FOUND, "motivated")}
    there |= {"kind": find.kind, "plays": reader.json(find.plays) or []}
    return there | ({"place": chosen if chosen in book else ""} if book else {})


# --- the yes -----------------------------------------------------------------------------------------


class WelcomeForm(Asking):
    how = choice(_("Hoe hoorde de jongere dit?"), _named(YES_HOW), need=_("Kies hoe jullie dit deden."))
    present = words(_("Wie was erbij?"), longest=200, hint=_("Bijvoorbeeld: zijn zus. Niemand? Laat leeg."))
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
                now = self._now(name) or gettext("niets")
                self.add_error(name, gettext("Intussen staat hier: %(now)s. Kijk welke moet blijven.") % {"now": now})
            again = QueryDict(mutable=True)
            again.update(self.data)
            again["seen"] = self._mark_of_now()
            self.data = again
        return typed

    def described(self) -> dict[str, Any]:
        typed = {name: self.cleaned_data[name] for name in TEXTS if name in self.cleaned_data}
        return typed | {"careful": self.care()}

    def _differing(self, typed: dict[str, Any]) -> list[str]:
        there = [name for name in self.fields if name != "seen" and name in typed]
        return [name for name in there if self._in_words(name, typed[name]) != self._now(name)]

    def _now(self, name: str) -> str:
        return self._in_words(name, self.initial.get(name))

    def _in_words(self, name: str, value: Any) -> str:
        picks = [gettext(words) for key, words in PICKS.get(name, {}).items() if key in (value or ())]
        return ", ".join(picks) if name in PICKS else str(value or "")

    def _mark_of_now(self) -> str:
        return mark_of({name: self._now(name) for name in self.fields if name != "seen"})


@desk.coach("GET", "HEAD", "POST")
def describe(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Change names and ways to reach him."""
    dossier = desk.own_dossier(request, pk)
    reader = request.reader
    youth = people.youth_of(reader, dossier)
    reach: dict[str, Any] = reader.json(dossier.reach) or {}
    care = reader.json(dossier.careful) or []
    initial = reach | {name: reader.text(getattr(dossier, name)) for name in TEXTS}
    initial |= {name: [key for key in keys if key in care] for name, keys in PICKS.items()}
    form = asking.asked(request, KnownForm, initial=initial, is_scouted=dossier.is_scouted)
    if asking.is_ready(request, form):
        others = {key: value for key, value in reach.items() if key not in people.CHANNELS}
        with asking.told(form):
            dossiers.describe(dossier, by=request.user, reach=others | form.reach(), **form.described())
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:youth", pk))
    return asking.simple(request, form, title=_("Naam en contact"), back=youth.href, youth=youth)
