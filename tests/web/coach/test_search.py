"""Searching in one's own caseload: found however it is written, only what one may read, and written down nowhere."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers import commands
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson, Note, OfDossier, View
from ipta.placements.models import Placement
from ipta.plans import commands as plans
from ipta.scans.instruments import commands as instruments
from ipta.scans.instruments import shelf
from ipta.scans.instruments.definition import read_definition
from ipta.sharing import commands as sharing
from ipta.sharing.models import Look
from ipta.sharing.rules import READS
from ipta.vault import keyring
from ipta.vault.fields import SealedField, SealedJSON
from ipta.vault.rules import SECTIONS
from ipta.web.coach.sought import KINDS
from ipta.web.models import KeptForm
from tests.asking import looks
from tests.cast import CANARY, canary, days_ago
from tests.house.test_looking import prints
from tests.method.instruments.made import choice, coding, item, questionnaire, said
from tests.web.coach.shared import assert_is_not_there, assert_same_work_for_more, forget_looks, sections_read

SEARCH = "/zoeken/"
SignIn = Callable[[Person], Client]


def found(client: Client, wanted: str) -> HttpResponse:
    response: HttpResponse = client.post(SEARCH, {"wanted": wanted})
    return response


def page(client: Client, wanted: str) -> str:
    """What one reads when something was looked for."""
    response = found(client, wanted)
    assert response.status_code == 200
    return unescape(response.content.decode())


def lines(shown: str) -> list[str]:
    """Each line in which it was found, as one reads it."""
    items = re.findall(r'<li class="row row--link found__line">(.*?)</li>', shown, re.S)
    return [" ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", item).split()) for item in items]


def marked(shown: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", shown)


def hrefs(shown: str) -> list[str]:
    return re.findall(r'<a class="row__title" href="(.*?)">', shown)


@pytest.fixture
def write(dossier: Dossier, noor: Person) -> Callable[..., Note]:
    def write(text: str, about: Dossier = dossier, days_ago: int = 0, **more: Any) -> Note:
        at = timezone.now() - timedelta(days=days_ago, minutes=1)
        note: Note = commands.note(about, text=text, at=at, by=noor, **more)
        return note

    return write


# --- Where it is asked ----------------------------------------------------------------------------


def test_the_page_of_the_youths_has_the_field(noors: Client) -> None:
    shown = noors.get(reverse("coach:youths")).text
    assert f'<form method="post" action="{SEARCH}"' in shown
    assert "Zoek bij je jongeren" in shown


def test_the_page_of_its_own_begins_empty_and_opens_nothing(noors: Client, dossier: Dossier) -> None:
    before = len(looks(dossier))
    shown = noors.get(SEARCH).text
    assert 'name="wanted"' in shown
    assert "gevonden" not in shown
    assert len(looks(dossier)) == before


def test_no_browser_remembers_or_sends_away_what_is_typed(noors: Client) -> None:
    field = re.search(r"<input[^>]*name=\"wanted\"[^>]*>", noors.get(SEARCH).text)
    assert field
    assert 'autocomplete="off"' in field[0]
    assert 'spellcheck="false"' in field[0]


# --- What is found --------------------------------------------------------------------------------


def test_a_word_of_a_note_is_found_with_its_day_and_the_words_around_it(noors: Client, write: Any) -> None:
    write("Hij gaat morgen naar de tandarts in het dorp.", days_ago=3, channel="visit")
    (line,) = lines(page(noors, "tandarts"))
    assert line.startswith("Notitie · Huisbezoek")
    assert "Hij gaat morgen naar de tandarts in het dorp." in line
    assert marked(page(noors, "tandarts")) == ["tandarts"]


def test_a_long_text_shows_only_what_is_around_the_word(noors: Client, write: Any) -> None:
    write("Begin. " + "lang verhaal " * 80 + "en dan de tandarts weer " + "nog meer " * 80 + "Einde.")
    (line,) = lines(page(noors, "tandarts"))
    assert "de tandarts weer" in line
    assert len(line) < 250
    assert "Begin" not in line
    assert "Einde" not in line


def test_only_the_texts_with_the_word_are_shown(noors: Client, dossier: Dossier) -> None:
    (line,) = lines(page(noors, "kwetter-sem-identity veilig"))
    assert line.startswith("Naam en contact Bijnaam:")
    assert "Achternaam" not in line
    assert "…" not in line


def test_of_the_people_around_him_the_name_is_said(noors: Client, dossier: Dossier, ria: NetworkPerson) -> None:
    (line,) = lines(page(noors, "moeder"))
    assert f"{canary('sem', 'family')} naam moeder" in line


@pytest.mark.parametrize("section", SECTIONS)
def test_words_of_every_section_are_found(noors: Client, dossier: Dossier, section: str) -> None:
    assert any(canary("sem", section) in unmarked for unmarked in lines(page(noors, canary("sem", section))))


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("kwetter-sem-identity nummer", "Naam en contact"),
        ("kwetter-sem-identity veilig", "Naam en contact"),
        ("kwetter-sem-contacts plek", "Notitie"),
        ("kwetter-sem-contacts introducé", "Zo begon het"),
        ("kwetter-sem-plan stap", "Stap"),
        ("kwetter-sem-plan doel", "Plan · Tekst 1"),
        ("kwetter-sem-plan belangrijk", "Plan · Tekst 1"),
        ("kwetter-sem-appointments waar", "Afspraak"),
        ("kwetter-sem-family naam", "Mensen"),
        ("kwetter-sem-scores scan", "Scan"),
        ("kwetter-sem-work werk", "Proefplaatsing"),
        ("kwetter-sem-money kant", "De eigen kant"),
    ],
)
def test_each_line_says_what_it_is_and_leads_to_where_it_stands(noors: Client, words: str, title: str) -> None:
    shown = page(noors, words)
    (line,) = [line for line in lines(shown) if line.startswith(title)]
    assert words.split()[1] in line
    href, _, anchor = hrefs(shown)[lines(shown).index(line)].partition("#")
    there = noors.get(href)
    assert there.status_code == 200
    # Of the cast the views in sections without lines stand beside nothing.
    assert f'id="{anchor}"' in there.text or title == "De eigen kant"


def test_the_firm_where_he_works_is_found(
    noors: Client, dossier: Dossier, placement: Placement, workplace: Any
) -> None:
    Placement.objects.filter(pk=placement.pk).update(workplace=workplace)
    (line,) = lines(page(noors, "garage"))
    assert line.startswith("Proefplaatsing · Garage Voorbeeld")


def test_what_the_youth_said_beside_a_line_leads_to_that_line(
    noors: Client, dossier: Dossier, sem: Person, note: Note, ria: NetworkPerson
) -> None:
    for line in (note, ria, dossier.find_set.get()):
        commands.view(line, text="Zo ging het niet hoor", by=sem)
        shown = page(noors, "hoor")
        href, _, anchor = hrefs(shown)[0].partition("#")
        there = noors.get(href).text
        assert f'id="{anchor}"' in there
        assert "Zo ging het niet hoor" in there
        View.objects.filter(line=line.pk).delete()


def test_a_note_of_long_ago_opens_its_own_page_of_the_timeline(noors: Client, dossier: Dossier, write: Any) -> None:
    old = write("Over de brommer.", days_ago=100)
    for number in range(60):
        write(f"Gewoon {number}", days_ago=number)
    href, _, anchor = hrefs(page(noors, "brommer"))[0].partition("#")
    assert anchor == f"regel-{old.pk}"
    assert f'id="{anchor}"' in noors.get(href).text
    assert f'id="{anchor}"' not in noors.get(href.partition("?")[0]).text


def test_what_was_corrected_says_so(noors: Client, write: Any, note: Note) -> None:
    first = write("Hij heet Jansen.")
    write("Hij heet Janssen.", replaces=first)
    assert any("(later verbeterd)" in line for line in lines(page(noors, "Jansen")))
    assert not any("(later verbeterd)" in line for line in lines(page(noors, "Janssen")))


def test_of_a_plan_that_was_rewritten_the_newest_text_counts(noors: Client, dossier: Dossier, noor: Person) -> None:
    for number, text in enumerate(["Elke dag hardlopen", "Elke week hardlopen"], start=1):
        plans.propose(dossier, based_on=number, goals=[], elements={"youth_does": text}, by=noor)
    (line,) = lines(page(noors, "hardlopen"))
    assert line.startswith("Plan · Tekst 3")
    (line,) = lines(page(noors, "dag hardlopen"))
    assert line.startswith("Plan · Tekst 2")


def test_what_was_written_for_a_successor_is_found_on_the_timeline(
    noors: Client, dossier: Dossier, noor: Person, bram: Person
) -> None:
    commands.hand_over(dossier, to=bram, on=days_ago(-5), words="Zijn oma bakt pannenkoeken.", by=noor)
    (line,) = lines(page(noors, "pannenkoeken"))
    assert line.startswith("Wat je moet weten")


def test_the_keys_of_the_code_are_no_words(noors: Client, dossier: Dossier) -> None:
    assert lines(page(noors, "youth")) == []
    assert lines(page(noors, "whatsapp")) == []


def test_every_sealed_text_can_be_found_or_says_why_not() -> None:
    not_searched = {
        "dossiers.Dossier.careful": "keys of the code",
        "scouting.Find.plays": "keys of the code",
        "scouting.Find.motivated": "a key of the code",
        "scouting.Find.place_in_book": "the id of a place; its name stands in where",
        "dossiers.Message.voice": "a voice, no words",
        "dossiers.Paper.content": "a picture or a PDF, no words",
        "scans.OwnAnswer.reply": "a key of the code",
        "law.Weighing.outcome": "a key of the code",
        "dossiers.NetworkPerson.ties": "keys of the code",
        "sharing.WarningItem.words": "a copy of a line that is found itself",
        "sharing.Consultation.receiver": "stands in the warning",
        "wraparound.Invitee.letter": "a copy of what is found itself: name, place and agenda",
        "sharing.Grant.purpose": "between the youth and whom he shares with; it stands with what is shared",
        "sharing.SharingRequest.reason": "the same, as long as it waits",
        "sharing.LookQuestion.answer": "between the youth and who looked; the coach's desk does not show it",
        "sharing.Emergency.reason": "stands on Vandaag for a week, and in the reading log",
    }
    sealed = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, OfDossier | Dossier)
        for field in model._meta.get_fields()
        if isinstance(field, SealedField)
    }
    searched = {f"{kind.model._meta.label}.{name}" for kind in KINDS for name in kind.fields}
    assert searched | set(not_searched) == sealed
    assert searched & set(not_searched) == set()
    for kind in KINDS:
        nested = [name for name in kind.fields if isinstance(kind.model._meta.get_field(name), SealedJSON)]
        assert list(kind.nested) == nested


# --- However it is written ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stands", "typed"),
    [
        ("TANDARTS", "tandarts"),
        ("één café", "een CAFE"),
        ("een cafe\u0301 op de hoek", "café"),
        ("Zoë", "zoe"),
        ("Çağla", "cagla"),
        ("ISPARTA", "ısparta"),
        ("İstanbul", "istanbul"),
        ("ırmak", "IRMAK"),
        ("Straße", "strasse"),
        ("STRASSE", "straße"),
        ("Łódź", "lodz"),
        ("Søren", "soren"),
        ("’s avonds", "'s avonds"),
        ("O’Brien", "o'brien"),
        ("moeder–zoon", "moeder-zoon"),
        ("سلام عليكم", "سلام"),
        ("nieuwe\nbaan", "nieuwe baan"),
        ("nieuwe baan", '"nieuwe baan"'),
        ("nieuwe baan", "  baan \t nieuwe "),
        ("ﬁets", "fiets"),
    ],
)
def test_it_is_found_however_it_is_written(noors: Client, write: Any, stands: str, typed: str) -> None:
    write(f"Begin {stands} einde")
    assert len(lines(page(noors, typed))) == 1


def test_what_was_found_is_marked_as_it_was_typed(noors: Client, write: Any) -> None:
    write("In de Straße van İstanbul een cafe\u0301.")
    assert marked(page(noors, "strasse istanbul cafe")) == ["Straße", "İstanbul", "cafe\u0301"]


def test_all_words_must_stand_in_one_line(noors: Client, write: Any) -> None:
    write("Hij moet naar school.")
    write("Hij moet naar de tandarts.")
    assert len(lines(page(noors, "hij moet"))) == 2
    assert len(lines(page(noors, "tandarts moet"))) == 1
    assert lines(page(noors, "school tandarts")) == []


def test_his_name_counts_with_every_line_about_him(noors: Client, write: Any, scouted: Dossier) -> None:
    write("Morgen naar de tandarts")
    write("Later naar de tandarts", about=scouted)
    assert len(lines(page(noors, "tandarts"))) == 2
    (line,) = lines(page(noors, "achternaam tandarts"))
    assert "Morgen naar de tandarts" in line
    assert all(line.startswith("Naam en contact") for line in lines(page(noors, "achternaam")))


@pytest.mark.parametrize(
    ("typed", "does_not_stand"),
    [
        ("100%", "100 euro"),
        ("a_b", "axb"),
        ("c:\\temp", "c:/temp"),
        ("hij.*weg", "hij ging weg"),
        ("(boos|blij)", "boos"),
        ("[a-z]+", "az"),
        ("wat?", "wa"),
        ("^hij$", "hij"),
        ("'; DROP TABLE dossiers_note; --", "dossiers_note"),
        ("{{ 7*7 }} ab", "49 ab"),
        ("%(wat)s", "wat"),
        ("<b>vet</b>", "vet"),
        ("&amp;x", "&x"),
    ],
)
def test_signs_are_plain_signs(noors: Client, write: Any, typed: str, does_not_stand: str) -> None:
    write(f"Begin {does_not_stand} einde")
    assert lines(page(noors, typed)) == []
    write(f"Begin {typed} einde")
    assert len(lines(page(noors, typed))) == 1


def test_nothing_that_stands_there_runs(noors: Client, write: Any) -> None:
    write("<script>alert(1)</script><img src=x> tandarts <b>")
    shown = found(noors, "tandarts").text
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<mark>&lt;script&gt;</mark>" in found(noors, "<script>").text


# --- What cannot be looked for ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "é", "%", "%_%", "\\", "a b", "..", "\x00", "a\x00", "\u200b\u3164", "''"]
)
def test_at_least_two_letters(noors: Client, dossier: Dossier, typed: str) -> None:
    before = len(looks(dossier))
    response = found(noors, typed)
    assert response.status_code == 422
    assert "Typ minstens twee letters." in response.text
    assert len(looks(dossier)) == before, "nothing was opened for it"


def test_a_whole_story_is_not_looked_for(noors: Client) -> None:
    response = found(noors, "a" * 10_000)
    assert response.status_code == 422
    assert "Houd het bij 100 tekens." in response.text


@pytest.mark.parametrize(
    ("bytes_typed", "status"), [(b"tand\x00arts", 200), (b"tandarts\xed\xa0\x80", 422), (b"tandarts\xff", 422)]
)
def test_what_is_no_text_breaks_nothing(noors: Client, write: Any, bytes_typed: bytes, status: int) -> None:
    """A sign that nobody sees is left out; where a letter got lost, that is said."""
    write("Naar de tandarts.")
    sent = b"wanted=" + b"".join(b"%%%02x" % byte for byte in bytes_typed)
    response = noors.post(SEARCH, sent, content_type="application/x-www-form-urlencoded")
    assert (response.status_code, "raakte een letter kwijt" in response.text) == (status, status == 422)


def test_nothing_found_says_what_to_try(noors: Client) -> None:
    shown = page(noors, "olifant")
    assert "Niets gevonden" in shown
    assert "Probeer een ander woord" in shown
    assert "olifant" in shown, "the word still stands in the field"


def test_who_coaches_nobody_finds_nothing(dossier: Dossier, olga: Person, client_for: SignIn) -> None:
    assert "Niets gevonden" in page(client_for(olga), CANARY)


# --- In what order, and how much ---------------------------------------------------------------------


def test_it_stands_under_each_youth_newest_first(noors: Client, write: Any, scouted: Dossier) -> None:
    write("Eerste keer tandarts", days_ago=9)
    write("Tweede keer tandarts", about=scouted, days_ago=5)
    write("Derde keer tandarts", days_ago=1)
    told = [line.split("Waar")[0] for line in lines(page(noors, "tandarts"))]
    assert [next(w for w in ("Eerste", "Tweede", "Derde") if w in line) for line in told] == [
        "Derde",
        "Eerste",
        "Tweede",
    ]
    shown = page(noors, "tandarts")
    assert shown.index("Derde") > shown.index(canary("sem", "identity"))
    assert shown.index("Tweede") > shown.index(canary("rox", "identity")) > shown.index("Eerste")


def test_lines_of_another_kind_take_their_place_in_time(
    noors: Client, dossier: Dossier, noor: Person, write: Any
) -> None:
    write("Tandarts gebeld", days_ago=2)
    with clock.at(timezone.now() - timedelta(days=1)):
        commands.promise(dossier, text="Tandarts betalen", owner="coach", by=noor)
    write("Tandarts geweest", days_ago=0)
    with clock.at(timezone.now() - timedelta(days=3)):
        commands.add_person(dossier, kind="other", name="De tandarts", by=noor)
    assert [line.split(" ")[0] for line in lines(page(noors, "tandarts"))] == ["Notitie", "Stap", "Notitie", "Mensen"]


def test_who_is_called_so_comes_first(noors: Client, write: Any, scouted: Dossier) -> None:
    write("Zijn vriend heet kwetter-rox-identity, zegt hij.")
    shown = page(noors, "kwetter-rox-identity")
    assert [line.split(" ")[0] for line in lines(shown)] == ["Naam", "Notitie"]


def test_who_is_no_longer_there_comes_last(noors: Client, write: Any, scouted: Dossier, noor: Person) -> None:
    write("Eerste keer tandarts", days_ago=9)
    write("Tweede keer tandarts", about=scouted, days_ago=1)
    assert lines(page(noors, "tandarts"))[0].find("Tweede") > 0
    commands.end(scouted, reason="stopped", by=noor)
    shown = page(noors, "tandarts")
    assert shown.index("Eerste") < shown.index("Afgerond") < shown.index("Tweede")


def test_more_than_fits_says_so_and_shows_the_newest(noors: Client, write: Any) -> None:
    for number in range(60):
        write(f"Koffie nummer {number}", days_ago=number)
    shown = page(noors, "koffie")
    assert len(lines(shown)) == 50
    assert "60 regels gevonden." in shown
    assert "Hier staan de nieuwste 50. Typ er een woord bij" in shown
    assert "nummer 49" in shown
    assert "nummer 50" not in shown


def test_what_to_know_first_stands_above_how_to_reach_him(noors: Client, write: Any) -> None:
    write("Naar de tandarts.")
    assert f"{canary('sem', 'identity')} veilig" in page(noors, "nummer")
    assert f"{canary('sem', 'identity')} veilig" not in page(noors, "tandarts")


# --- Only one's own, and only what one may read ---------------------------------------------------------


def test_a_stranger_finds_his_own_youths_only(brams: Client, dossier: Dossier, ali_dossier: Dossier) -> None:
    before = len(looks(dossier))
    shown = page(brams, CANARY)
    assert canary("kim", "contacts") in re.sub("</?mark>", "", shown)
    for words in ("sem", "kwetter-sem-contacts", "kwetter-ali-contacts"):
        assert lines(page(brams, words)) == []
    assert len(looks(dossier)) == before


def test_who_has_no_caseload_here_does_not_find_the_page(
    dossier: Dossier, sem: Person, nel: Person, lotte: Person, dana: Person, fem: Person, client_for: SignIn
) -> None:
    assert_is_not_there([client_for(person) for person in (sem, nel, lotte, dana, fem)], [SEARCH])


def test_a_stand_in_finds_what_was_lent_to_him(
    dossier: Dossier, stef: Person, standing_in: Coachship, client_for: SignIn
) -> None:
    forget_looks()
    his = client_for(stef)
    shown = re.sub("</?mark>", "", page(his, CANARY))
    for section in SECTIONS:
        assert (canary("sem", section) in shown) == (section in READS["stand_in"]), section
    assert sections_read(dossier, stef) == READS["stand_in"]
    assert not Look.objects.filter(result="refused").exists()


def test_the_emergency_button_opens_nothing_in_passing(
    dossier: Dossier, rik: Person, stef: Person, standing_in: Coachship, client_for: SignIn
) -> None:
    assert lines(page(client_for(rik), CANARY)) == []
    sharing.take(dossier, reason="Zijn moeder belde, er is iets gebeurd.", by=stef)
    forget_looks()
    page(client_for(stef), CANARY)
    assert sections_read(dossier, stef) == READS["stand_in"]


def test_the_reading_log_has_one_line_for_each_section_that_was_opened(
    noors: Client, noor: Person, dossier: Dossier, scouted: Dossier
) -> None:
    forget_looks()
    page(noors, "olifant")
    assert sorted(look.section for look in looks(dossier)) == sorted(SECTIONS)
    assert sorted(look.section for look in looks(scouted)) == ["contacts", "identity"], "where something stands"


def test_what_was_destroyed_is_not_found_and_stops_nothing(noors: Client, dossier: Dossier, write: Any) -> None:
    write("Naar de tandarts.")
    keyring.destroy(dossier.pk, ["contacts"])
    assert lines(page(noors, "tandarts")) == []
    assert lines(page(noors, "gewist")) == []
    assert len(lines(page(noors, "kwetter-sem-appointments"))) == 1


# --- Written nowhere ---------------------------------------------------------------------------------------


SECRET = "nijlpaard"


def test_looking_by_post_changes_nothing_either(noors: Client, dossier: Dossier) -> None:
    before = prints()
    page(noors, CANARY)
    assert prints() == before


def test_the_words_stand_in_no_address_title_header_log_or_session(
    noors: Client, noor: Person, dossier: Dossier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    with caplog.at_level(0, logger="django.request"):
        answers = [found(noors, SECRET), found(noors, f"{SECRET} {'x' * 200}")]
    for answer in answers:
        assert "Location" not in answer.headers
        assert "no-store" in answer.headers["Cache-Control"]
        assert SECRET not in str(answer.headers) + str(answer.cookies)
        assert "<title>Zoeken</title>" in answer.text
        assert answer.text.count(SECRET) == 1, "in the field, and nowhere else on the page"
    assert SECRET not in caplog.text
    assert SECRET not in str(dict(noors.session))
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.managed and model._meta.app_label != "vault":
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                assert SECRET not in repr(cursor.fetchall()), model


def test_it_is_never_asked_by_address(noors: Client, write: Any) -> None:
    write("Naar de tandarts.")
    assert lines(noors.get(f"{SEARCH}?wanted=tandarts").text) == []


def test_a_session_that_ended_keeps_no_words(noors: Client, noor: Person, client_for: SignIn) -> None:
    noors.get(SEARCH)
    del noors.cookies["sessie"]
    answer = found(noors, SECRET)
    assert answer.headers["Location"] == "/accounts/login/?next=/zoeken/"
    assert not KeptForm.objects.exists()
    noors.cookies["sessie"] = client_for(noor).cookies["sessie"].value
    assert SECRET not in noors.get(SEARCH).text


def test_a_form_of_an_earlier_sign_in_keeps_no_words_either(noors: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = noors.cookies
    strict.get(SEARCH)
    assert found(strict, SECRET).status_code == 403
    assert not KeptForm.objects.exists()


# --- How much work it is ------------------------------------------------------------------------------------


def test_the_work_for_it_does_not_grow_with_the_caseload(noors: Client, more_lives: Any, queries: Any) -> None:
    assert_same_work_for_more(queries, lambda: page(noors, "jongere koffie"), more_lives)


def test_the_work_for_it_does_not_grow_with_what_is_found(noors: Client, queries: Any, write: Any) -> None:
    write("Naar de tandarts.")
    page(noors, "tandarts")
    with queries() as few:
        page(noors, "tandarts")
    for number in range(40):
        write(f"Weer naar de tandarts, {number}.")
    with queries() as many:
        page(noors, "tandarts")
    assert many.count == few.count


def test_it_speaks_english_too(noors: Client) -> None:
    noors.cookies["taal"] = "en"
    assert "Nothing found" in page(noors, "olifant")


def test_the_words_of_a_questionnaire_are_found_and_its_codes_are_not(
    noors: Client, dossier: Dossier, noor: Person
) -> None:
    asks = questionnaire(item("woorden", "text"), choice("keuze", 1), title="Wat gaat goed?")
    version, _is_new = shelf.shelve(read_definition(asks), None, None)
    sheet = instruments.start_sheet(dossier, version, voice="coach", by=noor)
    instruments.sign_off(sheet, said(woorden="Hij zingt in een koor", keuze=coding("a")), seen=0, by=noor)
    shown = page(noors, "koor")
    assert "Vragenlijst · Wat gaat goed?" in shown
    assert reverse("coach:sheet", args=[dossier.pk, sheet.pk]) in shown
    for code in ("urn:test:keuzes", "woorden/"):
        assert "Niets gevonden" in page(noors, code)
