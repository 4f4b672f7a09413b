"""What can happen with a warning. Nothing in here opens more of a dossier than the lines that were picked."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from ipta.accounts import links
from ipta.accounts.models import Link, Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import Actor, append, record
from ipta.sharing import letters
from ipta.sharing.models import Consultation, Doubt, Look, Warning, WarningItem
from ipta.sharing.policies import can_open
from ipta.sharing.rules import is_a_sentence
from ipta.sharing.warning import mails, policies
from ipta.sharing.warning.queries import doubted_as
from ipta.sharing.warning.rules import ANSWER_WITHIN, HOURS, Picked, ground_of, may_wait_until, too_much


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom it is told."""

    name: str
    function: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The youth is told later: on what day, and why."""

    until: date
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the receiver reads or hears: the words as they were opened at the door, and nothing else."""

    ground: str
    facts: str
    receiver: str
    items: tuple[tuple[str, str], ...]  # what each line is called, and its words


@command
def warn(
    dossier: Dossier,
    *,
    ground: str,
    facts: str,
    receiver: Receiver,
    items: Collection[Picked],
    way: str,
    hours: int,
    second: Person,
    question: str = "",
    wait: Wait | None = None,
    by: Person,
) -> Warning:
    """Begin: why, what, to whom. Nobody is told anything yet but the one who thinks along.

    `question`: what that colleague reads, if it is less than the facts. `wait`: the youth is told on a day that is set.
    """
    allow(policies.can_warn(by, dossier))
    allow(policies.can_think_along(second, dossier))
    for section in sorted({item.section for item in items}):
        allow(can_open(by, dossier, section))
    facts = tidy(facts)
    _check(facts, receiver, items, wait)
    if ground not in Warning.Ground.values or way not in Warning.Way.values or hours not in HOURS:
        raise Impossible("Kies een van de antwoorden die er staan.")
    now = clock.now()
    warning = Warning.objects.create(
        dossier=dossier,
        ground=ground,
        way=way,
        hours=hours,
        made_by=by,
        made_at=now,
        tells_at=_begin_of(wait.until) if wait else now + ANSWER_WITHIN,
        times_postponed=bool(wait),
        facts=facts,
        to_name=tidy(receiver.name),
        to_function=tidy(receiver.function),
        to_organisation=tidy(receiver.organisation),
        why_wait=tidy(wait.why) if wait else "",
    )
    for place, item in enumerate(items):
        WarningItem.objects.create(
            dossier=dossier, warning=warning, place=place, kind=item.kind, line=item.line, section=item.section,
            words=item.words,
        )  # fmt: skip
    asked = Consultation.objects.create(
        dossier=dossier,
        warning=warning,
        municipality=dossier.municipality,
        second=second,
        asked_by=by,
        asked_at=now,
        ground=ground,
        question=tidy(question) or facts,
        receiver=[warning_part for warning_part in (receiver.function, receiver.organisation) if warning_part],
    )
    said = {"warning": warning.id, "ground": ground, "second": second.id, "items": len(items)}
    record("warning.made", by=by, about=dossier, postponed=bool(wait), **said)
    transaction.on_commit(partial(mails.ask_second, asked))
    if wait:
        transaction.on_commit(partial(mails.tell_postponed, warning))
    return warning


def _check(facts: str, receiver: Receiver, items: Collection[Picked], wait: Wait | None) -> None:
    if not is_a_sentence(facts):
        raise Impossible("Schrijf in hele zinnen op wat er aan de hand is.")
    if not tidy(receiver.name) or not tidy(receiver.organisation):
        raise Impossible("Schrijf op aan wie je het vertelt: een naam en een organisatie.")
    if objection := too_much(items):
        raise Impossible(objection)
    if wait:
        _check_wait(wait, since=clock.today())


def _check_wait(wait: Wait, *, since: date) -> None:
    if not is_a_sentence(tidy(wait.why)):
        raise Impossible("Schrijf in een hele zin waarom de jongere het later hoort.")
    if not may_wait_until(wait.until, since=since):
        raise Impossible("Later vertellen kan hooguit veertien dagen.")


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@command
def answer_consultation(asked: Consultation, *, answer: str, words: str, by: Person) -> Consultation:
    """The second person says yes or no, with a word. Once; a no ends what was open already."""
    allow(policies.can_answer(by, asked))
    words = tidy(words)
    if answer not in Consultation.Answer.values or not words:
        raise Impossible("Zeg ja of nee, en waarom.")
    asked.answer, asked.answered_at, asked.words = answer, clock.now(), words
    asked.save(update_fields=["answer", "answered_at", "words"])
    # The dossier itself is not his to find.
    record("warning.answered", by=by, about=Dossier(pk=asked.dossier_id), warning=asked.warning_id, answer=answer)
    return asked


@command
def give(warning: Warning, *, told: Told, by: Person) -> str:
    """It is told now. Gives the secret of the link, which is seen once; empty where it is said or on paper."""
    allow(policies.can_give(by, warning))
    now, token = clock.now(), ""
    is_link = warning.way == Warning.Way.LINK
    warning.given_by, warning.given_at, warning.until = by, now, now
    if is_link:
        lasts = timedelta(hours=warning.hours)
        token = links.make(Link.Kind.WARNING, warning.id, by=by, lasts=lasts)
        warning.until = now + lasts
        warning.letter = letters.seal(json.dumps(asdict(told), ensure_ascii=False), token, warning.id)
    if not warning.times_postponed:
        warning.tells_at = now
    warning.save(update_fields=["given_by", "given_at", "until", "letter", "tells_at"])
    record("warning.given", by=by, about=warning.dossier, warning=warning.id, way=warning.way)
    return token


@command
def read_warning(warning: Warning, *, token: str, by: Person) -> dict[str, Any]:
    """The receiver reads it through the link that `by` made: a line for each section a word of it came from."""
    allow(policies.can_pass_on(by, warning))
    sections = {warning.section, *warning.items.values_list("section", flat=True)}
    request = uuid4()
    append(
        "looks",
        [
            Look(
                about=warning.dossier_id,
                person_id=by.id,
                section=section,
                ground=ground_of(warning.id),
                result="opened",
                request_id=request,
                reader_role="warning",  # who it is lies sealed in the warning
            )
            for section in sorted(sections)
        ],
    )
    if warning.opened_at is None:
        warning.opened_at = clock.now()
        warning.save(update_fields=["opened_at"])
    record("warning.opened", by=by, about=Dossier(pk=warning.dossier_id), warning=warning.id)
    found: dict[str, Any] = json.loads(letters.unseal(bytes(warning.letter), token, warning.id))
    return found


@command
def wait_longer(warning: Warning, wait: Wait, *, by: Person) -> Warning:
    """The youth is told still later: once more, with a reason of its own, and the privacy officer knows."""
    allow(policies.can_wait_longer(by, warning))
    _check_wait(wait, since=timezone.localdate(warning.tells_at))
    warning.tells_at, warning.why_longer = _begin_of(wait.until), tidy(wait.why)
    warning.times_postponed += 1
    warning.save(update_fields=["tells_at", "why_longer", "times_postponed"])
    record("warning.postponed", by=by, about=warning.dossier, warning=warning.id, until=wait.until)
    transaction.on_commit(partial(mails.tell_postponed, warning))
    return warning


@command
def tell_now(warning: Warning, *, by: Person) -> Warning:
    """The youth reads it from now on: waiting is no longer needed."""
    allow(policies.can_change(by, warning))
    if warning.is_told:
        mark_recorded()
        return warning
    warning.tells_at = clock.now()
    warning.save(update_fields=["tells_at"])
    record("warning.told", by=by, about=warning.dossier, warning=warning.id)
    return warning


@command
def stop_warning(warning: Warning, *, by: Person) -> Warning:
    """Its link ends now; what was not told yet will not be. The youth reads that it was meant to be."""
    allow(policies.can_change(by, warning))
    if warning.ended_at is not None:
        mark_recorded()
        return warning
    links.cut(Link.Kind.WARNING, warning.id)
    now = clock.now()
    warning.ended_at, warning.letter = now, b""
    if not warning.times_postponed:
        warning.tells_at = min(warning.tells_at, now)
    warning.save(update_fields=["ended_at", "letter", "tells_at"])
    record("warning.ended", by=by, about=warning.dossier, warning=warning.id)
    return warning


@command
def complain(warning: Warning, *, by: Person) -> Doubt:
    """The youth says that this was not right. The privacy officer finds it in the review of this week."""
    allow(policies.can_complain(by, warning))
    day, reader = doubted_as(warning)
    raised, is_new = Doubt.objects.get_or_create(dossier=warning.dossier, day=day, reader_id=reader)
    if is_new:
        record("warning.doubted", by=by, about=warning.dossier, warning=warning.id)
    else:
        mark_recorded()
    return raised


@command
def raise_alarm(warning: Warning, *, by: Actor) -> Warning:
    """It went first, because danger was acute, and nobody said within the hour whether that was right."""
    allow(policies.can_alarm(by, warning))
    warning.alarmed_at = clock.now()
    warning.save(update_fields=["alarmed_at"])
    record("warning.alarmed", by=by, about=warning.dossier, warning=warning.id)
    transaction.on_commit(partial(mails.alarm, warning))
    return warning


@command
def clear_letter(warning: Warning, *, by: Actor) -> Warning:
    """Its time is over: what the link opened is taken away."""
    allow(policies.can_clear(by, warning))
    warning.letter = b""
    warning.save(update_fields=["letter"])
    record("warning.cleared", by=by, about=warning.dossier, warning=warning.id)
    return warning
