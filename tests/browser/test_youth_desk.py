"""The desk of the youth on a cracked telephone: his PIN after a minute, his letters, read aloud, a way out."""

import gzip
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from ipta.accounts.models import Device, Person
from ipta.dossiers.models import Dossier
from ipta.sharing.entry import hand_code
from tests.browser.chromium import PHONE
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb, screens, small_targets
from tests.browser.thumb import choose, fill, press, sees

PIN = "739152"
# A telephone with one voice of its own that speaks Dutch; what it says is written down.
SPEAKS = """
  window.said = [];
  const voices = [{ lang: "nl-NL", localService: LOCAL, name: "Xander" }];
  Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
    getVoices: () => voices, cancel() {}, speak(line) { said.push([line.text, line.voice.name, line.rate]); },
  }) });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
UNSPOKEN = """() => [...document.querySelectorAll("main section.section, main .card, main .field, main .voice")]
  .filter((block) => block.checkVisibility() && block.innerText.trim())
  .filter((block) => !block.querySelector("[data-speak-button]") && !block.parentElement.closest("[data-speak]"))
  .map((block) => block.outerHTML.slice(0, 200))"""


def come_in(page: Page, dossier: Dossier, coach: Person) -> None:
    page.goto("/binnen/")
    fill(page, {"Je code": hand_code(dossier, by=coach)})
    press(page, "Verder")
    fill(page, {"Kies een pincode": PIN, "Typ hem nog een keer": PIN})
    press(page, "Klaar")
    sees(page, "Mijn plan")


# --- a minute away ---------------------------------------------------------------------------------------


def test_after_a_minute_away_the_page_is_gone_and_his_pin_brings_it_back(
    open_browser: Open, noor: Person, dossier: Dossier
) -> None:
    page = open_browser()
    page.clock.install()
    come_in(page, dossier, noor)
    page.goto("/ik/stappen/nieuw/")
    page.get_by_label("Wat ga je doen?").fill("De huisarts bellen")
    page.clock.fast_forward(2_000)
    expect(page.locator("[data-saved]")).to_contain_text("Bewaard")
    page.clock.fast_forward(50_000)
    expect(page).to_have_url(re.compile("/ik/stappen/nieuw/"))

    page.clock.fast_forward(70_000)
    expect(page).to_have_url(re.compile(r"/binnen/pin/\?next=%2Fik%2Fstappen%2Fnieuw%2F"))
    sees(page, "Dan ga je verder waar je was.")
    fill(page, {"Je pincode": PIN})
    press(page, "Naar binnen")

    expect(page.get_by_label("Wat ga je doen?")).to_have_value("De huisarts bellen")


def test_who_still_reads_is_not_sent_away(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    page = open_browser()
    page.clock.install()
    come_in(page, dossier, noor)
    for _ in range(5):
        with page.expect_response("**/ik/er-nog/") as told:
            page.keyboard.press("ArrowDown")
            page.clock.fast_forward(25_000)
        assert told.value.status == 204

    expect(page).to_have_url(re.compile("/ik/$"))


def test_what_is_hidden_is_covered_at_once(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    page = open_browser()
    come_in(page, dossier, noor)
    turn = "(how) => { Object.defineProperty(document, 'visibilityState', { value: how, configurable: true });" + (
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    page.evaluate(turn, "hidden")
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    page.evaluate(turn, "visible")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_on_a_computer_he_may_not_stay_longer_and_the_page_says_so(
    open_browser: Open, noor: Person, dossier: Dossier
) -> None:
    page = open_browser()
    come_in(page, dossier, noor)
    page.goto("/ik/telefoons/")
    sees(page, "Daarom is het hier altijd 1 minuut.")
    fits_a_thumb(page, "his telephones")

    Device.objects.update(label="Android-telefoon")
    page.goto("/ik/telefoons/")
    press(page, "5 minuten")
    sees(page, "Ben je 5 minuten weg?")
    fits_a_thumb(page, "his telephones, with a choice")


# --- a way out ---------------------------------------------------------------------------------------------


def test_escape_twice_leaves_and_back_shows_nothing(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    page = open_browser()
    come_in(page, dossier, noor)
    page.goto("/ik/plan/")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/ik/plan/"))
    page.wait_for_timeout(1_200)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/ik/plan/"))
    page.keyboard.press("Escape")

    expect(page).to_have_url(re.compile("/binnen/weg/"))
    page.go_back()
    expect(page.get_by_text("Mijn plan", exact=True)).to_have_count(0)


# --- letters -------------------------------------------------------------------------------------------------


def test_with_the_largest_letters_in_black_on_white_every_page_still_fits(
    open_browser: Open, sem: Person, dossier: Dossier
) -> None:
    page = open_browser(sem, javascript=True)
    page.goto("/ik/letters/?next=/ik/")
    choose(page, "Hoe groot?", "Heel groot")
    choose(page, "Hoe donker?", "Zwart op wit")
    choose(page, "Welke letters?", "Letters die makkelijk lezen")
    press(page, "Klaar")
    expect(page).to_have_url(re.compile("/ik/$"))
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 22
    assert page.evaluate('document.fonts.check("16px Atkinson Hyperlegible Next")')

    def still_fits(page: Page, name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{name}: {wide} points wide"
        assert small_targets(page) == [], name
        faults = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}})
        assert faults.response["violations"] == [], name

    assert len(screens(page, "/ik/", still_fits)) > 35


# --- read aloud ------------------------------------------------------------------------------------------------


def test_every_block_of_every_page_can_be_read_aloud(open_browser: Open, sem: Person, dossier: Dossier) -> None:
    page = open_browser(sem)
    page.add_init_script(SPEAKS.replace("LOCAL", "true"))

    def can_be_heard(page: Page, name: str) -> None:
        assert page.locator("main [data-speak-button]:not([hidden])").count(), name
        assert page.evaluate(UNSPOKEN) == [], name
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{name}: {wide}"

    assert len(screens(page, "/ik/", can_be_heard)) > 35


def test_a_voice_of_the_telephone_reads_as_quickly_as_he_wants(
    open_browser: Open, sem: Person, dossier: Dossier
) -> None:
    page = open_browser(sem)
    page.add_init_script(SPEAKS.replace("LOCAL", "true"))
    page.goto("/ik/letters/")
    choose(page, "Voorlezen", "Langzaam")
    press(page, "Klaar")
    page.goto("/ik/letters/")
    press(page, "Lees voor")
    said = page.evaluate("said")
    assert said[0] == ["Letters.", "Xander", 0.7]
    assert any(text.startswith("Hoe groot?") for text, _, _ in said)
    assert page.get_by_role("button", name="Stop").count() == 1
    press(page, "Stop")
    assert page.get_by_role("button", name="Stop").count() == 0


def test_a_voice_from_elsewhere_never_gets_his_words(open_browser: Open, sem: Person, dossier: Dossier) -> None:
    page = open_browser(sem)
    page.add_init_script(SPEAKS.replace("LOCAL", "false"))
    page.goto("/ik/")
    assert page.locator("[data-speak-button]").count() > 0
    assert page.locator("[data-speak-button]:not([hidden])").count() == 0


# --- a poor line -------------------------------------------------------------------------------------------------

FIRST_PAGE, NEXT_PAGE = 120_000, 25_000  # bytes on the line


def test_a_page_weighs_little_on_a_poor_line(open_browser: Open, sem: Person, dossier: Dossier) -> None:
    """All a telephone fetches: the page as it travels (packed), styles, scripts and fonts. The static files are
    counted as the web server packs them."""
    page = open_browser(sem)
    weights: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        if answer.ok:
            weights[answer.url] = min(len(answer.body()), len(gzip.compress(answer.body())))

    page.on("response", weigh)

    def weighs(page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        html = sum(size for url, size in weights.items() if "/static/" not in url)
        whole = sum(weights.values())
        assert whole <= FIRST_PAGE, f"{name}: {whole} bytes at the first visit: {weights}"
        assert html <= NEXT_PAGE, f"{name}: {html} bytes"
        for url in [url for url in weights if "/static/" not in url]:
            del weights[url]

    assert len(screens(page, "/ik/", weighs)) > 35
