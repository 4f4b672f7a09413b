"""What was agreed at the table, on both desks: six elements, everybody's yes, and what makes them meet again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.dossiers.models import Appointment, Dossier, Step
from ipta.dossiers.rules import DOMAINS
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from ipta.web import asking, meetings, when
from ipta.web.asking import Asking, choice, clock, day, is_done, words
from ipta.web.at_table import YOUTH, Side, guest_or_404
from ipta.web.nudges import Nudge, nudge
from ipta.web.plan_versions import number_in
from ipta.web.templatetags.ipta_ui import day as day_in_words
from ipta.web.templatetags.ipta_ui import day_clock
from ipta.wraparound.agreed import commands, rules
from ipta.wraparound.models import Condition, Contribution, Invitee, Meeting, MeetingAgreement, MeetingYes, Voice

COACH = "coach"
Kind = Condition.Kind


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody at the table: what he brings in, and whether he said yes to what stands here now."""

    who: str
    name: str
    text: str
    due_on: date | None
    said_yes: bool
    is_me: bool
    how: str = ""  # of who has no account: himself on his own page, or aloud at the table


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition in words."""

    pk: UUID
    text: str
    came_true_at: datetime | None
    is_asking: bool
    answer: str
    why_not: str
    is_in_words: bool  # a person says whether it came true


@dataclass(frozen=True, slots=True)
class Promise:
    text: str
    who: str
    due: when.Due | None
    is_of_another: bool  # of somebody else than the two, who is known by name

    @property
    def under(self) -> str:
        return " · ".join(filter(None, [self.who, self.due.words if self.due else ""]))


@dataclass(frozen=True, slots=True)
class Agreed:
    """The six elements. Goals and promises are those of the plan."""

    number: int
    goals: list[str]
    promises: list[Promise]
    parts: list[Part]
    informed: str
    again: str
    rules: list[Rule]

    @property
    def nudges(self) -> list[Nudge]:
        """Of what others promised, what is near or late: words to remind them with."""
        today = timezone.localdate()
        found = [nudge(one.who, one.text, one.due) for one in self.promises if one.is_of_another]
        guests = [part for part in self.parts if part.who not in {YOUTH, COACH}]
        found += [nudge(part.name, part.text, when.until(part.due_on, today)) for part in guests]
        return [one for one in found if one]

    @property
    def all_said_yes(self) -> bool:
        return bool(self.number) and all(part.said_yes for part in self.parts)

    @property
    def i_said_yes(self) -> bool:
        return any(part.said_yes for part in self.parts if part.is_me)


def agreed(side: Side, meeting: Meeting, shown: meetings.Shown) -> Agreed:
    reader, dossier = side.request.reader, side.dossier
    agreement = MeetingAgreement.objects.filter(meeting=meeting).select_related("appointment").first()
    return Agreed(
        number=agreement.number if agreement else 0,
        goals=[text for key, text in meetings.plan_of(reader, dossier).items() if key.startswith("goal_")],
        promises=_promises(side),
        parts=_parts(side, shown, agreement),
        informed=_text(reader, agreement, "informed", dossier) if agreement else "",
        again=_again(agreement),
        rules=rules_in_words(side, agreement.conditions.all()) if agreement else [],
    )


def _text(reader: Reader, row: Any, name: str, dossier: Dossier) -> str:
    row.dossier = dossier
    return reader.text(getattr(row, name))


def _promises(side: Side) -> list[Promise]:
    """What is open, each at its owner."""
    reader, today = side.request.reader, timezone.localdate()
    found = []
    for step in Step.objects.filter(dossier=side.dossier, dropped_on=None, done_on=None):
        step.dossier = side.dossier
        known_as = reader.text(step.owner_name)
        is_of_another = bool(known_as) and step.owner not in {Step.Owner.YOUTH, Step.Owner.COACH}
        due = when.until(step.due_on, today)
        found.append(Promise(reader.text(step.text), known_as or _owner(side, step), due, is_of_another))
    return found


def _owner(side: Side, step: Step) -> str:
    if step.owner == Step.Owner.YOUTH:
        return gettext("Jij") if side.is_youth else str(side.youth.called)
    if step.owner == Step.Owner.COACH:
        return gettext("Je coach") if side.is_youth else gettext("Coach")
    return str(step.get_owner_display())


def _parts(side: Side, shown: meetings.Shown, agreement: MeetingAgreement | None) -> list[Part]:
    """The youth, his coach, and who was there."""
    reader, dossier = side.request.reader, side.dossier
    said: dict[object, Contribution] = {}
    yeses: dict[object, MeetingYes] = {}
    if agreement:
        for one in agreement.contributions.all():
            said[one.invitee_id or one.voice] = one
        yeses = {one.invitee_id or one.voice: one for one in agreement.yeses.standing()}
    everybody: list[tuple[str, object, str]] = [
        (who, voice, _own_name(side, voice)) for who, voice in ((YOUTH, Voice.YOUTH), (COACH, Voice.COACH))
    ]
    everybody += [(str(guest.pk), guest.pk, guest.name) for guest in shown.at_table]
    found = []
    for who, key, name in everybody:
        line, yes = said.get(key), yeses.get(key)
        text = _text(reader, line, "text", dossier) if line else ""
        due_on = line.due_on if line else None
        found.append(Part(who, name, text, due_on, yes is not None, key == side.voice, _how(yes)))
    return found


def _how(yes: MeetingYes | None) -> str:
    """How somebody without an account said yes."""
    if yes is None or not yes.invitee_id:
        return ""
    if yes.is_to_own_line:
        return gettext("zei op %(day)s zelf: ja, dat doe ik") % {"day": day_in_words(timezone.localdate(yes.given_at))}
    return gettext("zei ja aan tafel")


def _again(agreement: MeetingAgreement | None) -> str:
    if agreement is None or not agreement.again:
        return ""
    there = agreement.appointment
    if there and there.outcome != Appointment.Outcome.NOT:
        return day_clock(there.starts_at)
    is_needed = agreement.again == MeetingAgreement.Again.NEEDED
    return gettext("Als het nodig is") if is_needed else gettext("De afspraak ging niet door")


def rules_in_words(side: Side, rows: Iterable[Condition]) -> list[Rule]:
    reader, found = side.request.reader, []
    for row in rows:
        row.dossier = side.dossier
        found.append(
            Rule(
                pk=row.pk,
                text=" · ".join(filter(None, [said_of(side, row), reader.text(row.text)])),
                came_true_at=row.came_true_at,
                is_asking=bool(row.came_true_at) and not row.answer,
                answer=row.answer,
                why_not=reader.text(row.why_not),
                is_in_words=row.kind == Kind.WORDS,
            )
        )
    return found


def said_of(side: Side, row: Condition) -> str:
    """The condition in plain words; nothing where its own words say it all."""
    kind, days = row.kind, row.days or 0
    if kind == Kind.LATE:
        words = ngettext(
            "Iemand heeft iets beloofd. Het is %(days)s dag te laat.",
            "Iemand heeft iets beloofd. Het is %(days)s dagen te laat.",
            days,
        )
        return words % {"days": days}
    if kind == Kind.SILENT:
        words = ngettext("Er is %(days)s dag geen contact.", "Er zijn %(days)s dagen zonder contact.", days)
        return words % {"days": days}
    if kind == Kind.DAY:
        return gettext("Het is %(day)s.") % {"day": day_in_words(row.due_on)}
    if kind == Kind.ACUTE:
        domain = gettext(str(side.domains[row.domain])).lower()
        return gettext("Iets kan niet wachten: %(domain)s.") % {"domain": domain}
    return gettext("De werkplek stopt.") if kind == Kind.STOPPED else ""


def asking_now(side: Side) -> list[Rule]:
    """What came true, and of which nobody said yet what to do."""
    return rules_in_words(side, Condition.objects.asking().filter(dossier=side.dossier))


def reason_of(side: Side) -> str:
    """Why there is another talk, in the words that were agreed; empty where nothing came true."""
    return "\n".join(one.text for one in asking_now(side))


# --- to each what he promised -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody with a page of his own, and what he promised and cannot read there yet."""

    name: str
    to: Person
    steps: list[UUID]
    contributions: list[UUID]

    @property
    def count(self) -> int:
        return len(self.steps) + len(self.contributions)


def offers(side: Side, meeting: Meeting) -> list[Offer]:
    """For the youth, who shares: of everybody who was there and has a page, what he promised and does not read yet."""
    there = meeting.invitees.filter(was_there=True, somebody__account__is_guest=True, somebody__account__is_active=True)
    found = []
    for invitee in there.select_related("somebody__account"):
        invitee.dossier = side.dossier
        somebody = invitee.somebody
        if somebody is None or somebody.account is None:
            continue
        to = somebody.account
        grants = Grant.objects.now().filter(dossier=side.dossier, to=to, shared_section=Contribution.section)
        reads = set(grants.values_list("item", flat=True))
        if None in reads:  # the whole plan
            continue
        steps = Step.objects.filter(dossier=side.dossier, somebody=somebody, done_on=None, dropped_on=None)
        roles = Contribution.objects.filter(agreement__meeting=meeting, invitee=invitee)
        offer = Offer(
            name=side.request.reader.text(invitee.name),
            to=to,
            steps=[pk for pk in steps.values_list("pk", flat=True) if pk not in reads],
            contributions=[pk for pk in roles.values_list("pk", flat=True) if pk not in reads],
        )
        found += [offer] if offer.count else []
    return found


def share_promises(side: Side, meeting: Meeting) -> HttpResponse:
    """One tap for all: each reads on his own page what he promised, and nothing else."""

    def share() -> None:
        with transaction.atomic():
            for offer in offers(side, meeting):
                for kind, rows in (("step", offer.steps), ("contribution", offer.contributions)):
                    for pk in rows:
                        sharing.grant(
                            side.dossier,
                            section=Contribution.section,
                            to=offer.to,
                            purpose=gettext("Dit heb jij beloofd. Fijn dat je meedoet."),
                            item=pk,
                            item_kind=kind,
                            by=side.request.user,
                        )

    return side.tapped(side.href("agreement"), share, gettext("Gedeeld. Ieder leest wat die zelf beloofde."))


# --- the pages ----------------------------------------------------------------------------------------------------


def agreement(side: Side, meeting: Meeting) -> HttpResponse:
    shown = meetings.in_words(side.request.reader, meeting, side.dossier)
    here = meetings.at_table(side.dossier)
    context = {"meeting": shown, "agreed": agreed(side, meeting, shown), "is_latest": here == meeting}
    if side.is_youth and side.may_change:
        context["offers"] = offers(side, meeting)
    return side.show("agreement", **context)


def agreed_at(side: Side, pk: UUID) -> HttpResponse:
    """What was agreed at one talk. Of one of before nothing changes."""
    found = Meeting.objects.filter(dossier=side.dossier, pk=pk).select_related("appointment").first()
    if found is None:
        raise Http404
    found.dossier = side.dossier
    return agreement(side, found)


class ContributeForm(Asking):
    text = words(
        _("Wat doet deze persoon?"),
        longest=1000,
        rows=3,
        need=_("Schrijf op wat deze persoon doet."),
        hint=_("Bijvoorbeeld: belt elke zondag, of gaat mee naar de bank."),
    )
    due_on = day(_("Voor welke dag?"), only=asking.coming, hint=_("Geen dag? Laat het leeg."))

    def __init__(self, *args: Any, is_self: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_self:
            self.fields["text"].label = gettext("Wat doe jij?")


def contribute(side: Side, meeting: Meeting, who: str) -> HttpResponse:
    """The line of one person."""
    voice, invitee = _who(meeting, who)
    there = Contribution.objects.filter(agreement__meeting=meeting, voice=voice, invitee=invitee).first()
    initial: dict[str, Any] = {}
    is_gone = False
    if there:
        there.dossier = side.dossier
        is_gone = side.request.reader.is_gone(there.text)
        initial = {"text": "" if is_gone else side.request.reader.text(there.text), "due_on": there.due_on}
    form = asking.asked(side.request, ContributeForm, is_self=voice == side.voice, initial=initial)
    about: dict[str, Any] = {"voice": voice, "invitee": invitee, "by": side.request.user}
    if is_done(side.request, form, lambda: commands.contribute(meeting, **about, **form.cleaned_data)):
        return side.done(side.href("agreement"), gettext("Het staat erin."))
    name = _own_name(side, voice) if invitee is None else side.request.reader.text(invitee.name)
    return _page(side, form, title=name, sealed=[there.text] if there else [])


def _own_name(side: Side, voice: str) -> str:
    """What one of the two is called on this desk."""
    if voice == Voice.YOUTH:
        return gettext("Jij") if side.is_youth else str(side.youth.called)
    return gettext("Je coach") if side.is_youth else gettext("Jij, de coach")


class InformedForm(Asking):
    informed = words(
        _("Hoe houden jullie elkaar op de hoogte?"),
        longest=1000,
        rows=3,
        hint=_("Bijvoorbeeld: met een app, elke week op maandag."),
    )
    again = choice(_("Wanneer zien jullie elkaar weer?"), MeetingAgreement.Again.choices)
    on = day(_("Welke dag?"), only=asking.coming)
    at = clock(_("Hoe laat?"))
    place = words(_("Waar?"), longest=300)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("again") == MeetingAgreement.Again.DAY:
            for name, said in (("on", gettext("Kies een dag.")), ("at", gettext("Kies een tijd."))):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, said)
        elif (typed.get("on") or typed.get("at") or typed.get("place")) and not self.errors:
            self.add_error("again", gettext("Kies “Op een dag”. Of haal de dag, de tijd en de plek weg."))
        asking.check_clock(self)
        asking.tell_holiday(self)
        return typed

    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        has_moment = said["again"] == MeetingAgreement.Again.DAY
        moment = asking.moment(self) if has_moment else None
        return {"informed": said["informed"], "again": said["again"], "starts_at": moment, "place": said["place"]}


def keep_informed(side: Side, meeting: Meeting) -> HttpResponse:
    reader = side.request.reader
    there = MeetingAgreement.objects.filter(meeting=meeting).select_related("appointment").first()
    initial: dict[str, Any] = {}
    if there:
        there.dossier = side.dossier
        is_gone = reader.is_gone(there.informed)
        initial = {"informed": "" if is_gone else reader.text(there.informed), "again": there.again}
        appointment = there.appointment
        if appointment and appointment.outcome != Appointment.Outcome.NOT:
            local = timezone.localtime(appointment.starts_at)
            initial |= {"on": local.date(), "at": local.time()}
    form = asking.asked(side.request, InformedForm, initial=initial)
    by = side.request.user
    if is_done(side.request, form, lambda: commands.keep_informed(meeting, by=by, **form.answers())):
        return side.done(side.href("agreement"), gettext("Het staat erin."))
    return _page(side, form, title=gettext("Contact houden"), sealed=[there.informed] if there else [])


class ConditionForm(Asking):
    kind = choice(_("Wanneer praten jullie weer?"), Kind.choices, need=_("Kies er een."))
    days = forms.IntegerField(
        label=_("Na hoeveel dagen?"),
        required=False,
        min_value=1,
        max_value=rules.LONGEST,
        help_text=_("Bij blijven liggen, of bij geen contact."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Kies een aantal dagen, van 1 tot 365.")),
    )
    domain = choice(_("Waarover?"), [])
    on = day(_("Welke dag?"), only=asking.coming)
    text = words(_("In jullie eigen woorden"), longest=500, rows=2)

    def __init__(self, *args: Any, domains: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(key, gettext(str(domains[key]))) for key in DOMAINS]
        self.fields["domain"].choices = names  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        needs = {
            Kind.ACUTE: ("domain", gettext("Kies waar het over gaat.")),
            Kind.DAY: ("on", gettext("Kies een dag die nog komt.")),
            Kind.WORDS: ("text", gettext("Schrijf op wanneer jullie weer praten.")),
        }
        if typed.get("kind") in needs:
            name, said = needs[typed["kind"]]
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, said)
        return typed


def set_condition(side: Side, meeting: Meeting) -> HttpResponse:
    form = asking.asked(side.request, ConditionForm, domains=side.domains)
    by = side.request.user
    if is_done(side.request, form, lambda: commands.set_condition(meeting, by=by, **form.cleaned_data)):
        return side.done(f"{side.href('agreement')}#weer", gettext("Het staat erin."))
    text = gettext("Gebeurt dit? Dan vragen we of jullie weer willen praten. Meer niet.")
    if not side.is_youth:
        text += " " + gettext("“Iets kan niet wachten” is niveau 1 in een scan die klaar is.")
    return _page(side, form, title=gettext("Eerder weer praten"), text=text)


def drop_condition(side: Side, pk: UUID) -> HttpResponse:
    found = _condition(side, pk)
    to = f"{side.href('agreement')}#weer"
    return side.tapped(to, lambda: commands.drop_condition(found, by=side.request.user), gettext("Weggehaald."))


def come_true(side: Side, pk: UUID) -> HttpResponse:
    """What stands in words: somebody says that it is so now."""
    found = _condition(side, pk)
    return side.tapped(side.href("meeting"), lambda: commands.come_true(found, by=side.request.user))


class AsideForm(Asking):
    why = words(_("Waarom nu niet?"), longest=500, rows=2, need=_("Schrijf op waarom niet."))


def put_aside(side: Side, pk: UUID) -> HttpResponse:
    """It is so, and they do not sit down for it now."""
    found = _condition(side, pk)
    if not found.came_true_at or found.answer:
        raise Http404
    form = asking.asked(side.request, AsideForm)
    by = side.request.user
    if is_done(side.request, form, lambda: commands.put_aside(found, by=by, **form.cleaned_data)):
        return side.done(side.href("meeting"), gettext("Goed. Jullie praten er nu niet over."))
    (rule,) = rules_in_words(side, [found])
    return side.page(form, title=gettext("Nu niet om tafel"), text=rule.text, back=side.href("meeting"))


def say_yes(side: Side, meeting: Meeting) -> HttpResponse:
    """To what stands here; the coach also for who said it aloud at the table."""
    sent = side.request.POST
    who = sent.get("wie", "")
    _voice, invitee = _who(meeting, who) if who and not side.is_youth else (side.voice, None)
    number = number_in(sent.get("number", ""))

    def change() -> None:
        commands.say_yes(meeting, number=number, invitee=invitee, by=side.request.user)

    said = gettext("Jouw ja staat erbij.") if invitee is None else gettext("Het ja staat erbij.")
    return side.tapped(f"{side.href('agreement')}#ja", change, said)


def _who(meeting: Meeting, who: str) -> tuple[str, Invitee | None]:
    """Whose line it is: of one of the two, or of somebody who was there."""
    if who in {YOUTH, COACH}:
        return (Voice.YOUTH if who == YOUTH else Voice.COACH), None
    return "", guest_or_404(meeting, who, was_there=True)


def _condition(side: Side, pk: UUID) -> Condition:
    found = Condition.objects.filter(dossier=side.dossier, pk=pk).select_related("agreement__meeting").first()
    if found is None:
        raise Http404
    found.dossier = found.agreement.dossier = found.agreement.meeting.dossier = side.dossier
    return found


def _page(side: Side, form: Asking, *, title: str, text: str = "", sealed: Iterable[Any] = ()) -> HttpResponse:
    text = meetings.text_or_gone(side.request.reader, text, sealed)
    return side.page(form, title=title, text=text, back=side.href("agreement"), to=gettext("Afspraken"))
