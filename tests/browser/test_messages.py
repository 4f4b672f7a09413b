"""A message and a voice, with one thumb on both desks; also without script, and without a microphone."""

import io
import os
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from tests.browser.chromium import FLAGS, PHONE
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb
from tests.browser.thumb import press, sees
from tests.conftest import sign_in

PLAYED = """async () => {
  const voice = document.querySelector("audio");
  await voice.play();
  await new Promise((done) => voice.addEventListener("timeupdate", () => voice.currentTime > 0 && done()));
  return voice.error === null;
}"""


def spoken() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16_000))
    return out.getvalue()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_they_write_and_each_sees_when_the_other_opened_it(
    open_browser: Open, sem: Person, noor: Person, dossier: Dossier, javascript: bool
) -> None:
    his, hers = open_browser(sem, javascript=javascript), open_browser(noor, javascript=javascript)
    his.goto("/ik/")
    press(his, "Berichten")
    his.get_by_label("Wat wil je zeggen?").fill("Ik ben er! 🎉 مرحبا")
    press(his, "Stuur")
    sees(his, "Je bericht is weg.", "Nog niet gezien")
    if javascript:
        fits_a_thumb(his, "messages of the youth")

    hers.goto("/vandaag/?deel=berichten")
    sees(hers, "Stuurde een bericht")
    assert "Ik ben er" not in hers.content() and "Ik ben er" not in hers.title()
    press(hers, "Lees")
    sees(hers, "Ik ben er! 🎉 مرحبا")
    hers.get_by_label("Wat wil je zeggen?").fill("Top. Tot zo.")
    press(hers, "Stuur")
    if javascript:
        fits_a_thumb(hers, "messages of the coach")

    his.goto("/ik/")
    sees(his, "Je hebt een bericht", "Van Noor")
    assert "Top. Tot zo." not in his.content()
    press(his, "Lees")
    sees(his, "Top. Tot zo.", "Gezien: ")
    hers.reload()
    sees(hers, "Gezien: ")
    press(hers, "Neem terug")
    his.reload()
    sees(his, "Teruggenomen: ")
    assert "Top. Tot zo." not in his.content()


@pytest.mark.parametrize("javascript", [True, False], ids=["no microphone", "no script"])
def test_where_nothing_can_be_recorded_a_file_will_do(
    open_browser: Open, sem: Person, dossier: Dossier, tmp_path: Path, javascript: bool
) -> None:
    voice = tmp_path / "opname.wav"
    voice.write_bytes(spoken())
    his = open_browser(sem, javascript=javascript)
    his.goto("/ik/berichten/stem/")
    if javascript:
        his.get_by_role("button", name="Neem op").tap()
        sees(his, "De microfoon doet het niet. Kies een bestand.")
        fits_a_thumb(his, "a voice without a microphone")
    his.get_by_label("Kies een opname").set_input_files(voice)
    his.get_by_label("Waar gaat het over?").fill("Mijn eerste dag")
    press(his, "Stuur")
    sees(his, "Je bericht is weg.", "Mijn eerste dag")
    assert dossier.message_set.get().kind == "wav"


@pytest.fixture
def with_microphone(chromium: Browser) -> Iterator[Browser]:
    """A telephone that hears a beep, of somebody who lets the page listen."""
    heard = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = chromium.browser_type.launch(executable_path=os.environ["IPTA_CHROMIUM"], args=FLAGS + heard)
    yield browser
    browser.close()


def phone(browser: Browser, base: str, person: Person, complaints: list[str]) -> Page:
    context = browser.new_context(viewport=PHONE, locale="nl-NL", base_url=base, has_touch=True)  # type: ignore[arg-type]
    session = sign_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def test_he_speaks_into_the_page_and_she_hears_it(
    with_microphone: Browser, live_server: object, sem: Person, noor: Person, dossier: Dossier
) -> None:
    base, complaints = live_server.url, []  # type: ignore[attr-defined, var-annotated]
    his = phone(with_microphone, base, sem, complaints)
    his.goto("/ik/berichten/")
    press(his, "Inspreken")
    assert not his.get_by_label("Kies een opname").is_visible(), "where one can speak, no file is asked"
    his.get_by_role("button", name="Neem op").tap()
    sees(his, "Praat maar.")
    his.wait_for_timeout(1500)
    his.get_by_role("button", name="Stop").tap()
    sees(his, "Je opname staat klaar.")
    his.get_by_role("button", name="Luister terug").tap()
    fits_a_thumb(his, "a voice that was recorded")
    his.get_by_label("Waar gaat het over?").fill("Mijn eerste dag")
    press(his, "Stuur")
    sees(his, "Mijn eerste dag")
    assert his.evaluate(PLAYED)

    hers = phone(with_microphone, base, noor, complaints)
    hers.goto("/vandaag/?deel=berichten")
    press(hers, "Lees")
    sees(hers, "Mijn eerste dag")
    assert hers.evaluate(PLAYED)
    message = dossier.message_set.get()
    assert message.kind == "webm" and 500 < message.size < 100_000
    assert complaints == []
