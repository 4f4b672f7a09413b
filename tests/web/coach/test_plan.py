"""The plan: both voices, versions that stay, two yeses to one text, and two people writing at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.plans import commands
from ipta.plans.models import Agreement, PlanVersion
from ipta.plans.rules import SPOKEN_OF, VOICES
from ipta.scans.commands import rate, tell
from ipta.sharing.door import Reader
from ipta.web.difference import changes, difference
from ipta.wraparound.commands import end_meeting, prepare_meeting
from tests.asking import text, verbs
from tests.cast import canary, days_ago, fresh
from tests.web.coach.shared import (
    LONG,
    assert_is_not_there,
    assert_same_number,
    forget_looks,
    of,
    post_twice,
    sections_read,
)

GOAL = {
    "domain": "housing",
    "goal": "Een eigen kamer",
    "youth": "Niet meer op de bank",
    "coach": "Samen inschrijven",
}
SENT = GOAL | {"typed": "coach"}  # he sent it, also what the youth says


def typed(*goals: dict[str, str], based_on: int = 1, together: str = "", **words: str) -> dict[str, str]:
    """What a browser sends of the form; `remember_coach` is what the coach says of it."""
    fields = {f"doel-{n}-{name}": value for n, goal in enumerate(goals) for name, value in goal.items()}
    counts = {"doel-TOTAL_FORMS": str(len(goals)), "doel-INITIAL_FORMS": "0"}
    said = {re.sub("_(youth|coach)$", r"-\1", name): text for name, text in words.items()}
    return {"based_on": str(based_on), "strategy": "", "together": together} | counts | fields | said


def newest(dossier: Dossier) -> PlanVersion:
    version = dossier.planversion_set.first()
    assert version is not None
    return version


def goals(person: Person, version: PlanVersion) -> Any:
    """As they were written: each has a key besides."""
    found = Reader(person).json(version.goals)
    assert all(goal["key"] for goal in found)
    return [{name: text for name, text in goal.items() if name != "key"} for goal in found]


def keys(person: Person, version: PlanVersion) -> list[str]:
    return [goal["key"] for goal in Reader(person).json(version.goals)]


def voices(person: Person, version: PlanVersion) -> Any:
    return Reader(person).json(version.voices)


# --- reading ------------------------------------------------------------------------


def test_the_plan_shows_goals_with_both_voices_and_its_elements(noors: Client, dossier: Dossier) -> None:
    shown = noors.get(of(dossier, "plan"))
    word = canary("sem", "plan")
    for words in (f"{word} doel", "ik wil", "hij kan", f"{word} belangrijk", f"{word} stap"):
        assert words in shown.text
    assert "Wat kan ik leren?" in shown.context["version"].open_names


def test_a_text_without_both_yeses_is_a_proposal(noors: Client, dossier: Dossier) -> None:
    assert "Een voorstel" in noors.get(of(dossier, "plan")).text


def test_without_a_plan_the_page_invites_to_write_one(noors: Client, noor: Person, scouted: Dossier) -> None:
    dossiers.join(scouted, first_name="Rox", by=noor)
    shown = noors.get(of(scouted, "plan"))
    assert "Nog geen plan" in shown.text
    assert of(scouted, "propose") in shown.text


def test_the_youths_words_beside_the_plan_are_shown(
    noors: Client, dossier: Dossier, sem: Person, plan: PlanVersion
) -> None:
    dossiers.view(plan, by=sem, text="Ook iets met voetbal")
    assert "Ook iets met voetbal" in noors.get(of(dossier, "plan")).text


def test_reading_the_plan_is_told_to_the_youth(noors: Client, noor: Person, dossier: Dossier) -> None:
    forget_looks()
    noors.get(of(dossier, "plan"))
    assert sections_read(dossier, noor) == {"identity", "plan", "scores"}, "what the scan showed stands beside a goal"


def test_the_list_of_texts_opens_none_of_them(noors: Client, noor: Person, dossier: Dossier) -> None:
    forget_looks()
    noors.get(of(dossier, "versions"))
    assert sections_read(dossier, noor) == {"identity"}


def test_before_the_yes_there_is_no_plan(noors: Client, scouted: Dossier) -> None:
    assert "Dit komt na de ja" in noors.get(of(scouted, "plan")).text
    names = ("propose", "versions", "agree", "witness")
    assert_is_not_there([noors], [of(scouted, name) for name in names])


# --- writing ------------------------------------------------------------------------


def test_a_plan_has_goals_with_two_voices_elements_and_a_strategy(
    noors: Client, noor: Person, dossier: Dossier
) -> None:
    said = {f"{name}_{voice}": f"{voice} over {name}" for name in SPOKEN_OF for voice in VOICES}
    sent = typed(GOAL | {"strategy": "take_over"}, strategy="learn", **said)
    assert noors.post(of(dossier, "propose"), sent).headers["Location"] == of(dossier, "plan")
    version = newest(dossier)
    assert (version.number, version.strategy, version.author) == (2, "learn", noor)
    assert goals(noor, version) == [GOAL | {"strategy": "take_over", "typed": "coach"}]
    assert voices(noor, version) == {
        name: {"youth": f"youth over {name}", "coach": f"coach over {name}", "typed": "coach"} for name in SPOKEN_OF
    }


def test_writing_goes_on_from_the_newest_text(noors: Client, dossier: Dossier) -> None:
    shown = noors.get(of(dossier, "propose"))
    word = canary("sem", "plan")
    assert shown.context["form"]["based_on"].value() == 1
    assert shown.context["form"]["most_important"].value() == f"{word} belangrijk"
    assert [goal["goal"].value() for goal in shown.context["goals"]] == [f"{word} doel", None]


def test_an_older_text_is_never_changed(noors: Client, noor: Person, dossier: Dossier, plan: PlanVersion) -> None:
    before = goals(noor, plan)
    noors.post(of(dossier, "propose"), typed(GOAL))
    assert goals(noor, fresh(plan)) == before


def test_a_goal_of_which_the_field_is_emptied_goes_away(noors: Client, noor: Person, dossier: Dossier) -> None:
    noors.post(of(dossier, "propose"), typed({"domain": "work", "goal": ""}, GOAL))
    assert goals(noor, newest(dossier)) == [SENT]


def test_a_goal_more_is_asked_without_losing_a_word(noors: Client, dossier: Dossier) -> None:
    shown = noors.post(of(dossier, "propose"), typed(GOAL, most_important_youth="Rust", erbij="1"))
    assert shown.status_code == 200
    assert len(shown.context["goals"].forms) == 2
    for words in (*GOAL.values(), "Rust"):
        assert words in shown.text
    assert newest(dossier).number == 1


def test_more_goals_than_there_are_domains_are_not_asked(noors: Client, dossier: Dossier) -> None:
    shown = noors.post(of(dossier, "propose"), typed(*[GOAL] * 13, erbij="1"))
    assert len(shown.context["goals"].forms) == 13
    assert "Nog een doel" not in shown.text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (typed({"domain": "work", "youth": "dit wil ik"}), "Schrijf ook het doel op"),
        (typed(GOAL | {"goal": "a" * 501}), "Dit is te lang."),
        (typed(GOAL | {"domain": "voetbal"}), "Kies een van de antwoorden die er staan."),
        (typed(GOAL, most_important_coach=LONG), "Dit is te lang."),
        (typed(GOAL, strategy="dwingen"), "Kies een van de antwoorden die er staan."),
        (typed(*[GOAL] * 14), "Houd het bij dertien doelen."),
        (typed(), "Schrijf minstens één ding op."),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, wrong: dict[str, str], says: str
) -> None:
    shown = noors.post(of(dossier, "propose"), wrong)
    assert shown.status_code == 422
    assert says in shown.text
    for name, value in wrong.items():
        if name not in {"strategy", "doel-0-domain"} and not name.endswith("FORMS"):
            assert value in shown.text
    assert newest(dossier).number == 1


def test_a_form_that_was_cut_off_is_not_a_plan(noors: Client, dossier: Dossier) -> None:
    assert noors.post(of(dossier, "propose"), {"most_important-coach": "Rust"}).status_code == 422
    assert newest(dossier).number == 1


def test_a_text_in_which_nothing_changed_asks_for_no_new_yes(noors: Client, dossier: Dossier, sem: Person) -> None:
    word = canary("sem", "plan")
    (key,) = keys(sem, newest(dossier))
    same = {"key": key, "domain": "work", "goal": f"{word} doel", "youth": "ik wil", "coach": "hij kan"}
    sent = typed(same, together="most_important", most_important=f"{word} belangrijk")
    shown = noors.post(of(dossier, "propose"), sent, follow=True)
    assert "Er is niets veranderd." in shown.text
    assert newest(dossier).number == 1


def test_a_second_tap_writes_one_text(noors: Client, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "propose"), typed(GOAL))
    assert newest(dossier).number == 2


def test_a_half_written_plan_is_kept_while_one_types(noors: Client, dossier: Dossier) -> None:
    noors.get(of(dossier, "propose"))
    sent = noors.post(of(dossier, "propose"), typed(GOAL), headers={"X-Requested-With": "fetch"})
    assert sent.status_code == 204
    back = noors.get(of(dossier, "propose"))
    assert "We hebben je tekst bewaard" in back.text
    assert GOAL["coach"] in back.text


# --- two people on one text ------------------------------------------------------------


def test_who_changed_something_else_is_in_nobodys_way(
    noors: Client, noor: Person, dossier: Dossier, sem: Person, plan: PlanVersion
) -> None:
    """He wrote on his own voice meanwhile: both texts become one, and nobody is asked anything."""
    (goal,) = Reader(sem).json(plan.goals)
    more = {"domain": "work", "goal": "Werken in een garage"}
    said = {"remember": {"youth": "Ik hou van auto's"}}
    heard = {**goal, "youth": "ik wil heel graag"}
    commands.propose(dossier, based_on=1, goals=[heard, more], elements={}, voices=said, by=sem)

    mine = goal | {"coach": "hij kan het al"}
    shown = noors.post(of(dossier, "propose"), typed(mine, GOAL, remember_coach="Samen de post"), follow=True)

    assert "Jullie woorden staan er nu allebei in." in shown.text
    assert newest(dossier).number == 3
    assert [(one["goal"], one["youth"], one["coach"]) for one in goals(noor, newest(dossier))] == [
        (goal["goal"], "ik wil heel graag", "hij kan het al"),
        ("Werken in een garage", "", ""),
        tuple(GOAL[name] for name in ("goal", "youth", "coach")),
    ]
    assert voices(noor, newest(dossier)) == {"remember": {"youth": "Ik hou van auto's", "coach": "Samen de post"}}


def test_who_comes_second_with_the_same_words_sees_both_texts_and_decides(
    noors: Client, noor: Person, dossier: Dossier, sem: Person
) -> None:
    theirs = {"domain": "work", "goal": "Werken in een garage"}
    said = {"remember": {"youth": "Ik hou van auto's"}}
    commands.propose(dossier, based_on=1, goals=[theirs], elements={}, voices=said, by=sem)

    shown = noors.post(of(dossier, "propose"), typed(GOAL, remember_youth="Hij houdt van brommers"))

    assert shown.status_code == 409
    assert newest(dossier).author == sem
    for words in (*GOAL.values(), "Hij houdt van brommers", "Werken in een garage", "Ik hou van auto&#x27;s"):
        assert words in shown.text
    form = shown.context["form"]
    assert form["based_on"].value() == 2
    assert "Wat de ander veranderde" in shown.text

    decided = typed(GOAL, based_on=2, remember_youth="Auto's en brommers")
    noors.post(of(dossier, "propose"), decided)
    assert goals(noor, newest(dossier)) == [SENT]
    assert voices(noor, newest(dossier))["remember"]["youth"] == "Auto's en brommers"
    assert newest(dossier).number == 3


def test_a_text_of_both_that_the_other_took_out_is_not_lost(
    noors: Client, noor: Person, dossier: Dossier, sem: Person
) -> None:
    commands.propose(dossier, based_on=1, goals=[], elements={}, voices={"remember": {"youth": "x"}}, by=sem)
    sent = typed(together="most_important", most_important="Rust in huis")
    shown = noors.post(of(dossier, "propose"), sent)
    assert shown.status_code == 409
    form = shown.context["form"]
    again = typed(based_on=2, together=form["together"].value(), most_important=form["most_important"].value())
    noors.post(of(dossier, "propose"), again)
    assert text(noor, newest(dossier), "most_important") == "Rust in huis"


def test_sending_the_same_text_again_after_a_clash_is_not_taken_for_a_second_tap(
    noors: Client, dossier: Dossier, sem: Person
) -> None:
    said = {"remember": {"youth": "Ik hou van auto's"}}
    commands.propose(dossier, based_on=1, goals=[], elements={}, voices=said, by=sem)
    sent = typed(remember_youth="Brommers", once="11111111-1111-4111-8111-111111111111")
    for _time in range(2):
        assert noors.post(of(dossier, "propose"), sent).status_code == 409


def test_a_first_text_in_two_tabs_becomes_one_text(noors: Client, noor: Person, scouted: Dossier) -> None:
    dossiers.join(scouted, first_name="Rox", by=noor)
    assert noors.post(of(scouted, "propose"), typed(GOAL, based_on=0)).status_code == 302
    again = noors.post(of(scouted, "propose"), typed(GOAL, based_on=0, remember_coach="De andere tab"))
    assert again.status_code == 302
    assert goals(noor, newest(scouted)) == [SENT]
    assert voices(noor, newest(scouted))["remember"]["coach"] == "De andere tab"


def test_the_words_he_typed_for_the_youth_are_marked_until_he_says_them_himself(
    noors: Client, dossier: Dossier, sem: Person
) -> None:
    noors.post(of(dossier, "propose"), typed(GOAL, remember_youth="Niet bellen voor elf uur"))
    shown = noors.get(of(dossier, "plan")).text
    assert shown.count("getypt door de coach") == 2
    version = newest(dossier)
    (goal,) = Reader(sem).json(version.goals)
    own = {**goal, "typed": ""}
    said = {"remember": {"youth": "Niet voor elf uur"}}
    commands.propose(dossier, based_on=2, goals=[own], elements={}, voices=said, by=sem)
    assert "getypt door de coach" not in noors.get(of(dossier, "plan")).text


# --- the yes ------------------------------------------------------------------------


def test_a_plan_counts_when_both_said_yes_to_the_same_text(
    noors: Client, dossier: Dossier, sem: Person, plan: PlanVersion
) -> None:
    commands.agree(plan, by=sem)
    assert fresh(plan).in_force_from is None
    shown = noors.post(of(dossier, "agree"), {"number": "1"}, follow=True)
    assert fresh(plan).in_force_from
    assert "Jullie zeiden allebei ja. Dit plan geldt nu." in shown.text
    assert "Jullie plan" in shown.text


def test_a_spoken_yes_is_the_youths_and_the_journal_tells_who_typed_it(
    noors: Client, noor: Person, dossier: Dossier, sem: Person, plan: PlanVersion
) -> None:
    noors.post(of(dossier, "witness"), {"number": "1"})
    yes = Agreement.objects.get(version=plan)
    assert (yes.owner, yes.person) == ("youth", sem)
    assert "plan.agreed_aloud" in verbs(dossier)
    assert "zei nog geen ja" in noors.get(of(dossier, "plan")).text


def test_a_second_tap_is_one_yes(noors: Client, dossier: Dossier, plan: PlanVersion) -> None:
    for _tap in range(2):
        assert noors.post(of(dossier, "agree"), {"number": "1"}).status_code == 302
    assert plan.agreements.count() == 1


def test_a_yes_to_a_text_that_was_overtaken_is_not_a_yes_to_the_new_one(
    noors: Client, dossier: Dossier, sem: Person
) -> None:
    commands.propose(dossier, based_on=1, goals=[GOAL], elements={}, by=sem)
    shown = noors.post(of(dossier, "agree"), {"number": "1"}, follow=True)
    assert "Er is een nieuwere tekst." in shown.text
    assert not Agreement.objects.filter(version__dossier=dossier).exists()


@pytest.mark.parametrize("number", ["", "0", "99", "een", "1.5", "-1", "1" * 40, "²"])
def test_a_yes_needs_a_text_that_is_there(noors: Client, dossier: Dossier, number: str) -> None:
    assert noors.post(of(dossier, "agree"), {"number": number}).status_code == 404


def test_while_a_new_text_waits_the_old_one_counts_and_the_difference_shows(
    noors: Client, noor: Person, dossier: Dossier, sem: Person, plan: PlanVersion
) -> None:
    commands.agree(plan, by=sem)
    commands.agree(plan, by=noor)
    commands.propose(dossier, based_on=1, goals=[GOAL], elements={"most_important": "Rust in huis"}, by=sem)
    shown = noors.get(of(dossier, "plan"))
    assert shown.context["standing"].number == 1
    assert "Tot die tijd geldt tekst 1." in shown.text
    assert "Rust in huis</ins>" in shown.text
    assert f"{canary('sem', 'plan')} belangrijk</del>" in shown.text


# --- versions -----------------------------------------------------------------------


def test_every_text_stays_readable_with_what_it_changed(
    noors: Client, noor: Person, dossier: Dossier, plan: PlanVersion
) -> None:
    commands.propose(dossier, based_on=1, goals=[GOAL], elements={"youth_does": "Elke dinsdag de post"}, by=noor)
    first, second = (noors.get(of(dossier, "version", number)) for number in (1, 2))
    assert f"{canary('sem', 'plan')} doel" in first.text
    assert not first.context["changes"]
    assert "Elke dinsdag de post</ins>" in second.text


def test_any_two_texts_can_be_laid_beside_each_other(noors: Client, noor: Person, dossier: Dossier) -> None:
    for number, words in ((1, "Elke dinsdag"), (2, "Elke week")):
        commands.propose(dossier, based_on=number, goals=[], elements={"youth_does": words}, by=noor)
    assert noors.get(of(dossier, "version", 3)).context["before"].number == 2
    beside = noors.get(of(dossier, "version", 3), {"met": "1"})
    assert beside.context["before"].number == 1
    assert "Elke dinsdag" not in beside.text
    for odd in ("3", "99", "een", "²", "9" * 40):
        assert noors.get(of(dossier, "version", 3), {"met": odd}).context["before"].number == 2


def test_before_and_after_the_talk_is_one_tap(
    noors: Client, noor: Person, dossier: Dossier, sem: Person, plan: PlanVersion
) -> None:
    assert noors.get(of(dossier, "versions")).context["talk"] is None
    end_meeting(prepare_meeting(dossier, by=noor), by=noor)
    version = commands.propose(dossier, based_on=1, goals=[GOAL], elements={}, by=noor)
    assert noors.get(of(dossier, "versions")).context["talk"] is None, "nobody said yes to it yet"
    for owner in (sem, noor):
        commands.agree(version, by=owner)
    shown = noors.get(of(dossier, "versions"))
    assert (shown.context["talk"].before, shown.context["talk"].after) == (1, 2)
    assert f"{of(dossier, 'version', 2)}?met=1" in shown.text


def test_the_list_of_texts_says_which_one_counts(
    noors: Client, noor: Person, dossier: Dossier, sem: Person, plan: PlanVersion
) -> None:
    commands.agree(plan, by=sem)
    commands.agree(plan, by=noor)
    commands.propose(dossier, based_on=1, goals=[GOAL], elements={}, by=noor)
    listed = noors.get(of(dossier, "versions")).context["versions"]
    assert [(one.number, one.is_standing) for one in listed] == [(2, False), (1, True)]


@pytest.mark.parametrize("number", [0, 2, 999_999])
def test_a_text_that_was_never_written_is_not_there(noors: Client, dossier: Dossier, number: int) -> None:
    assert noors.get(of(dossier, "version", number)).status_code == 404


def test_a_difference_reads_as_both_texts() -> None:
    pieces = difference("Elke dinsdag samen de post", "Elke week samen alle post openen")
    assert [(piece.kind, piece.words.strip()) for piece in pieces] == [
        ("same", "Elke"),
        ("gone", "dinsdag"),
        ("added", "week"),
        ("same", "samen"),
        ("gone", "de"),
        ("added", "alle"),
        ("same", "post"),
        ("added", "openen"),
    ]


def test_white_space_alone_is_no_difference() -> None:
    assert changes({"a": "een  twee\n"}, {"a": "een\ntwee"}) == []


# --- who, and how often it asks -------------------------------------------------------


def test_a_coach_with_a_caseload_of_his_own_finds_no_plan_here(
    browsers_of_strangers: list[Client], dossier: Dossier
) -> None:
    urls = [of(dossier, name) for name in ("plan", "propose", "agree", "witness", "versions")]
    assert_is_not_there(browsers_of_strangers, [*urls, of(dossier, "version", 1)])


def test_a_stand_in_can_read_the_plan(
    client_for: Callable[[Person], Client], stef: Person, standing_in: Coachship, dossier: Dossier
) -> None:
    assert f"{canary('sem', 'plan')} doel" in client_for(stef).get(of(dossier, "plan")).text


@pytest.mark.parametrize("name", ["plan", "versions"])
def test_more_texts_and_steps_are_no_more_queries(
    noors: Client, noor: Person, dossier: Dossier, sem: Person, queries: Callable[[], Any], name: str, plan: PlanVersion
) -> None:
    commands.agree(plan, by=sem)
    commands.agree(plan, by=noor)
    commands.propose(dossier, based_on=1, goals=[GOAL], elements={}, by=noor)

    def more() -> None:
        number = newest(dossier).number
        commands.propose(dossier, based_on=number, goals=[GOAL] * (number + 1), elements={}, by=noor)
        dossiers.promise(dossier, text="stap", owner="coach", due_on=days_ago(-3), by=noor)

    assert_same_number(queries, lambda: noors.get(of(dossier, name)), more)


def test_what_the_scan_showed_stands_beside_the_goals(
    noors: Client, dossier: Dossier, noor: Person, sem: Person
) -> None:
    rate(dossier, ratings={"housing": 2, "mental": 4, "time": 5}, by=noor)
    tell(dossier, ratings={"mental": 4, "time": 1}, by=sem)
    shown = noors.get(of(dossier, "propose"))
    assert {line.name for line in shown.context["seen"]} == {"Financiën", "Huisvesting", "Tijdsbesteding"}
    assert "Uit de scan" in shown.text
