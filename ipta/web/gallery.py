"""Every component in every state, on one page: the documentation of the look, and what to look at after a change."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ipta.web import desk
from ipta.web.components.icons import ICONS
from ipta.web.components.thread import Knot, Phase

HOW = [("spoken", _("Gesproken")), ("app", _("App")), ("called", _("Gebeld")), ("missed", _("Niet bereikt"))]
PEOPLE = [(str(n), name) for n, name in enumerate(["Y.", "M.", "K.", "D.", "S.", "A."])]
SCALE = [
    ("1", _("Dat lukt nog niet")),
    ("2", _("Dat lukt af en toe")),
    ("3", _("Dat lukt vaak, met hulp")),
    ("4", _("Dat lukt meestal zelf")),
    ("5", _("Dat lukt helemaal zelf")),
    ("unknown", _("Weet ik niet")),
]


class Everything(forms.Form):
    """One of each kind of question."""

    name = forms.CharField(label=_("Hoe wil je heten?"), help_text=_("Een voornaam is genoeg."))
    text = forms.CharField(label=_("Wat is er besproken?"), widget=forms.Textarea(attrs={"rows": 4}))
    place = forms.ChoiceField(
        label=_("Waar?"), choices=[("", _("Kies een plek")), ("gym", _("Sportschool")), ("street", _("Op straat"))]
    )
    day = forms.DateField(label=_("Welke dag?"), required=False)
    time = forms.TimeField(label=_("Hoe laat?"), required=False)
    moment = forms.DateTimeField(label=_("Wanneer precies?"), required=False)
    hours = forms.IntegerField(label=_("Hoeveel uur in de week?"), required=False)
    photo = forms.FileField(label=_("Foto of papier"), required=False)
    told = forms.BooleanField(label=_("Dit is samen besproken"), required=False, help_text=_("De jongere leest mee."))
    how = forms.ChoiceField(label=_("Hoe?"), choices=HOW, widget=forms.RadioSelect)
    who = forms.ChoiceField(label=_("Over wie?"), choices=PEOPLE, widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        label=_("Waarover ging het?"),
        choices=[("home", _("Wonen")), ("work", _("Werk")), ("money", _("Geld")), ("people", _("Mensen"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    score = forms.ChoiceField(
        label=_("Op tijd komen"), help_text=_("Kies wat het meest klopt."), choices=SCALE, widget=forms.RadioSelect
    )


def knots(today: date) -> list[Knot]:
    """A thread as threads are: with a loop in it."""
    ago = [today - timedelta(days=days) for days in (334, 310, 275, 251, 196, 130, 118, 60, 0)]
    words = [
        ("found", _("De barbier stelde ons voor"), ""),
        ("yes", _("Ja, we gaan het samen proberen"), ""),
        ("scan", _("Samen gekeken hoe het gaat"), _("Elf onderwerpen, in drie gesprekken")),
        ("plan", _("Een eigen plan"), _("Wonen eerst, dan werk")),
        ("work", _("Eerste werkplek bij de fietsenmaker aan de Schiedamseweg"), ""),
        ("loop", _("Even terug: het liep anders"), _("Samen opnieuw gepraat. De plek bleef open.")),
        ("work", _("Weer aan het werk"), ""),
        ("calm", _("Een eigen kamer"), ""),
        ("now", _("Drie maanden vast werk"), _("Je kwam elke dag op tijd.")),
    ]
    return [
        Knot(day, str(title), kind, str(text), "#draad" if kind == "plan" else "")
        for day, (kind, title, text) in zip(ago, words, strict=True)
    ]


def phases(thread: list[Knot]) -> list[Phase]:
    """Phases that overlap, as they do."""
    days = [knot.date for knot in thread]
    return [
        Phase(str(_("Kennismaken")), days[0], days[2]),
        Phase(str(_("Plan maken")), days[1], days[3]),
        Phase(str(_("Werken")), days[4]),
        Phase(str(_("Wonen op orde")), days[4], days[7]),
    ]


@desk.anyone("GET", "HEAD")
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    today = timezone.localdate()
    thread = knots(today)
    filled = {
        "text": _("Baas is blij. Y. wil leren lassen."),
        "how": "app",
        "who": "5",
        "themes": ["work"],
        "score": "3",
    }
    return render(
        request,
        "gallery.html",
        {
            "nav": "today",
            "now": timezone.now(),
            "a_day": today,
            "an_old_moment": datetime(2019, 3, 5, 14, 30, tzinfo=timezone.get_current_timezone()),
            "form": Everything(initial=filled, prefix="a"),
            "wrong": Everything({"b-name": "", "b-day": "gisteren"}, prefix="b"),
            "icons": ICONS,
            "knots": thread,
            "phases": phases(thread),
            "page": Paginator(range(70), 10).page(3),
            "how_icons": {"spoken": "person", "app": "chat", "called": "phone", "missed": "cross"},
            "url": "https://voorbeeld.nl/u/7Q4K-2M9X",
        },
    )
