"""A municipality names its phases, and has as many as it works with."""

from collections.abc import Callable

from django.test import Client

from ipta.accounts.models import Municipality, Person
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import PHASES
from tests.asking import last_entry

Enter = Callable[[Person], Client]


def address(municipality: Municipality) -> str:
    return f"/gemeente/fasen/{municipality.pk}/"


def test_the_coach_sees_the_names_and_the_number_of_his_municipality(
    client_for: Enter, fem: Person, noor: Person, dossier: Dossier, zoetermeer: Municipality
) -> None:
    names = PHASES | {"scout": "Vinden", "match": "", "own_1": "Vinger aan de pols"}

    assert client_for(fem).post(address(zoetermeer), names).status_code == 302

    page = client_for(noor).get(f"/jongeren/{dossier.pk}/begeleiding/").text
    assert "Vinden" in page
    assert "Vinger aan de pols" in page
    assert "Match &amp; wrap around" not in page
    assert last_entry(zoetermeer).verb == "phases.named"


def test_a_phase_of_ones_own_can_begin_and_one_that_is_left_out_cannot(
    client_for: Enter, fem: Person, noor: Person, dossier: Dossier, zoetermeer: Municipality
) -> None:
    client_for(fem).post(address(zoetermeer), PHASES | {"match": "", "own_1": "Vinger aan de pols"})
    hers, begin = client_for(noor), f"/jongeren/{dossier.pk}/begeleiding/fase/"

    assert hers.post(begin, {"phase": "own_1"}).status_code == 302
    assert hers.post(begin, {"phase": "match"}).status_code == 404
    assert dossier.phasespan_set.filter(phase="own_1").exists()


def test_a_running_thread_keeps_a_phase_that_is_left_out(
    client_for: Enter, fem: Person, noor: Person, sem: Person, dossier: Dossier, zoetermeer: Municipality
) -> None:
    client_for(fem).post(address(zoetermeer), PHASES | {"scan": ""})

    assert "Quick scan" in client_for(noor).get(f"/jongeren/{dossier.pk}/").text
    assert client_for(sem).get("/ik/over-mij/draad/").status_code == 200


def test_no_phase_at_all_is_refused_and_every_word_stays(
    client_for: Enter, fem: Person, zoetermeer: Municipality
) -> None:
    answer = client_for(fem).post(address(zoetermeer), {})
    assert answer.status_code == 422
    assert "Houd minstens één fase over." in answer.text

    too_long = client_for(fem).post(address(zoetermeer), {"scout": "v" * 41, "scan": "Kijken"})
    assert too_long.status_code == 422
    assert 'value="Kijken"' in too_long.text


def test_another_municipality_is_out_of_reach(client_for: Enter, fem: Person, schiedam: Municipality) -> None:
    assert client_for(fem).get(address(schiedam)).status_code == 404
    assert client_for(fem).post(address(schiedam), PHASES).status_code == 404


def test_who_manages_one_municipality_comes_straight_to_it(
    client_for: Enter, fem: Person, noor: Person, zoetermeer: Municipality
) -> None:
    assert client_for(fem).get("/gemeente/fasen/").headers["Location"] == address(zoetermeer)
    assert client_for(noor).get("/gemeente/fasen/").status_code == 404
