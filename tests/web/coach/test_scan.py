"""The quick scan: two voices beside each other, thirteen taps, and what is acute becomes an action."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Step
from ipta.dossiers.rules import DOMAINS
from ipta.scans import commands
from ipta.scans.instruments.commands import load_instrument
from ipta.scans.instruments.official import definition_of
from ipta.scans.models import FilledSheet
from ipta.scans.queries import ZRM_YOUNG
from ipta.web import sheets
from tests.asking import levels, remark, verbs
from tests.cast import canary, days_ago
from tests.web.coach.shared import (
    LONG,
    assert_is_not_there,
    assert_same_number,
    forget_looks,
    of,
    post_twice,
    sections_read,
)


def newest(dossier: Dossier, voice: str) -> FilledSheet:
    sheet = dossier.filledsheet_set.filter(voice=voice).order_by("-started_at").first()
    assert sheet is not None
    return sheet


# --- reading ------------------------------------------------------------------------


def test_the_two_voices_stand_beside_each_other_and_are_never_averaged(
    noors: Client, dossier: Dossier, sem: Person
) -> None:
    commands.tell(dossier, ratings={"money": 5}, remark="Ik red me wel", by=sem)
    shown = noors.get(of(dossier, "scan"))
    line = next(line for line in shown.context["lines"] if line.name == "Financiën")
    assert (line.coach.level, line.youth.level) == (2, 5)
    for words in ("niet zelfredzaam", "heel goed", "Ik red me wel", f"{canary('sem', 'scores')} scan"):
        assert words in shown.text


def test_a_difference_is_offered_as_something_to_talk_about(noors: Client, dossier: Dossier, sem: Person) -> None:
    commands.tell(dossier, ratings={"money": 5, "work": 4}, by=sem)
    shown = noors.get(of(dossier, "scan"))
    assert [line.name for line in shown.context["talks"]] == ["Financiën"]
    assert "Niemand heeft ongelijk" in shown.text


def test_agreeing_is_nothing_to_talk_about(noors: Client, dossier: Dossier, sem: Person) -> None:
    commands.tell(dossier, ratings={"money": 3}, by=sem)
    assert "Om over te praten" not in noors.get(of(dossier, "scan")).text


def test_a_scan_about_a_few_domains_leaves_the_others_as_they_were(
    noors: Client, noor: Person, dossier: Dossier
) -> None:
    commands.rate(dossier, ratings={"money": 4}, by=noor)
    lines = {line.name: line.coach for line in noors.get(of(dossier, "scan")).context["lines"]}
    assert (lines["Financiën"].level, lines["Financiën"].before, lines["Financiën"].is_older) == (4, 2, False)
    assert (lines["Werk en opleiding"].level, lines["Werk en opleiding"].is_older) == (3, True)


def test_what_the_method_wants_to_know_in_any_case_is_named_without_a_push(noors: Client, dossier: Dossier) -> None:
    shown = noors.get(of(dossier, "scan"))
    assert "Huisvesting" in shown.context["missing"]
    assert "Financiën" not in shown.context["missing"]


def test_how_it_was_can_be_looked_up_in_a_table(noors: Client, noor: Person, dossier: Dossier) -> None:
    commands.rate(dossier, ratings={"money": 4}, by=noor)
    rows = dict(noors.get(of(dossier, "scan")).context["earlier"]["rows"])
    assert rows["Financiën"] == [2, 4]
    assert rows["Werk en opleiding"] == [3, None]


def test_the_youths_words_beside_a_sheet_are_shown(noors: Client, dossier: Dossier, sem: Person) -> None:
    dossiers.view(newest(dossier, "coach"), by=sem, text="Zo erg is het niet")
    assert "Zo erg is het niet" in noors.get(of(dossier, "scan")).text


def test_reading_the_scan_is_told_to_the_youth(noors: Client, noor: Person, dossier: Dossier) -> None:
    forget_looks()
    noors.get(of(dossier, "scan"))
    assert sections_read(dossier, noor) == {"identity", "scores"}


def test_before_the_yes_there_is_no_scan(noors: Client, scouted: Dossier) -> None:
    assert "Dit komt na de ja" in noors.get(of(scouted, "scan")).text
    assert_is_not_there([noors], [of(scouted, "rate"), of(scouted, "tell")])


# --- filling in ---------------------------------------------------------------------


def test_thirteen_taps_and_a_word_are_a_scan(noors: Client, noor: Person, dossier: Dossier) -> None:
    typed = dict.fromkeys(DOMAINS, "4") | {"remark": "Het gaat de goede kant op"}
    assert noors.post(of(dossier, "rate"), typed).headers["Location"] == of(dossier, "scan")
    sheet = newest(dossier, "coach")
    assert levels(noor, sheet) == dict.fromkeys(DOMAINS, 4)
    assert remark(noor, sheet) == "Het gaat de goede kant op"


def test_the_form_begins_with_not_knowing_yet_and_marks_the_last_time(noors: Client, dossier: Dossier) -> None:
    shown = noors.get(of(dossier, "rate"))
    assert all(question.field.value() == "" for question in shown.context["form"].asked())
    assert {q.field.name: q.before for q in shown.context["form"].asked()}["money"] == "2"
    assert shown.text.count("(vorige keer)") == 2


def test_what_is_not_known_yet_may_stay_open(noors: Client, noor: Person, dossier: Dossier) -> None:
    noors.post(of(dossier, "rate"), {"housing": "3", "money": ""})
    assert levels(noor, newest(dossier, "coach")) == {"housing": 3}


def test_what_is_acute_becomes_a_direct_action_of_today_once(noors: Client, dossier: Dossier) -> None:
    shown = noors.post(of(dossier, "rate"), {"housing": "1"}, follow=True)
    noors.post(of(dossier, "rate"), {"housing": "1"})
    step = Step.objects.get(dossier=dossier, kind="direct")
    assert (step.domain, step.owner, step.due_on) == ("housing", "coach", days_ago(0))
    assert "als directe actie" in shown.text
    assert shown.context["acute"] == ["Huisvesting"]


def test_the_youths_own_view_can_be_typed_on_the_coachs_telephone(
    noors: Client, noor: Person, dossier: Dossier
) -> None:
    noors.post(of(dossier, "tell"), {"money": "5", "remark": "Top"})
    sheet = newest(dossier, "youth")
    assert (levels(noor, sheet), sheet.by) == ({"money": 5}, noor)
    assert "scan.told" in verbs(dossier)
    assert "samen ingevuld" in noors.get(of(dossier, "scan")).text


def test_the_youths_own_low_mark_orders_nobody_about(noors: Client, dossier: Dossier) -> None:
    noors.post(of(dossier, "tell"), {"money": "1"})
    assert not Step.objects.filter(dossier=dossier, kind="direct").exists()


@pytest.mark.parametrize("name", ["rate", "tell"])
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"remark": " "}, "Vul minstens één ding in."),
        ({"money": "6"}, "Kies een van de antwoorden die er staan."),
        ({"money": "4", "remark": LONG}, "Dit is te lang."),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, name: str, typed: dict[str, str], says: str
) -> None:
    before = dossier.filledsheet_set.count()
    shown = noors.post(of(dossier, name), {"remark": "mijn woorden"} | typed)
    assert shown.status_code == 422
    assert says in shown.text
    assert typed.get("remark", "mijn woorden").strip() in shown.text
    assert dossier.filledsheet_set.count() == before


def test_a_second_tap_writes_one_sheet(noors: Client, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "rate"), {"money": "3"})
    assert dossier.filledsheet_set.filter(voice="coach").count() == 2  # the one of the cast, and this one


def test_a_half_filled_sheet_is_kept_while_one_types(noors: Client, dossier: Dossier) -> None:
    noors.get(of(dossier, "rate"))
    sent = noors.post(of(dossier, "rate"), {"money": "3", "remark": "hal"}, headers={"X-Requested-With": "fetch"})
    assert sent.status_code == 204
    back = noors.get(of(dossier, "rate"))
    assert "We hebben je tekst bewaard" in back.text
    assert {q.field.name: q.field.value() for q in back.context["form"].asked()}["money"] == "3"


# --- who, and how often it asks -------------------------------------------------------


def test_a_coach_with_a_caseload_of_his_own_finds_no_scan_here(
    browsers_of_strangers: list[Client], dossier: Dossier
) -> None:
    assert_is_not_there(browsers_of_strangers, [of(dossier, name) for name in ("scan", "rate", "tell")])


def test_more_sheets_are_no_more_queries(
    noors: Client, noor: Person, sem: Person, dossier: Dossier, queries: Callable[[], Any]
) -> None:
    commands.tell(dossier, ratings={"money": 3}, by=sem)

    def more() -> None:
        commands.rate(dossier, ratings=dict.fromkeys(DOMAINS, 3), remark="x", by=noor)
        commands.tell(dossier, ratings=dict.fromkeys(DOMAINS, 4), remark="y", by=sem)

    assert_same_number(queries, lambda: noors.get(of(dossier, "scan")), more)


# --- which matrix, and in whose words ---------------------------------------------------


def official(version: str = "2017-1") -> bytes:
    """Invented texts, in the form in which a municipality downloads the real ones."""
    lines = [f"{domain};{level};Zo ziet {level} eruit bij {domain}" for domain in DOMAINS for level in range(1, 6)]
    return definition_of("zrm-2017", "\n".join(["domein;niveau;tekst", *lines]).encode(), version)


@pytest.mark.parametrize(
    ("born", "title"),
    [
        ("12-3-2009", "Zelfredzaamheid-Matrix voor jongeren"),
        ("2000", "Zelfredzaamheid-Matrix 2017"),
        ("", "Zelfredzaamheid-Matrix 2017"),
        ("ergens in de winter", "Zelfredzaamheid-Matrix 2017"),
    ],
)
def test_his_age_proposes_which_matrix(
    noors: Client, dossier: Dossier, noor: Person, born: str, title: str, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-23T12:00:00Z")
    dossiers.describe(dossier, born=born, by=noor)
    shown = noors.get(of(dossier, "rate"))
    assert shown.context["chosen"].title.startswith(title)
    assert len(shown.context["others"]) == 1


def test_the_other_one_is_a_tap_away_and_says_for_whom_it_was_made(
    noors: Client, noor: Person, dossier: Dossier
) -> None:
    dossiers.describe(dossier, born="1999", by=noor)
    page = reverse("coach:rate_with", args=[dossier.pk, "jongeren"])
    shown = noors.get(page)
    assert "gemaakt voor 12 tot en met 18 jaar" in shown.text
    noors.post(page, {"money": "4"})
    assert newest(dossier, "coach").version.instrument.url == ZRM_YOUNG
    assert noors.get(reverse("coach:rate_with", args=[dossier.pk, "katten"])).status_code == 404


def test_official_texts_of_the_municipality_stand_behind_a_tap(
    noors: Client, noor: Person, fem: Person, dossier: Dossier
) -> None:
    assert "Wat hoort bij welk niveau?" not in noors.get(of(dossier, "rate")).text
    load_instrument(dossier.municipality, official(), by=fem)
    shown = noors.get(of(dossier, "rate")).text
    assert shown.count("Wat hoort bij welk niveau?") == 13
    assert "Zo ziet 2 eruit bij money" in shown
    assert "GGD Amsterdam" in shown
    noors.post(of(dossier, "rate"), {"money": "1"})
    assert levels(noor, newest(dossier, "coach")) == {"money": 1}
    assert Step.objects.filter(dossier=dossier, kind="direct", domain="money").exists()


def test_the_same_as_last_time_stands_ready_and_changes_what_changed(
    noors: Client, noor: Person, dossier: Dossier
) -> None:
    shown = noors.get(f"{of(dossier, 'rate')}?zelfde")
    ready = {q.field.name: q.field.value() for q in shown.context["form"].asked()}
    assert (ready["money"], ready["work"], ready["housing"]) == ("2", "3", "")


def test_wellbeing_is_asked_beside_the_thirteen(noors: Client, noor: Person, dossier: Dossier) -> None:
    noors.post(of(dossier, "rate"), {"money": "4", "wellbeing": "2"})
    shown = noors.get(of(dossier, "scan"))
    assert "Welbevinden" in {line.name for line in shown.context["lines"]}
    assert "Welbevinden" not in shown.context["missing"]


def test_what_was_rated_is_corrected_with_history(noors: Client, noor: Person, dossier: Dossier) -> None:
    noors.post(of(dossier, "rate"), {"money": "1", "remark": "Verkeerd getikt"})
    first = newest(dossier, "coach")
    made = noors.post(reverse("coach:sheet_again", args=[dossier.pk, first.pk]), {"how": "correct"})
    assert made.status_code == 302
    better = FilledSheet.objects.open().get(dossier=dossier)
    assert "Ga verder met verbeteren" in noors.get(of(dossier, "scan")).text
    page = reverse("coach:sheet", args=[dossier.pk, better.pk])
    name = sheets.name_of(("money",))
    noors.post(page, {"here": [name], name: "#1", "seen": 0, "action": "sign"})
    shown = noors.get(of(dossier, "scan"))
    line = next(line for line in shown.context["lines"] if line.name == "Financiën")
    assert (line.coach.level, line.coach.before) == (4, 2)
    assert FilledSheet.objects.filter(pk=first.pk).exists()
