"""At the table on the coach's desk: one tap a point, nothing difficult forgotten, six elements, and a proposal."""

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier
from ipta.wraparound import commands as preparing
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.models import Condition, Invitee, Meeting, MeetingYes, Remark
from ipta.wraparound.table import commands
from tests.asking import text, verbs
from tests.cast import canary, days_ago, fresh
from tests.web.coach.shared import of, post_twice
from tests.web.coach.test_plan import typed

KEY = "most_important"


@pytest.fixture
def meeting(dossier: Dossier, noor: Person) -> Meeting:
    return preparing.prepare_meeting(dossier, place="Buurthuis", by=noor)


@pytest.fixture
def held(meeting: Meeting, noor: Person) -> Meeting:
    return preparing.end_meeting(meeting, by=noor)


@pytest.fixture
def hard(meeting: Meeting, sem: Person) -> Meeting:
    preparing.mark_point(meeting, KEY, is_hard=True, why="Ruzie thuis", by=sem)
    return meeting


def page(noors: Client, dossier: Dossier, name: str = "table") -> str:
    return noors.get(of(dossier, name)).text


def test_the_agenda_of_the_plan_lies_on_the_table(noors: Client, dossier: Dossier, hard: Meeting) -> None:
    assert of(dossier, "table") in page(noors, dossier, "meeting")
    seen = page(noors, dossier)
    assert f"{canary('sem', 'plan')} doel" in seen
    assert seen.index("Lastig punt op tafel") < seen.index("Hier praten we over")
    assert "Ruzie thuis" in seen


def test_without_a_meeting_there_is_no_table(noors: Client, dossier: Dossier) -> None:
    for name in ("table", "agreement"):
        assert noors.get(of(dossier, name)).status_code == 404


def test_a_tap_ticks_a_point_off_and_another_one_takes_it_back(noors: Client, dossier: Dossier, hard: Meeting) -> None:
    tap = of(dossier, "table_point", KEY)
    assert noors.post(tap, {"op_tafel": "1"}).headers["Location"] == f"{of(dossier, 'table')}#punt-{KEY}"
    assert "Lastig punt op tafel" not in page(noors, dossier)
    noors.post(tap, {"op_tafel": "0"})
    assert "Lastig punt op tafel" in page(noors, dossier)


def test_a_tap_of_the_script_says_how_it_is_and_may_come_twice(noors: Client, dossier: Dossier, hard: Meeting) -> None:
    for _tap in range(2):
        answer = noors.post(of(dossier, "table_point", KEY), {"op_tafel": "1"}, headers={"X-Requested-With": "tap"})
        assert (answer.status_code, answer.content) == (204, b"")
    assert verbs(dossier).count("meeting.point_tabled") == 1


def test_a_point_that_is_not_there_is_not_found(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    for name in ("table_point", "discuss", "set_aside"):
        assert noors.post(of(dossier, name, "own_9"), {}).status_code == 404
    assert noors.get(of(dossier, "set_aside", KEY)).status_code == 404


def test_what_is_said_is_written_once_and_kept_while_typed(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    at = of(dossier, "discuss", KEY)
    post_twice(noors, at, {"text": "Hij wil rust", "voice": "youth"})
    assert Remark.objects.get().voice == "youth"
    assert "Hij wil rust" in page(noors, dossier)
    typed = {"text": "Half geschreven", "once": "22222222-2222-4222-8222-222222222222"}
    assert noors.post(at, typed, headers={"X-Requested-With": "fetch"}).status_code == 204
    assert "Half geschreven" in noors.get(at).text
    assert noors.post(at, {"text": ""}).status_code == 422


def test_straight_to_that_part_of_the_plan_and_back(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    seen = page(noors, dossier)
    there = f"{of(dossier, 'propose')}?deel={KEY}&amp;terug=tafel#rest"
    assert there in seen
    assert 'id="rest"' in noors.get(of(dossier, "propose")).text
    goal = {"domain": "work", "goal": "Een vaste baan", "youth": "", "coach": ""}
    answer = noors.post(f"{of(dossier, 'propose')}?terug=tafel", typed(goal))
    assert answer.headers["Location"] == of(dossier, "table")


def test_another_text_of_the_plan_keeps_what_was_said(noors: Client, noor: Person, meeting: Meeting) -> None:
    commands.note_point(meeting, "goal_gone", text="Dit blijft", by=noor)
    assert "Dit blijft" in page(noors, meeting.dossier)


def test_the_end_asks_what_to_do_with_what_was_difficult(
    noors: Client, dossier: Dossier, hard: Meeting, sem: Person
) -> None:
    assert noors.post(of(dossier, "end_meeting")).headers["Location"] == f"{of(dossier, 'table')}#lastig"
    assert "Wat doen jullie nu?" in page(noors, dossier)
    today = noors.get(reverse("coach:today")).text
    assert "Een lastig punt kwam niet op tafel" in today
    at = of(dossier, "set_aside", KEY)
    assert "Kies er een." in noors.post(at, {"text": "Te druk"}).text
    noors.post(at, {"is_later": "later", "text": "Te druk"})
    assert "Een lastig punt kwam niet op tafel" in noors.get(reverse("coach:today")).text
    commands.set_aside(hard.points.get(key=KEY), why="Nu niet", by=sem)
    assert "Een lastig punt kwam niet op tafel" not in noors.get(reverse("coach:today")).text
    assert "Te druk" in page(noors, dossier)


def test_who_is_there(noors: Client, dossier: Dossier, meeting: Meeting, noor: Person) -> None:
    guest = preparing.invite(meeting, name="Tante Ria", kind="network", by=noor)
    at = of(dossier, "attend")
    noors.post(at, {"wie": "jongere", "er": "1"})
    noors.post(at, {"wie": str(guest.pk), "er": "0"})
    assert (fresh(meeting).youth_was_there, fresh(guest).was_there) == (True, False)
    for wrong in ("", "x", str(meeting.pk)):
        assert noors.post(at, {"wie": wrong}).status_code == 404
    noors.post(of(dossier, "bring_along"), {"name": "Meester Bo", "kind": "professional"})
    assert "Meester Bo" in page(noors, dossier)


def test_the_standards_are_told_and_stop_nobody(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    seen = page(noors, dossier, "meeting")
    assert "Er is nog niemand van dichtbij." in seen
    assert "dagen na de start." in seen
    assert noors.post(of(dossier, "end_meeting")).status_code == 302
    assert fresh(meeting).held_at is not None


# --- what was agreed --------------------------------------------------------------------------------------


def test_the_six_elements(noors: Client, noor: Person, sem: Person, dossier: Dossier, meeting: Meeting) -> None:
    guest = commands.bring_along(meeting, name="Tante Ria", kind="network", by=noor)
    noors.post(of(dossier, "contribute", guest.pk), {"text": "Belt elke zondag", "due_on": ""})
    noors.post(of(dossier, "contribute", "jongere"), {"text": "Staat om acht uur op"})
    noors.post(of(dossier, "keep_informed"), {"informed": "Met een app", "again": "needed"})
    noors.post(of(dossier, "set_condition"), {"kind": "silent", "days": "10"})
    seen = page(noors, dossier, "agreement")
    for words in (
        f"{canary('sem', 'plan')} doel", "Belt elke zondag", "Staat om acht uur op", "Met een app", "Als het nodig is",
        "Er zijn 10 dagen zonder contact.",
    ):  # fmt: skip
        assert words in seen
    assert "Belt elke zondag" in noors.get(of(dossier, "contribute", guest.pk)).text
    assert noors.get(of(dossier, "contribute", "niemand")).status_code == 404


def test_the_next_day_stands_among_the_appointments(noors: Client, dossier: Dossier, meeting: Meeting) -> None:
    typed = {"again": "day", "on": days_ago(-9).isoformat(), "at": "14:30", "place": "Buurthuis"}
    before = Appointment.objects.count()
    noors.post(of(dossier, "keep_informed"), typed)
    assert Appointment.objects.count() == before + 1
    assert "14.30 uur" in page(noors, dossier, "agreement")
    assert "Kies een tijd." in noors.post(of(dossier, "keep_informed"), typed | {"at": ""}).text
    assert "Kies “Op een dag”" in noors.post(of(dossier, "keep_informed"), typed | {"again": "needed"}).text


@pytest.mark.parametrize(
    ("days", "said"),
    [(3, "Dat was 3 dagen geleden. Lukt het nog?"), (-1, "Dat is morgen."), (-4, ""), (None, "")],
)
def test_what_is_near_or_late_can_be_sent_in_the_words_of_the_promise(
    noors: Client, noor: Person, dossier: Dossier, meeting: Meeting, days: int | None, said: str
) -> None:
    due_on = None if days is None else days_ago(days)
    guest = commands.bring_along(meeting, name="Tante Ria", kind="network", by=noor)
    agreed.contribute(meeting, invitee=guest, text="Belt elke zondag", due_on=due_on, by=noor)
    agreed.contribute(meeting, voice="youth", text="Staat om acht uur op", due_on=due_on, by=noor)
    dossiers.promise(dossier, text="De post halen", owner="network", owner_name="Oom Jan", due_on=due_on, by=noor)
    dossiers.promise(dossier, text="Zelf bellen", owner="youth", due_on=due_on, by=noor)
    nudges = noors.get(of(dossier, "agreement")).context["agreed"].nudges
    about = {"Oom Jan": "De post halen", "Tante Ria": "Belt elke zondag"} if said else {}
    assert {one.name: one.text for one in nudges} == {
        name: f"Hoi {name},\nWe spraken af: {words}\n{said}" for name, words in about.items()
    }
    seen = page(noors, dossier, "agreement")
    assert ("Stuur een herinnering" in seen) == bool(said)
    assert ("https://wa.me/?text=Hoi%20Oom%20Jan" in seen) == bool(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Kies er een."),
        ({"kind": "acute"}, "Kies waar het over gaat."),
        ({"kind": "day"}, "Kies een dag die nog komt."),
        ({"kind": "words"}, "Schrijf op wanneer jullie weer praten."),
        ({"kind": "late", "days": "0"}, "van 1 tot 365"),
    ],
)
def test_a_condition_that_says_too_little(
    noors: Client, dossier: Dossier, meeting: Meeting, typed: dict[str, str], said: str
) -> None:
    answer = noors.post(of(dossier, "set_condition"), typed)
    assert answer.status_code == 422
    assert said in answer.text


def test_everybody_says_yes_to_one_text(noors: Client, noor: Person, dossier: Dossier, meeting: Meeting) -> None:
    guest = commands.bring_along(meeting, name="Tante Ria", kind="network", by=noor)
    agreed.contribute(meeting, voice="coach", text="Gaat mee", by=noor)
    at = of(dossier, "say_yes")
    noors.post(at, {"number": "1"})
    noors.post(at, {"number": "1", "wie": str(guest.pk)})
    assert {(yes.voice, yes.invitee) for yes in MeetingYes.objects.all()} == {("coach", None), ("", guest)}
    assert "zei ja aan tafel" in page(noors, dossier, "agreement")
    for stale in ("0", "x", "2"):
        noors.post(at, {"number": stale})
    assert MeetingYes.objects.count() == 2
    assert "net veranderd" in page(noors, dossier, "agreement")


def test_what_came_true_is_a_proposal_with_the_reason_ready(
    noors: Client, noor: Person, dossier: Dossier, held: Meeting
) -> None:
    made = agreed.set_condition(held, kind="words", text="Er is ruzie", by=noor)
    assert "Dit is nu zo" in page(noors, dossier, "agreement")
    noors.post(of(dossier, "come_true", made.pk))
    today = noors.get(reverse("coach:today")).text
    assert "Nog een keer om tafel?" in today
    assert "Er is ruzie" not in today
    seen = page(noors, dossier, "meeting")
    assert "Jullie spraken af:" in seen
    assert "Er is ruzie" in seen
    assert "Er is ruzie" in noors.get(of(dossier, "arrange_meeting")).text
    noors.post(of(dossier, "arrange_meeting"), {"place": "Buurthuis", "reason": "Er is ruzie"})
    assert fresh(made).answer == "taken"
    assert "Nog een keer om tafel?" not in noors.get(reverse("coach:today")).text
    assert "Er is ruzie" in noors.get(of(dossier, "agreed_at", held.pk)).text


def test_it_is_put_aside_with_a_word(noors: Client, noor: Person, dossier: Dossier, held: Meeting) -> None:
    made = agreed.come_true(agreed.set_condition(held, kind="words", text="Ruzie", by=noor), by=noor)
    at = of(dossier, "put_aside", made.pk)
    assert "Schrijf op waarom niet." in noors.post(at, {}).text
    noors.post(at, {"why": "We bellen morgen"})
    assert text(noor, made, "why_not") == "We bellen morgen"
    assert noors.get(at).status_code == 404


def test_a_condition_goes_as_long_as_it_did_not_come_true(
    noors: Client, noor: Person, dossier: Dossier, held: Meeting
) -> None:
    made = agreed.set_condition(held, kind="stopped", by=noor)
    noors.post(of(dossier, "drop_condition", made.pk))
    assert not Condition.objects.exists()


def test_a_link_is_shown_once_and_told_when_it_was_answered(
    noors: Client, noor: Person, dossier: Dossier, meeting: Meeting
) -> None:
    guest = preparing.invite(meeting, name="Tante Ria", kind="network", may_see="agenda", by=noor)
    answer = noors.post(of(dossier, "send_invitation", guest.pk))
    assert "/kom/" in answer.text
    assert "Maak een nieuwe link" in noors.get(of(dossier, "invitee", guest.pk)).text
    assert fresh(guest).letter_at is not None
    Invitee.objects.filter(pk=guest.pk).update(answer="yes", answered_at=fresh(guest).letter_at)
    assert "Antwoord op een uitnodiging" in noors.get(reverse("coach:today")).text


def test_another_coach_sees_nothing_of_it(
    client_for: object, bram: Person, kim_dossier: Dossier, dossier: Dossier, held: Meeting, noor: Person
) -> None:
    made = agreed.set_condition(held, kind="words", text="Ruzie", by=noor)
    dossiers.add_person(dossier, kind="family", name="Ria", by=noor)
    browser: Client = client_for(bram)  # type: ignore[operator]
    for name in ("table", "agreement", "keep_informed", "set_condition"):
        assert browser.get(of(dossier, name)).status_code == 404
    for name in ("drop_condition", "come_true", "put_aside"):
        assert browser.post(of(dossier, name, made.pk), {"why": "x"}).status_code == 404
        assert browser.post(of(kim_dossier, name, made.pk), {"why": "x"}).status_code == 404
    assert fresh(made).came_true_at is None
