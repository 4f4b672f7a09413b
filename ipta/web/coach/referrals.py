"""Somebody is brought in by a professional without an account: a few facts, and always who introduces him."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts import links
from ipta.accounts.models import Link, Role
from ipta.base import acting
from ipta.dossiers.models import Dossier
from ipta.scouting import commands
from ipta.scouting.models import Referral
from ipta.sharing.door import Reader
from ipta.web import asking, desk
from ipta.web.among import home
from ipta.web.asking import Asking, choice, words

# --- the coach -----------------------------------------------------------------------------------------------


@desk.coach("GET", "HEAD", "POST")
def referrals(request: desk.DeskRequest) -> HttpResponse:
    """Make the link that one hands to wijkagent, youth worker or mentor. It is shown this once."""
    url = ""
    if request.method == "POST":
        token = commands.open_referrals(home(request.user), by=request.user)
        url = request.build_absolute_uri(reverse("coach:refer", args=[token]))
    running = Link.objects.open().filter(kind=Link.Kind.REFERRAL, about=request.user.pk).first()
    return render(request, "coach/referrals.html", {"url": url, "running": running})


@desk.coach("POST")
def close_referrals(request: desk.DeskRequest) -> HttpResponse:
    commands.close_referrals(home(request.user), by=request.user)
    messages.success(request, gettext("De link werkt niet meer."))
    return redirect("coach:referrals")


@desk.coach("POST")
def tell_referrer(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Choose what who brought him in hears."""
    dossier = desk.own_dossier(request, pk)
    referral = Referral.objects.filter(dossier=dossier).first()
    told = request.POST.get("told", "")
    if referral is None or told not in Referral.Told.values:
        raise Http404
    commands.tell_referrer(referral, told, by=request.user)
    messages.success(request, gettext("Dit leest wie hem of haar aanbracht."))
    return redirect("coach:youth", pk)


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """Who brought him in, why, and what that person hears."""

    title: str
    why: str
    reach: str
    knows: bool
    told: str
    others: list[tuple[str, str]]  # what could be told instead


def brought_in(reader: Reader, dossier: Dossier) -> BroughtIn | None:
    """For the page of the youth, if he was brought in."""
    found = Referral.objects.filter(dossier=dossier).first()
    if found is None:
        return None
    who = ", ".join(filter(None, [reader.text(found.name), reader.text(found.organisation)]))
    cannot = {found.told, "" if dossier.joined_on else Referral.Told.JOINED}
    others = [(key, str(words)) for key, words in Referral.Told.choices if key not in cannot]
    return BroughtIn(
        title=gettext("Aangebracht door %(who)s") % {"who": f"{who} ({str(found.get_role_display()).lower()})"},
        why=reader.text(found.why),
        reach=reader.text(found.reach),
        knows=found.knows == Referral.Knows.YES,
        told=str(found.get_told_display()),
        others=others,
    )


# --- who brings somebody in ------------------------------------------------------------------------------------


class ReferForm(Asking):
    nickname = words(
        _("Hoe noem je hem of haar?"),
        longest=60,
        need=_("Een voornaam of bijnaam is genoeg."),
        hint=_("Een voornaam of bijnaam. Geen achternaam, geen adres, geen BSN."),
    )
    knows = choice(_("Weet hij of zij dat je dit doet?"), Referral.Knows.choices, need=_("Kies een antwoord."))
    introduced_by = words(
        _("Wie stelt ons aan elkaar voor?"),
        longest=120,
        need=_("Een koude verwijzing werkt vaak niet. Wie kan ons voorstellen?"),
        hint=_("Iemand die hij of zij kent en vertrouwt. Dat kun jij zelf zijn."),
    )
    known_from = words(_("Hoe kennen ze elkaar?"), longest=200)
    where = words(_("Waar kunnen we hem of haar ontmoeten?"), longest=200)
    why = words(
        _("Waarom denk je aan hem of haar?"),
        longest=500,
        rows=3,
        hint=_("In een paar woorden. Hij of zij kan dit later lezen."),
    )
    role = choice(_("Wie ben jij?"), Referral.Role.choices, need=_("Kies wie je bent."))
    name = words(_("Je naam"), longest=120, need=_("Schrijf je naam op."))
    organisation = words(_("Waar werk je?"), longest=120)
    reach = words(_("Hoe bereiken we je?"), longest=120, need=_("Schrijf een telefoonnummer of mailadres op."))


@desk.anyone("GET", "HEAD", "POST")
def refer(request: HttpRequest, token: str) -> HttpResponse:
    """The form of who has no account. It writes as the coach whose link it is, and reads nothing."""
    link = links.find(Link.Kind.REFERRAL, token)
    if link is None:
        return _no_link(request)
    coach = link.made_by
    with acting.as_person(coach.pk):
        if not coach.is_somewhere(Role.COACH):
            return _no_link(request)
        form = ReferForm(request.POST if request.method == "POST" else None)
        if asking.is_ready(request, form):
            with asking.told(form), form.sent() as is_first:
                if not is_first:
                    return render(request, "coach/refer_done.html", {"coach": coach})
                return redirect("coach:referred", commands.refer(home(coach), by=coach, **form.cleaned_data))
        return asking.shown(request, "coach/refer.html", form, coach=coach)


@desk.anyone()
def referred(request: HttpRequest, token: str) -> HttpResponse:
    """How it goes, as far as it may be told. It names nobody."""
    link = links.find(Link.Kind.REFERRED, token)
    if link is None:
        return _no_link(request)
    with acting.as_person(link.made_by_id):
        referral = Referral.objects.filter(pk=link.about).only("told", "arrived_at").first()
        if referral is None:
            return _no_link(request)
        url = request.build_absolute_uri(reverse("coach:referred", args=[token]))
        context = {"told": referral.get_told_display(), "arrived_at": referral.arrived_at, "url": url}
        return render(request, "coach/referred.html", context)


def _no_link(request: HttpRequest) -> HttpResponse:
    return render(request, "coach/no_link.html", status=404)
