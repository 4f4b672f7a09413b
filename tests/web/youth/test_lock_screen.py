"""What a telephone shows to who looks along: no name and no subject, anywhere; and always a way out."""

import json
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from ipta.web.entry import views
from tests.cast import CANARY
from tests.house.site import ROUTES, Site, undone

TELLS = (
    CANARY,
    "ipta",
    "schuld",
    "justitie",
    "politie",
    "zorg",
    "coach",
    "jongere",
    "reclassering",
    "gemeente",
    "dossier",
)
STATIC = settings.ROOT / "ipta" / "web" / "static" / "ipta"


@pytest.fixture
def his_pages(site: Site) -> Iterator[list[tuple[str, str]]]:
    """Each page of the desk and of the way in, by its name, as sem gets it."""
    found = []
    browser = site.browser("the youth")
    for name in ROUTES:
        if name.startswith(("youth:", "entry:")):
            with undone():
                answer = browser().get(site.address(name), follow=True)
            if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
                found.append((name, answer.text))
    assert len(found) > 60
    yield found


def test_no_title_on_any_page_tells_anything(his_pages: list[tuple[str, str]]) -> None:
    for name, page in his_pages:
        (title,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
        assert 1 < len(title.strip()) < 40, name
        assert not [word for word in TELLS if word in title.lower()], f"{name}: {title}"


def test_nothing_in_the_head_of_a_page_tells_anything(his_pages: list[tuple[str, str]]) -> None:
    """What a telephone puts under an icon, in a list of open pages, or in a picture of a link."""
    for name, page in his_pages:
        head = page.partition("</head>")[0].lower()
        words = " ".join(re.findall(r'content="([^"]*)"', head))
        assert not [word for word in TELLS if word in words], f"{name}: {words}"
        assert "og:" not in head and "twitter:" not in head and 'name="description"' not in head, name


def test_every_page_of_his_has_a_way_out_without_script(his_pages: list[tuple[str, str]]) -> None:
    away = re.compile(
        r'<form class="top__leave" method="post" action="/ik/weg/" data-leave>.*?<button type="submit"', re.DOTALL
    )
    for name, page in his_pages:
        if name.startswith("youth:"):
            assert away.search(page), name


def test_every_page_of_his_and_of_the_door_leads_to_larger_letters(his_pages: list[tuple[str, str]]) -> None:
    for name, page in his_pages:
        if name != "entry:away":
            assert 'href="/ik/letters/?next=' in page, name


def test_the_name_on_the_home_screen_says_nothing() -> None:
    said = json.loads((STATIC / "page.webmanifest").read_text())
    assert said["name"] == said["short_name"] == "Mijn pagina"
    assert said["start_url"] == "/ik/"
    assert all((STATIC / icon["src"]).is_file() for icon in said["icons"])


def test_no_page_can_put_a_notification_on_a_screen() -> None:
    """There is no push, no service worker of his desk, and nothing in its scripts that asks for it."""
    for script in (settings.ROOT / "ipta" / "web").rglob("*.js"):
        if "coach" not in script.parts and "static" not in script.parts:
            assert not re.search(r"Notification|serviceWorker|PushManager|setAppBadge", script.read_text()), script.name


def test_a_file_that_is_kept_on_the_telephone_has_a_name_that_says_nothing(site: Site) -> None:
    browser, seen = site.browser("the youth"), 0
    for name in ROUTES:
        if name.startswith("youth:") and name != "youth:open_paper":  # his own file, under the name he gave it
            with undone():
                kept = browser().get(site.address(name)).headers.get("Content-Disposition", "")
            seen += bool(kept)
            assert not [word for word in TELLS if word in kept.lower()], f"{name}: {kept}"
    assert seen > 3


def test_the_clock_after_leaving_tells_nothing_and_remembers_nobody(anonymous: Client) -> None:
    page = anonymous.get("/binnen/weg/").text
    assert not [word for word in TELLS if word in page.lower().replace("/static/ipta/", "")]
    assert views.COOKIE not in page
