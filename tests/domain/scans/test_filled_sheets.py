"""A sheet: begun, gone on with on another device, signed off, and corrected with its history."""

import json
import re
from typing import Any

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers.models import Coachship, Dossier, Step
from ipta.dossiers.rules import DOMAINS
from ipta.scans.instruments import commands, responses, shelf
from ipta.scans.instruments.along import taken_along
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.definition import read_definition
from ipta.scans.instruments.queries import answers_in, asked_by, open_sheet, sheets_of
from ipta.scans.instruments.questions import VOICE, ZRM_LEVEL
from ipta.scans.instruments.values import value_of
from ipta.scans.instruments.writing import NotAnswered
from ipta.scans.models import FilledSheet, InstrumentVersion
from ipta.scouting import due
from ipta.sharing import erasure
from ipta.sharing.door import Reader
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import days_ago, fresh
from tests.method.instruments.made import URL, choice, coding, item, questionnaire, said, unknown, when

COACH, YOUTH = FilledSheet.Voice.COACH, FilledSheet.Voice.YOUTH


@pytest.fixture
def version() -> InstrumentVersion:
    """In use in the house: a choice that must be made, and words that are asked after one of the answers."""
    only = [when("a", answerCoding={"system": "urn:test:keuzes", "code": "b"})]
    source = questionnaire(choice("a", 1, 2, required=True), item("b", "text", enableWhen=only))
    made, _is_new = shelf.shelve(read_definition(source), None, None)
    return made


@pytest.fixture
def sheet(dossier: Dossier, version: InstrumentVersion, noor: Person) -> FilledSheet:
    """Noor began it, together with sem."""
    return commands.start_sheet(dossier, version, voice=COACH, by=noor, together_with="Sem")


def answered(person: Person, sheet: FilledSheet) -> Answers:
    return answers_in(Reader(person), fresh(sheet))


def signed(sheet: FilledSheet, by: Person, **answers: Any) -> FilledSheet:
    return commands.sign_off(sheet, said(**answers), seen=fresh(sheet).times_saved, by=by)


def test_a_sheet_says_who_about_whom_when_with_whom_and_in_whose_voice(
    dossier: Dossier, sheet: FilledSheet, version: InstrumentVersion, noor: Person, sem: Person
) -> None:
    assert (sheet.dossier, sheet.version, sheet.voice, sheet.by, sheet.about_on) == (
        dossier, version, COACH, noor, days_ago(0),
    )  # fmt: skip
    assert text(sem, sheet, "together_with") == "Sem"
    assert_sealed(sheet, "Sem")
    assert last_entry(dossier).facts == {"sheet": str(sheet.id), "version": str(version.id), "voice": "coach"}


def test_what_was_answered_is_sealed_and_the_youth_reads_it(sheet: FilledSheet, noor: Person, sem: Person) -> None:
    commands.save_answers(sheet, said(a=coding("b"), b="iets over thuis"), seen=0, by=noor)
    assert answered(sem, sheet).at(("b",))[0].words == "iets over thuis"
    assert_sealed(sheet, "thuis", "keuzes")


def test_it_goes_on_where_it_was_begun(
    dossier: Dossier, sheet: FilledSheet, version: InstrumentVersion, noor: Person
) -> None:
    before = verbs(dossier)
    assert commands.start_sheet(dossier, version, voice=COACH, by=noor) == sheet
    assert open_sheet(dossier, version.instrument_id, COACH) == sheet
    assert verbs(dossier) == before


def test_two_devices_do_not_write_over_each_other(sheet: FilledSheet, noor: Person) -> None:
    commands.save_answers(sheet, said(a=coding("a")), seen=0, by=noor)
    with pytest.raises(Impossible, match="ander toestel"):
        commands.save_answers(sheet, said(a=coding("b")), seen=0, by=noor)
    assert answered(noor, sheet) == said(a=coding("a"))


def test_half_a_sheet_is_kept(sheet: FilledSheet, noor: Person) -> None:
    commands.save_answers(sheet, Answers(), seen=0, by=noor)
    assert fresh(sheet).times_saved == 1


def test_each_voice_has_a_sheet_of_its_own(
    dossier: Dossier, sheet: FilledSheet, version: InstrumentVersion, sem: Person
) -> None:
    own = commands.start_sheet(dossier, version, voice=YOUTH, by=sem)
    assert own != sheet


def test_a_youth_fills_in_his_own_and_no_other(dossier: Dossier, version: InstrumentVersion, sem: Person) -> None:
    for voice in (COACH, FilledSheet.Voice.SUPERVISOR, FilledSheet.Voice.OTHER):
        assert_refused(commands.start_sheet, dossier, version, voice=voice, by=[sem])


def test_nobody_else_fills_it_in(
    sheet: FilledSheet, dossier: Dossier, version: InstrumentVersion, outsiders: list[Person], noor: Person, sem: Person
) -> None:
    for voice in FilledSheet.Voice:
        assert_refused(commands.start_sheet, dossier, version, voice=voice, by=outsiders)
    answers = said(a=coding("a"))
    assert_refused(commands.save_answers, sheet, answers, seen=0, by=[*outsiders, sem])
    assert_refused(commands.sign_off, sheet, answers, seen=0, by=[*outsiders, sem])
    done = signed(sheet, noor, a=coding("a"))
    assert_refused(commands.correct, done, answers, by=[*outsiders, sem])
    assert_refused(commands.same_as_last_time, done, answers, by=[*outsiders, sem])


def test_a_stand_in_may(dossier: Dossier, version: InstrumentVersion, standing_in: Coachship) -> None:
    assert commands.start_sheet(dossier, version, voice=COACH, by=standing_in.coach)


def test_nothing_is_asked_before_the_yes(scouted: Dossier, version: InstrumentVersion, noor: Person) -> None:
    with pytest.raises(Impossible, match="ja heeft gezegd"):
        commands.start_sheet(scouted, version, voice=COACH, by=noor)


def test_only_what_is_in_use_is_begun(dossier: Dossier, version: InstrumentVersion, noor: Person) -> None:
    version.status = InstrumentVersion.Status.RETIRED
    with pytest.raises(Impossible, match="niet in gebruik"):
        commands.start_sheet(dossier, version, voice=COACH, by=noor)


def test_a_list_of_another_municipality_is_not_filled_in_here(
    dossier: Dossier, schiedam: Municipality, noor: Person
) -> None:
    made, _ = shelf.shelve(read_definition(questionnaire(item("a"))), schiedam, None)
    with pytest.raises(Impossible, match="andere gemeente"):
        commands.start_sheet(dossier, made, voice=COACH, by=noor)


def test_a_list_for_one_voice_is_filled_in_in_that_voice(dossier: Dossier, noor: Person, sem: Person) -> None:
    only = questionnaire(item("a"), code=[{"system": VOICE, "code": "youth"}])
    own, _ = shelf.shelve(read_definition(only), None, None)
    with pytest.raises(Impossible, match="iemand anders"):
        commands.start_sheet(dossier, own, voice=COACH, by=noor)
    assert commands.start_sheet(dossier, own, voice=YOUTH, by=sem)


def test_no_day_to_come(dossier: Dossier, version: InstrumentVersion, noor: Person) -> None:
    with pytest.raises(Impossible, match="al geweest"):
        commands.start_sheet(dossier, version, voice=COACH, by=noor, on=days_ago(-1))


def test_an_answer_that_cannot_be_names_its_question_and_nothing_is_lost(sheet: FilledSheet, noor: Person) -> None:
    with pytest.raises(NotAnswered, match="Kies een van de antwoorden") as refusal:
        commands.save_answers(sheet, said(a=coding("z")), seen=0, by=noor)
    assert [complaint.at for complaint in refusal.value.complaints] == [("a",)]
    assert fresh(sheet).times_saved == 0


def test_one_signs_off_what_is_answered(dossier: Dossier, sheet: FilledSheet, noor: Person) -> None:
    with pytest.raises(NotAnswered, match="nog niet ingevuld"):
        signed(sheet, noor)
    done = signed(sheet, noor, a=coding("a"))
    assert done.signed_off_at is not None
    assert last_entry(dossier).verb == "sheet.signed_off"


@pytest.fixture
def matrix() -> InstrumentVersion:
    """The ZRM 2017 as it ships."""
    return InstrumentVersion.objects.get(instrument__url="urn:ipta:instrument:zrm-2017")


def levels(**level: int) -> Answers:
    """Of each domain its level; of the others it is not known yet."""
    known = {domain: value_of("Coding", {"system": ZRM_LEVEL, "code": str(n)}) for domain, n in level.items()}
    return Answers({(domain,): (known.get(domain, unknown()),) for domain in DOMAINS})


def direct(dossier: Dossier) -> list[str]:
    return list(Step.objects.filter(dossier=dossier, kind=Step.Kind.DIRECT).values_list("domain", flat=True))


def test_level_one_of_the_matrix_becomes_a_direct_action_once(
    dossier: Dossier, matrix: InstrumentVersion, noor: Person
) -> None:
    sheet = commands.start_sheet(dossier, matrix, voice=COACH, by=noor)
    answers = levels(housing=1, money=2)
    commands.save_answers(sheet, answers, seen=0, by=noor)
    assert direct(dossier) == []
    done = commands.sign_off(sheet, answers, seen=1, by=noor)
    assert direct(dossier) == ["housing"]
    better = commands.correct(done, levels(housing=1, money=1), by=noor)
    commands.sign_off(better, levels(housing=1, money=1), seen=0, by=noor)
    assert sorted(direct(dossier)) == ["housing", "money"]


def test_the_youths_own_lowest_face_is_no_alarm(dossier: Dossier, matrix: InstrumentVersion, sem: Person) -> None:
    version = InstrumentVersion.objects.get(instrument__url="urn:ipta:instrument:own-view")
    own = commands.start_sheet(dossier, version, voice=YOUTH, by=sem)
    worst = value_of("Coding", {"system": "urn:ipta:face", "code": "1"})
    commands.sign_off(own, Answers({("housing",): (worst,)}), seen=0, by=sem)
    assert direct(dossier) == []


def test_what_is_not_asked_any_more_is_kept_until_then(sheet: FilledSheet, noor: Person) -> None:
    answers = said(a=coding("a"), b="stond er nog")
    commands.save_answers(sheet, answers, seen=0, by=noor)
    assert answered(noor, sheet) == answers
    commands.sign_off(sheet, answers, seen=1, by=noor)
    assert answered(noor, sheet) == said(a=coding("a"))


def test_a_signed_sheet_does_not_change(sheet: FilledSheet, noor: Person) -> None:
    signed(sheet, noor, a=coding("a"))
    for change in (commands.save_answers, commands.sign_off):
        with pytest.raises(Impossible, match="verandert niet meer"):
            change(sheet, said(a=coding("b")), seen=1, by=noor)
    assert answered(noor, sheet) == said(a=coding("a"))


def test_a_correction_takes_its_place_and_the_old_one_stays(dossier: Dossier, sheet: FilledSheet, noor: Person) -> None:
    signed(sheet, noor, a=coding("a"))
    better = commands.correct(sheet, said(a=coding("a")), by=noor)
    assert list(sheets_of(dossier, URL, COACH)) == [sheet]  # until it is signed
    signed(better, noor, a=coding("b"))
    assert list(sheets_of(dossier, URL, COACH)) == [better]
    assert fresh(better).replaces == sheet
    assert answered(noor, sheet) == said(a=coding("a"))
    assert better.about_on == sheet.about_on
    assert [verb for verb in verbs(dossier) if verb.startswith("sheet.")] == [
        "sheet.started", "sheet.signed_off", "sheet.corrected", "sheet.signed_off",
    ]  # fmt: skip


def test_what_was_corrected_is_not_corrected_again(sheet: FilledSheet, noor: Person) -> None:
    with pytest.raises(Impossible, match="nog niet klaar"):
        commands.correct(sheet, Answers(), by=noor)
    signed(sheet, noor, a=coding("a"))
    signed(commands.correct(sheet, said(a=coding("b")), by=noor), noor, a=coding("b"))
    with pytest.raises(Impossible, match="al verbeterd"):
        commands.correct(sheet, said(a=coding("a")), by=noor)


def test_the_same_as_last_time_begins_another_and_signs_nothing(
    dossier: Dossier, sheet: FilledSheet, noor: Person
) -> None:
    last = signed(sheet, noor, a=coding("b"), b="net zo")
    again = commands.same_as_last_time(last, answered(noor, last), by=noor)
    assert again != last
    assert (again.signed_off_at, again.about_on, again.replaces) == (None, days_ago(0), None)
    assert answered(noor, again) == said(a=coding("b"), b="net zo")
    with pytest.raises(Impossible, match="al begonnen"):
        commands.same_as_last_time(last, Answers(), by=noor)


def test_the_same_in_a_newer_version_where_the_answers_still_fit(
    dossier: Dossier, sheet: FilledSheet, noor: Person
) -> None:
    last = signed(sheet, noor, a=coding("b"))
    newer, _ = shelf.shelve(read_definition(questionnaire(choice("a", 1), version="2")), None, None)
    with pytest.raises(NotAnswered):
        commands.same_as_last_time(last, said(a=coding("b")), by=noor)
    assert commands.same_as_last_time(last, said(a=coding("a")), by=noor).version == newer


def test_a_coach_who_is_lent_no_scores_reads_none(sheet: FilledSheet, bram: Person) -> None:
    with pytest.raises(Refused):
        text(bram, sheet, "answers")


def test_what_was_erased_is_gone_and_takes_nothing_more(
    sheet: FilledSheet, dossier: Dossier, noor: Person, fem: Person, pepijn: Person
) -> None:
    commands.save_answers(sheet, said(a=coding("a")), seen=0, by=noor)
    erasure.shred(dossier, section="scores", by=fem, second=pepijn)
    assert answered(noor, sheet) == Answers()
    with pytest.raises(Impossible):
        commands.save_answers(sheet, said(a=coding("b")), seen=1, by=noor)


def test_a_sheet_goes_along_with_numbers_for_people(sheet: FilledSheet, noor: Person, sem: Person) -> None:
    done = signed(sheet, noor, a=coding("a"))
    better = signed(commands.correct(done, said(a=coding("b")), by=noor), noor, a=coding("b"), b="iets")
    found = taken_along(better, answered(sem, better))
    back = responses.read_response(asked_by(better.version), found)
    assert back.answers == answered(sem, better)
    assert (back.status, back.voice, back.about_on) == ("amended", "coach", better.about_on.isoformat())
    assert (back.identifier, back.replaces) == (f"urn:uuid:{better.id}", f"urn:uuid:{done.id}")
    assert (back.subject, back.author) == (f"urn:uuid:{better.dossier_id}", f"urn:uuid:{noor.id}")
    assert not {"Sem", "Noor", str(noor.email)} & set(re.findall(r"[\w@.]+", json.dumps(found)))


def test_whose_answers_they_are_goes_along(dossier: Dossier, version: InstrumentVersion, noor: Person) -> None:
    typed = commands.start_sheet(dossier, version, voice=YOUTH, by=noor)
    back = responses.read_response(asked_by(version), taken_along(typed, Answers()))
    assert (back.status, back.source, back.author) == (
        "in-progress", f"urn:uuid:{dossier.id}", f"urn:uuid:{noor.id}",
    )  # fmt: skip


def test_whoever_never_joined_leaves_no_sheet(scouted: Dossier, version: InstrumentVersion, noor: Person) -> None:
    """Sheets hang under the dossier: also one that should not be there goes with it, and a correction first."""
    first = FilledSheet.objects.create(dossier=scouted, version=version, voice=COACH, by=noor)
    FilledSheet.objects.filter(pk=first.pk).update(signed_off_at=first.started_at)
    FilledSheet.objects.create(dossier=scouted, version=version, voice=COACH, by=noor, replaces=first)
    Dossier.objects.filter(pk=scouted.pk).update(found_on=days_ago(100))
    due.let_go_of_the_silent()
    assert not FilledSheet.objects.filter(dossier=scouted.pk).exists()
    assert InstrumentVersion.objects.filter(pk=version.pk).exists()


def test_answers_of_a_youth_are_readable_text_nowhere(sheet: FilledSheet, dossier: Dossier, noor: Person) -> None:
    commands.save_answers(sheet, said(a=coding("b"), b="alleen voor ons"), seen=0, by=noor)
    assert "alleen voor ons" not in json.dumps(last_entry(dossier).facts)
