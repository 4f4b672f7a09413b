"""Over mij: the thread, what was written, work, what is known, and how he says it goes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Note
from ipta.placements import commands as placements
from ipta.placements.models import Placement
from ipta.scans import commands as scans
from ipta.scans.models import FilledSheet
from ipta.sharing.door import Reader
from tests.asking import levels, text, verbs
from tests.cast import fresh
from tests.web.youth.asking import address


def test_his_thread_tells_it_in_his_words(sems: Client, dossier: Dossier) -> None:
    page = sems.get(address("thread")).text
    for words in ("Jullie leerden elkaar kennen", "Jij zei ja", "Jullie keken hoe het ging", "Nu"):
        assert words in page
    for words in ("Quick scan", "Scout", "Doet mee", "Gevonden"):
        assert words not in page


def test_a_place_that_stopped_is_a_loop_and_not_a_break(sems: Client, placement: Placement, noor: Person) -> None:
    placements.start(placement, by=noor)
    placements.stop(placement, reason="no_fit", by=noor)
    assert "Even terug, en weer door" in sems.get(address("thread")).text


def test_he_reads_every_note(sems: Client, dossier: Dossier) -> None:
    page = sems.get(address("notes")).text
    assert "kwetter-sem-contacts notitie" in page
    assert "Geschreven door Noor." in page


def test_a_correction_hides_nothing(sems: Client, note: Note, dossier: Dossier, noor: Person) -> None:
    better = commands.note(dossier, text="Zo was het wel.", replaces=note, by=noor)
    commands.note(dossier, text="Nog beter.", replaces=better, by=noor)
    lines = sems.get(address("notes")).context["lines"]
    assert [(line.text, line.before) for line in lines] == [
        ("Nog beter.", ("Zo was het wel.", "kwetter-sem-contacts notitie"))
    ]


def test_a_call_that_was_missed_blames_nobody(sems: Client, dossier: Dossier, noor: Person) -> None:
    commands.note(dossier, text="", is_reached=False, by=noor)
    assert "Het lukte niet om je te spreken" in sems.get(address("notes")).text


def test_many_notes_come_a_page_at_a_time(sems: Client, dossier: Dossier, noor: Person) -> None:
    for number in range(22):
        commands.note(dossier, text=f"gesprek {number}", at=timezone.now() - timedelta(days=number), by=noor)
    first, second = (sems.get(address("notes"), {"page": page}).context["lines"] for page in (1, 2))
    assert (len(first), len(second)) == (20, 3)


def test_his_work_and_what_was_agreed(sems: Client, placement: Placement, noor: Person) -> None:
    placements.amend(placement, points={"hours": "Van 8 tot 4", "guidance": "Rob helpt je"}, by=noor)
    page = sems.get(address("work")).text
    for words in ("Proefweken", "kwetter-sem-work werk", "Je tijden", "Van 8 tot 4", "Rob helpt je"):
        assert words in page


# --- what is known of him ------------------------------------------------------------


KNOWN = {
    "first_name": "Sem",
    "last_name": "",
    "nickname": "S",
    "phone": "",
    "whatsapp": "06 1",
    "social": "",
    "via": "",
}


def test_he_reads_what_is_known_of_him(sems: Client) -> None:
    page = sems.get(address("known")).text
    for words in ("voornaam", "bijnaam", "nummer", "veilig", "introducé", "wens"):
        assert f"{words}" in page
    assert "Meer weten we niet van je." in page


def test_he_changes_it_himself(sems: Client, sem: Person, dossier: Dossier) -> None:
    words = KNOWN | {"safety": "Niet bellen, wel appen 🤫"}
    assert sems.post(address("describe"), words).headers["Location"] == address("known")
    now = fresh(dossier)
    assert text(sem, now, "safety") == "Niet bellen, wel appen 🤫"
    assert text(sem, now, "first_name") == "Sem"
    assert Reader(sem).json(now.reach) == {"whatsapp": "06 1"}


def test_he_says_himself_what_his_coach_must_mind(sems: Client, sem: Person, dossier: Dossier, noor: Person) -> None:
    commands.describe(dossier, careful=["home", "at_evening"], by=noor)
    opened = sems.get(address("describe")).context["form"]
    assert (opened["mind"].value(), opened["hours"].value()) == (["home"], ["at_evening"])
    typed = KNOWN | {"mind": ["parents"], "only_by": ["by_whatsapp"], "hours": ["at_evening"], "may_know": "mijn zus"}
    assert sems.post(address("describe"), typed).status_code == 302
    assert text(sem, dossier, "careful") == '["parents", "by_whatsapp", "at_evening"]'
    assert text(sem, dossier, "may_know") == "mijn zus"
    shown = sems.get(address("known")).content.decode()
    assert "De ouders weten het niet" in shown and "mijn zus" in shown
    assert sems.post(address("describe"), typed | {"mind": ["moon"]}).status_code == 422


def test_a_way_to_reach_him_that_is_not_asked_for_stays(sems: Client, sem: Person, dossier: Dossier) -> None:
    commands.describe(dossier, reach={"signal": "sem.99", "phone": "06 2"}, by=sem)
    sems.post(address("describe"), KNOWN | {"safety": ""})
    assert Reader(sem).json(fresh(dossier).reach) == {"signal": "sem.99", "whatsapp": "06 1"}


def test_changing_nothing_writes_nothing(sems: Client, dossier: Dossier) -> None:
    form = sems.get(address("describe")).context["form"]
    sems.post(address("describe"), {field.html_name: field.value() for field in form if field.value() != []})
    assert "dossier.described" not in verbs(dossier)


def test_too_long_comes_back_whole(sems: Client, dossier: Dossier) -> None:
    long = "niet bellen " * 100
    response = sems.post(address("describe"), KNOWN | {"safety": long})
    assert response.status_code == 422
    assert long.strip() in response.text


# --- how it goes ---------------------------------------------------------------------


def told(dossier: Dossier) -> FilledSheet:
    return dossier.filledsheet_set.filter(voice="youth").latest("started_at")


def test_he_tells_how_it_goes_with_faces(sems: Client, sem: Person, dossier: Dossier) -> None:
    assert sems.post(address("tell"), {"money": "2", "mental": "5", "remark": "Gaat oké 🙂"}).status_code == 302
    assert levels(sem, told(dossier)) == {"money": 2, "mental": 5}
    page = sems.get(address("scans")).text
    assert "niet goed" in page
    assert "Gaat oké 🙂" in page


def test_every_part_of_life_can_be_skipped(sems: Client, dossier: Dossier) -> None:
    page = sems.get(address("tell")).text
    assert page.count("data-one ") == 14  # thirteen domains, and all in all
    assert " required" not in page
    assert sems.post(address("tell"), {"remark": "Alleen dit."}).status_code == 302


def test_nothing_at_all_is_asked_again_kindly(sems: Client, dossier: Dossier) -> None:
    response = sems.post(address("tell"), {})
    assert response.status_code == 422
    assert "Vul minstens één ding in." in response.text


@pytest.mark.parametrize("wrong", [{"money": "6"}, {"money": "blij"}, {"remark": "r" * 4001}])
def test_what_is_not_right_yet_comes_back_with_every_answer(
    sems: Client, dossier: Dossier, wrong: dict[str, str]
) -> None:
    response = sems.post(address("tell"), {"work": "4", "remark": "Mijn woorden"} | wrong)
    assert response.status_code == 422
    assert 'name="work" id="id_work_1" value="4" checked' in response.text
    assert wrong.get("remark", "Mijn woorden") in response.text
    assert not dossier.filledsheet_set.filter(voice="youth").exists()


def test_pressing_twice_tells_it_once(sems: Client, dossier: Dossier) -> None:
    for _ in range(2):
        sems.post(address("tell"), {"money": "2", "once": "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"})
    assert dossier.filledsheet_set.filter(voice="youth").count() == 1


def test_two_views_stand_side_by_side_and_nobody_is_right(
    sems: Client, dossier: Dossier, noor: Person, sem: Person
) -> None:
    scans.tell(dossier, ratings={"money": 5}, by=sem)
    page = sems.get(address("scans"))
    money = next(line for line in page.context["lines"] if line.name == "Geld")
    assert (money.face_word, money.level_word) == ("heel goed", "dit lukt nog niet alleen")
    assert "Jullie zien dit anders. Praat erover." in page.text
