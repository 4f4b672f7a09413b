"""What youths shared with somebody who works along: this section, for this purpose, until that day, and no more."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person, Post
from ipta.dossiers.models import Dossier
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.sharing import commands
from ipta.sharing.models import Grant
from ipta.sharing.rules import SHAREABLE
from tests.asking import assert_sealed
from tests.cast import CANARY, canary, days_ago
from tests.web.coach.shared import assert_is_not_there, assert_same_number, forget_looks, sections_read

LIST = reverse("coach:shared")
PURPOSE = "Samen de post doen"

Share = Callable[..., Grant]


def page(dossier: Dossier, section: str) -> str:
    return reverse("coach:shared_section", args=[dossier.pk, section])


@pytest.fixture
def share(dossier: Dossier, sem: Person, dana: Person) -> Share:
    """Sem lets dana read a section."""

    def given(section: str, **more: Any) -> Grant:
        return commands.grant(dossier, section=section, to=dana, purpose=PURPOSE, by=sem, **more)

    return given


@pytest.fixture
def danas(dana: Person, client_for: Callable[[Person], Client]) -> Client:
    return client_for(dana)


# --- the list -------------------------------------------------------------------------


def test_the_list_names_what_was_shared_and_until_when(danas: Client, share: Share, dossier: Dossier) -> None:
    share("plan")
    share("work")
    shown = danas.get(LIST)
    (one,) = shown.context["found"]
    assert (one.town, one.coach) == ("Zoetermeer", "Noor Voorbeeld")
    assert [part.href for part in one.sections] == [page(dossier, "plan"), page(dossier, "work")]
    assert {part.until for part in one.sections} == {days_ago(-92)}


def test_the_list_tells_no_name_and_opens_nothing(danas: Client, dana: Person, share: Share, dossier: Dossier) -> None:
    share("plan")
    forget_looks()
    assert CANARY not in danas.get(LIST).text
    assert sections_read(dossier, dana) == set()


def test_what_was_shared_twice_stands_there_once_until_the_last_day(danas: Client, share: Share) -> None:
    share("plan", until=days_ago(-200))
    share("plan", until=days_ago(-10))
    (one,) = danas.get(LIST).context["found"]
    assert [part.until for part in one.sections] == [days_ago(-200)]


def test_with_nothing_shared_the_page_says_so_kindly(danas: Client) -> None:
    assert "Er is nu niets met jou gedeeld" in danas.get(LIST).text


def test_a_coach_has_it_beside_his_own_caseload(brams: Client, bram: Person, dossier: Dossier, sem: Person) -> None:
    commands.grant(dossier, section="plan", to=bram, purpose=PURPOSE, by=sem)
    shown = brams.get(LIST)
    assert 'class="bar"' in shown.text
    assert [one.town for one in shown.context["found"]] == ["Zoetermeer"]


def test_a_professional_has_no_bar_of_a_coach(danas: Client) -> None:
    assert 'class="bar"' not in danas.get(LIST).text


# --- one section ------------------------------------------------------------------------


@pytest.mark.parametrize("section", [name for name in SHAREABLE if name != "plan"])
def test_a_section_shows_its_own_words_its_purpose_and_its_end(
    danas: Client, share: Share, dossier: Dossier, section: str
) -> None:
    share(section)
    shown = danas.get(page(dossier, section))
    assert PURPOSE in shown.text
    assert [block.until for block in shown.context["blocks"]] == [days_ago(-92)]
    words = {"scores": "niet zelfredzaam"}.get(section, canary("sem", section))
    assert words in shown.text


def test_the_plan_is_the_one_that_counts_with_its_steps(
    danas: Client, noor: Person, share: Share, dossier: Dossier, sem: Person, plan: PlanVersion
) -> None:
    share("plan")
    before = danas.get(page(dossier, "plan")).text
    plans.agree(plan, by=sem)
    plans.agree(plan, by=noor)
    plans.propose(dossier, based_on=1, goals=[{"goal": "nog niet besloten"}], elements={}, by=noor)
    after = danas.get(page(dossier, "plan")).text
    word = canary("sem", "plan")
    assert f"{word} stap" in before
    assert f"{word} doel" not in before
    assert f"{word} doel" in after
    assert "nog niet besloten" not in after


@pytest.mark.parametrize("section", SHAREABLE)
def test_nothing_of_another_section_comes_along(
    danas: Client, dana: Person, share: Share, dossier: Dossier, section: str
) -> None:
    share(section)
    forget_looks()
    shown = danas.get(page(dossier, section)).text
    others = {canary("sem", name) for name in (*SHAREABLE, "identity", "family", "justice", "messages")}
    assert not [word for word in others - {canary("sem", section)} if word in shown]
    assert sections_read(dossier, dana) == {section}


@pytest.mark.parametrize("section", ["identity", "family", "justice", "messages", "alles", "money"])
def test_what_was_not_shared_is_not_there(danas: Client, share: Share, dossier: Dossier, section: str) -> None:
    share("plan")
    assert_is_not_there([danas], [page(dossier, section)])


def test_what_was_withdrawn_is_gone_at_the_next_look(
    danas: Client, share: Share, dossier: Dossier, sem: Person
) -> None:
    given = share("plan")
    assert danas.get(page(dossier, "plan")).status_code == 200
    commands.revoke(given, by=sem)
    assert_is_not_there([danas], [page(dossier, "plan")])
    assert danas.get(LIST).context["found"] == []


def test_after_its_last_day_it_is_gone(danas: Client, share: Share, dossier: Dossier) -> None:
    Grant.objects.filter(pk=share("plan").pk).update(since=days_ago(9), until=days_ago(1))
    assert_is_not_there([danas], [page(dossier, "plan")])
    assert danas.get(LIST).context["found"] == []


def test_on_its_last_day_it_is_still_there(danas: Client, share: Share, dossier: Dossier) -> None:
    share("plan", until=days_ago(0))
    assert danas.get(page(dossier, "plan")).status_code == 200


def test_who_no_longer_works_anywhere_reads_nothing(
    danas: Client, dana: Person, share: Share, dossier: Dossier
) -> None:
    share("plan")
    Post.objects.filter(person=dana).update(until=days_ago(1))
    assert_is_not_there([danas], [page(dossier, "plan")])


def test_the_purpose_lies_sealed_with_what_is_shared(share: Share) -> None:
    assert_sealed(share("plan"), PURPOSE)


# --- who, and how often it asks -------------------------------------------------------


def test_with_whom_it_was_not_shared_finds_nothing(
    share: Share,
    dossier: Dossier,
    browsers_of_strangers: list[Client],
    client_for: Callable[[Person], Client],
    lotte: Person,
) -> None:
    share("plan")
    assert_is_not_there([*browsers_of_strangers, client_for(lotte)], [page(dossier, "plan")])


def test_a_youth_has_no_desk_here(
    share: Share, dossier: Dossier, kim: Person, client_for: Callable[[Person], Client]
) -> None:
    share("plan")
    assert_is_not_there([client_for(kim)], [LIST, page(dossier, "plan")])


def test_a_dossier_that_never_was_is_not_there(danas: Client) -> None:
    assert_is_not_there([danas], [reverse("coach:shared_section", args=[uuid4(), "plan"])])


def test_more_shared_sections_are_no_more_queries(
    danas: Client, share: Share, zoetermeer: Municipality, queries: Callable[[], Any]
) -> None:
    left = iter(SHAREABLE)
    share(next(left))
    assert_same_number(queries, lambda: danas.get(LIST), lambda: share(next(left)))
