"""The page of somebody who has not said yes: trying in two taps, the chain, what works, and when it goes."""

import html
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Municipality, Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Note
from ipta.scouting import commands as scouting
from ipta.scouting.models import Find, FindingPlace
from tests.asking import text
from tests.cast import days_ago, fresh
from tests.conftest import sign_in
from tests.web.coach.shared import ONCE, assert_is_not_there, assert_same_number, of

SCOUT = "/jongeren/nieuw/"
MINDED = ("De ouders weten het niet.", "Niet thuis langsgaan.", "Alleen zo: WhatsApp.", "Mag het weten: zijn zus")


def page(client: Client, url: str) -> str:
    return html.unescape(client.get(url).content.decode())


@pytest.fixture
def hers(noor: Person) -> Client:
    return sign_in(noor)


@pytest.fixture
def minded(zoetermeer: Municipality, noor: Person) -> Dossier:
    """Somebody with whom there is a lot to mind."""
    careful = ["parents", "home", "by_whatsapp", "at_afternoon"]
    reach = {"whatsapp": "06 12345678", "phone": "06 87654321"}
    find = scouting.meet(
        zoetermeer, nickname="Y.", careful=careful, may_know="zijn zus", safety="App eerst.", reach=reach, by=noor
    )
    dossier: Dossier = find.dossier
    return dossier


def as_sent(form: Any) -> dict[str, Any]:
    """What a browser sends: of chips those that are chosen."""
    return {bound.html_name: bound.value() or "" for bound in form if bound.value() != []}


def tried(dossier: Dossier, hour: int, channel: str, *, reached: bool, by: Person, days: int = 1) -> None:
    at = timezone.make_aware(datetime.combine(days_ago(days), datetime.min.time())) + timedelta(hours=hour)
    commands.note(dossier, text="", channel=channel, is_reached=reached, at=at, by=by)


# --- two taps --------------------------------------------------------------------------


@pytest.mark.parametrize(("outcome", "is_reached"), [("reached", True), ("missed", False)])
def test_one_chip_and_one_button_and_no_word(hers: Client, scouted: Dossier, outcome: str, is_reached: bool) -> None:
    answer = hers.post(of(scouted, "attempt"), {"channel": "whatsapp", "outcome": outcome})
    assert answer.headers["Location"] == of(scouted, "youth")
    note = Note.objects.get(dossier=scouted)
    assert (note.channel, note.is_reached) == ("whatsapp", is_reached)
    assert not note.text


def test_the_way_of_last_time_is_chosen_already(hers: Client, scouted: Dossier, noor: Person) -> None:
    assert page(hers, of(scouted, "youth")).count('value="met" checked') == 1
    tried(scouted, 12, "called", reached=False, by=noor)
    shown = page(hers, of(scouted, "youth"))
    assert 'value="called" checked' in shown and 'value="met" checked' not in shown


def test_a_visit_is_not_chosen_already_where_nobody_may_come_by(hers: Client, minded: Dossier, noor: Person) -> None:
    tried(minded, 12, "visit", reached=False, by=noor)
    shown = page(hers, of(minded, "youth"))
    assert 'value="met" checked' in shown and 'value="visit" checked' not in shown


def test_the_place_that_he_chose_is_kept(hers: Client, scouted: Dossier, noor: Person) -> None:
    hers.post(of(scouted, "attempt"), {"channel": "met", "outcome": "reached", "place": "het veldje"})
    assert text(noor, Note.objects.get(dossier=scouted), "place") == "het veldje"


@pytest.mark.parametrize("wrong", [{"outcome": ""}, {"outcome": "maybe"}, {"channel": "pigeon"}, {"channel": ""}])
def test_what_is_no_answer_comes_back_with_the_place(hers: Client, scouted: Dossier, wrong: dict[str, str]) -> None:
    answer = hers.post(of(scouted, "attempt"), {"channel": "met", "outcome": "reached", "place": "het veldje"} | wrong)
    assert answer.status_code == 422
    assert "het veldje" in answer.content.decode()
    assert not Note.objects.exists()


def test_two_taps_on_one_button_are_one_attempt(hers: Client, scouted: Dossier) -> None:
    for _tap in range(2):
        hers.post(of(scouted, "attempt"), {"channel": "met", "outcome": "missed", "once": ONCE})
    assert Note.objects.count() == 1


# --- the chain --------------------------------------------------------------------------


def test_from_the_place_by_the_introducer_to_the_first_talk(
    hers: Client, zoetermeer: Municipality, barbershop: FindingPlace, noor: Person
) -> None:
    typed = {
        "nickname": "Y.",
        "place": str(barbershop.pk),
        "introduced_by": "Said",
        "known_from": "de buurt",
        "introduction": "Slimme jongen.",
    }
    answer = hers.post(SCOUT, typed)
    dossier = Dossier.objects.get()
    shown = page(hers, answer.headers["Location"])
    chain = shown.split('class="chain"')[1].split("</ol>")[0]
    assert "Kapper · Kapper Said" in chain and reverse("coach:finding_place", args=[barbershop.pk]) in chain
    assert "Said" in chain and "Ze kennen elkaar zo: de buurt" in chain and "Slimme jongen." in chain
    assert chain.count("chain__step--open") == 1 and "Nog niet" in chain
    tried(dossier, 12, "met", reached=False, by=noor, days=2)
    tried(dossier, 12, "met", reached=True, by=noor, days=1)
    tried(dossier, 12, "met", reached=True, by=noor, days=0)
    chain = page(hers, of(dossier, "youth")).split('class="chain"')[1].split("</ol>")[0]
    assert "chain__step--open" not in chain
    assert str(days_ago(1).day) in chain.split("Eerste gesprek")[1]


def test_a_place_comes_along_from_the_book(hers: Client, barbershop: FindingPlace) -> None:
    shown = page(hers, f"{SCOUT}?plek={barbershop.pk}")
    assert re.search(rf'value="{barbershop.pk}" selected', shown)
    assert hers.get(f"{SCOUT}?plek=nonsense").status_code == 200


def test_a_new_place_goes_into_the_book_only_when_that_is_said(hers: Client) -> None:
    hers.post(SCOUT, {"nickname": "A", "where": "Plein", "kind": "street"})
    assert not FindingPlace.objects.exists()
    hers.post(SCOUT, {"nickname": "B", "where": "Plein", "kind": "street", "is_new_place": "on"})
    assert FindingPlace.objects.get().name == "Plein"
    for wrong in ({"where": ""}, {"kind": "unknown"}):
        typed = {"nickname": "C", "where": "Hoek", "kind": "street", "is_new_place": "on", "introduced_by": "Jan"}
        answer = hers.post(SCOUT, typed | wrong)
        assert answer.status_code == 422 and "Jan" in answer.content.decode()
    assert FindingPlace.objects.count() == 1 and Dossier.objects.count() == 2


def test_a_place_of_another_town_cannot_be_chosen(
    hers: Client, schiedam: Municipality, yara: Person, barbershop: Any
) -> None:
    theirs = scouting.add_finding_place(schiedam, kind="street", name="Elders", by=yara)
    assert hers.post(SCOUT, {"nickname": "A", "place": str(theirs.pk)}).status_code == 422
    assert "Elders" not in page(hers, SCOUT)


def test_it_can_be_told_once_more_and_nobody_is_written_over_unseen(
    hers: Client, scouted: Dossier, noor: Person, barbershop: FindingPlace
) -> None:
    at = of(scouted, "retell")
    form = hers.get(at).context["form"]
    opened = as_sent(form)
    assert hers.post(at, opened | {"age": "19", "plays": ["money"], "place": str(barbershop.pk)}).status_code == 302
    find = Find.objects.get(dossier=scouted)
    assert (text(noor, find, "age"), text(noor, find, "plays")) == ("19", '["money"]')
    assert text(noor, find, "place_in_book") == str(barbershop.pk)
    answer = hers.post(at, opened | {"age": "20"})
    assert answer.status_code == 409
    shown = html.unescape(answer.content.decode())
    assert "19" in shown and 'value="20"' in shown
    assert text(noor, fresh(find), "age") == "19"


# --- lightly, whether it fits -------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "says"), [("15", "leerplichtambtenaar"), ("31", "sociale dienst"), ("20", ""), ("", "")]
)
def test_outside_the_group_it_says_whom_else_to_think_of(
    hers: Client, scouted: Dossier, noor: Person, age: str, says: str
) -> None:
    scouting.retell(Find.objects.get(dossier=scouted), age=age, by=noor)
    shown = page(hers, of(scouted, "youth"))
    assert ("Jij beslist." in shown) is bool(says)
    assert says in shown


@pytest.mark.parametrize("age", ["15", "31"])
def test_who_is_outside_the_group_says_yes_all_the_same(hers: Client, scouted: Dossier, noor: Person, age: str) -> None:
    scouting.retell(Find.objects.get(dossier=scouted), age=age, by=noor)
    assert hers.post(of(scouted, "join"), {"how": "together", "first_name": "Rox"}).status_code == 302
    assert fresh(scouted).is_taking_part


def test_what_plays_and_what_he_wants_stand_in_words_without_a_score(
    hers: Client, scouted: Dossier, noor: Person
) -> None:
    find = Find.objects.get(dossier=scouted)
    scouting.retell(find, plays=["money", "housing"], motivated="unsure", wants="Eigen zaak", by=noor)
    shown = page(hers, of(scouted, "youth"))
    assert "Financiën, Huisvesting" in shown and "Weet ik nog niet" in shown and "Eigen zaak" in shown
    assert not re.search(r"score|risico|punten|procent|%<", shown.lower())


# --- what to mind --------------------------------------------------------------------------


def test_everything_typed_to_mind_is_kept(hers: Client, noor: Person) -> None:
    typed = {
        "nickname": "Y.",
        "mind": ["parents", "home"],
        "only_by": ["by_whatsapp", "by_via"],
        "hours": ["at_evening"],
        "may_know": "zijn zus",
    }
    hers.post(SCOUT, typed)
    dossier = Dossier.objects.get()
    assert text(noor, dossier, "careful") == '["parents", "home", "by_whatsapp", "by_via", "at_evening"]'
    assert text(noor, dossier, "may_know") == "zijn zus"


def test_it_stands_in_words_with_an_icon_before_every_way_to_reach_him(
    hers: Client, minded: Dossier, noor: Person
) -> None:
    commands.appoint(minded, what="Koffie", place="thuis", starts_at=timezone.now() + timedelta(hours=1), by=noor)
    Dossier.objects.filter(pk=minded.pk).update(found_on=days_ago(9))
    for at in (*(of(minded, name) for name in ("youth", "appoint", "attempt", "network")), "/vandaag/"):
        shown = page(hers, at)
        main = shown.split("<main")[1]
        for line in (*MINDED, "App eerst."):
            assert line in main, f"{at}: {line}"
        links = [found.start() for found in re.finditer(r'href="(?:tel:|https://wa\.me/)', main)]
        if links:
            assert all(main.index(line) < min(links) for line in MINDED), at
        assert "M12 4.5 5.5 7c0 6" in main  # the shield


@pytest.mark.parametrize("place", ["bij hem thuis", "Thuis", "huisbezoek", "bij zijn moeder"])
def test_an_appointment_at_home_is_named_once(hers: Client, minded: Dossier, place: str) -> None:
    typed = {"what": "Koffie", "on": days_ago(-3).isoformat(), "at": "14:00", "place": place}
    answer = hers.post(of(minded, "appoint"), typed)
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Niet thuis langsgaan. Kies een andere plek, of stuur het toch." in shown and f'value="{place}"' in shown
    told = {"gezegd": answer.context["form"].told_of}
    assert hers.post(of(minded, "appoint"), typed | told).status_code == 302


@pytest.mark.parametrize("place", ["het buurthuis", "gemeentehuis", "bibliotheek", ""])
def test_any_other_place_is_fine(hers: Client, minded: Dossier, place: str) -> None:
    typed = {"what": "Koffie", "on": days_ago(-3).isoformat(), "at": "14:00", "place": place}
    assert hers.post(of(minded, "appoint"), typed).status_code == 302


def test_what_is_found_that_tells_how_to_reach_him_has_it_above(hers: Client, minded: Dossier) -> None:
    shown = html.unescape(hers.post("/zoeken/", {"wanted": "zus"}).content.decode())
    assert "Niet thuis langsgaan." in shown


def test_a_way_he_does_not_want_has_no_link(hers: Client, minded: Dossier, noor: Person) -> None:
    shown = page(hers, of(minded, "youth"))
    assert "https://wa.me/31612345678" in shown
    assert "tel:" not in shown and "06 87654321" in shown
    commands.describe(minded, careful=["by_via"], by=noor)
    assert "wa.me" not in page(hers, of(minded, "youth")).split("<main")[1]


def test_it_can_be_changed_and_two_tabs_do_not_overwrite_each_other_unseen(
    hers: Client, minded: Dossier, noor: Person
) -> None:
    at = of(minded, "describe")
    form = hers.get(at).context["form"]
    opened = as_sent(form)
    assert set(opened["mind"]) == {"parents", "home"}
    commands.describe(minded, careful=["home"], by=noor)
    answer = hers.post(at, opened)
    assert answer.status_code == 422
    assert "Intussen staat hier: Niet thuis langsgaan." in html.unescape(answer.content.decode())
    again = as_sent(answer.context["form"])
    assert hers.post(at, again).status_code == 302
    assert text(noor, minded, "careful") == '["parents", "home", "by_whatsapp", "at_afternoon"]'


def test_before_the_yes_no_page_asks_for_a_name_or_an_address(hers: Client, scouted: Dossier) -> None:
    pages = [SCOUT, *(of(scouted, name) for name in ("youth", "describe", "retell", "attempt", "keep", "note_about"))]
    for at in pages:
        asked = re.findall(r'<(?:input|textarea|select)[^>]*name="(\w+)"', hers.get(at).content.decode())
        assert not {"first_name", "last_name", "born", "address", "street", "postcode", "city"} & set(asked), at


# --- what works -------------------------------------------------------------------------------


def test_what_works_is_said_beside_the_ways_to_reach_him(hers: Client, scouted: Dossier, noor: Person) -> None:
    for hour in (14, 16, 19):
        tried(scouted, hour, "whatsapp", reached=True, by=noor, days=9)
    for hour in (9, 10):
        tried(scouted, hour, "whatsapp", reached=False, by=noor, days=9)
    Dossier.objects.filter(pk=scouted.pk).update(found_on=days_ago(12))
    assert "Reageert op WhatsApp, na 14.00 uur." in page(hers, of(scouted, "youth"))
    assert "Reageert op WhatsApp, na 14.00 uur." in page(hers, "/vandaag/?deel=stil")


def test_of_too_little_nothing_is_said(hers: Client, scouted: Dossier, noor: Person) -> None:
    for hour in (14, 16):
        tried(scouted, hour, "whatsapp", reached=True, by=noor)
    assert "Reageert op" not in page(hers, of(scouted, "youth"))


def test_nobody_is_sent_where_he_said_not_to_come(hers: Client, minded: Dossier, noor: Person) -> None:
    for channel in ("visit", "called"):
        for hour in (14, 16, 19):
            tried(minded, hour, channel, reached=True, by=noor)
        assert 'class="works"' not in page(hers, of(minded, "youth")), channel
        Note.objects.filter(dossier=minded).delete()


# --- gone without a yes ---------------------------------------------------------------------------


@pytest.fixture
def leaving(scouted: Dossier) -> Dossier:
    Dossier.objects.filter(pk=scouted.pk).update(found_on=days_ago(36))
    return fresh(scouted)  # type: ignore[no-any-return]


def test_the_coach_is_told_a_week_before_on_vandaag_and_on_his_page(hers: Client, leaving: Dossier) -> None:
    for at in ("/vandaag/", of(leaving, "youth")):
        shown = page(hers, at)
        assert "Zonder ja gaat alles weg" in shown and of(leaving, "keep") in shown, at
    Dossier.objects.filter(pk=leaving.pk).update(found_on=days_ago(34))
    for at in ("/vandaag/", of(leaving, "youth")):
        assert "Zonder ja gaat alles weg" not in page(hers, at), at


def test_one_tap_keeps_him_six_weeks_longer_with_a_reason(hers: Client, leaving: Dossier, noor: Person) -> None:
    answer = hers.post(of(leaving, "keep"), {"why": "We praten nog", "next": "/vandaag/"})
    assert answer.headers["Location"] == "/vandaag/"
    find = Find.objects.get(dossier=leaving)
    assert text(noor, find, "kept_why") == "We praten nog"
    assert "Zonder ja gaat alles weg" not in page(hers, of(leaving, "youth"))


def test_a_second_time_is_refused_and_the_words_stay(hers: Client, leaving: Dossier) -> None:
    hers.post(of(leaving, "keep"), {"why": "We praten nog"})
    answer = hers.post(of(leaving, "keep"), {"why": "Nog een keer"})
    assert answer.status_code == 422
    assert "Nog een keer kan niet." in answer.content.decode() and "Nog een keer</textarea>" in answer.content.decode()
    Dossier.objects.filter(pk=leaving.pk).update(found_on=days_ago(78))
    shown = page(hers, of(leaving, "youth"))
    assert "Je hield dit al een keer langer vast" in shown and of(leaving, "keep") not in shown


def test_a_reason_is_asked(hers: Client, leaving: Dossier) -> None:
    answer = hers.post(of(leaving, "keep"), {"why": " "})
    assert answer.status_code == 422 and "Schrijf kort op waarom." in answer.content.decode()


def test_who_takes_part_is_sent_on(hers: Client, dossier: Dossier) -> None:
    assert hers.get(of(dossier, "keep")).headers["Location"] == of(dossier, "youth")


# --- the yes, and whom else it concerns --------------------------------------------------------------


def test_after_the_yes_the_chain_is_folded_and_tells_how_it_was_given(hers: Client, scouted: Dossier) -> None:
    hers.post(of(scouted, "join"), {"how": "own_words", "present": "zijn zus", "first_name": "Rox"})
    shown = page(hers, of(scouted, "youth"))
    assert "In eigen woorden verteld · zijn zus" in shown
    assert "Hoe zocht je contact?" not in shown and 'class="chain"' in shown
    assert of(scouted, "retell") in shown  # what was forgotten can still be added


def test_the_youth_reads_all_of_it_himself(hers: Client, minded: Dossier, noor: Person) -> None:
    find = Find.objects.get(dossier=minded)
    scouting.retell(find, age="19", known_from="de buurt", plays=["money"], motivated="unsure", by=noor)
    scouting.keep(minded, why="Hij vroeg om tijd", by=noor)
    scouting.welcome(minded, first_name="Y", how="aloud", present="zijn zus", by=noor)
    youth = fresh(minded).youth
    shown = page(sign_in(youth), "/ik/over-mij/gegevens/")
    for words in (
        "De ouders weten het niet", "Niet thuis langsgaan", "WhatsApp", "App eerst.", "19", "de buurt", "Financiën",
        "Weet ik nog niet", "Hij vroeg om tijd", "Voorgelezen", "zijn zus",
    ):  # fmt: skip
        assert words in shown, words


def test_others_do_not_find_any_of_it(scouted: Dossier, strangers: tuple[Person, Person]) -> None:
    urls = [of(scouted, name) for name in ("retell", "attempt", "keep", "join")]
    assert_is_not_there([sign_in(person) for person in strangers], urls)


def test_his_page_asks_the_database_as_often_after_many_attempts(
    hers: Client, scouted: Dossier, noor: Person, queries: Any
) -> None:
    tried(scouted, 12, "met", reached=True, by=noor)
    assert_same_number(
        queries,
        lambda: hers.get(of(scouted, "youth")),
        lambda: [tried(scouted, hour, "met", reached=True, by=noor) for hour in range(5)],
    )
