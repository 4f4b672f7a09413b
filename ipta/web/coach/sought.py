"""What can be found: every kind of line with words in it, what those words are called, and where the line stands."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.corrections.models import Correction, CorrectionAnswer
from ipta.dossiers.models import Appointment, Briefing, Dossier, Message, NetworkPerson, Note, Paper, Step, View
from ipta.law.models import Weighing
from ipta.placements.models import Placement
from ipta.plans.models import PlanVersion
from ipta.plans.rules import ELEMENTS
from ipta.scans.models import Assessment, FilledSheet, OwnAnswer, Saying, SecondLook, Statement
from ipta.scans.queries import PICTURE
from ipta.scouting.models import Find, Referral
from ipta.sharing.models import Consultation, HelpRequest, Warning
from ipta.vault.sheaf import Source, Sources
from ipta.web import cards
from ipta.web.hrefs import href
from ipta.wraparound.models import (
    Condition,
    Contribution,
    Invitee,
    Meeting,
    MeetingAgreement,
    Point,
    Remark,
    SetAside,
)

Words = str | Promise
# In what lies sealed as a list or dictionary: keys of the code, and where an answer stands.
NO_WORDS: Final = {"domain", "at", "system", "code", "version", "key", "strategy", "typed"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands, and what it is called."""

    title: str
    icon: str
    when: date | datetime | None
    href: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line: its fields with what they are called, and the place of one of its rows.

    `nested`: fields that hold a list or dictionary. `related`: what its place needs to know besides. `head`: the field
    that is shown in any case.
    """

    model: type[Model]
    fields: Mapping[str, Words]
    when: str
    place: Callable[[Any], Place]
    nested: Sequence[str] = ()
    related: Sequence[str] = ()
    head: str = ""

    @property
    def source(self) -> Source:
        """Where its rows are read from, all at once."""
        return Source(self.model, tuple(self.fields), self.when, "id" if self.model is Dossier else "dossier_id")

    def rows(self, wanted: Iterable[UUID], dossiers: Collection[UUID]) -> dict[UUID, Any]:
        """Those of these rows that are about one of these dossiers, by id."""
        about = {f"{self.source.dossier}__in": dossiers}
        return self.model._default_manager.filter(**about).select_related(*self.related).in_bulk(wanted)

    def said(self, texts: Sequence[str]) -> Sequence[str]:
        """What stands in each of the fields, as somebody wrote it."""
        if not self.nested:
            return texts
        return [_flat(text) if name in self.nested else text for name, text in zip(self.fields, texts, strict=True)]


def _flat(text: str) -> str:
    return " · ".join(_strings(json.loads(text or "null")))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    names = value if isinstance(value, dict) else [""] * len(inner)
    for name, one in zip(names, inner, strict=True):
        if name not in NO_WORDS:
            yield from _strings(one)


# --- where they stand ---------------------------------------------------------------------------------------------


def _on_timeline(row: Any, line: UUID) -> str:
    return f"{href('coach:timeline', row.dossier_id)}?regel={line}#regel-{line}"


def _of(row: Any, name: str, *args: Any, at: str) -> str:
    return f"{reverse(f'coach:{name}', args=[row.dossier_id, *args])}#{at}"


def _of_dossier(row: Dossier) -> Place:
    return Place(gettext("Naam en contact"), "person", None, _of(row, "youth", at="naam-en-contact"))


def _of_note(row: Note) -> Place:
    how = row.get_channel_display() if row.is_reached else gettext("Niet bereikt")
    title = f"{gettext('Notitie')} · {how}"
    if hasattr(row, "replaced_by"):
        title = gettext("%(title)s (later verbeterd)") % {"title": title}
    return Place(title, "note", row.happened_at, _on_timeline(row, row.pk))


def _of_briefing(row: Briefing) -> Place:
    return Place(gettext("Wat je moet weten"), "people", row.written_at, _on_timeline(row, row.pk))


def _of_message(row: Message) -> Place:
    title = f"{gettext('Bericht')} · {gettext('Spraak')}" if row.has_voice else gettext("Bericht")
    at = f"{href('coach:messages', row.dossier_id)}?regel={row.pk}#regel-{row.pk}"
    return Place(title, "chat", row.sent_at, at)


def _of_step(row: Step) -> Place:
    return Place(gettext("Stap"), "check", row.promised_at, _of(row, "step", row.pk, at="stap"))


def _of_appointment(row: Appointment) -> Place:
    return Place(gettext("Afspraak"), "calendar", row.starts_at, _on_timeline(row, row.pk))


def _of_person(row: NetworkPerson) -> Place:
    return Place(gettext("Mensen"), "people", row.added_at, _of(row, "network", at=f"regel-{row.pk}"))


def _of_weighing(row: Weighing) -> Place:
    return Place(gettext("En de ouders?"), "people", row.weighed_at, _of(row, "network", at="ouders"))


def _of_find(row: Find) -> Place:
    return Place(gettext("Zo begon het"), "flag", row.dossier.found_on, _on_timeline(row, row.pk))


def _of_referral(row: Referral) -> Place:
    return Place(gettext("Aangebracht"), "share", row.arrived_at, _of(row, "youth", at="aangebracht"))


def _of_version(row: PlanVersion) -> Place:
    title = f"{gettext('Plan')} · {gettext('Tekst %(number)s') % {'number': row.number}}"
    return Place(title, "plan", row.written_at, _of(row, "version", row.number, at="tekst"))


def _of_placement(row: Placement) -> Place:
    where = row.workplace.employer if row.workplace else ""
    title = " · ".join(filter(None, [str(row.get_kind_display()), where]))
    return Place(title, "work", row.agreed_on, _of(row, "work", at=f"plek-{row.pk}"))


def _of_filled(row: FilledSheet) -> Place:
    if row.signed_off_at and row.version.instrument.url in PICTURE:
        return Place(gettext("Scan"), "list", row.about_on, _of(row, "scan", at="woorden"))
    title = f"{gettext('Vragenlijst')} · {row.version.instrument}"
    return Place(title, "list", row.about_on, reverse("coach:sheet", args=[row.dossier_id, row.pk]))


def _of_assessment(row: Assessment) -> Place:
    return Place(gettext("Test of scan"), "list", row.proposed_at, _of(row, "assessments", at=f"test-{row.pk}"))


def _of_saying(row: Saying) -> Place:
    card = cards.BY_KEY[row.card]
    who = gettext("Coach") if row.voice == Saying.Voice.COACH else gettext("Jongere")
    title = f"{gettext('Het gesprek')} · {card.title} · {who}"
    if row.taken_back_at:
        title = gettext("%(title)s (teruggenomen)") % {"title": title}
    return Place(title, "chat", row.said_at, _of(row, "card", card.slug, at=f"regel-{row.pk}"))


def _of_statement(row: Statement) -> Place:
    return Place(f"{gettext('Van anderen')} · {row.get_kind_display()}", "file", row.cited_at, _told(row, row.pk))


def _of_answer(row: OwnAnswer) -> Place:
    return Place(
        f"{gettext('Van anderen')} · {gettext('Jongere')}", "chat", row.answered_at, _told(row, row.statement_id)
    )


def _of_look(row: SecondLook) -> Place:
    return Place(f"{gettext('Van anderen')} · {gettext('Coach')}", "eye", row.since, _told(row, row.statement_id))


def _told(row: Any, statement: UUID) -> str:
    return _of(row, "told", at=f"regel-{statement}")


def _of_meeting(row: Meeting) -> Place:
    return Place(gettext("Wrap-around overleg"), "people", row.made_at, _of(row, "meeting", at="overleg"))


def _of_point(row: Point) -> Place:
    title = f"{gettext('Wrap-around overleg')} · {gettext('Agenda')}"
    return Place(title, "people", row.added_at, _of(row, "meeting", at="agenda"))


def _of_invitee(row: Invitee) -> Place:
    title = f"{gettext('Wrap-around overleg')} · {gettext('Wie komt erbij?')}"
    return Place(title, "people", row.invited_at, _of(row, "meeting", at="wie"))


def _of_remark(row: Remark) -> Place:
    return _at_table(row, row.meeting_id, row.written_at, at="gezegd")


def _of_set_aside(row: SetAside) -> Place:
    return _at_table(row, row.point.meeting_id, row.said_at, at="gezegd")


def _of_agreement(row: MeetingAgreement) -> Place:
    return _at_table(row, row.meeting_id, row.changed_at, at="contact")


def _of_contribution(row: Contribution) -> Place:
    return _at_table(row, row.agreement.meeting_id, row.written_at, at="rollen")


def _of_condition(row: Condition) -> Place:
    return _at_table(row, row.agreement.meeting_id, row.made_at, at="weer")


def _at_table(row: Any, meeting: UUID, on: datetime, *, at: str) -> Place:
    """On the page of that talk."""
    title = f"{gettext('Wrap-around overleg')} · {gettext('De afspraken')}"
    return Place(title, "people", on, _of(row, "agreed_at", meeting, at=at))


def _of_view(row: View) -> Place:
    """It stands beside the line it is about. The people have a page of their own; the rest is on the timeline."""
    beside = _of(row, "network", at=f"regel-{row.line}") if row.section == "family" else _on_timeline(row, row.line)
    return Place(gettext("De eigen kant"), "chat", row.written_at, beside)


def _of_wish(row: Correction) -> Place:
    return Place(
        gettext("Gevraagd om te veranderen"), "edit", row.asked_at, _of(row, "corrections", at=f"vraag-{row.pk}")
    )


def _of_wish_answer(row: CorrectionAnswer) -> Place:
    title = f"{gettext('Gevraagd om te veranderen')} · {gettext('Antwoord')}"
    return Place(title, "edit", row.answered_at, _of(row, "corrections", at=f"vraag-{row.correction_id}"))


def _of_paper(row: Paper) -> Place:
    return Place(gettext("Papier"), "file", row.added_at, _on_timeline(row, row.pk))


def _of_help(row: HelpRequest) -> Place:
    return Place(
        f"{gettext('Hulp gevraagd')} · {row.specialist}", "question", row.asked_at, _of(row, "help", row.pk, at="vraag")
    )


def _of_warning(row: Warning | Consultation, warning: UUID, when: datetime) -> Place:
    return Place(gettext("Delen zonder ja"), "warning", when, _of(row, "warning", warning, at="verteld"))


KINDS: Final = (
    Kind(
        Dossier,
        {
            "nickname": _("Bijnaam"),
            "first_name": _("Voornaam"),
            "last_name": _("Achternaam"),
            "born": _("Geboren"),
            "reach": "",
            "may_know": _("Wie mag het weten?"),
            "safety": _("Let op"),
            "remind_words": _("Herinnering"),
            "remind_to": _("Herinnering naar"),
        },
        "found_on",
        _of_dossier,
        nested=["reach"],
    ),
    Kind(Note, {"place": _("Waar"), "text": ""}, "happened_at", _of_note, related=["replaced_by"]),
    Kind(Message, {"text": ""}, "sent_at", _of_message),
    Kind(Briefing, {"text": ""}, "written_at", _of_briefing),
    Kind(Step, {"text": "", "owner_name": _("Wie"), "progress": _("Hoe ver")}, "promised_at", _of_step),
    Kind(
        Appointment,
        {"what": "", "who": _("Wie"), "place": _("Waar"), "travel": _("Reis"), "bring": _("Meenemen")},
        "starts_at",
        _of_appointment,
    ),
    Kind(
        NetworkPerson,
        {"name": "", "relation": "", "reach": "", "helps_with": "", "own_words": "", "worked_at": _("Werk")},
        "added_at",
        _of_person,
        head="name",
    ),
    Kind(Weighing, {"reason": ""}, "weighed_at", _of_weighing),
    Kind(
        Referral,
        {"why": "", "name": _("Wie"), "organisation": "", "reach": ""},
        "arrived_at",
        _of_referral,
    ),
    Kind(
        Find,
        {
            "where": _("Waar"),
            "introduced_by": _("Door wie"),
            "known_from": _("Kent hem of haar van"),
            "introduction": "",
            "wants": _("Wil zelf"),
            "age": _("Leeftijd"),
            "kept_why": _("Waarom langer"),
            "yes_with": _("Wie was erbij?"),
        },
        "dossier__found_on",
        _of_find,
        related=["dossier"],
    ),
    Kind(
        PlanVersion,
        {"goals": _("Doelen"), "voices": _("In eigen woorden")}
        | {name: _(question) for name, question in ELEMENTS.items()},
        "written_at",
        _of_version,
        nested=["goals", "voices"],
    ),
    Kind(
        Placement,
        {"what": "", "points": _("Afspraken"), "stop_words": _("Waarom het stopte")},
        "agreed_on",
        _of_placement,
        nested=["points"],
        related=["workplace"],
    ),
    Kind(
        FilledSheet,
        {"answers": "", "together_with": _("Samen met")},
        "about_on",
        _of_filled,
        nested=["answers"],
        related=["version__instrument"],
    ),
    Kind(Saying, {"text": ""}, "said_at", _of_saying),
    Kind(Statement, {"text": "", "source": _("Wie zei dit?")}, "cited_at", _of_statement),
    Kind(OwnAnswer, {"words": ""}, "answered_at", _of_answer),
    Kind(SecondLook, {"why": "", "came_of": _("Wat kwam eruit?")}, "since", _of_look),
    Kind(
        Assessment,
        {"what": "", "why": "", "by_whom": _("Wie"), "own_words": _("De eigen kant"), "outcome": _("Wat eruit kwam")},
        "proposed_at",
        _of_assessment,
    ),
    Kind(
        Meeting,
        {
            "place": _("Waar"),
            "when": _("Wanneer"),
            "leader": _("Wie leidt het gesprek?"),
            "reason": "",
            "why_off": _("Waarom niet?"),
        },
        "made_at",
        _of_meeting,
    ),
    Kind(Point, {"text": "", "why_hard": _("Waarom is het lastig?")}, "added_at", _of_point),
    Kind(
        Invitee,
        {"name": _("Wie"), "answer_words": _("Antwoord"), "brings": _("Neemt mee of vraagt")},
        "invited_at",
        _of_invitee,
        head="name",
    ),
    Kind(Remark, {"text": ""}, "written_at", _of_remark),
    Kind(SetAside, {"why": _("Waarom?")}, "said_at", _of_set_aside, related=["point"]),
    Kind(MeetingAgreement, {"informed": _("Contact houden")}, "changed_at", _of_agreement),
    Kind(Contribution, {"text": ""}, "written_at", _of_contribution, related=["agreement"]),
    Kind(Condition, {"text": "", "why_not": _("Waarom nu niet?")}, "made_at", _of_condition, related=["agreement"]),
    Kind(View, {"text": ""}, "written_at", _of_view),
    Kind(Correction, {"wish": ""}, "asked_at", _of_wish),
    Kind(CorrectionAnswer, {"reason": ""}, "answered_at", _of_wish_answer),
    Kind(Paper, {"name": ""}, "added_at", _of_paper),
    Kind(
        Warning,
        {
            "facts": "",
            "to_name": _("Aan wie? Naam"),
            "to_function": _("Wat doet die?"),
            "to_organisation": _("Van welke organisatie?"),
            "why_wait": _("Waarom later?"),
            "why_longer": _("Waarom nog later:"),
        },
        "made_at",
        lambda row: _of_warning(row, row.pk, row.made_at),
    ),
    Kind(
        Consultation,
        {"question": "", "words": _("Antwoord")},
        "asked_at",
        lambda row: _of_warning(row, row.warning_id, row.asked_at),
    ),
    Kind(HelpRequest, {"question": "", "answer": _("Antwoord")}, "asked_at", _of_help, related=["specialist"]),
)
SOURCES: Final = Sources(*(kind.source for kind in KINDS))
