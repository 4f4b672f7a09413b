"""Letting somebody read something, as both desks ask it: whom, what, why, how long. Some things are asked twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person, Post, Role
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.rules import ASKED_TWICE, SECTION_NAMES, SHAREABLE, USUAL_GRANT
from ipta.web.asking import Asking, choice, tick, words

ASKED_LATELY = timedelta(days=60)  # what came of a question is shown so long
PERIODS = {"30": _("Een maand"), "92": _("Drie maanden"), "182": _("Een half jaar"), "365": _("Een jaar")}
USUAL_PERIOD = str(USUAL_GRANT.days)
# Reasons to tap; whoever wants another one writes it.
REASONS = [
    _("Die helpt me met geld."),
    _("Die helpt me met werk of school."),
    _("Die helpt me met wonen."),
    _("Die helpt me om me beter te voelen."),
    _("Die denkt mee over mijn plan."),
]
TWICE = {
    "money": _("Ja, ook over geld"),
    "health": _("Ja, ook over gezondheid"),
}


def could_read(dossier: Dossier) -> list[Person]:
    """Who has an account as a professional or a coach in his municipality, but does not coach him; and his guests."""
    posts = Post.objects.now().filter(
        municipality=dossier.municipality_id, role__in=[Role.PROFESSIONAL, Role.COACH], person__is_active=True
    )
    coaches = Coachship.objects.now().filter(dossier=dossier).values("coach")
    people = Person.objects.filter(pk__in=posts.values("person")).exclude(pk__in=coaches)
    guests = Person.objects.filter(is_guest=True, is_active=True, networkperson__dossier=dossier).distinct()
    return [*guests, *people.order_by("first_name", "last_name")]


class Twice(Asking):
    """Of some things a second yes is asked, apart from the first. It stands there once the thing is chosen."""

    sure = tick(_("Weet je het zeker?"))

    def section_asked(self) -> str:
        """What it is about, as far as it was chosen."""
        raise NotImplementedError

    @property
    def asks_twice(self) -> bool:
        return self.section_asked() in ASKED_TWICE

    @property
    def sure_words(self) -> str:
        return str(TWICE.get(self.section_asked(), ""))

    def ask_twice(self, typed: Mapping[str, Any]) -> None:
        if self.asks_twice and not typed.get("sure") and not self.errors:
            self.add_error("sure", gettext("Dit is extra privé. Wil je het echt? Kies dan ook dit."))


class GrantForm(Twice):
    to = choice(_("Met wie?"), [], need=_("Kies iemand."))
    section = choice(_("Wat mag die lezen?"), [], need=_("Kies wat die mag lezen."))
    reason = choice(_("Waarom?"), [(str(number), text) for number, text in enumerate(REASONS)])
    purpose = words(_("Of zeg het zelf"), longest=500)
    period = choice(_("Hoe lang?"), list(PERIODS.items()), need=_("Kies hoe lang."), initial=USUAL_PERIOD)

    field_order = ["to", "section", "sure", "reason", "purpose", "period"]

    def __init__(
        self,
        *args: Any,
        people: Mapping[str, Person],
        names: Mapping[str, str],
        parts: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        to: Any = self.fields["to"]
        to.choices = list(names.items())
        if parts:
            section: Any = self.fields["section"]
            section.choices = parts_in(parts)

    def section_asked(self) -> str:
        return str(self.data.get(self.add_prefix("section"), ""))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("reason") and not typed.get("purpose") and not {"reason", "purpose"} & self.errors.keys():
            self.add_error("reason", gettext("Kies waarom. Of zeg het zelf."))
        self.ask_twice(typed)
        return typed

    def said(self) -> dict[str, Any]:
        """His own words count; a reason he tapped otherwise."""
        typed = self.cleaned_data
        return {
            "to": self.people[typed["to"]],
            "section": self.section_asked(),
            "purpose": typed["purpose"] or str(REASONS[int(typed["reason"])]),
            "until": until(typed["period"]),
        }


class ItemForm(GrantForm):
    """The same about one thing, so that only who, why and how long are left. `part`: in which it lies."""

    section = None  # type: ignore[assignment]  # this takes the question away

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._part = part

    def section_asked(self) -> str:
        return self._part


ANSWERS = {
    SharingRequest.Answer.YES: _("Ja, dat mag"),
    SharingRequest.Answer.NO: _("Nee, liever niet"),
    SharingRequest.Answer.LATER: _("Later beslissen"),
}


class AnswerForm(Twice):
    answer = choice(_("Mag dat?"), ANSWERS.items(), need=_("Kies er een."))
    period = choice(_("Hoe lang?"), list(PERIODS.items()), initial=USUAL_PERIOD)

    field_order = ["answer", "sure", "period"]

    def __init__(self, *args: Any, section: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._section = section

    def section_asked(self) -> str:
        is_yes = self.data.get(self.add_prefix("answer"), "") == SharingRequest.Answer.YES
        return self._section if is_yes else ""

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.ask_twice(typed)
        return typed

    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"answer": typed["answer"], "until": until(typed.get("period") or USUAL_PERIOD)}


class AskForm(Asking):
    """To see more than one does: the reason is read by the youth."""

    section = choice(_("Wat zou je ook willen zien?"), [], need=_("Kies wat je wilt zien."))
    reason = words(
        _("Waarom?"),
        longest=500,
        rows=3,
        need=_("Schrijf op waarom."),
        hint=_("De jongere leest dit. Schrijf kort en gewoon."),
    )

    def __init__(self, *args: Any, parts: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.choices = list(parts)


class ExplainForm(Asking):
    words = words(
        _("Waarom keek je?"),
        longest=1000,
        rows=3,
        need=_("Schrijf in een zin waarom je keek."),
        hint=_("De jongere leest dit. Schrijf kort en gewoon."),
    )


def requests_of(person: Person) -> dict[UUID, list[tuple[str, str]]]:
    """What this person asked for himself lately, by dossier: of each part no more than yes, no or not yet."""
    since = timezone.now() - ASKED_LATELY
    rows = SharingRequest.objects.filter(to=person, asked_by=person, asked_at__gte=since).defer("reason")
    newest = {(row.dossier_id, row.shared_section): row for row in rows.order_by("asked_at")}
    found: defaultdict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for row in newest.values():
        found[row.dossier_id].append((gettext(SECTION_NAMES[row.shared_section]), _stands(row)))
    return dict(found)


def _stands(row: SharingRequest) -> str:
    """That the youth chose to answer later is not his to know."""
    said = {"yes": gettext("ja"), "no": gettext("nee")}
    return said.get(row.answer, gettext("wacht nog") if row.is_waiting else gettext("geen antwoord"))


def parts_in(names: Mapping[str, str | Promise]) -> list[tuple[str, str]]:
    """What can be shared, as one desk calls it."""
    return [(key, str(names[key]).capitalize()) for key in SHAREABLE]


def until(period: str) -> date:
    return timezone.localdate() + timedelta(days=int(period))
