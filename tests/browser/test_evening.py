"""An evening of ten notes on a telephone: the session ends halfway, the network is cut, the battery dies."""

from django.conf import settings
from playwright.sync_api import Page, expect

from ipta.accounts.models import Person, Session
from ipta.dossiers.models import Dossier, Note
from ipta.sharing.door import Reader
from tests.browser.conftest import Open
from tests.browser.thumb import choose, fill, press, sees
from tests.cast import canary, fresh
from tests.conftest import sign_in

TEN = [f"Avond, gesprek {number}: hij vertelt wat hij wil." for number in range(1, 11)]


def type_note(page: Page, dossier: Dossier, words: str) -> None:
    page.goto(f"/jongeren/{dossier.pk}/notitie/")
    fill(page, {"Wat?": words})


def write_note(page: Page, dossier: Dossier, words: str) -> None:
    type_note(page, dossier, words)
    press(page, "Klaar")
    sees(page, "Genoteerd")


def take_up_another_session(page: Page, person: Person) -> None:
    """As after signing in again, in the same browser."""
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": sign_in(person).cookies[name].value, "url": page.url}])


def test_ten_notes_of_one_evening_are_all_there_once(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    Note.objects.filter(dossier=dossier).delete()
    phone = open_browser(noor)
    for words in TEN[:3]:
        write_note(phone, dossier, words)

    type_note(phone, dossier, TEN[3])  # and now the session ends
    Session.objects.filter(person=noor).delete()
    press(phone, "Klaar")
    sees(phone, "Inloggen")
    take_up_another_session(phone, noor)
    phone.goto(f"/jongeren/{dossier.pk}/notitie/")
    sees(phone, "We hebben je tekst bewaard")
    press(phone, "Klaar")
    sees(phone, "Genoteerd")

    write_note(phone, dossier, TEN[4])
    type_note(phone, dossier, TEN[5])  # and now the network is cut
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Klaar").click()
    sees(phone, "Geen internet")
    phone.context.set_offline(False)
    sees(phone, "Genoteerd")

    type_note(phone, dossier, TEN[6])
    sees(phone, "Bewaard om")  # and now the battery is empty
    phone.context.close()
    laptop = open_browser(noor)
    laptop.goto(f"/jongeren/{dossier.pk}/notitie/")
    sees(laptop, "We hebben je tekst bewaard")
    press(laptop, "Klaar")
    sees(laptop, "Genoteerd")
    for words in TEN[7:]:
        write_note(laptop, dossier, words)

    reader = Reader(fresh(noor))
    assert sorted(reader.text(note.text) for note in Note.objects.filter(dossier=dossier)) == sorted(TEN)


def test_a_note_that_was_sent_does_not_stand_there_again(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    page = open_browser(noor)
    write_note(page, dossier, TEN[0])
    page.goto(f"/jongeren/{dossier.pk}/notitie/")
    page.wait_for_timeout(500)
    assert page.get_by_label("Wat?").input_value() == ""
    page.go_back()
    page.go_forward()
    page.wait_for_timeout(500)
    assert page.get_by_label("Wat?").input_value() == ""


def test_the_answer_that_got_lost_writes_no_second_note(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    """He presses, it comes in, and the line breaks before the answer: going back shows an empty form."""
    page = open_browser(noor)
    before = Note.objects.filter(dossier=dossier).count()
    type_note(page, dossier, TEN[0])

    def cut(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.method == "POST" and route.request.headers.get("x-requested-with") != "fetch":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/notitie/", cut)
    page.get_by_role("button", name="Klaar").click()
    page.wait_for_timeout(500)
    page.unroute("**/notitie/")
    page.goto(f"/jongeren/{dossier.pk}/notitie/")
    page.wait_for_timeout(800)
    assert page.get_by_label("Wat?").input_value() == ""
    assert Note.objects.filter(dossier=dossier).count() == before + 1


def test_a_note_takes_six_taps_at_most(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    """From any page, beside what is typed: whom, how, the place of before, a success, the next step with its day."""
    page = open_browser(noor)
    page.goto("/vandaag/")
    page.evaluate("sessionStorage.setItem('taps', '0')")
    page.add_init_script(
        "addEventListener('pointerdown', () => sessionStorage.setItem('taps', +sessionStorage.getItem('taps') + 1))"
    )
    page.reload()
    press(page, "Notitie")
    page.get_by_role("checkbox", name=canary("sem", "identity")).check()
    choose(page, "Hoe?", "Gebeld")
    page.get_by_role("checkbox", name="Iets om te vieren").check()
    page.get_by_label("Wat?").fill(TEN[0])
    page.get_by_label("Wat is de volgende stap?").fill("Samen naar de open dag")
    choose(page, "Wanneer?", "Over een week")
    press(page, "Klaar")
    sees(page, "Genoteerd")
    assert int(page.evaluate("sessionStorage.getItem('taps')")) <= 6
    note = Note.objects.filter(dossier=dossier).latest("written_at")
    assert (note.channel, note.is_celebration) == ("called", True)


HEARS = """
window.SpeechRecognition = window.webkitSpeechRecognition = class extends EventTarget {
  static async available(asked) { return asked.processLocally ? "%s" : "available"; }
  start() {
    window.heard = this;
    const said = Object.assign([{ transcript: " Hij belt zelf terug. " }], { isFinal: true });
    setTimeout(() => this.dispatchEvent(Object.assign(new Event("result"), { results: [said], resultIndex: 0 })), 50);
  }
  stop() { this.dispatchEvent(new Event("end")); }
};
"""


def test_a_note_is_spoken_where_the_device_itself_understands_it(
    open_browser: Open, noor: Person, dossier: Dossier
) -> None:
    page = open_browser(noor)
    page.add_init_script(HEARS % "available")
    type_note(page, dossier, "Goed nieuws.")
    press(page, "Spreek in")
    expect(page.get_by_label("Wat?")).to_have_value("Goed nieuws. Hij belt zelf terug.")
    assert page.evaluate("window.heard.processLocally")
    press(page, "Stop")
    sees(page, "Spreek in")


def test_no_voice_goes_to_anybody_else(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    page = open_browser(noor)
    page.add_init_script(HEARS % "unavailable")
    type_note(page, dossier, "Goed nieuws.")
    page.wait_for_timeout(300)
    assert not page.get_by_text("Spreek in").is_visible()
