"""Invented lives for the property tests: one lived by the commands, one written as a package."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st

from ipta.accounts.models import Municipality, Person
from ipta.api.package import rules
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers import reminders
from ipta.dossiers.corrections.commands import answer_correction, ask_correction
from ipta.dossiers.corrections.models import CorrectionAnswer
from ipta.dossiers.messages import commands as messages
from ipta.dossiers.messages.checking import Voice
from ipta.dossiers.models import (
    Appointment,
    Dossier,
    Ending,
    Intensity,
    NetworkPerson,
    Note,
    RemindBy,
    Specialist,
    Step,
)
from ipta.dossiers.papers import commands as papers
from ipta.dossiers.papers import workshop
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.papers.rules import PAPER_SECTIONS
from ipta.dossiers.rules import DOMAINS, GIVES, NEARNESS, PHASES, tidy
from ipta.placements import commands as placements
from ipta.placements.models import Placement
from ipta.placements.rules import POINTS
from ipta.plans import commands as plans
from ipta.plans.rules import ELEMENTS, SPOKEN_OF, STRATEGIES
from ipta.scans import commands as scans
from ipta.scans.assessments import commands as assessments
from ipta.scans.check_in.commands import set_rhythm
from ipta.scans.instruments import commands as sheets
from ipta.scans.instruments.definition import read_definition
from ipta.scans.instruments.opening import plain
from ipta.scans.instruments.shelf import shelve
from ipta.scans.models import Assessment, CheckInRhythm, Saying
from ipta.scans.talk import commands as talk
from ipta.scans.talk.rules import CARDS
from ipta.scans.told import commands as told
from ipta.scans.told.rules import REPLIES
from ipta.scans.told.sections import SECTION_OF
from ipta.scouting import commands as scouting
from ipta.scouting.models import Find
from ipta.sharing import commands as sharing
from ipta.sharing.asked.commands import answer_request, ask_for
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.door import Reader
from ipta.sharing.guests import invite_guest
from ipta.sharing.help import commands as help
from ipta.sharing.models import HelpRequest, Look
from ipta.sharing.rules import SHAREABLE
from ipta.sharing.why.commands import ask_why, explain, see_answer
from ipta.workplaces.models import Workplace
from ipta.wraparound import commands as wraparound
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.models import Invitee, Meeting
from ipta.wraparound.models import Voice as AtTable
from ipta.wraparound.table import commands as at_table
from tests import files
from tests.method.instruments.made import answers_to, choice, file_of, item, questionnaires

Package = dict[str, Any]

SAMPLES = (
    "",
    "Hij wil lassen. 🔥👩🏽‍🔧🎉",
    "مرحبا، أريد أن أعمل",
    "שלום, אני רוצה ללמוד",
    "regel één\n\nregel drie\tmet een tab",
    "e\u0301e\u0308n z\u0327in",
    "“aanhalingen” & <b>geen html</b> \\ / {}[]",
    "NULL",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ﷽ 漢字",
)
TEXTS = st.one_of(
    st.sampled_from(SAMPLES),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map(tidy),
)
YEAR = timedelta(days=365)


@cache
def clean_file(kind: str) -> bytes:
    """A file as the house writes it."""
    made = {"pdf": files.pdf, "jpg": files.jpg, "png": files.png}[kind]()
    return workshop.clean(made, is_ours=False).content


def in_base64(kind: str) -> str:
    return b64encode(clean_file(kind)).decode()


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside did not happen, in either database: every example of a property begins anew."""
    with ExitStack() as stack:
        for database in ("default", "keys"):
            stack.enter_context(transaction.atomic(using=database))
        yield
        for database in ("default", "keys"):
            transaction.set_rollback(True, using=database)


# --- lived by the commands -----------------------------------------------------------------------------


class Life:
    """A dossier that goes on by what is drawn; what cannot be done at that moment is left out."""

    def __init__(
        self, municipality: Municipality, coaches: list[Person], dana: Person, draw: Callable[..., Any]
    ) -> None:
        self.draw, self.coaches, self.dana = draw, coaches, dana
        self.coach, self.now = coaches[0], timezone.now() - YEAR
        with clock.at(self.now):
            self.dossier: Dossier = scouting.meet(
                municipality,
                nickname=self.text() or "Mo",
                kind=self.one_of(Find.Place.values),
                where=self.text(),
                introduced_by=self.text(),
                wants=self.text(),
                safety=self.text(),
                reach={"whatsapp": self.text(), "via": self.text()},
                by=self.coach,
            ).dossier
        if self.draw(st.booleans()):
            self.go_on(self.join)

    def text(self) -> str:
        return str(self.draw(TEXTS))

    def one_of(self, things: Any) -> Any:
        return self.draw(st.sampled_from(list(things)))

    def go_on(self, happen: Callable[[], object]) -> None:
        self.now = min(self.now + timedelta(hours=self.draw(st.integers(0, 24 * 60))), timezone.now())
        with clock.at(self.now), suppress(Impossible):
            happen()

    def live(self) -> None:
        happenings = [
            self.note, self.correct, self.promise, self.close_step, self.appoint, self.add_person, self.rate,
            self.tell, self.propose, self.agree, self.place, self.move_place, self.phase, self.phase, self.view,
            self.share, self.paper, self.intensity, self.end_or_reopen, self.hand_over, self.describe,
            self.ask, self.remind, self.fill_in, self.fill_in, self.say, self.cite, self.test, self.rhythm,
            self.write, self.meet, self.end_talk, self.ask_for, self.ask_why, self.ask_correction,
        ]  # fmt: skip
        for happen in self.draw(st.lists(st.sampled_from(happenings), max_size=14)):
            self.go_on(happen)

    def join(self) -> None:
        scouting.welcome(self.dossier, first_name=self.text(), last_name=self.text(), born="twintiger", by=self.coach)

    def describe(self) -> None:
        dossiers.describe(self.dossier, safety=self.text(), reach={}, by=self.coach)

    def ask(self) -> None:
        """A specialist, who may answer, be read, or be asked no longer."""
        specialist, _ = Specialist.objects.get_or_create(
            municipality=self.dossier.municipality, organisation="Schuldhulp", defaults={"added_by": self.coach}
        )
        asked, _ = help.ask_help(
            self.dossier, specialist, question=self.text() or "Kan dat?", is_discussed=True, by=self.coach
        )
        if self.draw(st.booleans()):
            reply = self.one_of(HelpRequest.Reply.values)
            help.answer_help(asked, reply=reply, words=self.text() or "Ja.", by=self.coach)
        if self.draw(st.booleans()):
            self.one_of([help.read_answer, help.close_help])(asked, by=self.coach)

    def rhythm(self) -> None:
        if self.dossier.youth and self.dossier.is_taking_part:
            set_rhythm(self.dossier, often=self.one_of(CheckInRhythm.Often.values), by=self.dossier.youth)

    def test(self) -> None:
        """Proposed, perhaps answered by one of the two, and after a yes perhaps planned and done."""
        made = assessments.propose_assessment(
            self.dossier, what=self.text() or "Beroepentest", why=self.text(), by_whom=self.text(), by=self.coach
        )
        if not self.draw(st.booleans()):
            return
        answer = self.one_of(Assessment.Answer.values)
        youth = self.dossier.youth if self.dossier.is_taking_part else None
        by = self.one_of([self.coach, youth or self.coach])
        assessments.answer_assessment(made, answer=answer, own_words=self.text(), by=by)
        if answer == Assessment.Answer.YES and self.draw(st.booleans()):
            assessments.plan_assessment(made, on=clock.today(), by=self.coach)
            paper = self.dossier.paper_set.filter(removed_at=None).first()
            outcome = self.text() or "Gelukt"
            assessments.finish_assessment(made, outcome=outcome, paper=self.one_of([None, paper]), by=self.coach)

    def meet(self) -> None:
        """The talk about the plan is prepared, by one of the two, or both."""
        youth = self.dossier.youth if self.dossier.is_taking_part else None
        by = self.one_of([self.coach, youth or self.coach])
        made = wraparound.prepare_meeting(
            self.dossier, when=self.text(), place=self.text(), leader=self.text(), reason=self.text(), by=by,
            starts_at=self.one_of([None, clock.now()]),
        )  # fmt: skip
        wraparound.add_point(made, text=self.text() or "Geld", by=by)
        voice, is_left_out = self.one_of([*AtTable.values, ""]), self.draw(st.booleans())
        key = self.one_of(["own_1", "goal_money", "remember"])
        wraparound.mark_point(made, key, is_hard=True, why=self.text(), is_left_out=is_left_out, voice=voice, by=by)
        somebody = self.dossier.networkperson_set.first()
        kind = self.one_of(Invitee.Kind.values)
        guest = wraparound.invite(made, name=self.text() or "Ria", kind=kind, somebody=somebody, by=by)
        answer = self.one_of([*Invitee.Answer.values, ""])
        wraparound.note_reply(guest, answer=answer, words=self.text(), may_see="agenda", by=by)
        self._at_table(made, guest, key, by)

    def _at_table(self, made: Meeting, guest: Invitee, key: str, by: Person) -> None:
        """What was said and agreed."""
        at_table.note_presence(made, was_there=self.draw(st.booleans()), by=by)
        at_table.note_presence(made, was_there=True, invitee=guest, by=by)
        at_table.note_point(made, key, text=self.text() or "Ja", by=by)
        at_table.set_aside(made.points.get(key=key), why=self.text() or "Later", is_later=True, by=by)
        at_table.table_point(made, key, is_tabled=self.draw(st.booleans()), by=by)
        agreed.contribute(made, invitee=guest, text=self.text() or "Kookt", due_on=clock.today(), by=by)
        agreed.contribute(made, voice="youth", text=self.text() or "Ik kom", by=by)
        agreed.keep_informed(made, informed=self.text(), again=self.one_of(["", "needed"]), by=by)
        kinds: list[dict[str, Any]] = [
            {"kind": "late", "days": 3}, {"kind": "stopped"}, {"kind": "acute", "domain": "money"},
            {"kind": "silent"}, {"kind": "words", "text": self.text() or "Ruzie"},
        ]  # fmt: skip
        condition = agreed.set_condition(made, by=by, **self.one_of(kinds))
        agreed.say_yes(made, number=condition.agreement.number, by=by)
        agreed.say_yes(made, number=condition.agreement.number, invitee=guest, by=self.coach)
        if guest.somebody and self.dossier.is_taking_part:
            self._say_it_herself(made, guest.somebody)
        if self.draw(st.booleans()):
            true = agreed.come_true(condition, by=by)
            if self.draw(st.booleans()):
                agreed.put_aside(true, why=self.text() or "Nee", by=by)

    def _say_it_herself(self, made: Meeting, somebody: NetworkPerson) -> None:
        """On a page of her own."""
        youth = self.dossier.youth
        assert youth is not None
        person = invite_guest(somebody, by=youth).link.person
        sharing.grant(self.dossier, section="plan", to=person, purpose="Lees mee", by=youth)
        line = made.agreement.contributions.get(invitee__somebody=somebody)
        agreed.take_on(line, number=line.number, by=person)

    def end_talk(self) -> None:
        if made := Meeting.objects.ahead().filter(dossier=self.dossier).first():
            self.one_of([wraparound.end_meeting, wraparound.call_off_meeting])(made, by=self.coach)

    def remind(self) -> None:
        way, moments = self.one_of(RemindBy.values), self.draw(st.sets(st.sampled_from(["evening", "hour"])))
        words, to = self.text()[: reminders.WORDS_LENGTH], "sem@voorbeeld.example"
        dossiers.wish_reminders(self.dossier, way=way, moments=moments, words=words, to=to, by=self.coach)

    def note(self) -> None:
        dossiers.note(
            self.dossier,
            text=self.text(),
            place=self.text(),
            channel=self.one_of(Note.Channel.values),
            is_reached=self.draw(st.booleans()),
            is_celebration=self.draw(st.booleans()),
            by=self.coach,
        )

    def correct(self) -> None:
        old = self.dossier.note_set.filter(replaced_by=None).first()
        if old:
            dossiers.note(self.dossier, text=self.text(), at=old.happened_at, replaces=old, by=self.coach)

    def promise(self) -> None:
        due = self.draw(st.none() | st.dates(date(2022, 1, 1), date(2032, 1, 1)))
        domain = self.one_of(["", *DOMAINS])
        owner, way = self.one_of(Step.Owner.values), self.one_of(Step.Way.values)
        somebody = self.one_of([None, self.dossier.networkperson_set.first()])
        known = {"somebody": somebody, "way": way, "goal": self.one_of(["", "a1b2c3d4e5f6"])}
        step = dossiers.promise(
            self.dossier, text=self.text(), owner=owner, due_on=due, domain=domain, by=self.coach, **known
        )
        if self.draw(st.booleans()):
            dossiers.cut(step, texts=[self.text() or "eerst bellen", "dan gaan"], by=self.coach)

    def close_step(self) -> None:
        step = self.dossier.step_set.filter(done_on=None, dropped_on=None).first()
        if step:
            self.one_of([dossiers.finish, dossiers.drop])(step, by=self.coach)
        step = self.dossier.step_set.filter(done_on=None, dropped_on=None).last()
        if step:
            dossiers.settle(step, outcome=self.one_of(Step.Outcome.values), words=self.text(), by=self.coach)

    def appoint(self) -> None:
        appointment = dossiers.appoint(
            self.dossier, what=self.text(), travel=self.text(), starts_at=self.now + timedelta(days=2), by=self.coach
        )
        if self.draw(st.booleans()):
            outcome = self.one_of(Appointment.Outcome.values)
            dossiers.close_appointment(appointment, outcome=outcome, by=self.coach)

    def add_person(self) -> None:
        kind = self.one_of(NetworkPerson.Kind.values)
        dossiers.add_person(
            self.dossier,
            kind=kind,
            name=self.text(),
            helps_with=self.text(),
            own_words=self.text(),
            worked_at=self.text(),
            ties={"near": self.one_of(["", *NEARNESS]), "gives": self.draw(st.lists(st.sampled_from([*GIVES])))},
            by=self.coach,
        )

    def ratings(self) -> dict[str, object]:
        return dict(self.draw(st.dictionaries(st.sampled_from(list(DOMAINS)), st.integers(1, 5), min_size=1)))

    def rate(self) -> None:
        scans.rate(self.dossier, ratings=self.ratings(), remark=self.text(), by=self.coach)

    def tell(self) -> None:
        scans.tell(self.dossier, ratings=self.ratings(), remark=self.text(), by=self.himself())

    def himself(self) -> Person:
        """The youth, as long as he has a say; otherwise his coach types it for him."""
        return self.dossier.youth if self.dossier.youth and self.dossier.is_taking_part else self.coach

    def fill_in(self) -> None:
        """A questionnaire of the house or of the municipality: begun, and sometimes signed off and corrected."""
        asked = read_definition(plain(self.draw(questionnaires())) | {"url": f"urn:test:{uuid4()}"})
        version, _ = shelve(asked, self.one_of([None, self.dossier.municipality]), None)
        answers = self.draw(answers_to(asked))
        sheet = sheets.start_sheet(self.dossier, version, voice="coach", by=self.coach, together_with=self.text())
        sheet = sheets.save_answers(sheet, answers, seen=0, by=self.coach)
        if self.draw(st.booleans()):
            sheet = sheets.sign_off(sheet, answers, seen=1, by=self.coach)
            if self.draw(st.booleans()):
                sheets.correct(sheet, answers, by=self.coach)

    def say(self) -> None:
        """On a card, in either voice; then perhaps better, or not any more."""
        voice = self.one_of(Saying.Voice.values)
        said = talk.say(self.dossier, card=self.one_of(CARDS), voice=voice, text=self.text(), by=self.coach)
        if self.draw(st.booleans()):
            said = talk.say_better(said, text=self.text() or "beter", by=self.coach)
        if self.draw(st.booleans()):
            talk.take_back(said, by=self.coach)

    def write(self) -> None:
        """A message of either side, spoken or typed, which may be opened and taken back."""
        by = self.one_of([self.coach, self.dossier.youth or self.coach])
        voice = self.one_of([None, Voice("webm", files.VOICE)])
        sent = messages.send_message(self.dossier, text=self.text(), voice=voice, by=by)
        if self.draw(st.booleans()):
            messages.open_messages(self.dossier, by=self.one_of([self.coach, self.dossier.youth]))
        if self.draw(st.booleans()):
            messages.take_back_message(sent, by=by)

    def cite(self) -> None:
        """What another said, which he may answer and his coach may look at again, and say better."""
        said = {"kind": self.one_of(SECTION_OF), "text": self.text() or "iets", "source": self.text() or "iemand"}
        about = {"about_on": self.now.date().replace(month=1, day=1), "rough": self.one_of(["year", "month", ""])}
        statement = told.cite(self.dossier, by=self.coach, **said, **self.one_of([{}, about]))
        if self.draw(st.booleans()):
            told.answer(statement, reply=self.one_of(REPLIES), words=self.text(), by=self.himself())
        if self.draw(st.booleans()):
            look = told.look_again(statement, why=self.text() or "past niet", by=self.coach)
            if self.draw(st.booleans()):
                told.conclude(look, came_of=self.text() or "klopt toch", by=self.coach)
        if self.draw(st.booleans()):
            told.cite(self.dossier, by=self.coach, replaces=statement, **said)

    def propose(self) -> None:
        newest = self.dossier.planversion_set.first()
        plans.propose(
            self.dossier,
            based_on=newest.number if newest else 0,
            goals=[
                {
                    "domain": self.one_of(DOMAINS),
                    "goal": self.text(),
                    "youth": self.text(),
                    "typed": self.one_of(["", "coach"]),
                    "strategy": self.one_of(["", *STRATEGIES]),
                }
            ],
            elements={self.one_of(ELEMENTS): self.text()},
            voices={self.one_of(SPOKEN_OF): {"youth": self.text(), "coach": self.text(), "typed": "coach"}},
            strategy=self.one_of(["", *STRATEGIES]),
            by=self.coach,
        )

    def agree(self) -> None:
        newest = self.dossier.planversion_set.first()
        for owner in (self.coach, self.dossier.youth):
            if newest and owner and self.dossier.is_taking_part and self.draw(st.booleans()):
                plans.agree(newest, by=owner)

    def place(self) -> None:
        firm = Workplace.objects.create(
            municipality=self.dossier.municipality, employer=self.text() or "Garage", work="", added_by=self.coach
        )
        placements.agree(
            self.dossier,
            kind=self.one_of(Placement.Kind.values),
            workplace=self.one_of([None, firm]),
            what=self.text(),
            points={self.one_of(POINTS): self.text()},
            by=self.coach,
        )

    def move_place(self) -> None:
        place = self.dossier.placement_set.filter(stopped_on=None).first()
        if place and place.starts_on is None:
            placements.start(place, by=self.coach)
        elif place:
            placements.stop(place, reason=self.one_of(Placement.Stop.values), words=self.text(), by=self.coach)

    def phase(self) -> None:
        """Overlapping, ended, and begun again."""
        running = self.dossier.phasespan_set.filter(until=None).first()
        if running and self.draw(st.booleans()):
            dossiers.end_phase(running, by=self.coach)
        dossiers.start_phase(self.dossier, self.one_of(PHASES), by=self.coach)

    def view(self) -> None:
        lines = [self.dossier.find_set.first(), self.dossier.note_set.first(), self.dossier.step_set.first()]
        if self.dossier.youth:
            dossiers.view(self.one_of([line for line in lines if line]), text=self.text(), by=self.dossier.youth)

    def ask_for(self) -> None:
        """Somebody would like to see something; the youth says what he thinks of it, or not yet."""
        asked = ask_for(
            self.dossier, section=self.one_of(SHAREABLE), to=self.dana, reason=self.text() or "Hulp", by=self.coach
        )
        if self.dossier.youth and self.draw(st.booleans()):
            answer = self.one_of(SharingRequest.Answer.values)
            answer_request(asked, answer=answer, purpose=self.text(), by=self.one_of([self.coach, self.dossier.youth]))

    def ask_why(self) -> None:
        """Of what his coach read; who may have said why, and he may have read that."""
        Reader(self.coach).unlock([self.dossier], "identity")
        look = Look.objects.filter(about=self.dossier.pk, person_id=self.coach.pk).last()
        if self.dossier.youth and look:
            asked = ask_why(self.dossier, look, by=self.dossier.youth)
            if self.draw(st.booleans()):
                explain(asked, words=self.text() or "Zomaar.", by=self.coach)
                see_answer(asked, by=self.dossier.youth)

    def ask_correction(self) -> None:
        note = self.dossier.note_set.first()
        if self.dossier.youth and note:
            asked = ask_correction(note, kind="gesprek", wish=self.text() or "Anders.", by=self.dossier.youth)
            if self.draw(st.booleans()):
                outcome = self.one_of(CorrectionAnswer.Outcome.values)
                answer_correction(asked, outcome=outcome, reason=self.text() or "Zo was het.", by=self.coach)

    def share(self) -> None:
        if self.dossier.youth:
            by = self.coach if self.dossier.is_taking_part and self.draw(st.booleans()) else self.dossier.youth
            given = sharing.grant(
                self.dossier,
                section=self.one_of(SHAREABLE),
                to=self.dana,
                purpose=self.text(),
                by=by,
                aloud=True,
            )
            if self.draw(st.booleans()):
                sharing.confirm(given, by=self.dossier.youth)
            if self.draw(st.booleans()):
                sharing.revoke(given, by=self.dossier.youth)

    def paper(self) -> None:
        kind = self.one_of(["pdf", "jpg", "png"])
        checked = Checked(kind, clean_file(kind), is_scanned=False)
        section = self.one_of(PAPER_SECTIONS)
        added = papers.add_paper(self.dossier, checked, name=self.text(), section=section, by=self.coach)
        if self.draw(st.booleans()):
            papers.remove_paper(added, by=self.coach)

    def intensity(self) -> None:
        dossiers.set_intensity(self.dossier, self.one_of(Intensity.values), by=self.coach)

    def end_or_reopen(self) -> None:
        if self.dossier.ended_on:
            dossiers.reopen(self.dossier, phase=self.one_of(PHASES), by=self.coach)
        else:
            dossiers.end(self.dossier, reason=self.one_of(Ending.values), by=self.coach)

    def hand_over(self) -> None:
        coach = self.one_of(self.coaches)
        if coach != self.coach:
            dossiers.hand_over(self.dossier, to=coach, by=self.coach)
            self.coach = coach


# --- written as a package ------------------------------------------------------------------------------


def answered(status: str, link_id: str, said: str) -> str:
    """A QuestionnaireResponse with one answer, as a text."""
    item = {"linkId": link_id, "answer": [{"valueString": said}]}
    return json.dumps({"resourceType": "QuestionnaireResponse", "status": status, "item": [item]})


def full_package() -> Package:
    """A package with a line of every kind in it, as another house might write it."""
    return deepcopy({
        "format": rules.FORMAT,
        "version": rules.VERSION,
        "package_id": str(uuid4()),
        "youth": {"nickname": "Mo 🎧", "first_name": "محمد", "born": "twintiger", "reach": {"via": "de buurman"}},
        "course": {"found_on": "2019", "joined_on": "2019-06", "ended_on": "2021-02-28", "end_reason": "stable"},
        "find": {"id": "find-1", "kind": "street", "where": "op het plein"},
        "people": [
            {"id": "olga", "first_name": "Olga", "last_name": "Voorbeeld", "organisation": "IPTA Elders"},
            {"id": "pim", "first_name": "Pim"},
        ],
        "briefings": [{"id": "b1", "written_at": "2019-12-20T10:00:00+01:00", "text": "Zijn oma stelde ons voor."}],
        "coaches": [
            {"coach": "olga", "since": "2019-01-01", "until": "2020-01-01"},
            {
                "coach": "pim",
                "since": "2020-01-01",
                "until": None,
                "given_by": "olga",
                "briefing": "b1",
            },
            {"coach": "olga", "is_stand_in": True, "since": "2020-07-01", "until": "2020-07-14"},
        ],
        "phases": [
            {"phase": "scout", "since": "2019", "until": "2019-06"},
            {"phase": "coach", "since": "2019-06", "until": "2020"},
            {"phase": "scan", "since": "2019-05", "until": "2019-08"},
            {"phase": "coach", "since": "2020-09-01", "until": None},
        ],
        "network": [{"id": "ria", "kind": "family", "name": "Ria", "relation": "moeder"}],
        "notes": [
            {"id": "n1", "by": "olga", "channel": "met", "happened_at": "2019-03-03T14:30:00+01:00", "text": "Hoi."},
            {
                "id": "n2",
                "by": "olga",
                "channel": "met",
                "happened_at": "2019-03-03T14:30:00+01:00",
                "text": "Hoi!",
                "replaces": "n1",
            },
            {"id": "n3", "channel": "whatsapp", "happened_at": "2019-04-01T09:00:00Z", "is_reached": False},
        ],
        "steps": [{"id": "s1", "owner": "youth", "text": "bellen", "due_on": "2019-07-01", "done_on": "2019-07-02"}],
        "appointments": [{"id": "a1", "made_by": "youth", "starts_at": "2019-07-01T10:00:00+02:00", "what": "loket"}],
        "instruments": [{"id": "i1", "definition": file_of(item("a"), choice("b", 1, 2)).decode()}],
        "sheets": [
            {"id": "sh1", "voice": "coach", "by": "olga", "about_on": "2019-06-10", "ratings": {"money": 2}},
            {
                "id": "sh2",
                "voice": "youth",
                "started_at": "2019-06-10T10:00:00Z",
                "saved_at": "2019-06-10T11:00:00Z",
                "signed_off_at": "2019-06-10T11:00:00Z",
                "answers": {"instrument": "i1", "response": answered("completed", "a", "Het gaat.")},
            },
            {
                "id": "sh3",
                "voice": "youth",
                "started_at": "2019-06-11T10:00:00Z",
                "saved_at": "2019-06-11T10:00:00Z",
                "replaces": "sh2",
                "answers": {"instrument": "i1", "response": answered("in-progress", "a", "Het gaat beter.")},
            },
        ],
        "sayings": [
            {"id": "w1a", "card": "work", "voice": "youth", "by": "olga", "text": "Lassen."},
            {"id": "w2a", "card": "work", "voice": "youth", "by": "youth", "replaces": "w1a", "text": "Lassen 🔥"},
            {
                "id": "w3a",
                "card": "future",
                "voice": "coach",
                "by": "pim",
                "said_at": "2020-03-01T10:00:00+01:00",
                "taken_back_at": "2020-03-02T10:00:00+01:00",
            },
        ],
        "messages": [
            {"id": "post1", "by": "olga", "text": "Hoe was het?", "sent_at": "2020-03-01T10:00:00+01:00"},
            {"id": "post2", "by": "youth", "voice": b64encode(files.VOICE).decode(), "text": "Luister"},
            {
                "id": "post3",
                "by": "youth",
                "sent_at": "2020-03-01T11:00:00+01:00",
                "seen_at": "2020-03-01T12:00:00+01:00",
                "taken_back_at": "2020-03-02T10:00:00+01:00",
            },
        ],
        "statements": [
            {
                "id": "t1",
                "kind": "school",
                "section": "work",
                "by": "olga",
                "about_on": "2018",
                "text": "Kwam vaak niet.",
                "source": "mentor",
            },
            {"id": "t2", "kind": "school", "section": "work", "by": "pim", "replaces": "t1", "text": "Kwam soms niet."},
            {"id": "t3", "kind": "justice", "section": "justice", "about_on": "2019-02", "text": "Een zaak loopt."},
        ],
        "answers": [
            {"id": "ow1", "statement": "t1", "section": "work", "by": "youth", "reply": "partly", "words": "de bus 🚌"},
            {"id": "ow2", "statement": "t3", "section": "justice", "by": "youth", "reply": "no"},
        ],
        "second_looks": [
            {"id": "lo1", "statement": "t1", "section": "work", "by": "olga", "why": "Bij mij altijd op tijd."},
            {
                "id": "lo2",
                "statement": "t3",
                "section": "justice",
                "since": "2020-03-01T10:00:00+01:00",
                "closed_at": "2020-03-09T10:00:00+01:00",
                "came_of": "Het was zijn neef.",
            },
        ],
        "weighings": [
            {
                "id": "wg1",
                "by": "olga",
                "weighed_at": "2019-05-02T10:00:00+02:00",
                "outcome": "himself",
                "reason": "Hij is 17 en wil het zelf vertellen.",
            },
            {"id": "wg2", "by": "olga"},
        ],
        "plans": [
            {
                "id": "p1",
                "number": 1,
                "by": "youth",
                "in_force_from": "2019-08-01T12:00:00+02:00",
                "goals": [{"domain": "work", "goal": "lassen"}],
                "most_important": "rust",
            }
        ],
        "agreements": [
            {"plan": "p1", "owner": "youth", "by": "youth", "given_at": "2019-08-01T12:00:00+02:00"},
            {"plan": "p1", "owner": "coach", "by": "olga", "given_at": "2019-08-01T12:00:00+02:00"},
        ],
        "placements": [
            {
                "id": "w1",
                "kind": "trial",
                "workplace": {"employer": "Garage Voorbeeld", "work": "monteur"},
                "made_by": "pim",
                "agreed_on": "2020-02",
                "starts_on": "2020-02",
                "stopped_on": "2020",
                "stop_reason": "too_heavy",
                "points": {"hours": "9 tot 3"},
            }
        ],
        "rhythm": [{"often": "fortnightly", "since": "2020-02-01"}],
        "assessments": [
            {
                "id": "as1",
                "by": "olga",
                "proposed_at": "2019-12-01T10:00:00+01:00",
                "what": "Beroepentest",
                "why": "Hij twijfelt",
                "by_whom": "Het werkplein",
                "answer": "yes",
                "answered_how": "typed",
                "answered_at": "2019-12-02T10:00:00+01:00",
                "own_words": "Graag 🎧",
                "planned_on": "2020-01-10",
                "done_on": "2020-01-10",
                "paper": "d1",
                "outcome": "Lassen past bij hem.",
            },
            {"id": "as2", "by": "pim", "what": "Rijtest"},
        ],
        "meetings": [
            {
                "id": "overleg-1",
                "by": "olga",
                "made_at": "2019-12-01T10:00:00+01:00",
                "held_at": "2019-12-20T10:00:00+01:00",
                "place": "Buurthuis",
                "leader": "Olga",
            },
            {
                "id": "overleg-2",
                "by": "youth",
                "made_at": "2020-01-01T10:00:00+01:00",
                "called_off_at": "2020-01-02T10:00:00+01:00",
                "reason": "Nieuwe baan",
                "why_off": "Niet nodig 🎧",
            },
            {"id": "overleg-3", "by": "youth", "made_at": "2020-02-01T10:00:00+01:00", "when": "Na de vakantie"},
        ],
        "points": [
            {
                "id": "pt1",
                "meeting": "overleg-3",
                "key": "own_1",
                "voice": "youth",
                "by": "olga",
                "text": "Mijn broer",
                "hard_voice": "youth",
                "is_hard_by_himself": True,
                "why_hard": "Ruzie",
            },
            {"id": "pt2", "meeting": "overleg-3", "key": "goal_money", "by": "youth", "left_out_voice": "youth"},
        ],
        "invitees": [
            {
                "id": "gast-1",
                "meeting": "overleg-3",
                "somebody": "ria",
                "kind": "network",
                "may_see": "agenda",
                "answer": "other",
                "by": "youth",
                "name": "Ria",
                "answer_words": "In de avond",
                "was_there": True,
                "brings": "Soep 🍲",
            },
        ],
        "remarks": [{"id": "opm-1", "meeting": "overleg-3", "key": "own_1", "voice": "youth", "by": "youth"}],
        "set_aside": [{"id": "later-1", "point": "pt1", "voice": "coach", "is_later": True, "by": "olga"}],
        "agreed": [{"id": "af-1", "meeting": "overleg-1", "number": 3, "again": "needed", "informed": "Met de app"}],
        "contributions": [
            {"id": "rol-1", "agreed": "af-1", "voice": "youth", "by": "youth", "text": "Ik kom elke dag"},
            {"id": "rol-2", "agreed": "af-1", "invitee": "gast-1", "number": 3, "by": "olga", "due_on": "2020-03-01"},
        ],
        "conditions": [
            {
                "id": "als-1",
                "agreed": "af-1",
                "kind": "words",
                "by": "olga",
                "made_at": "2019-12-20T10:00:00+01:00",
                "came_true_at": "2020-01-01T10:00:00+01:00",
                "answer": "aside",
                "answered_at": "2020-01-02T10:00:00+01:00",
                "text": "Ruzie",
                "why_not": "Weer goed",
            },
            {"id": "als-2", "agreed": "af-1", "kind": "silent", "days": 14, "by": "youth"},
        ],
        "yeses": [
            {"id": "ja-1", "agreed": "af-1", "number": 3, "voice": "youth", "by": "youth"},
            {"id": "ja-2", "agreed": "af-1", "number": 3, "invitee": "gast-1", "by": "olga"},
            {"id": "ja-3", "agreed": "af-1", "number": 3, "invitee": "gast-1", "is_to_own_line": True, "by": "pim"},
        ],
        "papers": [
            {
                "id": "d1",
                "section": "work",
                "name": "Diploma lassen 🎓",
                "kind": "pdf",
                "by": "youth",
                "added_at": "2020-03-01T10:00:00+01:00",
                "content": in_base64("pdf"),
            },
            {
                "id": "d2",
                "section": "money",
                "name": "Brief",
                "kind": "jpg",
                "by": "pim",
                "added_at": "2020-03-02T10:00:00+01:00",
                "removed_at": "2020-04-02T10:00:00+02:00",
            },
        ],
        "grants": [
            {
                "id": "g1",
                "to": "pim",
                "given_by": "youth",
                "shared_section": "plan",
                "since": "2020-01-01",
                "until": "2099-01-01",
            }
        ],
        "referrals": [{"id": "r1", "role": "mentor", "knows": "yes", "name": "Els", "why": "stopt met school"}],
        "questions": [
            {
                "id": "q1",
                "specialist": {"organisation": "Schuldhulp Elders"},
                "by": "olga",
                "asked_at": "2020-03-01T10:00:00+01:00",
                "due_on": "2020-03-06",
                "answered_at": "2020-03-04T10:00:00+01:00",
                "reply": "answer",
                "question": "Kan dit weg?",
                "answer": "Ja, met een brief.",
            },
            {"id": "q2", "specialist": {"organisation": "Schuldhulp Elders"}, "due_on": "2020-05-01"},
        ],
        "views": [{"id": "v1", "line": "n1", "section": "contacts", "by": "youth", "text": "ik was er wel"}],
        "history": [
            {"at": "2019-03-03T14:31:00+01:00", "did": "note.written", "by": "olga", "facts": {"note": "n1"}},
            {"at": "2020-01-01T09:00:00+01:00", "did": "coach.changed", "by": "olga", "facts": {"to": "pim"}},
            {"at": "2021-02-28T09:00:00+01:00", "did": "dossier.ended", "by": "pim", "facts": {"reason": "stable"}},
        ],
        "looks": [{"at": "2020-01-01T09:00:00+01:00", "reader": "Olga", "section": "plan", "result": "opened"}],
    })  # fmt: skip


# --- comparing -----------------------------------------------------------------------------------------


def as_it_was(package: Package, *, running: set[str], goes_on: str = "") -> Package:
    """The package without what an import changes on purpose: see `ipta.api.package`.

    `running`: the grants that ran at the moment of the import; `goes_on`: the first name of the coach who went on.
    """
    today = clock.today().isoformat()
    names = {one["id"]: (one["first_name"], one["last_name"], one["organisation"]) for one in package["people"]}
    kept = {
        name: value for name, value in package.items() if name not in {"exported_at", "municipality", "looks", "people"}
    }
    kept = _with_names(kept, names)
    coaches = [ship for ship in kept["coaches"] if not _came_with_the_import(ship, goes_on, today)]
    return kept | {
        "coaches": [ship | {"until": _while(ship["until"], today)} for ship in coaches],
        "questions": [
            line | ({"closed_at": "import"} if not line["answered_at"] else {}) for line in kept["questions"]
        ],
        "requests": [
            line | ({"ends_at": "import"} if line["answer"] in ("", "later") else {}) for line in kept["requests"]
        ],
        "grants": [line | ({"revoked_at": "import"} if line["id"] in running else {}) for line in kept["grants"]],
        "history": [line for line in kept["history"] if line["did"] != "dossier.imported"],
    }


def _with_names(value: Any, names: dict[str, tuple[str, ...]]) -> Any:
    """Who is called by name instead of by an id of this package."""
    if isinstance(value, dict):
        return {name: _with_names(inner, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_names(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value


def _came_with_the_import(ship: Package, goes_on: str, today: str) -> bool:
    return bool(goes_on) and ship["since"] == today and ship["until"] is None and ship["coach"][0] == goes_on


def _while(until: str | None, today: str) -> str:
    return until if until and until < today else "until the import"
