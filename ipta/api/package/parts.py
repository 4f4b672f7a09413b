"""Everything a package holds, list by list. Schema, export and import all read this one table."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Model, QuerySet

from ipta.api.package.fields import (
    AGREED_POINTS,
    Answer,
    AtSpecialist,
    AtWorkplace,
    Beside,
    Choice,
    Day,
    Field,
    File,
    Filled,
    Flag,
    Goals,
    Key,
    KindOfThing,
    Known,
    Line,
    Moment,
    Name,
    Number,
    OneThing,
    Picks,
    Ratings,
    RoughDay,
    Sound,
    Spoken,
    Texts,
    Ties,
    Who,
    Words,
)
from ipta.api.package.rules import GOAL_FORM, KEY_FORM
from ipta.dossiers.corrections.models import Correction, CorrectionAnswer
from ipta.dossiers.models import (
    Appointment,
    Briefing,
    Coachship,
    Dossier,
    Ending,
    Intensity,
    Message,
    NetworkPerson,
    Note,
    Paper,
    PhaseSpan,
    RemindBy,
    Step,
    View,
)
from ipta.dossiers.papers.rules import PAPER_SECTIONS
from ipta.dossiers.reminders import ADDRESS_LENGTH, WORDS_LENGTH
from ipta.dossiers.rules import CAREFUL, DOMAINS, OWN_PHASES, PHASES
from ipta.law.models import Weighing
from ipta.law.rules import WEIGHED
from ipta.placements.models import Placement
from ipta.plans.models import Agreement, PlanVersion
from ipta.plans.rules import ELEMENTS, STRATEGIES
from ipta.scans.models import Assessment, CheckInRhythm, FilledSheet, OwnAnswer, Saying, SecondLook, Statement
from ipta.scans.talk.rules import CARDS
from ipta.scans.told.rules import REPLIES
from ipta.scouting.models import Find, Referral
from ipta.scouting.rules import MOTIVATED, YES_HOW
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.models import Grant, HelpRequest
from ipta.sharing.why.models import LookQuestion
from ipta.vault.rules import SECTIONS
from ipta.wraparound.models import (
    Condition,
    Contribution,
    Invitee,
    Meeting,
    MeetingAgreement,
    MeetingYes,
    Point,
    Remark,
    SetAside,
    Voice,
)

InOrder = tuple[tuple[str, str], ...]  # pairs of fields, of which the second day is not before the first


@dataclass(frozen=True, slots=True)
class Part:
    """A list in the package: the rows of one model that belong to a dossier."""

    name: str
    model: type[Model]
    order: tuple[Any, ...]
    fields: tuple[Field, ...]
    line: str = ""  # what one of its lines is called in an id ("note-3"); empty: nothing refers to these lines
    in_order: InOrder = ()

    def rows(self, dossier: Dossier) -> QuerySet[Any]:
        """In the order of the package; lines of one moment keep the order of their ids."""
        found: QuerySet[Any] = self.model._default_manager.filter(**{self._owner: dossier})
        return found.order_by(*self.order, "pk")

    @property
    def _owner(self) -> str:
        return "version__dossier" if self.model is Agreement else "dossier"


# The dossier's own row, in two groups of fields.
YOUTH: Final[tuple[Field, ...]] = (
    Name("nickname"),
    Name("first_name"),
    Name("last_name"),
    Name("born"),
    Texts("reach"),
    Picks("careful", among=CAREFUL),
    Words("may_know"),
    Words("safety"),
    Choice("remind_by", among=RemindBy.values),
    Flag("remind_evening"),
    Flag("remind_hour"),
    Words("remind_words", longest=WORDS_LENGTH),
    Words("remind_to", longest=ADDRESS_LENGTH),
)
COURSE: Final[tuple[Field, ...]] = (
    RoughDay("found_on", may_be_unknown=False, is_past=True),
    RoughDay("joined_on", is_past=True),
    RoughDay("ended_on", is_end=True),
    Choice("end_reason", among=[*Ending.values, ""]),
    Choice("intensity", among=Intensity.values),
)
COURSE_IN_ORDER: Final[InOrder] = (
    ("found_on", "joined_on"),
    ("found_on", "ended_on"),
    ("joined_on", "ended_on"),
)

FIND: Final = Part(
    "find",
    Find,
    (),
    (
        Choice("kind", among=Find.Place.values),
        Words("where"),
        Words("introduced_by"),
        Words("known_from"),
        Words("introduction"),
        Words("wants"),
        Name("age"),
        Picks("plays", among=tuple(DOMAINS)),
        Answer("motivated", among=tuple(MOTIVATED)),
        Day("kept_on", is_past=True),
        Words("kept_why"),
        Choice("yes_how", among=(*YES_HOW, "")),
        Words("yes_with"),
    ),
    line="find",
)

REFERRALS: Final = Part(
    "referrals",
    Referral,
    ("arrived_at",),
    (
        Choice("role", is_needed=True, among=Referral.Role.values),
        Choice("knows", is_needed=True, among=Referral.Knows.values),
        Choice("told", among=Referral.Told.values),
        Moment("arrived_at", is_past=True),
        Words("name"),
        Words("organisation"),
        Words("reach"),
        Words("why"),
    ),
    line="referral",
)
PHASE_SPANS: Final = Part(
    "phases",
    PhaseSpan,
    ("since", F("until").asc(nulls_last=True)),
    (
        Choice("phase", is_needed=True, among=(*PHASES, *OWN_PHASES)),
        RoughDay("since", is_needed=True, may_be_unknown=False),
        RoughDay("until", is_end=True),
    ),
    in_order=(("since", "until"),),
)
NETWORK: Final = Part(
    "network",
    NetworkPerson,
    ("added_at",),
    (
        Choice("kind", is_needed=True, among=NetworkPerson.Kind.values),
        Moment("added_at", is_past=True),
        Name("name"),
        Words("relation"),
        Words("reach"),
        Words("helps_with"),
        Ties("ties"),
        Words("own_words"),
        Words("worked_at"),
    ),
    line="network",
)
NOTES: Final = Part(
    "notes",
    Note,
    ("happened_at", "written_at"),
    (
        Who("by", column="author"),
        Choice("channel", is_needed=True, among=Note.Channel.values),
        Flag("is_reached"),
        Flag("is_celebration"),
        Moment("happened_at", is_needed=True),
        Moment("written_at", is_past=True),
        Line("replaces", column="replaces_id", to="notes"),
        Words("place"),
        Words("text"),
    ),
    line="note",
)
STEPS: Final = Part(
    "steps",
    Step,
    ("promised_at",),
    (
        Choice("owner", is_needed=True, among=Step.Owner.values),
        Name("owner_name"),
        Line("somebody", column="somebody_id", to="network"),
        Choice("kind", among=Step.Kind.values),
        Choice("way", among=Step.Way.values),
        Choice("domain", among=[*DOMAINS, ""]),
        Key("goal", form=rf"^$|{GOAL_FORM}"),
        Line("parent", column="parent_id", to="steps"),
        Choice("outcome", among=[*Step.Outcome.values, ""]),
        Moment("promised_at", is_past=True),
        Day("due_on"),
        Day("done_on"),
        Day("dropped_on"),
        Words("text"),
        Words("progress"),
    ),
    line="step",
)
APPOINTMENTS: Final = Part(
    "appointments",
    Appointment,
    ("starts_at",),
    (
        Who("made_by", column="made_by"),
        Moment("starts_at", is_needed=True),
        Choice("outcome", among=[*Appointment.Outcome.values, ""]),
        Choice("why_not", among=[*Appointment.WhyNot.values, ""]),
        Choice("party", among=Appointment.Party.values),
        Words("what"),
        Words("who"),
        Words("place"),
        Words("travel"),
        Words("bring"),
    ),
    line="appointment",
)
SHEETS: Final = Part(
    "sheets",
    FilledSheet,
    ("about_on", "started_at"),
    (
        Choice("voice", is_needed=True, among=FilledSheet.Voice.values),
        Who("by", column="by"),
        Day("about_on", may_be_unknown=False),
        Moment("started_at", is_past=True),
        Moment("saved_at", is_past=True),
        Moment("signed_off_at", is_past=True, may_be_unknown=True),
        Line("replaces", column="replaces_id", to="sheets"),
        Words("together_with"),
        Filled("answers"),
        Key("instrument", is_old=True),
        Moment("written_at", is_past=True, is_old=True),
        Ratings("ratings", is_old=True),
        Words("remark", is_old=True),
    ),
    line="sheet",
    in_order=(("started_at", "saved_at"),),
)
SAYINGS: Final = Part(
    "sayings",
    Saying,
    ("said_at",),
    (
        Choice("card", is_needed=True, among=CARDS),
        Choice("voice", is_needed=True, among=Saying.Voice.values),
        Who("by", column="by"),
        Moment("said_at", is_past=True),
        Moment("taken_back_at", may_be_unknown=True, is_past=True),
        Line("replaces", column="replaces_id", to="sayings"),
        Words("text"),
    ),
    line="saying",
    in_order=(("said_at", "taken_back_at"),),
)
STATEMENTS: Final = Part(
    "statements",
    Statement,
    ("cited_at",),
    (
        Choice("kind", is_needed=True, among=Statement.Kind.values),
        Choice("section", is_needed=True, among=SECTIONS),
        Who("by", column="by"),
        Moment("cited_at", is_past=True),
        RoughDay("about_on", is_past=True),
        Line("replaces", column="replaces_id", to="statements"),
        Words("text"),
        Words("source"),
    ),
    line="statement",
)
ANSWERS: Final = Part(
    "answers",
    OwnAnswer,
    ("answered_at",),
    (
        Line("statement", is_needed=True, column="statement_id", to="statements"),
        Choice("section", is_needed=True, among=SECTIONS),
        Who("by", column="by"),
        Moment("answered_at", is_past=True),
        Answer("reply", among=tuple(REPLIES)),
        Words("words"),
    ),
    line="answer",
)
SECOND_LOOKS: Final = Part(
    "second_looks",
    SecondLook,
    ("since",),
    (
        Line("statement", is_needed=True, column="statement_id", to="statements"),
        Choice("section", is_needed=True, among=SECTIONS),
        Who("by", column="by"),
        Moment("since", is_past=True),
        Moment("closed_at", may_be_unknown=True, is_past=True),
        Words("why"),
        Words("came_of"),
    ),
    line="second-look",
    in_order=(("since", "closed_at"),),
)
PLANS: Final = Part(
    "plans",
    PlanVersion,
    ("number",),
    (
        Number("number", is_needed=True),
        Who("by", column="author"),
        Moment("written_at", is_past=True),
        Moment("in_force_from", may_be_unknown=True),
        Choice("strategy", among=[*STRATEGIES, ""]),
        Goals("goals"),
        Spoken("voices"),
        *(Words(element) for element in ELEMENTS),
    ),
    line="plan",
)
AGREEMENTS: Final = Part(
    "agreements",
    Agreement,
    ("version__number", "given_at"),
    (
        Line("plan", is_needed=True, column="version_id", to="plans"),
        Choice("owner", is_needed=True, among=Agreement.Owner.values),
        Who("by", column="person"),
        Moment("given_at", is_past=True),
    ),
)
PLACEMENTS: Final = Part(
    "placements",
    Placement,
    ("agreed_on",),
    (
        Choice("kind", is_needed=True, among=Placement.Kind.values),
        AtWorkplace("workplace"),
        Who("made_by", column="made_by"),
        RoughDay("agreed_on", may_be_unknown=False),
        RoughDay("starts_on"),
        RoughDay("stopped_on", is_end=True),
        Choice("stop_reason", among=[*Placement.Stop.values, ""]),
        Words("what"),
        AGREED_POINTS,
        Words("stop_words"),
    ),
    line="placement",
    in_order=(("starts_on", "stopped_on"),),
)
PAPERS: Final = Part(
    "papers",
    Paper,
    ("added_at",),
    (
        Choice("section", is_needed=True, among=list(PAPER_SECTIONS)),
        Name("name"),
        Choice("kind", is_needed=True, among=Paper.Kind.values),
        Who("by", column="added_by"),
        Moment("added_at", is_past=True),
        Moment("removed_at", may_be_unknown=True, is_past=True),
        File("content"),
    ),
    line="paper",
    in_order=(("added_at", "removed_at"),),
)
MESSAGES: Final = Part(
    "messages",
    Message,
    ("sent_at",),
    (
        Who("by", column="written_by"),
        Moment("sent_at", is_past=True),
        Moment("seen_at", may_be_unknown=True, is_past=True),
        Moment("taken_back_at", may_be_unknown=True, is_past=True),
        Words("text"),
        Sound("voice"),
    ),
    line="message",
    in_order=(("sent_at", "seen_at"), ("sent_at", "taken_back_at")),
)
RHYTHM: Final = Part(
    "rhythm",
    CheckInRhythm,
    ("since",),
    (
        Choice("often", is_needed=True, among=CheckInRhythm.Often.values),
        Day("since", may_be_unknown=False, is_past=True),
    ),
)
ASSESSMENTS: Final = Part(
    "assessments",
    Assessment,
    ("proposed_at",),
    (
        Who("by", column="proposed_by"),
        Moment("proposed_at", is_past=True),
        Choice("answer", among=[*Assessment.Answer.values, ""]),
        Choice("answered_how", among=[*Assessment.How.values, ""]),
        Moment("answered_at", may_be_unknown=True, is_past=True),
        Day("planned_on"),
        Day("done_on", is_past=True),
        Line("paper", column="paper_id", to="papers"),
        Words("what"),
        Words("why"),
        Words("by_whom"),
        Words("own_words"),
        Words("outcome"),
    ),
    line="assessment",
    in_order=(("proposed_at", "answered_at"),),
)
MEETINGS: Final = Part(
    "meetings",
    Meeting,
    ("made_at",),
    (
        Who("by", column="made_by"),
        Moment("made_at", is_past=True),
        Line("appointment", column="appointment_id", to="appointments"),
        Moment("held_at", may_be_unknown=True, is_past=True),
        Moment("called_off_at", may_be_unknown=True, is_past=True),
        Known("youth_was_there"),
        Words("when"),
        Words("place"),
        Words("leader"),
        Words("reason"),
        Words("why_off"),
    ),
    line="meeting",
    in_order=(("made_at", "held_at"), ("made_at", "called_off_at")),
)
POINTS: Final = Part(
    "points",
    Point,
    ("added_at",),
    (
        Line("meeting", is_needed=True, column="meeting_id", to="meetings"),
        Key("key", is_needed=True, form=KEY_FORM),
        Choice("voice", among=[*Voice.values, ""]),
        Who("by", column="by"),
        Moment("added_at", is_past=True),
        Choice("left_out_voice", among=[*Voice.values, ""]),
        Flag("is_left_out_by_himself"),
        Choice("hard_voice", among=[*Voice.values, ""]),
        Flag("is_hard_by_himself"),
        Moment("tabled_at", may_be_unknown=True, is_past=True),
        Words("text"),
        Words("why_hard"),
    ),
    line="point",
)
INVITEES: Final = Part(
    "invitees",
    Invitee,
    ("invited_at",),
    (
        Line("meeting", is_needed=True, column="meeting_id", to="meetings"),
        Line("somebody", column="somebody_id", to="network"),
        Choice("kind", is_needed=True, among=Invitee.Kind.values),
        Choice("may_see", among=Invitee.MaySee.values),
        Choice("answer", among=[*Invitee.Answer.values, ""]),
        Who("by", column="invited_by"),
        Moment("invited_at", is_past=True),
        Known("was_there"),
        Flag("came_along"),
        Flag("names_youth"),
        Moment("answered_at", may_be_unknown=True, is_past=True),
        Words("name"),
        Words("answer_words"),
        Words("brings"),
    ),
    line="invitee",
)
REMARKS: Final = Part(
    "remarks",
    Remark,
    ("written_at",),
    (
        Line("meeting", is_needed=True, column="meeting_id", to="meetings"),
        Key("key", is_needed=True, form=KEY_FORM),
        Choice("voice", is_needed=True, among=Voice.values),
        Who("by", column="by"),
        Moment("written_at", is_past=True),
        Words("text"),
    ),
    line="remark",
)
SET_ASIDE: Final = Part(
    "set_aside",
    SetAside,
    ("said_at",),
    (
        Line("point", is_needed=True, column="point_id", to="points"),
        Choice("voice", is_needed=True, among=Voice.values),
        Flag("is_later"),
        Who("by", column="by"),
        Moment("said_at", is_past=True),
        Words("why"),
    ),
    line="aside",
)
AGREED: Final = Part(
    "agreed",
    MeetingAgreement,
    ("changed_at",),
    (
        Line("meeting", is_needed=True, column="meeting_id", to="meetings"),
        Number("number"),
        Moment("changed_at", is_past=True),
        Choice("again", among=[*MeetingAgreement.Again.values, ""]),
        Line("appointment", column="appointment_id", to="appointments"),
        Words("informed"),
    ),
    line="agreed",
)
CONTRIBUTIONS: Final = Part(
    "contributions",
    Contribution,
    ("written_at",),
    (
        Line("agreed", is_needed=True, column="agreement_id", to="agreed"),
        Choice("voice", among=[*Voice.values, ""]),
        Line("invitee", column="invitee_id", to="invitees"),
        Number("number"),
        Who("by", column="by"),
        Moment("written_at", is_past=True),
        Day("due_on"),
        Words("text"),
    ),
    line="contribution",
)
CONDITIONS: Final = Part(
    "conditions",
    Condition,
    ("made_at",),
    (
        Line("agreed", is_needed=True, column="agreement_id", to="agreed"),
        Choice("kind", is_needed=True, among=Condition.Kind.values),
        Number("days", may_be_unknown=True),
        Day("due_on"),
        Choice("domain", among=[*DOMAINS, ""]),
        Who("by", column="by"),
        Moment("made_at", is_past=True),
        Moment("came_true_at", may_be_unknown=True, is_past=True),
        Choice("answer", among=[*Condition.Answer.values, ""]),
        Moment("answered_at", may_be_unknown=True, is_past=True),
        Words("text"),
        Words("why_not"),
    ),
    line="condition",
    in_order=(("made_at", "came_true_at"), ("came_true_at", "answered_at")),
)
YESES: Final = Part(
    "yeses",
    MeetingYes,
    ("given_at",),
    (
        Line("agreed", is_needed=True, column="agreement_id", to="agreed"),
        Number("number", is_needed=True),
        Choice("voice", among=[*Voice.values, ""]),
        Line("invitee", column="invitee_id", to="invitees"),
        Flag("is_to_own_line"),
        Who("by", column="by"),
        Moment("given_at", is_past=True),
    ),
    line="yes",
)
QUESTIONS: Final = Part(
    "questions",
    HelpRequest,
    ("asked_at",),
    (
        AtSpecialist("specialist", is_needed=True),
        Who("by", column="asked_by"),
        Moment("asked_at", is_past=True),
        Day("due_on", is_needed=True, may_be_unknown=False),
        Moment("opened_at", may_be_unknown=True, is_past=True),
        Moment("answered_at", may_be_unknown=True, is_past=True),
        Choice("reply", among=[*HelpRequest.Reply.values, ""]),
        Moment("read_at", may_be_unknown=True, is_past=True),
        Moment("closed_at", may_be_unknown=True, is_past=True),
        Words("question"),
        Words("answer"),
    ),
    line="question",
    in_order=(("asked_at", "answered_at"), ("asked_at", "closed_at")),
)
ONE_THING: Final = (  # what was shared or asked for by itself, out of a section
    KindOfThing("item_kind", among=["", *Grant.Item.values]),
    OneThing("step", to="steps"),
    OneThing("contribution", to="contributions"),
    OneThing("plan", to="plans"),
    OneThing("appointment", to="appointments"),
    OneThing("note", to="notes"),
    OneThing("paper", to="papers"),
)
GRANTS: Final = Part(
    "grants",
    Grant,
    ("given_at",),
    (
        Who("to", column="to"),
        Choice("shared_section", is_needed=True, among=SECTIONS),
        *ONE_THING,
        Words("purpose"),
        Day("since", is_needed=True, may_be_unknown=False),
        Day("until", is_needed=True, may_be_unknown=False),
        Who("given_by", column="given_by"),
        Moment("given_at", is_past=True),
        Flag("is_aloud"),
        Moment("confirmed_at", may_be_unknown=True, is_past=True),
        Moment("revoked_at", may_be_unknown=True),
    ),
    line="grant",
    in_order=(("since", "until"),),
)
REQUESTS: Final = Part(
    "requests",
    SharingRequest,
    ("asked_at",),
    (
        Who("to", column="to"),
        Choice("shared_section", is_needed=True, among=SECTIONS),
        *ONE_THING,
        Who("asked_by", column="asked_by"),
        Moment("asked_at", is_past=True),
        Moment("ends_at", is_needed=True),
        Choice("answer", among=[*SharingRequest.Answer.values, ""]),
        Who("answered_by", column="answered_by"),
        Moment("answered_at", may_be_unknown=True, is_past=True),
        Line("grant", column="grant_id", to="grants"),
        Words("reason"),
    ),
    in_order=(("asked_at", "answered_at"),),
)
WHYS: Final = Part(
    "whys",
    LookQuestion,
    ("asked_at",),
    (
        Day("day", is_needed=True, may_be_unknown=False, is_past=True),
        Who("reader", column="reader"),
        Moment("asked_at", is_past=True),
        Moment("answered_at", may_be_unknown=True, is_past=True),
        Moment("seen_at", may_be_unknown=True, is_past=True),
        Words("answer"),
    ),
    in_order=(("asked_at", "answered_at"),),
)
CORRECTIONS: Final = Part(
    "corrections",
    Correction,
    ("asked_at",),
    (
        Beside("line", column="line"),
        Key("kind", is_needed=True),
        Choice("section", is_needed=True, among=SECTIONS),
        Who("by", column="asked_by"),
        Moment("asked_at", is_past=True),
        Words("wish"),
    ),
    line="correction",
)
CORRECTION_ANSWERS: Final = Part(
    "correction_answers",
    CorrectionAnswer,
    ("answered_at",),
    (
        Line("correction", is_needed=True, column="correction_id", to="corrections"),
        Choice("section", is_needed=True, among=SECTIONS),
        Choice("outcome", is_needed=True, among=CorrectionAnswer.Outcome.values),
        Who("by", column="answered_by"),
        Moment("answered_at", is_past=True),
        Words("reason"),
    ),
)
VIEWS: Final = Part(
    "views",
    View,
    ("written_at",),
    (
        Beside("line", column="line"),
        Choice("section", is_needed=True, among=SECTIONS),
        Who("by", column="author"),
        Moment("written_at", is_past=True),
        Words("text"),
    ),
    line="view",
)
WEIGHINGS: Final = Part(
    "weighings",
    Weighing,
    ("weighed_at",),
    (
        Who("by", column="by"),
        Moment("weighed_at", is_past=True),
        Answer("outcome", among=tuple(WEIGHED)),
        Words("reason"),
    ),
    line="weighing",
)
BRIEFINGS: Final = Part(
    "briefings", Briefing, ("written_at",), (Moment("written_at", is_past=True), Words("text")), line="briefing"
)
COACHES: Final = Part(
    "coaches",
    Coachship,
    ("since", F("until").asc(nulls_last=True)),
    (
        Who("coach", column="coach"),
        Flag("is_stand_in"),
        Flag("is_off"),
        Day("since", is_needed=True, may_be_unknown=False),
        Day("until"),
        Who("given_by", column="given_by"),
        Line("briefing", column="briefing_id", to="briefings"),
    ),
    in_order=(("since", "until"),),
)

# A line stands after the lists it refers to, so that rows can be made in this order.
PARTS: Final = (
    REFERRALS,
    PHASE_SPANS,
    NETWORK,
    NOTES,
    STEPS,
    APPOINTMENTS,
    SHEETS,
    SAYINGS,
    STATEMENTS,
    ANSWERS,
    SECOND_LOOKS,
    PLANS,
    AGREEMENTS,
    PLACEMENTS,
    MEETINGS,
    POINTS,
    INVITEES,
    REMARKS,
    SET_ASIDE,
    AGREED,
    CONTRIBUTIONS,
    CONDITIONS,
    YESES,
    RHYTHM,
    MESSAGES,
    PAPERS,
    ASSESSMENTS,
    QUESTIONS,
    GRANTS,
    REQUESTS,
    WHYS,
    VIEWS,
    WEIGHINGS,
    CORRECTIONS,
    CORRECTION_ANSWERS,
    BRIEFINGS,
    COACHES,
)
WITH_IDS: Final = tuple(part for part in (FIND, *PARTS) if part.line)
