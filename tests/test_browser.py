import os

import pytest
from playwright.sync_api import sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "keys"], transaction=True)]


def test_a_page_that_is_not_there_says_so_in_plain_dutch(live_server: object) -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ["IPTA_CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        answer = page.goto(f"{live_server.url}/nergens/")
        assert answer is not None
        assert answer.status == 404
        assert page.locator("h1").inner_text() == "Deze pagina is er niet"
        assert page.locator("html").get_attribute("lang") == "nl"
        browser.close()
