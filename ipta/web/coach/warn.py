"""Delen zonder ja: begun on purpose, in three steps on one page, and looked at once more before it happens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.sharing.models import Warning
from ipta.sharing.rules import SECTION_NAMES, is_a_sentence
from ipta.sharing.warning import commands
from ipta.sharing.warning.commands import Receiver, Wait
from ipta.sharing.warning.queries import who_could_think_along
from ipta.sharing.warning.reading import chosen, pickable
from ipta.sharing.warning.rules import LONGEST_WAIT, Picked, may_wait_until, too_much
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, coming, day, several, words
from ipta.web.coach import people
from ipta.web.hrefs import href

HOURS = {"4": _("Vier uur"), "24": _("Een dag"), "72": _("Drie dagen")}
WHOLE_SENTENCE = _("Schrijf het in een hele zin.")


class WarnForm(Asking):
    ground = choice(_("Waarom moet dit?"), Warning.Ground.choices, need=_("Kies waarom."))
    facts = words(
        _("Wat is er aan de hand?"),
        longest=2000,
        rows=4,
        need=_("Schrijf op wat er aan de hand is."),
        hint=_("Wat je zag of hoorde, in hele zinnen. Dit wordt verteld, en de jongere leest het ook."),
    )
    items = several(_("Welke regels gaan mee?"), [], hint=_("Hooguit acht, uit drie onderdelen. Geen is ook goed."))
    to_name = words(_("Aan wie? Naam"), need=_("Schrijf de naam op."))
    to_function = words(_("Wat doet die?"), hint=_("Bijvoorbeeld: wijkagent."))
    to_organisation = words(_("Van welke organisatie?"), need=_("Schrijf de organisatie op."))
    way = choice(_("Hoe?"), Warning.Way.choices, need=_("Kies hoe."), initial=Warning.Way.LINK)
    hours = choice(_("Hoe lang werkt een link?"), list(HOURS.items()), need=_("Kies hoe lang."), initial="24")
    second = choice(
        _("Wie denkt er mee?"),
        [],
        need=_("Kies een collega."),
        hint=_("Een collega met een andere rol. Die zegt ja of nee, en leest het dossier niet."),
    )
    question = words(
        _("Wat leest je collega?"),
        longest=2000,
        rows=3,
        hint=_("Laat leeg: dan leest je collega wat er aan de hand is. Schrijf hier minder als dat genoeg is."),
    )
    wait_until = day(_("Op welke dag dan wel?"), only=coming, hint=_("Hooguit veertien dagen."))
    wait_why = words(
        _("Waarom later?"), longest=1000, rows=2, hint=_("In een hele zin. De jongere leest dit op die dag.")
    )

    def __init__(
        self, *args: Any, picks: Iterable[Picked], seconds: Sequence[tuple[Person, list[str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.picks = {pick.key: pick for pick in picks}
        self.seconds = {str(person.pk): person for person, _roles in seconds}
        fields: Any = self.fields
        fields["items"].choices = [(pick.key, pick.words) for pick in self.picks.values()]
        fields["second"].choices = [
            (str(person.pk), f"{person.get_full_name()} · {', '.join(roles).lower()}") for person, roles in seconds
        ]

    @property
    def is_later(self) -> bool:
        """Whether somebody wrote something about telling the youth later, right or not."""
        return any(self[name].value() or self[name].errors for name in ("wait_until", "wait_why"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("facts") and not is_a_sentence(typed["facts"]):
            self.add_error("facts", str(WHOLE_SENTENCE))
        if objection := too_much(self.chosen(typed)):
            self.add_error("items", gettext(objection))
        if typed.get("wait_until") or typed.get("wait_why"):
            self._check_wait(typed)
        return typed

    def _check_wait(self, typed: dict[str, Any]) -> None:
        until: date | None = typed.get("wait_until")
        if until is None and "wait_until" not in self.errors:
            self.add_error("wait_until", gettext("Kies de dag waarop de jongere het hoort."))
        elif until and not may_wait_until(until, since=timezone.localdate()):
            last = timezone.localdate() + LONGEST_WAIT
            self.add_error(
                "wait_until", gettext("Kies een dag na vandaag, uiterlijk %(day)s.") % {"day": f"{last:%d-%m-%Y}"}
            )
        if not is_a_sentence(typed.get("wait_why", "")) and "wait_why" not in self.errors:
            self.add_error("wait_why", str(WHOLE_SENTENCE))

    def chosen(self, typed: dict[str, Any]) -> list[Picked]:
        return chosen(self.picks.values(), typed.get("items", ()))

    def said(self) -> dict[str, Any]:
        """What the command is told."""
        typed = self.cleaned_data
        until = typed["wait_until"]
        return {
            "ground": typed["ground"],
            "facts": typed["facts"],
            "receiver": Receiver(typed["to_name"], typed["to_function"], typed["to_organisation"]),
            "items": self.chosen(typed),
            "way": typed["way"],
            "hours": int(typed["hours"]),
            "second": self.seconds[typed["second"]],
            "question": typed["question"],
            "wait": Wait(until, typed["wait_why"]) if until else None,
        }


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    key: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one section, to pick from one by one."""

    title: str
    lines: list[Line]

    @property
    def is_open(self) -> bool:
        return any(line.is_chosen for line in self.lines)


@desk.coach("GET", "HEAD", "POST")
def warn(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Why and what, to whom, who thinks along; then the same in a summary, and only then it begins."""
    dossier = desk.dossier_to_read(request, pk)
    youth = people.known(request.reader, [dossier])[pk]
    picks, seconds = pickable(dossier, request.reader), who_could_think_along(dossier)
    form = asking.asked(request, WarnForm, picks=picks, seconds=seconds)
    context: dict[str, Any] = {"youth": youth, "back": href("coach:warnings", pk), "has_second": bool(seconds)}
    if asking.is_ready(request, form) and "terug" not in request.POST:
        if "zeker" not in request.POST:
            return render(request, "coach/warn_check.html", context | _summary(form))
        if answer := _begun(request, dossier, form):
            return answer
    status = 200 if "terug" in request.POST else 0
    return asking.shown(request, "coach/warn.html", form, status, groups=_groups(form), **context)


def _begun(request: desk.DeskRequest, dossier: Dossier, form: WarnForm) -> HttpResponse | None:
    to, said = redirect("coach:warnings", dossier.pk), form.said()
    with asking.told(form), form.sent() as is_first:
        if is_first:
            warning = commands.warn(dossier, by=request.user, **said)
            to = redirect("coach:warning", dossier.pk, warning.pk)
            second = said["second"].first_name
            messages.success(request, gettext("%(name)s krijgt een mail. Bel ook even.") % {"name": second})
    return None if form.errors else kept.done(request, to)


def _summary(form: WarnForm) -> dict[str, Any]:
    """What is about to happen, in the words in which it does; and all that was typed, to send once more."""
    said = form.said()
    receiver: Receiver = said["receiver"]
    return {
        "form": form,
        "typed": [(name, value) for name in form.fields for value in _values(form, name)],
        "ground": Warning.Ground(said["ground"]).label,
        "is_acute": said["ground"] == Warning.Ground.ACUTE,
        "way": Warning.Way(said["way"]).label,
        "hours": HOURS[str(said["hours"])] if said["way"] == Warning.Way.LINK else "",
        "facts": said["facts"],
        "receiver": ", ".join(filter(None, (receiver.name, receiver.function, receiver.organisation))),
        "items": [(gettext(SECTION_NAMES[pick.section]), pick.words) for pick in said["items"]],
        "second": said["second"],
        "question": said["question"] or said["facts"],
        "wait": said["wait"],
    }


def _values(form: WarnForm, name: str) -> list[str]:
    data: Any = form.data
    return data.getlist(name) if isinstance(form.fields[name], forms.MultipleChoiceField) else [data.get(name, "")]


def _groups(form: WarnForm) -> list[Group]:
    value = form["items"].value() or []
    picked = set(value if isinstance(value, list | tuple) else [value])
    found: dict[str, list[Line]] = {}
    for number, pick in enumerate(form.picks.values()):
        line = Line(f"id_items_{number}", pick.key, pick.words, pick.key in picked)
        found.setdefault(gettext(SECTION_NAMES[pick.section]), []).append(line)
    return [Group(title.capitalize(), lines) for title, lines in found.items()]
