"""A youth at work: agreed point by point, begun, changed as it goes, stopped without blame."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ipta.accounts.models import Municipality, Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.placements import commands
from ipta.placements.models import Placement
from ipta.placements.rules import POINTS
from ipta.sharing.door import Reader
from ipta.workplaces import commands as workplaces
from ipta.workplaces.models import Workplace
from tests.asking import text, verbs
from tests.cast import canary, days_ago, fresh
from tests.web.coach.shared import assert_is_not_there, assert_same_number, forget_looks, of, post_twice, sections_read


def points(person: Person, placement: Placement) -> dict[str, str]:
    return Reader(person).json(fresh(placement).points) or {}


def newest(dossier: Dossier) -> Placement:
    return Placement.objects.filter(dossier=dossier).latest("agreed_on", "starts_on")


@pytest.fixture
def running(dossier: Dossier, noor: Person) -> Placement:
    """Sem works there since two weeks."""
    place = commands.agree(dossier, kind="job", what="monteur", points={"hours": "8.00 tot 16.00 uur"}, by=noor)
    return commands.start(place, on=days_ago(14), by=noor)


# --- reading ------------------------------------------------------------------------


def test_what_runs_what_comes_and_what_was_stand_apart(
    noors: Client, noor: Person, dossier: Dossier, running: Placement
) -> None:
    past = commands.agree(dossier, kind="internship", what="stage", by=noor)
    commands.stop(commands.start(past, on=days_ago(90), by=noor), reason="done", on=days_ago(60), by=noor)
    shown = noors.get(of(dossier, "work")).context
    assert [place.what for place in shown["running"]] == ["monteur"]
    assert [place.what for place in shown["coming"]] == [f"{canary('sem', 'work')} werk"]
    assert [(place.what, place.stop_reason) for place in shown["past"]] == [("stage", "De afgesproken tijd is om")]


def test_a_first_day_that_is_still_to_come_is_coming(noors: Client, noor: Person, dossier: Dossier) -> None:
    commands.start(Placement.objects.get(dossier=dossier), on=days_ago(-5), by=noor)
    shown = noors.get(of(dossier, "work")).context
    assert (len(shown["running"]), len(shown["coming"])) == (0, 1)


def test_the_youths_words_beside_a_place_are_shown(
    noors: Client, dossier: Dossier, sem: Person, placement: Placement
) -> None:
    dossiers.view(placement, by=sem, text="Leuke baas")
    assert "Leuke baas" in noors.get(of(dossier, "work")).text


def test_reading_about_work_is_told_to_the_youth(noors: Client, noor: Person, dossier: Dossier) -> None:
    forget_looks()
    noors.get(of(dossier, "work"))
    assert sections_read(dossier, noor) == {"identity", "work"}


def test_before_the_yes_there_is_no_work(noors: Client, scouted: Dossier) -> None:
    assert "Dit komt na de ja" in noors.get(of(scouted, "work")).text
    assert_is_not_there([noors], [of(scouted, "agree_place")])


# --- agreeing -----------------------------------------------------------------------


def test_a_place_is_agreed_point_by_point(
    noors: Client, noor: Person, dossier: Dossier, workplace: Workplace, placement: Placement
) -> None:
    said = {f"point_{name}": f"over {name}" for name in POINTS}
    sent = {"kind": "experience", "workplace": str(workplace.pk), "what": "banden wisselen"} | said
    assert noors.post(of(dossier, "agree_place"), sent).headers["Location"] == of(dossier, "work")
    place = Placement.objects.exclude(pk=placement.pk).get(dossier=dossier)
    assert (place.kind, place.workplace, place.starts_on) == ("experience", workplace, None)
    assert text(noor, place, "what") == "banden wisselen"
    assert points(noor, place) == {name: f"over {name}" for name in POINTS}


def test_a_kind_of_place_is_enough_to_begin_with(noors: Client, dossier: Dossier) -> None:
    assert noors.post(of(dossier, "agree_place"), {"kind": "education"}).status_code == 302
    assert Placement.objects.filter(dossier=dossier, kind="education", workplace=None).exists()


def test_a_new_firm_comes_into_the_book_by_itself_and_a_known_first_day_on_the_thread(
    noors: Client, dossier: Dossier, zoetermeer: Municipality
) -> None:
    sent = {"kind": "trial", "employer": "Fietsenmaker Jo", "what": "plakken", "starts_on": f"{days_ago(-3)}"}
    noors.post(of(dossier, "agree_place"), sent)
    firm = Workplace.objects.get(employer="Fietsenmaker Jo")
    place = Placement.objects.get(workplace=firm)
    assert (firm.municipality, firm.work, place.starts_on) == (zoetermeer, "plakken", days_ago(-3))
    assert {"placement.agreed", "placement.started"} <= set(verbs(dossier))


def test_the_book_offers_where_somebody_can_go(
    noors: Client, noor: Person, dossier: Dossier, workplace: Workplace, zoetermeer: Municipality
) -> None:
    full = workplaces.add(zoetermeer, employer="Vol Bedrijf", by=noor)
    workplaces.change(full, is_open=False, by=noor)
    shown = noors.get(of(dossier, "agree_place"), {"plek": str(workplace.pk)})
    assert "Garage Voorbeeld · monteur" in shown.text
    assert "Vol Bedrijf" not in shown.text
    assert shown.context["form"]["workplace"].value() == str(workplace.pk)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": ""}, "Kies wat voor plek het is."),
        ({"kind": "rijk"}, "Kies een van de antwoorden die er staan."),
        ({"workplace": "geen plek"}, "Kies een werkplek uit het boek."),
        ({"workplace": str(uuid4())}, "Kies een werkplek uit het boek."),
        ({"what": "a" * 501}, "Dit is te lang."),
        ({"point_hours": "a" * 1001}, "Dit is te lang."),
        ({"starts_on": "31-2-2026"}, "Kies een dag"),
        ({"starts_on": "1026-01-01"}, "Kijk het jaar na"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, wrong: dict[str, str], says: str
) -> None:
    sent = {"kind": "job", "what": "monteur", "point_tasks": "banden en olie"} | wrong
    shown = noors.post(of(dossier, "agree_place"), sent)
    assert shown.status_code == 422
    assert says in shown.text
    for words in (sent["what"], sent["point_tasks"]):
        assert words in shown.text
    assert Placement.objects.filter(dossier=dossier).count() == 1


def test_a_place_is_out_of_the_book_or_new_not_both(noors: Client, dossier: Dossier, workplace: Workplace) -> None:
    sent = {"kind": "job", "workplace": str(workplace.pk), "employer": "Fietsenmaker Jo"}
    shown = noors.post(of(dossier, "agree_place"), sent)
    assert shown.status_code == 422
    assert "Kies één van de twee" in shown.text
    assert not Workplace.objects.filter(employer="Fietsenmaker Jo").exists()


def test_a_workplace_of_another_town_is_not_in_this_book(
    noors: Client, dossier: Dossier, yara: Person, schiedam: Municipality
) -> None:
    theirs = workplaces.add(schiedam, employer="Scheepswerf", by=yara)
    assert noors.post(of(dossier, "agree_place"), {"kind": "job", "workplace": str(theirs.pk)}).status_code == 422


def test_a_second_tap_agrees_once(noors: Client, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "agree_place"), {"kind": "job", "employer": "Fietsenmaker Jo"})
    assert Placement.objects.filter(dossier=dossier, kind="job").count() == 1
    assert Workplace.objects.filter(employer="Fietsenmaker Jo").count() == 1


# --- beginning ----------------------------------------------------------------------


def test_the_first_day_is_written_down(noors: Client, dossier: Dossier, placement: Placement) -> None:
    noors.post(of(dossier, "start_place", placement.pk), {"on": f"{days_ago(2)}"})
    assert fresh(placement).starts_on == days_ago(2)


def test_a_place_that_began_in_another_tab_says_so(noors: Client, dossier: Dossier, running: Placement) -> None:
    shown = noors.post(of(dossier, "start_place", running.pk), {"on": f"{days_ago(0)}"})
    assert shown.status_code == 422
    assert "Deze plek is al begonnen." in shown.text
    assert fresh(running).starts_on == days_ago(14)


@pytest.mark.parametrize("on", ["", "ooit", "2026-02-31", "0001-01-01"])
def test_a_first_day_is_a_day(noors: Client, dossier: Dossier, placement: Placement, on: str) -> None:
    assert noors.post(of(dossier, "start_place", placement.pk), {"on": on}).status_code == 422
    assert fresh(placement).starts_on is None


# --- changing as it goes --------------------------------------------------------------


def test_an_agreement_grows_as_the_work_goes_on(
    noors: Client, noor: Person, dossier: Dossier, running: Placement
) -> None:
    form = noors.get(of(dossier, "amend", running.pk)).context["form"]
    assert form["point_hours"].value() == "8.00 tot 16.00 uur"
    sent = {"seen": form["seen"].value(), "what": "monteur", "point_hours": "9.00 uur", "point_income": "contract"}
    assert noors.post(of(dossier, "amend", running.pk), sent).status_code == 302
    assert points(noor, running) == {"hours": "9.00 uur", "income": "contract"}


def test_two_tabs_do_not_write_over_each_other(
    noors: Client, noor: Person, dossier: Dossier, running: Placement
) -> None:
    url = of(dossier, "amend", running.pk)
    seen = noors.get(url).context["form"]["seen"].value()
    commands.amend(running, points={"hours": "alleen dinsdag"}, by=noor)

    shown = noors.post(url, {"seen": seen, "what": "monteur", "point_hours": "alleen vrijdag"})

    assert shown.status_code == 409
    assert "alleen dinsdag" in shown.text
    assert "alleen vrijdag" in shown.text
    assert points(noor, running) == {"hours": "alleen dinsdag"}

    again = {"seen": shown.context["form"]["seen"].value(), "what": "monteur", "point_hours": "dinsdag en vrijdag"}
    assert noors.post(url, again).status_code == 302
    assert points(noor, running) == {"hours": "dinsdag en vrijdag"}


def test_a_second_tap_changes_once(noors: Client, dossier: Dossier, running: Placement) -> None:
    url = of(dossier, "amend", running.pk)
    sent = {"seen": noors.get(url).context["form"]["seen"].value(), "what": "monteur", "point_hours": "9.00 uur"}
    for _tap in range(2):
        assert noors.post(url, sent).status_code == 302
    assert verbs(dossier).count("placement.amended") == 1


def test_too_many_words_come_back(noors: Client, noor: Person, dossier: Dossier, running: Placement) -> None:
    url = of(dossier, "amend", running.pk)
    seen = noors.get(url).context["form"]["seen"].value()
    shown = noors.post(url, {"seen": seen, "point_hours": "b" * 1001, "point_tasks": "banden"})
    assert shown.status_code == 422
    assert "b" * 1001 in shown.text
    assert points(noor, running) == {"hours": "8.00 tot 16.00 uur"}


def test_reading_an_agreement_to_change_it_is_told_too(
    noors: Client, noor: Person, dossier: Dossier, running: Placement
) -> None:
    forget_looks()
    noors.get(of(dossier, "amend", running.pk))
    assert sections_read(dossier, noor) == {"identity", "work"}


# --- stopping -----------------------------------------------------------------------


def test_a_place_stops_with_a_reason_that_judges_nobody(
    noors: Client, noor: Person, dossier: Dossier, running: Placement
) -> None:
    sent = {"reason": "too_heavy", "on": f"{days_ago(1)}", "words": "Lange dagen"}
    shown = noors.post(of(dossier, "stop_place", running.pk), sent, follow=True)
    running = fresh(running)
    assert (running.stop_reason, running.stopped_on) == ("too_heavy", days_ago(1))
    assert text(noor, running, "stop_words") == "Lange dagen"
    for words in ("Het was te zwaar", "Lange dagen", "De draad gaat verder."):
        assert words in shown.text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reason": ""}, "Kies wat het beste past."),
        ({"reason": "lui"}, "Kies een van de antwoorden die er staan."),
        ({"on": ""}, "Kies de laatste dag."),
        ({"on": f"{days_ago(15)}"}, "De eerste dag was"),
        ({"on": f"{days_ago(-1)}"}, "Deze dag komt nog."),
        ({"words": "a" * 1001}, "Dit is te lang."),
    ],
)
def test_a_stop_that_is_not_right_yet_comes_back(
    noors: Client, dossier: Dossier, running: Placement, wrong: dict[str, str], says: str
) -> None:
    sent = {"reason": "no_fit", "on": f"{days_ago(0)}", "words": "We zoeken verder"} | wrong
    shown = noors.post(of(dossier, "stop_place", running.pk), sent)
    assert shown.status_code == 422
    assert says in shown.text
    assert sent["words"] in shown.text
    assert fresh(running).stopped_on is None


def test_a_place_that_never_began_can_be_let_go(noors: Client, dossier: Dossier, placement: Placement) -> None:
    noors.post(of(dossier, "stop_place", placement.pk), {"reason": "employer", "on": f"{days_ago(0)}"})
    assert "begon niet" in noors.get(of(dossier, "work")).text


def test_what_stopped_does_not_begin_again(noors: Client, noor: Person, dossier: Dossier, placement: Placement) -> None:
    commands.stop(placement, reason="employer", by=noor)
    assert noors.post(of(dossier, "start_place", placement.pk), {"on": f"{days_ago(0)}"}).status_code == 422


def test_a_second_tap_stops_once(noors: Client, dossier: Dossier, running: Placement) -> None:
    post_twice(noors, of(dossier, "stop_place", running.pk), {"reason": "no_fit", "on": f"{days_ago(0)}"})
    assert verbs(dossier).count("placement.stopped") == 1


# --- who, and how often it asks -------------------------------------------------------

BELOW = ("amend", "start_place", "stop_place")


def test_a_coach_with_a_caseload_of_his_own_finds_no_work_here(
    browsers_of_strangers: list[Client], dossier: Dossier, placement: Placement
) -> None:
    urls = [of(dossier, name, placement.pk) for name in BELOW]
    assert_is_not_there(browsers_of_strangers, [of(dossier, "work"), of(dossier, "agree_place"), *urls])


def test_a_place_of_another_youth_is_not_reached_through_ones_own(
    brams: Client, kim_dossier: Dossier, placement: Placement
) -> None:
    assert_is_not_there([brams], [of(kim_dossier, name, placement.pk) for name in BELOW])


def test_a_place_that_never_was_is_not_there(noors: Client, dossier: Dossier) -> None:
    assert_is_not_there([noors], [of(dossier, name, uuid4()) for name in BELOW])


def test_more_places_are_no_more_queries(
    noors: Client,
    noor: Person,
    sem: Person,
    dossier: Dossier,
    workplace: Workplace,
    placement: Placement,
    queries: Callable[[], Any],
) -> None:
    dossiers.view(placement, by=sem, text="mooi")

    def more() -> None:
        place = commands.agree(dossier, kind="job", workplace=workplace, what="werk", by=noor)
        dossiers.view(place, by=sem, text="ook mooi")

    assert_same_number(queries, lambda: noors.get(of(dossier, "work")), more)
