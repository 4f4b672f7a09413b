"""A package that is not right is refused whole, with the place of everything that is wrong with it."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Municipality, Person
from ipta.api import package
from ipta.api.package import PackageFault, commands, rules
from ipta.base import clock
from ipta.base.verdict import Refused
from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader
from ipta.vault.models import MunicipalityKey, SectionKey
from tests.api.lives import Package, answered, full_package
from tests.asking import assert_refused, row_counts, text
from tests.method.instruments.made import file_of, item

Break = Callable[[Package], object]


def places(fault: PackageFault) -> list[str]:
    return [one.place for one in fault.faults]


def refused(content: bytes) -> PackageFault:
    with pytest.raises(PackageFault) as raised:
        package.load(content)
    return raised.value


# --- bytes that are no package ---------------------------------------------------------------------------

NO_PACKAGE = {
    "nothing": b"",
    "no JSON": b'{"format": ',
    "two packages": b"{}{}",
    "a list": b"[]",
    "a word": b'"ipta-dossier"',
    "something else": b'{"format": "fhir", "version": 1}',
    "UTF-16": "{}".encode("utf-16"),
    "Latin-1": b'{"format": "caf\xe9"}',
    "very deep": b"[" * 100_000,
    "deep": b'{"format": ' + b"[" * 40 + b"]" * 40 + b"}",
    "a number of 5000 digits": b'{"version": ' + b"9" * 5000 + b"}",
    "too large": b" " * (rules.MAX_BYTES + 1),
    "a hidden NUL": b'{"format": "ipta-dossier\\u0000"}',
}


@pytest.mark.parametrize("content", NO_PACKAGE.values(), ids=NO_PACKAGE)
def test_what_is_no_package_is_refused(content: bytes) -> None:
    assert refused(content).faults


ODD = {
    "a name twice": ('"nickname": "Mo"', '"nickname": "Mo", "nickname": "Bo"', "youth.nickname"),
    "not a number": ('"nickname": "Mo"', '"nickname": NaN', "youth.nickname"),
    "endless": ('"nickname": "Mo"', '"nickname": -Infinity', "youth.nickname"),
    "endless by size": ('"nickname": "Mo"', '"nickname": 1e999', "youth.nickname"),
    "a broken number": ('"version": 1', '"version": 1.0', "version"),
    "a control character": ('"Mo"', '"M\\u0007o"', "youth.nickname"),
    "half a character": ('"Mo"', '"M\\ud83do"', "youth.nickname"),
    "a control character in a name": ('"nickname": "Mo"', '"nick\\u0000name": "Mo"', "youth.nick?name"),
}
LEAST = (
    '{"format": "ipta-dossier", "version": 1, "package_id": "5b0c3c0e-3d7e-4d43-a8a4-6c1a3d1f0a11",'
    ' "youth": {"nickname": "Mo"}, "course": {}}'
)


@pytest.mark.parametrize(("whole", "broken", "place"), ODD.values(), ids=ODD)
def test_what_a_parser_lets_through_is_refused_with_its_place(whole: str, broken: str, place: str) -> None:
    assert package.load(LEAST.encode())
    assert package.load(b"\xef\xbb\xbf" + LEAST.encode()), "a file of Windows begins with a mark"
    assert places(refused(LEAST.replace(whole, broken).encode())) == [place]


def test_a_later_version_says_so_and_nothing_else() -> None:
    next_one = rules.VERSION + 1
    later = full_package() | {"version": next_one, "mood": "new in it"}
    fault = refused(json.dumps(later).encode())
    assert (places(fault), f"latere versie ({next_one})" in str(fault)) == (["version"], True)


@pytest.mark.parametrize("version", [0, -1, "2", True, None])
def test_what_is_no_version_says_so(version: object) -> None:
    assert places(refused(json.dumps(full_package() | {"version": version}).encode())) == ["version"]


def test_a_package_of_before_there_were_papers_is_still_read(schiedam: Municipality, yara: Person) -> None:
    later = {"papers", "assessments", "meetings", "points", "invitees"}
    later |= {"remarks", "set_aside", "agreed", "contributions", "conditions", "yeses"}
    before = {name: part for name, part in full_package().items() if name not in later} | {"version": 1}
    package.load(json.dumps(before).encode())
    assert package.import_package(before, schiedam, yara, by=yara).is_new


def test_a_package_of_before_there_were_tests_is_still_read(schiedam: Municipality, yara: Person) -> None:
    before = {name: part for name, part in full_package().items() if name not in {"assessments", "rhythm"}}
    before |= {"version": 4}
    assert package.import_package(package.load(json.dumps(before).encode()), schiedam, yara, by=yara).is_new


def test_a_package_of_before_there_were_briefings_is_still_read(schiedam: Municipality, yara: Person) -> None:
    before = {name: part for name, part in full_package().items() if name != "briefings"} | {"version": 3}
    before["coaches"] = [{"coach": "olga", "since": "2019-01-01", "until": "2020-01-01"}]
    assert package.import_package(package.load(json.dumps(before).encode()), schiedam, yara, by=yara).is_new


# --- packages with a fault ---------------------------------------------------------------------------------


def put(path: str, value: Any) -> Break:
    """Set what stands at `notes.2.text`."""

    def broken(found: Any) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            found = found[step]
        found[last] = value

    return broken


def leave_out(path: str) -> Break:
    owner, _, name = path.rpartition(".")

    def broken(found: Any) -> None:
        for step in owner.split(".") if owner else []:
            found = found[int(step) if step.isdigit() else step]
        del found[name]

    return broken


FAULTS: dict[str, Break] = {
    # form
    "package_id": put("package_id", "1234"),
    "youth": leave_out("youth"),
    "youth.nickname": put("youth.nickname", "x" * 121),
    "youth.reach.via": put("youth.reach.via", 5),
    "youth.reach.VIA X": put("youth.reach.VIA X", "?"),
    "mood": put("mood", "happy"),
    "notes[2].mood": put("notes.2.mood", "happy"),
    "notes[2].happened_at": put("notes.2.happened_at", "2019-02-30T10:00:00Z"),
    "notes[1].happened_at": put("notes.1.happened_at", "2019-02-03T10:00:00"),
    "notes[0].channel": put("notes.0.channel", "pigeon"),
    "notes[0].text": put("notes.0.text", "x" * 20_001),
    "notes[0].is_reached": put("notes.0.is_reached", "ja"),
    "notes": put("notes", {}),
    "views[0].section": leave_out("views.0.section"),
    "find.kind": put("find.kind", "moon"),
    "phases[0].since": put("phases.0.since", "2019-13"),
    "phases[1].since": put("phases.1.since", "19"),
    "steps[0].due_on": put("steps.0.due_on", "01-07-2019"),
    "sheets[0].ratings.money": put("sheets.0.ratings.money", 6),
    "sheets[0].ratings.luck": put("sheets.0.ratings.luck", 3),
    "instruments[0].id": put("instruments.0.id", "Niet zo"),
    "sayings[0].card": put("sayings.0.card", "weather"),
    "statements[0].kind": put("statements.0.kind", "gossip"),
    "statements[2].about_on": put("statements.2.about_on", "in mei"),
    "answers[0].reply": put("answers.0.reply", "perhaps"),
    "answers[1].statement": leave_out("answers.1.statement"),
    "plans[0].goals[0].goal": leave_out("plans.0.goals.0.goal"),
    "plans[0].number": put("plans.0.number", 0),
    "placements[0].workplace.employer": put("placements.0.workplace.employer", ""),
    "history[0].did": put("history.0.did", "<b>"),
    "history[0].facts.note": put("history.0.facts.note", "Hij zei dat hij boos was"),
    "youth.remind_by": put("youth.remind_by", "pigeon"),
    "youth.remind_words": put("youth.remind_words", "x" * 81),
    "referrals[0].role": put("referrals.0.role", "aunt"),
    "questions[0].specialist.organisation": put("questions.0.specialist.organisation", ""),
    "questions[1].due_on": put("questions.1.due_on", None),
    "papers[0].section": put("papers.0.section", "identity"),
    "rhythm[0].often": put("rhythm.0.often", "hourly"),
    "assessments[0].answered_how": put("assessments.0.answered_how", "shouted"),
    "papers[0].kind": put("papers.0.kind", "exe"),
    "people[1].first_name": put("people.1.first_name", "x" * 41),
    # sense
    "people[1].id": put("people.1.id", "olga"),
    "instruments[0].definition": put("instruments.0.definition", "{"),
    "instruments[0].definition.item[0].type": put("instruments.0.definition", file_of(item("a", "pigeon")).decode()),
    "sheets[1].answers.instrument": put("sheets.1.answers.instrument", "i9"),
    "sheets[1].answers.response.resourceType": put("sheets.1.answers.response", "{}"),
    "sheets[1].answers.response.item[0]": put("sheets.1.answers.response", answered("completed", "z", "Wat?")),
    "sheets[2].answers.response": put("sheets.2.answers.response", answered("completed", "a", "Toch?")),
    "sheets[2].replaces": put("sheets.2.replaces", "sh3"),
    "sheets[1].saved_at": put("sheets.1.saved_at", "2019-06-09T09:00:00Z"),
    "referrals[1]": put("referrals", [{"id": f"r{n}", "role": "mentor", "knows": "yes"} for n in range(2)]),
    "questions[1].reply": put("questions.1.reply", "cannot"),
    "questions[0].reply": put("questions.0.reply", ""),
    "questions[1].read_at": put("questions.1.read_at", "2020-06-01T10:00:00Z"),
    "questions[0].answered_at": put("questions.0.answered_at", "2020-02-01T10:00:00Z"),
    "people[0].id": put("people.0.id", "youth"),
    "notes[1].id": put("notes.1.id", "n1"),
    "notes[1].replaces": put("notes.1.replaces", "n9"),
    "notes[0].replaces": put("notes.0.replaces", "n2"),
    "notes[2].replaces": put("notes.2.replaces", "n1"),
    "sayings[0].replaces": put("sayings.0.replaces", "w2a"),
    "sayings[2].replaces": put("sayings.2.replaces", "w1a"),
    "sayings[2].taken_back_at": put("sayings.2.taken_back_at", "2020-02-01T10:00:00+01:00"),
    "messages[1].voice": put("messages.1.voice", b64encode(b"MZ" + bytes(60)).decode()),
    "messages[0].voice": put("messages.0.voice", "geen base64"),
    "messages[2].taken_back_at": put("messages.2.text", "Toch nog iets"),
    "messages[2].seen_at": put("messages.2.seen_at", "2020-02-01T10:00:00+01:00"),
    "statements[2].section": put("statements.2.section", "scores"),
    "statements[0].replaces": put("statements.0.replaces", "t2"),
    "statements[1].about_on": put("statements.1.about_on", "2099"),
    "answers[0].section": put("answers.0.section", "scores"),
    "answers[0].statement": put("answers.0.statement", "n1"),
    "second_looks[0].statement": put("second_looks.0.statement", None),
    "second_looks[1].closed_at": put("second_looks.1", {"id": "lo2", "statement": "t1", "section": "work"}),
    "notes[0].by": put("notes.0.by", "niemand"),
    "notes[0].written_at": put("notes.0.written_at", "2099-01-01T00:00:00Z"),
    "steps[0].id": put("steps.0.id", "n1"),
    "views[0].line": put("views.0.line", "n9"),
    "agreements[0].plan": put("agreements.0.plan", "n1"),
    "agreements[0].by": put("agreements.0.by", "pim"),
    "agreements[1].by": put("agreements.1.by", "youth"),
    "agreements[1].owner": put("agreements.1", {"plan": "p1", "owner": "youth", "by": "youth"}),
    "plans[0].in_force_from": put("agreements", []),
    "course.found_on": put("course.found_on", None),
    "course.joined_on": put("course.joined_on", "2018"),
    "course.ended_on": put("course.ended_on", "2019-01-01"),
    "course.end_reason": put("course.ended_on", None),
    "phases[0].until": put("phases.0.until", "2018"),
    "phases[3].until": put("phases.1.until", None),
    "coaches[0].until": put("coaches.0.until", "2018-01-01"),
    "coaches[1].until": put("coaches.0.until", None),
    "coaches[2].until": put("coaches.2.until", None),
    "grants[0].until": put("grants.0.until", "2019-12-31"),
    "placements[0].stopped_on": put("placements.0.stopped_on", "2020-01"),
    "placements[0].stop_reason": put("placements.0.stopped_on", None),
    "history[2].at": put("history.2.at", "2099-01-01T00:00:00Z"),
    "meetings[0].called_off_at": put("meetings.0.called_off_at", "2019-12-21T10:00:00+01:00"),
    "meetings[2].held_at": put("meetings.1.called_off_at", None),
    "meetings[0].held_at": put("meetings.0.held_at", "2019-11-20T10:00:00+01:00"),
    "points[1].key": put("points.1.key", "own_1"),
    "points[0].key": put("points.0.key", "Niet zo"),
    "points[0].meeting": put("points.0.meeting", None),
    "remarks[0].meeting": put("remarks.0.meeting", None),
    "set_aside[0].point": put("set_aside.0.point", None),
    "set_aside[1].voice": lambda data: data["set_aside"].append(data["set_aside"][0] | {"id": "later-2"}),
    "agreed[1].meeting": lambda data: data["agreed"].append(data["agreed"][0] | {"id": "af-2"}),
    "contributions[0].invitee": put("contributions.0.invitee", "gast-1"),
    "contributions[2].invitee": lambda data: data["contributions"].append(data["contributions"][1] | {"id": "rol-3"}),
    "conditions[1].answer": put("conditions.1.answer", "aside"),
    "conditions[0].came_true_at": put("conditions.0.came_true_at", "2019-12-01T10:00:00+01:00"),
    "yeses[0].invitee": put("yeses.0.voice", ""),
    "yeses[3].invitee": lambda data: data["yeses"].append(data["yeses"][2] | {"id": "ja-4"}),
    "yeses[0].is_to_own_line": put("yeses.0.is_to_own_line", True),
    "invitees[0].meeting": put("invitees.0.meeting", None),
    "invitees[0].may_see": put("invitees.0.may_see", "everything"),
    "invitees[1].somebody": lambda data: data["invitees"].append(data["invitees"][0] | {"id": "gast-2"}),
    "papers[0].content": put("papers.0.content", ""),
    "rhythm[1]": put("rhythm", [{"often": "weekly"}, {"often": "never"}]),
    "assessments[0].done_on": put("assessments.0.answer", "no"),
    "assessments[1].planned_on": put("assessments.1.planned_on", "2020-01-01"),
    "assessments[0].answer": put("assessments.0.answered_how", ""),
    "assessments[1].answer": put("assessments.1.answered_at", "2020-01-01T10:00:00Z"),
    "assessments[0].paper": put("assessments.0.paper", "n1"),
    "papers[1].content": put("papers.1.removed_at", None),
    "papers[1].removed_at": put("papers.1.removed_at", "2019-01-01T00:00:00Z"),
    "papers": put("papers", [{"id": f"p-{number}", "section": "work", "kind": "pdf"} for number in range(201)]),
}
SENSE = list(FAULTS).index("people[1].id")  # those before it are of the form, and are told first


@pytest.mark.parametrize("place", FAULTS)
def test_each_fault_is_told_with_its_place(place: str) -> None:
    broken = full_package()
    FAULTS[place](broken)
    fault = refused(json.dumps(broken).encode())
    assert place in places(fault)
    assert "Hij zei dat" not in str(fault), "a message never repeats what somebody wrote"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(chosen=st.sets(st.sampled_from(list(FAULTS)[:SENSE]), min_size=1, max_size=6))
def test_every_fault_is_told_and_nothing_is_left(chosen: set[str], schiedam: Municipality, yara: Person) -> None:
    whole = full_package()
    broken = full_package()
    for place in sorted(chosen, reverse=True):
        try:
            FAULTS[place](broken)
        except (KeyError, TypeError):  # what it would break was taken out whole by another fault
            chosen = chosen - {place}
    before = row_counts()
    with pytest.raises(PackageFault) as raised:
        package.import_package(broken, schiedam, yara, by=yara)
    still_there = {place for place in chosen if place.split(".")[0].split("[")[0] in whole and _is_there(place, broken)}
    assert still_there <= set(places(raised.value))
    assert row_counts() == before


def _is_there(place: str, broken: Package) -> bool:
    """Not inside a list or a group that another fault took away."""
    top = place.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
    return place == top or isinstance(broken.get(top), type(full_package()[top]))


def test_a_sealed_word_after_a_failed_import_can_still_be_read(
    schiedam: Municipality, yara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fails at the very end: no row, no key, and no key that is remembered but was never kept."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    before = row_counts()
    with monkeypatch.context() as broken:
        broken.setattr(commands, "record", fail)
        with pytest.raises(RuntimeError):
            package.import_package(full_package(), schiedam, yara, by=yara)
    assert row_counts() == before
    assert not MunicipalityKey.objects.exists() and not SectionKey.objects.exists()

    dossier = package.import_package(full_package(), schiedam, yara, by=yara).dossier
    commands.keyring.forget_everything()
    assert text(yara, dossier, "nickname") == "Mo 🎧"


# --- twice, and by whom --------------------------------------------------------------------------------------


ID = "5b0c3c0e-3d7e-4d43-a8a4-6c1a3d1f0a11"


def test_the_same_package_twice_is_one_dossier(schiedam: Municipality, yara: Person) -> None:
    first = package.import_package(full_package() | {"package_id": ID}, schiedam, yara, by=yara)
    before = row_counts()
    again = package.import_package(full_package() | {"package_id": ID}, schiedam, yara, by=yara)
    assert (first.is_new, again.is_new, again.dossier) == (True, False, first.dossier)
    assert row_counts() == before


def test_another_municipality_makes_a_dossier_of_its_own(
    schiedam: Municipality, zoetermeer: Municipality, yara: Person, noor: Person
) -> None:
    here = package.import_package(full_package() | {"package_id": ID}, schiedam, yara, by=yara)
    there = package.import_package(full_package() | {"package_id": ID}, zoetermeer, noor, by=noor)
    assert there.is_new and here.dossier != there.dossier


def test_a_dossier_does_not_come_in_beside_itself(dossier: Dossier, zoetermeer: Municipality, noor: Person) -> None:
    own = package.export(dossier, Reader(noor))
    assert package.import_package(own, zoetermeer, noor, by=noor) == commands.Imported(dossier, is_new=False)


def test_only_a_coach_of_the_place_brings_one_in(
    schiedam: Municipality, yara: Person, noor: Person, lotte: Person, vera: Person, dana: Person
) -> None:
    def bring(*, by: Person) -> None:
        package.import_package(full_package(), schiedam, yara, by=by)

    assert_refused(bring, by=[noor, lotte, vera, dana], match="coach van deze gemeente")
    with pytest.raises(Refused, match="Kies een coach van deze gemeente"):
        package.import_package(full_package(), schiedam, noor, by=yara)


def test_somebody_from_elsewhere_is_a_name_and_no_more(schiedam: Municipality, yara: Person, noor: Person) -> None:
    """Whatever a package says, nothing in it is ever said to be of somebody who has an account here."""
    claimed = full_package()
    claimed["people"][0] |= {"first_name": noor.first_name, "last_name": noor.last_name}
    dossier = package.import_package(claimed, schiedam, yara, by=yara).dossier
    author = dossier.note_set.order_by("happened_at", "pk").first().author
    assert author != noor and author.get_full_name() == noor.get_full_name()
    assert (author.email, author.is_active, author.has_usable_password()) == (None, False, False)


def test_what_was_shared_there_ends(schiedam: Municipality, yara: Person) -> None:
    dossier = package.import_package(full_package(), schiedam, yara, by=yara).dossier
    assert not dossier.grant_set.now().exists()
    assert dossier.coachship_set.get(until=None).coach == yara
    assert dossier.coachship_set.filter(until=clock.today()).exists()
