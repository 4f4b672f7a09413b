"""Today: what a coach may rely on when she opens her telephone on the street."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ipta.accounts.models import Municipality, Person
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier, Note, Specialist, Step
from ipta.scans.commands import rate
from ipta.sharing import commands as sharing
from ipta.web.coach.today import FIRST, PARTS, WHOLE, first_lines
from tests.asking import looks
from tests.cast import CANARY, canary, days_ago, fresh
from tests.conftest import sign_in
from tests.web.coach.shared import assert_same_work_for_more

PLAN, IDENTITY, APPOINTMENTS = (canary("sem", section) for section in ("plan", "identity", "appointments"))


def page(client: Client, part: str = "") -> str:
    response = client.get(reverse("coach:today"), {"deel": part} if part else {})
    assert response.status_code == 200
    return response.content.decode()


def due(dossier: Dossier, noor: Person, text: str, on: date | None, **rest: Any) -> Step:
    return commands.promise(dossier, text=text, owner=rest.pop("owner", "coach"), due_on=on, by=noor, **rest)


def at(moment: timedelta, dossier: Dossier, noor: Person, what: str) -> Appointment:
    return commands.appoint(dossier, what=what, starts_at=timezone.now() + moment, by=noor)


def be_quiet(dossier: Dossier, days: int = 9) -> None:
    Note.objects.filter(dossier=dossier).update(happened_at=timezone.now() - timedelta(days=days))


def test_what_is_urgent_stands_first(noors: Client, dossier: Dossier, noor: Person) -> None:
    rate(dossier, ratings={"housing": 1}, by=noor)
    due(dossier, noor, "Woningstichting bellen", days_ago(0))
    shown = page(noors)
    assert shown.index("Nu iets doen: huisvesting") < shown.index("Woningstichting bellen")


@pytest.fixture
def debt_help(dossier: Dossier, noor: Person) -> Specialist:
    return Specialist.objects.create(
        municipality=dossier.municipality, organisation="Schuldhulp", fields=["money"], phone="079 123 45 67",
        added_by=noor,
    )  # fmt: skip


def test_beside_what_is_acute_stands_who_can_be_called(
    noors: Client, dossier: Dossier, noor: Person, debt_help: Specialist
) -> None:
    slower = Specialist.objects.create(
        municipality=dossier.municipality, organisation="Traaghulp", fields=["money"], answers_within=9, added_by=noor
    )
    rate(dossier, ratings={"money": 1}, by=noor)
    shown = page(noors)
    assert "Vraag Schuldhulp" in shown
    assert 'href="tel:+31791234567"' in shown
    assert f"{reverse('coach:ask_help', args=[dossier.pk])}?voor=money" in shown
    assert str(slower) not in shown


@pytest.mark.parametrize("change", [{"is_reachable": False}, {"fields": ["housing"]}])
def test_nobody_is_named_who_cannot_help_with_it(
    noors: Client, dossier: Dossier, noor: Person, debt_help: Specialist, change: dict[str, Any]
) -> None:
    Specialist.objects.filter(pk=debt_help.pk).update(**change)
    rate(dossier, ratings={"money": 1}, by=noor)
    assert "Schuldhulp" not in page(noors)


def test_a_specialist_of_another_town_is_not_called(
    noors: Client, dossier: Dossier, noor: Person, debt_help: Specialist, schiedam: Municipality
) -> None:
    Specialist.objects.filter(pk=debt_help.pk).update(municipality=schiedam)
    rate(dossier, ratings={"money": 1}, by=noor)
    assert "Schuldhulp" not in page(noors)


def test_a_direct_action_without_a_day_is_not_forgotten(noors: Client, dossier: Dossier, noor: Person) -> None:
    due(dossier, noor, "Deurwaarder bellen", None, kind=Step.Kind.DIRECT)
    assert "Deurwaarder bellen" in page(noors)


@pytest.mark.parametrize(("days", "is_there"), [(-3, True), (0, True), (2, True), (3, False)])
def test_promises_show_when_they_are_due(
    noors: Client, dossier: Dossier, noor: Person, days: int, is_there: bool
) -> None:
    due(dossier, noor, "Fiets ophalen", timezone.localdate() + timedelta(days=days))
    assert ("Fiets ophalen" in page(noors)) is is_there


def test_it_says_who_promised(noors: Client, dossier: Dossier, noor: Person) -> None:
    due(dossier, noor, "Brief schrijven", days_ago(0))
    due(dossier, noor, "Op tijd opstaan", days_ago(0), owner="youth")
    due(dossier, noor, "Regeling maken", days_ago(0), owner="professional", owner_name="Dana")
    shown = page(noors)
    order = ["Brief schrijven", "jij, vandaag", "Op tijd opstaan", "doet hij of zij zelf, vandaag", "Dana, vandaag"]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_a_promise_can_be_done_from_here(noors: Client, dossier: Dossier, noor: Person) -> None:
    step = due(dossier, noor, "Fiets ophalen", days_ago(0))
    finish = reverse("coach:finish", args=[dossier.pk, step.pk])
    assert finish in page(noors)
    response = noors.post(finish, {"next": reverse("coach:today")})
    assert response.headers["Location"] == reverse("coach:today")
    assert "Fiets ophalen" not in page(noors)


def test_a_promise_can_wait_until_tomorrow(noors: Client, dossier: Dossier, noor: Person) -> None:
    step = due(dossier, noor, "Fiets ophalen", days_ago(1))
    tomorrow = timezone.localdate() + timedelta(days=1)
    shown = page(noors)
    assert reverse("coach:postpone", args=[dossier.pk, step.pk]) in shown
    assert f'name="until" value="{tomorrow:%Y-%m-%d}"' in shown
    noors.post(reverse("coach:postpone", args=[dossier.pk, step.pk]), {"until": f"{tomorrow:%Y-%m-%d}"})
    assert fresh(step).due_on == tomorrow


def test_an_appointment_that_is_over_asks_how_it_went(noors: Client, dossier: Dossier, noor: Person) -> None:
    at(-timedelta(days=1), dossier, noor, "Naar het stadhuis")
    shown = page(noors)
    assert shown.index("Naar het stadhuis") < shown.index("hoe ging het?") < shown.index("Gelukt")
    assert "Ging niet door" in shown


def test_the_coming_week_is_a_tap_away_and_later_is_not_there(noors: Client, dossier: Dossier, noor: Person) -> None:
    at(timedelta(days=8, hours=1), dossier, noor, "Over een week")
    assert f"{APPOINTMENTS} wat" not in page(noors)
    shown = page(noors, "straks")
    assert f"{APPOINTMENTS} wat" in shown
    assert "Over een week" not in shown


def test_who_was_not_spoken_for_a_while_is_named(noors: Client, dossier: Dossier) -> None:
    be_quiet(dossier)
    assert "9 dagen stil" in page(noors)


def test_an_attempt_is_not_a_conversation(noors: Client, dossier: Dossier, noor: Person) -> None:
    be_quiet(dossier)
    commands.note(dossier, text="", is_reached=False, by=noor)
    assert "9 dagen stil" in page(noors)


def test_lighter_guidance_may_be_quiet_for_longer(noors: Client, dossier: Dossier, noor: Person) -> None:
    be_quiet(dossier)
    commands.set_intensity(dossier, "light", by=noor)
    assert "dagen stil" not in page(noors)


def test_what_is_not_safe_stands_beside_who_could_be_called(noors: Client, dossier: Dossier, noor: Person) -> None:
    commands.describe(dossier, reach={"phone": "0612345678"}, by=noor)
    be_quiet(dossier)
    shown = page(noors)
    assert shown.index(f"{IDENTITY} veilig") < shown.index("tel:+31612345678")


def test_what_is_not_safe_stands_beside_todays_appointment(noors: Client, dossier: Dossier, noor: Person) -> None:
    Appointment.objects.all().delete()
    commands.appoint(dossier, what="Koffie", starts_at=timezone.now(), by=noor)
    assert f"{IDENTITY} veilig" in page(noors)


def test_a_plan_that_waits_for_a_yes_is_named(noors: Client) -> None:
    assert "op jullie allebei" in page(noors)


def test_whose_trajectory_ended_asks_nothing_today(noors: Client, dossier: Dossier, noor: Person) -> None:
    due(dossier, noor, "Fiets ophalen", days_ago(0))
    commands.end(dossier, reason="stable", by=noor)
    assert "Je loopt nog met niemand mee" in page(noors)


def test_a_stranger_sees_his_own_youths_only(brams: Client, dossier: Dossier) -> None:
    shown = page(brams)
    assert canary("kim", "identity") in shown
    assert f"{CANARY}-sem" not in shown


def test_the_reading_log_tells_what_stood_here_and_no_more(noors: Client, dossier: Dossier) -> None:
    before = len(looks(dossier))
    page(noors)
    assert {look.section for look in looks(dossier)[before:]} == {"identity"}
    page(noors, "straks")
    assert {look.section for look in looks(dossier)[before:]} == {"identity", "appointments"}


def test_who_is_not_on_the_page_was_not_opened(noors: Client, scouted: Dossier) -> None:
    page(noors)
    assert looks(scouted) == []


def test_an_empty_caseload_says_what_to_do(noor: Person, client_for: Any) -> None:
    assert reverse("coach:scout") in page(client_for(noor))


def test_a_quiet_day_is_called_so(noors: Client, dossier: Dossier) -> None:
    Appointment.objects.all().delete()
    dossier.planversion_set.all().delete()
    dossier.view_set.all().delete()
    assert "Er staat niets voor vandaag" in page(noors)


def test_the_work_for_it_does_not_grow_with_the_caseload(noors: Client, more_lives: Any, queries: Any) -> None:
    assert_same_work_for_more(queries, lambda: page(noors), more_lives)


def test_titles_are_neutral(noors: Client) -> None:
    assert "<title>Vandaag</title>" in page(noors)


def test_nobody_posts_here(noors: Client) -> None:
    assert noors.post(reverse("coach:today")).status_code == 405


def test_a_step_of_nowhere_is_not_found(noors: Client, dossier: Dossier) -> None:
    unknown = UUID(int=1)
    assert noors.post(reverse("coach:finish", args=[dossier.pk, unknown])).status_code == 404
    assert noors.post(reverse("coach:finish", args=[unknown, unknown])).status_code == 404


@pytest.mark.parametrize("owner", Step.Owner.values)
def test_what_anybody_promised_and_is_late_stands_here(
    noors: Client, dossier: Dossier, noor: Person, owner: str
) -> None:
    due(dossier, noor, "Belt over de sleutel.", timezone.localdate() - timedelta(days=3), owner=owner)
    assert "Belt over de sleutel." in page(noors)


# --- ten lines --------------------------------------------------------------------------------------


def lines(shown: str) -> int:
    return shown.count('<li class="task')


def test_ten_lines_stand_here_and_the_way_to_all_others(noors: Client, dossier: Dossier, noor: Person) -> None:
    for number in range(FIRST + 5):
        due(dossier, noor, f"Stap nummer {number}.", timezone.localdate() - timedelta(days=20 - number))
    be_quiet(dossier)
    shown = page(noors)
    assert lines(shown) == FIRST
    assert "Stap nummer 0." in shown
    assert "9 dagen stil" in shown, "of every kind something"
    assert f'href="{reverse("coach:today")}?deel=jij-beloofde"' in shown
    whole = page(noors, "jij-beloofde")
    assert all(f"Stap nummer {number}." in whole for number in range(FIRST + 5))
    assert "9 dagen stil" not in whole


def test_what_cannot_wait_stands_here_in_full(noors: Client, dossier: Dossier, noor: Person) -> None:
    for number in range(FIRST):
        due(dossier, noor, f"Nu meteen {number}.", None, kind=Step.Kind.DIRECT)
        at(timedelta(), dossier, noor, f"Afspraak {number}.")
    shown = page(noors)
    assert all(f"{what} {number}." in shown for what in ("Nu meteen", "Afspraak") for number in range(FIRST))


def test_of_whom_no_line_stands_here_nothing_is_read(noors: Client, more_lives: Any) -> None:
    quiet_ones = more_lives(FIRST + 2)
    Appointment.objects.all().delete()
    Step.objects.all().delete()
    before = {one: len(looks(one)) for one in quiet_ones}
    assert lines(page(noors)) == FIRST
    assert len([one for one in quiet_ones if len(looks(one)) > before[one]]) <= FIRST


def test_a_kind_that_is_none_shows_the_first_ten(noors: Client, dossier: Dossier) -> None:
    assert lines(page(noors, "nergens")) == lines(page(noors)) > 0


def test_who_should_not_be_called_just_like_that_is_called_below_what_to_know(
    noors: Client, dossier: Dossier, noor: Person
) -> None:
    """The one button in sight is not the one that calls."""
    commands.describe(dossier, reach={"phone": "0612345678"}, by=noor)
    be_quiet(dossier)
    shown = page(noors, "stil")
    assert "tel:" not in shown[shown.index('class="task__first"') :]
    commands.describe(dossier, safety="", by=noor)
    shown = page(noors, "stil")
    assert "tel:+31612345678" in shown[shown.index('class="task__first"') :]


def test_what_ends_soon_is_said_a_week_before(
    noors: Client, dossier: Dossier, sem: Person, dana: Person, noor: Person, stef: Person
) -> None:
    sharing.grant(dossier, section="money", to=dana, purpose="samen regelen", until=days_ago(-5), by=sem)
    sharing.grant(dossier, section="work", to=dana, purpose="samen regelen", until=days_ago(-20), by=sem)
    commands.stand_in(dossier, coach=stef, until=days_ago(-2), by=noor)
    shown = page(noors, "loopt-af")
    assert "Dana leest straks niet meer mee: geld" in shown
    assert "De vervanging door Stef stopt" in shown
    assert lines(shown) == 2


def test_what_the_youth_put_beside_it_is_news_for_three_days(
    noors: Client, dossier: Dossier, sem: Person, noor: Person, time_machine: Any
) -> None:
    note = Note.objects.filter(dossier=dossier).latest("written_at")
    commands.view(note, text="Zo ging het niet.", by=sem)
    shown = page(noors)
    assert "Zette een eigen kijk bij het dossier" in shown
    assert "Zo ging het niet." not in shown
    time_machine.move_to(timezone.now() + timedelta(days=3, minutes=1))
    assert "Zette een eigen kijk" not in page(sign_in(noor))


def test_a_holiday_is_said(noor: Person, dossier: Dossier, time_machine: Any) -> None:
    time_machine.move_to(datetime(2027, 4, 27, 9, 0, tzinfo=UTC))
    assert "Vandaag is het Koningsdag." in page(sign_in(noor))


@given(st.lists(st.sampled_from(sorted(PARTS)), max_size=60))
def test_whatever_there_is_ten_lines_come_first_and_of_every_kind_one_if_there_is_room(kinds: list[str]) -> None:
    found: dict[str, list[Any]] = {name: [] for name in PARTS}
    for number, name in enumerate(kinds):
        found[name].append((name, number))
    first = first_lines(found)
    must = [row for name in WHOLE for row in found[name]]
    may = [name for name in PARTS if name not in {*WHOLE, "soon"} and found[name]]
    others = sum(len(found[name]) for name in may)
    assert len(first) == len(must) + min(others, max(FIRST - len(must), 0))
    assert [row for row in first if row in must] == must
    if len(must) + len(may) <= FIRST:
        assert {row[0] for row in first} >= set(may)
    assert [list(PARTS).index(row[0]) for row in first] == sorted(list(PARTS).index(row[0]) for row in first)
