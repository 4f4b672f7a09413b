"""Today: what a coach may rely on when she opens her telephone on the street."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier, Note, Step
from ipta.scans.commands import rate
from ipta.web.coach.today import FIRST
from tests.asking import looks
from tests.cast import CANARY, canary, days_ago, fresh
from tests.web.coach.shared import assert_same_work_for_more

PLAN, IDENTITY, APPOINTMENTS = (canary("sem", section) for section in ("plan", "identity", "appointments"))


def page(client: Client) -> str:
    response = client.get(reverse("coach:today"))
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
    order = ["Jij beloofde", "Brief schrijven", "De jongere beloofde", "Op tijd opstaan", "Anderen beloofden", "Dana"]
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
    assert shown.index("Hoe ging het?") < shown.index("Naar het stadhuis")
    assert "Ging niet door" in shown


def test_the_coming_week_is_there_and_later_is_not(noors: Client, dossier: Dossier, noor: Person) -> None:
    at(timedelta(days=8, hours=1), dossier, noor, "Over een week")
    shown = page(noors)
    assert f"{APPOINTMENTS} wat" in shown
    assert "Over een week" not in shown


def test_who_was_not_spoken_for_a_while_is_named(noors: Client, dossier: Dossier) -> None:
    be_quiet(dossier)
    assert "9 dagen niet gesproken" in page(noors)


def test_an_attempt_is_not_a_conversation(noors: Client, dossier: Dossier, noor: Person) -> None:
    be_quiet(dossier)
    commands.note(dossier, text="", is_reached=False, by=noor)
    assert "9 dagen niet gesproken" in page(noors)


def test_lighter_guidance_may_be_quiet_for_longer(noors: Client, dossier: Dossier, noor: Person) -> None:
    be_quiet(dossier)
    commands.set_intensity(dossier, "light", by=noor)
    assert "niet gesproken" not in page(noors)


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
    assert "Wacht op jullie allebei" in page(noors)


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
    assert {look.section for look in looks(dossier)[before:]} == {"identity", "appointments"}


def test_who_is_not_on_the_page_was_not_opened(noors: Client, scouted: Dossier) -> None:
    page(noors)
    assert looks(scouted) == []


def test_an_empty_caseload_says_what_to_do(noor: Person, client_for: Any) -> None:
    assert reverse("coach:scout") in page(client_for(noor))


def test_a_quiet_day_is_called_so(noors: Client, dossier: Dossier) -> None:
    Appointment.objects.all().delete()
    dossier.planversion_set.all().delete()
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


def test_of_much_the_first_stands_here_and_the_way_to_the_rest(noors: Client, dossier: Dossier, noor: Person) -> None:
    for number in range(FIRST + 2):
        due(dossier, noor, f"Stap nummer {number}.", timezone.localdate() - timedelta(days=20 - number))
    shown, whole = page(noors), reverse("coach:today") + "?alles=jij-beloofde"
    assert [number for number in range(FIRST + 2) if f"Stap nummer {number}." in shown] == list(range(FIRST))
    assert f'href="{whole}#jij-beloofde">Alle {FIRST + 2}' in shown
    all_of_it = noors.get(whole).content.decode()
    assert all(f"Stap nummer {number}." in all_of_it for number in range(FIRST + 2))
    assert "#jij-beloofde" not in all_of_it


def test_what_cannot_wait_stands_here_in_full(noors: Client, dossier: Dossier, noor: Person) -> None:
    for number in range(FIRST + 2):
        due(dossier, noor, f"Nu meteen {number}.", None, kind=Step.Kind.DIRECT)
        at(timedelta(), dossier, noor, f"Afspraak {number}.")
    shown = page(noors)
    assert all(f"{what} {number}." in shown for what in ("Nu meteen", "Afspraak") for number in range(FIRST + 2))


def test_of_whom_no_line_stands_here_nothing_is_read(noors: Client, more_lives: Any) -> None:
    quiet_ones = more_lives(FIRST + 2)
    Appointment.objects.all().delete()
    Step.objects.all().delete()
    before = {one: len(looks(one)) for one in quiet_ones}
    assert f'href="{reverse("coach:today")}?alles=stil#stil">Alle {FIRST + 2}' in page(noors)
    assert len([one for one in quiet_ones if len(looks(one)) > before[one]]) == FIRST
