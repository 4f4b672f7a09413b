"""Wat we van je weten: his names, how to reach him, how it began. His own to change."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS, HOURS, MIND, ONLY_BY
from ipta.scouting.models import Find
from ipta.scouting.rules import MOTIVATED, YES_HOW
from ipta.sharing.door import Reader
from ipta.web import desk, kept
from ipta.web.asking import Asking, asked, is_ready, several, shown, told, words
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks
from ipta.web.youth.words import WAYS


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of himself, and how he was found."""

    names: list[tuple[str, str]]
    ways: list[tuple[str, str]]
    safety: str
    find: UUID | None
    find_words: list[tuple[str, str]]
    sides: tuple[Side, ...]


@desk.youth()
def known(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    return render(request, "youth/known.html", {"dossier": dossier, "known": known_of(dossier, request.reader)})


def known_of(dossier: Dossier, reader: Reader) -> Known:
    find = dossier.find_set.first()
    names = [
        (gettext("Voornaam"), reader.text(dossier.first_name)),
        (gettext("Achternaam"), reader.text(dossier.last_name)),
        (gettext("Zo noemen ze je"), reader.text(dossier.nickname)),
        (gettext("Geboren"), reader.text(dossier.born)),
    ]
    return Known(
        names=_filled(names),
        ways=_filled([(str(WAYS.get(way, way)), str(text)) for way, text in _ways(dossier, reader).items()]),
        safety="\n".join(_cautions(dossier, reader)),
        find=find.pk if find else None,
        find_words=_find_words(find, reader) if find else [],
        sides=sides_beside([find], dossier, reader).get(find.pk, ()) if find else (),
    )


def _find_words(find: Find, reader: Reader) -> list[tuple[str, str]]:
    kind = str(find.get_kind_display()) if find.kind != Find.Place.UNKNOWN else ""
    plays, motivated = reader.json(find.plays) or [], reader.text(find.motivated)
    return _filled(
        [
            (gettext("Waar jullie elkaar vonden"), ", ".join(filter(None, [kind, reader.text(find.where)]))),
            (gettext("Door wie"), reader.text(find.introduced_by)),
            (gettext("Hoe die jou kent"), reader.text(find.known_from)),
            (gettext("Hoe dat ging"), reader.text(find.introduction)),
            (gettext("Wat jij wilde"), reader.text(find.wants)),
            (gettext("Hoe oud je toen was"), reader.text(find.age)),
            (gettext("Wat er speelde"), ", ".join(gettext(name) for key, name in DOMAINS.items() if key in plays)),
            (gettext("Wilde je aan je toekomst werken?"), gettext(MOTIVATED.get(motivated, "")) if motivated else ""),
            (gettext("Waarom je coach langer wachtte"), reader.text(find.kept_why)),
            (gettext("Hoe je ja zei"), gettext(YES_HOW[find.yes_how]) if find.yes_how in YES_HOW else ""),
            (gettext("Wie erbij was"), reader.text(find.yes_with)),
        ]
    )


def _cautions(dossier: Dossier, reader: Reader) -> list[str]:
    """What his coach minds before calling or visiting: what was ticked, then what was written."""
    picked = reader.json(dossier.careful) or []
    ways = [gettext(words) for key, words in ONLY_BY.items() if key in picked]
    hours = [gettext(words).lower() for key, words in HOURS.items() if key in picked]
    may_know = "" if reader.is_gone(dossier.may_know) else reader.text(dossier.may_know)
    lines = [
        *(gettext(words) for key, words in MIND.items() if key in picked),
        gettext("Contact alleen zo: %(ways)s.") % {"ways": ", ".join(ways)} if ways else "",
        gettext("Contact alleen dan: %(hours)s.") % {"hours": ", ".join(hours)} if hours else "",
        gettext("Mag het weten: %(who)s") % {"who": may_know} if may_know else "",
        reader.text(dossier.safety),
    ]
    return [line for line in lines if line]


def _filled(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in pairs if text]


def _ways(dossier: Dossier, reader: Reader) -> dict[str, Any]:
    return reader.json(dossier.reach) or {}


# How he says himself what his coach must mind; the rest of it in the words of the house.
MINE = {"parents": _("Mijn ouders weten het niet"), "home": _("Kom niet bij mij thuis")}
PICKS = {
    "mind": MINE,
    "only_by": {key: _(words) for key, words in ONLY_BY.items()},
    "hours": {key: _(words) for key, words in HOURS.items()},
}


class DescribeForm(Asking):
    mind = several(_("Wat klopt er?"), MINE.items())
    only_by = several(_("Mag het alleen zo?"), PICKS["only_by"].items())
    hours = several(_("Mag het alleen dan?"), PICKS["hours"].items())
    may_know = words(_("Wie mag het weten?"), longest=200, hint=_("Bijvoorbeeld: mijn zus wel, mijn vader niet."))
    first_name = words(_("Je voornaam"), longest=120)
    last_name = words(_("Je achternaam"), longest=120)
    nickname = words(_("Hoe noemen ze je?"), longest=120)
    phone = words(_("Je telefoon"), longest=40)
    whatsapp = words(_("Je WhatsApp"), longest=40)
    social = words(_("Je Instagram of Snapchat"), longest=80)
    via = words(_("Wie weet waar je bent?"), longest=200)
    safety = words(
        _("Waar moet je coach op letten?"),
        longest=1000,
        rows=3,
        hint=_("Bijvoorbeeld: niet bellen als ik thuis ben."),
    )


@asks("youth:known")
def describe(request: DeskRequest) -> HttpResponse:
    """His own names, and how to reach him without trouble."""
    dossier, reader = desk.my_dossier(request), request.reader
    reach = _ways(dossier, reader)
    texts = [name for name in DescribeForm.base_fields if name not in WAYS and name not in PICKS]
    picked = reader.json(dossier.careful) or []
    now: dict[str, Any] = {name: reader.text(getattr(dossier, name)) for name in texts}
    now |= {way: reach.get(way, "") for way in WAYS}
    now |= {name: [key for key in keys if key in picked] for name, keys in PICKS.items()}
    form = asked(request, DescribeForm, initial=now)
    if is_ready(request, form):
        changed = {name: text for name, text in form.cleaned_data.items() if text != now[name]}
        with told(form):
            if changed:
                commands.describe(dossier, by=request.user, **_as_known(changed, reach, form.cleaned_data))
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("youth:known"))
    return shown(request, "youth/describe.html", form, dossier=dossier)


def _as_known(changed: dict[str, Any], reach: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    """Ways to reach him lie together; one that was emptied goes away, one we do not ask for stays. So do the picks."""
    texts = {name: text for name, text in changed.items() if name not in WAYS and name not in PICKS}
    if changed.keys() & PICKS.keys():
        texts["careful"] = [key for name in PICKS for key in typed[name]]
    ways = {name: text for name, text in changed.items() if name in WAYS}
    if ways:
        texts["reach"] = {name: text for name, text in (reach | ways).items() if text}
    return texts
