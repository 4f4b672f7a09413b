"""Delen zonder ja, at every desk: the coach begins, a colleague thinks along, the receiver reads, the youth knows."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Link, Person
from ipta.dossiers.models import Dossier, View
from ipta.sharing.door import Reader
from ipta.sharing.models import Consultation, Doubt, Warning
from ipta.sharing.warning import reading
from tests.asking import looks, row_counts, text
from tests.cast import CANARY, canary, fresh

SignIn = Callable[[Person], Client]
FACTS = "Hij zegt dat hij morgen iemand gaat opwachten bij de school."
WHY = "Als hij het nu hoort, loopt een ander gevaar."
ONCE = "22222222-2222-4222-8222-222222222222"
NOW = datetime.fromisoformat("2026-03-02T14:30:00+01:00")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def noors(noor: Person, dossier: Dossier, client_for: SignIn) -> Client:
    return client_for(noor)


@pytest.fixture
def typed(dossier: Dossier, noor: Person, lotte: Person) -> dict[str, Any]:
    lines = {pick.kind: pick.key for pick in reversed(reading.pickable(dossier, Reader(noor)))}
    return {
        "ground": "code", "facts": FACTS, "items": [lines["note"], lines["step"]], "to_name": "Ans de Wit",
        "to_function": "wijkagent", "to_organisation": "Politie Zoetermeer", "way": "link", "hours": "24",
        "second": str(lotte.pk), "question": "", "wait_until": "", "wait_why": "", "once": ONCE,
    }  # fmt: skip


def of(dossier: Dossier, name: str = "warn") -> str:
    return reverse(f"coach:{name}", args=[dossier.pk])


def about(warning: Warning, name: str) -> str:
    return reverse(f"coach:{name}", args=[warning.dossier_id, warning.pk])


def begin(noors: Client, dossier: Dossier, typed: dict[str, Any], **other: Any) -> Warning:
    answer = noors.post(of(dossier), typed | {"zeker": "1"} | other)
    assert answer.status_code == 302, answer.text
    return Warning.objects.latest("made_at")


def say(client: Client, answer: str = "yes") -> None:
    asked = Consultation.objects.latest("asked_at")
    page = reverse("second:consultation", args=[asked.pk])
    assert client.post(page, {"answer": answer, "words": "Dit kan niet wachten."}).status_code == 302


def link_in(page: str) -> str:
    found = re.search(r"http://testserver(/lezen/[^/<]+/)", page)
    assert found, page
    return found[1]


# --- the coach ----------------------------------------------------------------------------------------------


def test_the_coach_reads_it_all_once_more_before_anything_happens(
    noors: Client, dossier: Dossier, typed: dict[str, Any]
) -> None:
    before = row_counts()
    page = noors.post(of(dossier), typed).text
    for words in (FACTS, "Ans de Wit, wijkagent, Politie Zoetermeer", canary("sem", "contacts"), "Ja, vraag Lotte"):
        assert words in page
    assert canary("sem", "family") not in page
    after = row_counts()
    assert {name for name in after if after[name] != before[name]} <= {"sharing.Look", "journal.Chain"}


def test_going_back_keeps_every_word(noors: Client, dossier: Dossier, typed: dict[str, Any]) -> None:
    answer = noors.post(of(dossier), typed | {"terug": "1"})
    assert answer.status_code == 200
    assert FACTS in answer.text
    assert "Ans de Wit" in answer.text
    assert answer.text.count("checked") >= 6  # ground, two lines, way, hours, second
    assert not Warning.objects.exists()


def test_two_taps_are_one_warning(noors: Client, dossier: Dossier, typed: dict[str, Any]) -> None:
    begin(noors, dossier, typed)
    begin(noors, dossier, typed)
    assert Warning.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"facts": ""}, "Schrijf op wat er aan de hand is."),
        ({"facts": "nood"}, "Schrijf het in een hele zin."),
        ({"ground": ""}, "Kies waarom."),
        ({"to_name": ""}, "Schrijf de naam op."),
        ({"second": ""}, "Kies een collega."),
        ({"items": ["note:x"]}, "Kies een van de antwoorden die er staan."),
        ({"wait_why": WHY}, "Kies de dag waarop de jongere het hoort."),
        ({"wait_until": "2026-03-05"}, "Schrijf het in een hele zin."),
        ({"wait_until": "2026-03-17", "wait_why": WHY}, "uiterlijk 16-03-2026"),
    ],
)
def test_what_is_missing_is_said_beside_it(
    noors: Client, dossier: Dossier, typed: dict[str, Any], other: dict[str, Any], says: str
) -> None:
    answer = noors.post(of(dossier), typed | {"zeker": "1"} | other)
    assert answer.status_code == 422
    assert says in answer.text
    assert not Warning.objects.exists()


def test_it_waits_for_the_colleague_and_then_there_is_a_link(
    noors: Client, dossier: Dossier, typed: dict[str, Any], lotte: Person, client_for: SignIn
) -> None:
    warning = begin(noors, dossier, typed)
    assert "Wacht op Lotte." in noors.get(about(warning, "warning")).text
    assert noors.post(about(warning, "give_warning")).status_code == 302
    assert not Link.objects.filter(kind="warning").exists()
    say(client_for(lotte))
    assert "Lotte zei ja. Vertel het nu." in noors.get(reverse("coach:youth", args=[dossier.pk])).text
    page = noors.post(about(warning, "give_warning"))
    assert link_in(page.text)
    assert CANARY not in page.text
    assert noors.post(about(warning, "give_warning")).status_code == 302  # it is shown once


def test_by_telephone_the_page_shows_what_to_say(noors: Client, dossier: Dossier, typed: dict[str, Any]) -> None:
    warning = begin(noors, dossier, typed, ground="acute", way="voice")
    page = noors.get(about(warning, "warning")).text
    assert FACTS in page
    assert canary("sem", "contacts") in page
    assert "Ik heb het verteld" in page
    noors.post(about(warning, "give_warning"))
    assert "Verteld: maandag 2 maart" in noors.get(about(warning, "warning")).text


def test_who_has_the_emergency_button_does_the_same(
    rik: Person, world: Dossier, typed: dict[str, Any], client_for: SignIn
) -> None:
    riks = client_for(rik)
    assert begin(riks, world, typed).made_by == rik


def test_his_coach_sees_what_somebody_else_told(
    rik: Person, noor: Person, world: Dossier, typed: dict[str, Any], client_for: SignIn
) -> None:
    begin(client_for(rik), world, typed)
    assert "Rik deelt iets zonder ja" in client_for(noor).get(reverse("coach:youth", args=[world.pk])).text


def test_vandaag_tells_that_the_colleague_answered_and_what_somebody_else_told(
    noors: Client, world: Dossier, typed: dict[str, Any], rik: Person, lotte: Person, client_for: SignIn
) -> None:
    begin(noors, world, typed)
    assert "zonder ja" not in noors.get("/vandaag/").text
    say(client_for(lotte))
    assert "Lotte zei ja. Vertel het nu." in noors.get("/vandaag/").text
    begin(client_for(rik), world, typed, once="33333333-3333-4333-8333-333333333333")
    assert "Rik deelt iets zonder ja" in noors.get("/vandaag/").text


# --- the colleague ------------------------------------------------------------------------------------------


def test_the_colleague_reads_what_the_coach_chose_and_no_name(
    noors: Client, dossier: Dossier, typed: dict[str, Any], lotte: Person, client_for: SignIn
) -> None:
    begin(noors, dossier, typed, question="Een jongen dreigt iemand iets aan te doen.")
    lottes = client_for(lotte)
    assert "Noor vraagt of je meedenkt" in lottes.get("/meedenken/").text
    page = lottes.get(reverse("second:consultation", args=[Consultation.objects.get().pk])).text
    assert "Een jongen dreigt iemand iets aan te doen." in page
    assert "wijkagent, Politie Zoetermeer" in page
    for word in (FACTS, "Ans", CANARY, "Sem"):
        assert word not in page


def test_only_the_one_who_is_asked_finds_it(
    noors: Client,
    dossier: Dossier,
    typed: dict[str, Any],
    pepijn: Person,
    noor: Person,
    sem: Person,
    client_for: SignIn,
) -> None:
    begin(noors, dossier, typed)
    page = reverse("second:consultation", args=[Consultation.objects.get().pk])
    for person in (pepijn, noor, sem):
        browser = client_for(person)
        assert (browser.get(page).status_code, browser.post(page, {"answer": "yes"}).status_code) == (404, 404)


def test_a_no_is_said_to_the_coach_with_the_reason(
    noors: Client, dossier: Dossier, typed: dict[str, Any], lotte: Person, client_for: SignIn
) -> None:
    warning = begin(noors, dossier, typed)
    say(client_for(lotte), "no")
    page = noors.get(about(warning, "warning")).text
    assert "Lotte zei nee. Er is niets verteld." in page
    assert "Dit kan niet wachten." in page
    assert "Maak de link" not in page


# --- the receiver -------------------------------------------------------------------------------------------


def test_a_robot_reads_nothing_and_the_button_shows_what_was_picked(
    noors: Client, dossier: Dossier, typed: dict[str, Any], clock: Any
) -> None:
    warning = begin(noors, dossier, typed, ground="acute")
    link = link_in(noors.post(about(warning, "give_warning")).text)
    before = row_counts()
    door = Client().get(link)
    for word in (FACTS, "Noor", "IPTA", "Ans", CANARY):
        assert word not in door.text
    assert row_counts() == before
    page = Client().post(link)
    for word in (
        FACTS,
        "Acuut gevaar",
        "Van Noor",
        "Voor Ans de Wit",
        canary("sem", "contacts"),
        canary("sem", "plan"),
    ):
        assert word in page.text
    assert canary("sem", "identity") not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert [look.section for look in looks(dossier) if look.reader_role == "warning"] == ["contacts", "plan"]
    clock.shift(timedelta(hours=24))
    assert Client().post(link).status_code == 404
    assert Client().get(link).status_code == Client().get("/lezen/zomaar-iets/").status_code == 404


def test_stopping_ends_the_link_at_once(noors: Client, dossier: Dossier, typed: dict[str, Any]) -> None:
    warning = begin(noors, dossier, typed, ground="acute")
    link = link_in(noors.post(about(warning, "give_warning")).text)
    noors.post(about(warning, "stop_warning"))
    assert Client().post(link).status_code == 404


# --- the youth ----------------------------------------------------------------------------------------------


def test_the_youth_reads_what_to_whom_and_why_as_soon_as_it_is_told(
    noors: Client, dossier: Dossier, typed: dict[str, Any], sem: Person, client_for: SignIn
) -> None:
    sems = client_for(sem)
    warning = begin(noors, dossier, typed, ground="acute")
    assert "Je coach moest iets vertellen" not in sems.get("/ik/").text
    Client().post(link_in(noors.post(about(warning, "give_warning")).text))
    assert "Je coach moest iets vertellen" in sems.get("/ik/").text
    page = sems.get(reverse("youth:warnings")).text
    for word in (FACTS, "Ans de Wit", "Er was gevaar.", canary("sem", "contacts"), "Noor vertelde dit aan"):
        assert word in page
    read = sems.get(reverse("youth:looks")).text
    assert "Ans de Wit" in read
    assert "Je coach moest dit vertellen, zonder jouw ja." in read


def test_on_a_day_that_is_set_he_reads_it_with_the_reason_and_nothing_before(
    noors: Client, dossier: Dossier, typed: dict[str, Any], sem: Person, client_for: SignIn, clock: Any, lotte: Person
) -> None:
    warning = begin(noors, dossier, typed, wait_until="2026-03-05", wait_why=WHY)
    say(client_for(lotte))
    Client().post(link_in(noors.post(about(warning, "give_warning")).text))
    sems = client_for(sem)
    pages = (
        "/ik/",
        reverse("youth:warnings"),
        reverse("youth:looks"),
        reverse("youth:about_me"),
        reverse("youth:paper"),
    )
    seen = [sems.get(page).text for page in pages]
    for word in ("Ans", FACTS, WHY, "moest iets vertellen", "Lotte"):
        assert not [page for page in seen if word in page], word
    view = reverse("youth:view", args=["verteld", warning.pk])
    assert sems.get(view).status_code == 404
    assert sems.post(reverse("youth:complain", args=[warning.pk])).status_code == 404
    clock.move_to(datetime.fromisoformat("2026-03-05T00:00:00+01:00"))
    sems = client_for(sem)
    page = sems.get(reverse("youth:warnings")).text
    assert FACTS in page
    assert WHY in page
    assert "Lotte dacht mee, en zei ja:" in page
    assert sems.get(view).status_code == 200


def test_he_writes_his_side_and_says_it_is_not_right(
    noors: Client, dossier: Dossier, typed: dict[str, Any], sem: Person, client_for: SignIn, pepijn: Person
) -> None:
    warning = begin(noors, dossier, typed, ground="acute")
    noors.post(about(warning, "give_warning"))
    sems = client_for(sem)
    sems.post(reverse("youth:view", args=["verteld", warning.pk]), {"text": "Ik maakte een grap."})
    sems.post(reverse("youth:complain", args=[warning.pk]))
    assert text(sem, View.objects.get(line=warning.pk), "text") == "Ik maakte een grap."
    assert Doubt.objects.count() == 1
    page = sems.get(reverse("youth:warnings")).text
    for word in ("Ik maakte een grap.", "Gemeld", str(pepijn.email)):
        assert word in page
    assert "Ik maakte een grap." in sems.get(reverse("youth:paper")).text, "it goes along on paper"


def test_later_is_made_longer_once(noors: Client, dossier: Dossier, typed: dict[str, Any]) -> None:
    warning = begin(noors, dossier, typed, wait_until="2026-03-05", wait_why=WHY)
    page = about(warning, "wait_longer")
    longer = {"wait_until": "2026-03-19", "wait_why": "Het onderzoek loopt nog."}
    assert noors.get(page).status_code == 200
    assert noors.post(page, longer | {"wait_until": "2026-03-20"}).status_code == 422
    assert noors.post(page, longer).status_code == 302
    assert fresh(warning).times_postponed == 2
    assert "Nog langer wachten kan niet." in noors.post(page, longer | {"wait_until": "2026-03-25"}).text
    noors.post(about(warning, "tell_now"))
    assert fresh(warning).is_told


@pytest.mark.parametrize(
    ("wait", "says"),
    [({}, "leest dat jij dit kreeg"), ({"wait_until": "2026-03-05", "wait_why": WHY}, "Praat er niet met")],
)
def test_who_reads_is_told_to_keep_silent_as_long_as_the_youth_does_not_know(
    noors: Client, dossier: Dossier, typed: dict[str, Any], wait: dict[str, Any], says: str
) -> None:
    warning = begin(noors, dossier, typed, ground="acute", **wait)
    assert says in Client().post(link_in(noors.post(about(warning, "give_warning")).text)).text


def test_in_his_log_the_colleague_and_the_receiver_each_have_a_name(
    noors: Client, dossier: Dossier, typed: dict[str, Any], sem: Person, lotte: Person, client_for: SignIn
) -> None:
    warning = begin(noors, dossier, typed)
    lottes = client_for(lotte)
    lottes.get(reverse("second:consultation", args=[warning.asked_of.pk]))
    say(lottes)
    Client().post(link_in(noors.post(about(warning, "give_warning")).text))
    page = client_for(sem).get(reverse("youth:looks")).text
    for words in ("Ans de Wit", "Lotte", "Deze collega dacht mee"):
        assert words in page


# --- who keeps an eye on it ---------------------------------------------------------------------------------


def test_the_count_is_seen_and_not_the_content(
    noors: Client,
    dossier: Dossier,
    typed: dict[str, Any],
    fem: Person,
    lotte: Person,
    pepijn: Person,
    client_for: SignIn,
) -> None:
    warning = begin(noors, dossier, typed, ground="acute", wait_until="2026-03-05", wait_why=WHY)
    noors.post(about(warning, "give_warning"))
    officers = reverse("oversight:warnings", args=[dossier.municipality_id])
    numbers = reverse("municipality:warnings")
    for person, address in ((fem, numbers), (lotte, numbers), (pepijn, officers)):
        page = client_for(person).get(address).text
        assert "maart 2026" in page
        for word in (FACTS, WHY, "Ans", "wijkagent", CANARY, "Sem"):
            assert word not in page
    page = client_for(pepijn).get(officers).text
    assert "De jongere leest het vanaf donderdag 5 maart" in page
    assert "Lotte" in page
    assert client_for(fem).get(officers).status_code == 404
