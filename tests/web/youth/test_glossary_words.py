"""Words of offices that others wrote: marked once, explained below, nowhere else and without script."""

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier
from ipta.web.components import glossary
from tests.web.youth.asking import address


def marked(html: str) -> str:
    return glossary.mark(html)[0]


def test_a_word_of_an_office_leads_to_what_it_means(sems: Client, dossier: Dossier, noor: Person) -> None:
    commands.note(dossier, text="Samen de ZRM ingevuld. De bewindvoerder belt. De ZRM komt terug.", by=noor)
    page = sems.get(address("notes")).text
    assert page.count('href="#woord-zrm"') == 1, "once a page"
    assert '<a class="hard-word" id="hier-bewindvoerder" href="#woord-bewindvoerder">bewindvoerder</a>' in page
    assert 'id="woord-zrm"' in page
    assert "Een lijst met delen van je leven." in page
    assert 'href="#hier-zrm"' in page


def test_a_page_without_hard_words_explains_none(sems: Client) -> None:
    assert "Wat betekent dit woord?" not in sems.get(address("devices")).text


def test_what_he_reads_in_the_words_of_the_coach_stays_the_same_text(
    sems: Client, dossier: Dossier, noor: Person
) -> None:
    commands.note(dossier, text="<b>ZRM</b> & bewind", by=noor)
    page = sems.get(address("notes")).text
    assert "&lt;b&gt;<a" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "html",
    [
        "<button>ZRM</button>",
        '<a href="/x/">het <span>bewind</span></a>',
        "<textarea>bewind</textarea>",
        "<label>traject</label>",
        "<summary><span>traject</span></summary>",
        '<p title="zrm">niets</p>',
        '<input value="zrm">',
        "<p>de bewinden en het zrm-blad</p>",
        "<h1>Traject</h1>",
        "<p>Schuldhulp Zoetermeer</p>",
    ],
)
def test_nothing_is_marked_where_a_link_would_break_something(html: str) -> None:
    assert marked(html) == html


def test_it_is_marked_again_after_such_a_place() -> None:
    assert '<a class="hard-word"' in marked("<button>traject</button><p>een traject</p>")
    assert isinstance(marked("<p>x</p>"), SafeString)


def test_every_explanation_is_there_once() -> None:
    assert len(glossary.WORDS) > 30
    assert all(word == word.lower() for word in glossary.WORDS)
