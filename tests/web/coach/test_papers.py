"""The papers at the coach's screen: brought in by telephone, opened as a file, taken away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, Paper
from ipta.dossiers.papers import checking, commands, workshop
from ipta.dossiers.papers.checking import Checked
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from tests import files
from tests.asking import text
from tests.cast import canary
from tests.web.coach.shared import assert_is_not_there, assert_same_number, forget_looks, of, post_twice, sections_read

LETTER = Checked("pdf", b"%PDF-1.5 letter", is_scanned=False)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workshop without a process of its own: these tests are about the screen."""

    def looked(content: bytes, *, is_ours: bool) -> Any:
        return workshop.clean(content, is_ours=is_ours)

    monkeypatch.setattr(checking, "_through_the_workshop", looked)


def file(content: bytes | None = None, name: str = "cv van Sem.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.pdf() if content is None else content, content_type="text/html")


def keep(dossier: Dossier, by: Person, name: str = "Brief", section: str = "money", checked: Checked = LETTER) -> Paper:
    return commands.add_paper(dossier, checked, by=by, name=name, section=section)


def page(client: Client, dossier: Dossier) -> str:
    return client.get(of(dossier, "papers")).content.decode()


def newest(dossier: Dossier) -> Paper:
    found = dossier.paper_set.first()
    assert found is not None
    return found


# --- coming in ------------------------------------------------------------------------------------------


def test_a_file_is_kept_clean_in_its_section(noors: Client, noor: Person, dossier: Dossier) -> None:
    sent = {"file": file(files.talking_pdf()), "section": "work", "name": "Zijn cv"}
    assert noors.post(of(dossier, "add_paper"), sent).headers["Location"] == of(dossier, "papers")
    paper = newest(dossier)
    assert (paper.section, paper.kind, paper.added_by) == ("work", "pdf", noor)
    assert text(noor, paper, "name") == "Zijn cv"
    assert files.HIDDEN not in Reader(noor).content(paper.content)
    assert "Zijn cv" in page(noors, dossier)


def test_only_a_file_is_needed(noors: Client, noor: Person, dossier: Dossier) -> None:
    """Its name is that of the file; where it belongs can be said by nobody."""
    noors.post(of(dossier, "add_paper"), {"file": file()})
    paper = newest(dossier)
    assert (paper.section, text(noor, paper, "name")) == ("messages", "cv van Sem")


@pytest.mark.parametrize(
    ("name", "content", "called"),
    [
        ("IMG_2024.jpg", files.jpg(), "Foto van "),
        ("scan.pdf", files.pdf(), "PDF van "),
        ("a\u202efdp.exe", files.pdf(), "afdp"),
    ],
)
def test_what_a_machine_called_it_becomes_a_day(
    name: str, content: bytes, called: str, noors: Client, noor: Person, dossier: Dossier
) -> None:
    noors.post(of(dossier, "add_paper"), {"file": file(content, name)})
    assert text(noor, newest(dossier), "name").startswith(called)


def test_several_pages_come_in_at_once(noors: Client, noor: Person, dossier: Dossier) -> None:
    pages = [file(files.jpg(), "1.jpg"), file(files.png(), "2.png")]
    answer = noors.post(of(dossier, "add_paper"), {"file": pages, "name": "Brief"}, follow=True)
    names = {text(noor, paper, "name") for paper in dossier.paper_set.filter(section="messages")}
    assert names == {"Brief (1)", "Brief (2)"}
    assert "De papieren staan erbij." in answer.content.decode()


def test_all_of_them_or_none(noors: Client, dossier: Dossier) -> None:
    pages = [file(files.jpg(), "goed.jpg"), file(files.SCRIPT, "fout.jpg")]
    answer = noors.post(of(dossier, "add_paper"), {"file": pages})
    assert answer.status_code == 422
    assert "fout.jpg: Dit soort bestand" in answer.content.decode()
    assert dossier.paper_set.count() == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Maak een foto, of kies een bestand."),
        ({"file": "geen bestand"}, "Maak een foto, of kies een bestand."),
        ({"file": file(files.SCRIPT)}, "Dit soort bestand kunnen we niet bewaren."),
        ({"file": file(b"\0\0\0\x18ftypheic")}, "Kies de foto als JPG"),
        ({"file": file(files.png() + bytes(10 * 1024 * 1024))}, "Een bestand mag 10 MB zijn."),
        ({"file": [file(files.png()) for _ in range(6)]}, "Kies hoogstens 5 bestanden tegelijk."),
        ({"file": file(files.png()), "section": "identity"}, "Kies een van de antwoorden die er staan."),
        ({"file": file(files.png()), "name": "a" * 121}, "Dit is te lang."),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    sent: dict[str, Any], says: str, noors: Client, dossier: Dossier
) -> None:
    answer = noors.post(of(dossier, "add_paper"), {"name": "Brief van opa", "section": "money"} | sent)
    shown = answer.content.decode()
    assert (answer.status_code, says in shown) == (422, True)
    assert "Brief van opa" in shown or "name" in sent
    assert dossier.paper_set.count() == 1


def test_two_taps_keep_it_once(noors: Client, dossier: Dossier) -> None:
    for _tap in range(2):
        sent = {"file": file(), "once": "11111111-1111-4111-8111-111111111111"}
        assert noors.post(of(dossier, "add_paper"), sent).status_code == 302
    assert dossier.paper_set.count() == 2


def test_words_typed_before_the_session_ended_come_back(noors: Client, dossier: Dossier) -> None:
    noors.get(of(dossier, "papers"))
    noors.cookies.pop("sessie")
    answer = noors.post(of(dossier, "add_paper"), {"file": file(), "name": "Brief van opa"})
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert dossier.paper_set.count() == 1


# --- going out ------------------------------------------------------------------------------------------


def test_a_paper_goes_out_as_a_file_that_can_do_nothing(noors: Client, noor: Person, dossier: Dossier) -> None:
    paper = keep(dossier, noor, name="Brief")
    answer = noors.get(of(dossier, "open_paper", paper.pk))
    assert answer.content == LETTER.content
    assert {name: answer.headers[name] for name in LOCKED} == LOCKED


LOCKED = {
    "Content-Type": "application/pdf",
    "Content-Disposition": 'attachment; filename="Brief.pdf"',
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("../../x", 'attachment; filename="x.jpg"'),
        ("CON", 'attachment; filename="papier CON.jpg"'),
        ("a.pdf.exe", 'attachment; filename="a.jpg"'),
        ("a\u202efdp.exe", 'attachment; filename="afdp.jpg"'),
        ("", 'attachment; filename="papier.jpg"'),
        ('b"; filename="x.exe', 'attachment; filename="b filename= x.jpg"'),
        ("a\r\nSet-Cookie: x=1", 'attachment; filename="a Set-Cookie x=1.jpg"'),
        ("brief 🔥", "attachment; filename*=utf-8''brief%20%F0%9F%94%A5.jpg"),
        ("سيرة", "attachment; filename*=utf-8''%D8%B3%D9%8A%D8%B1%D8%A9.jpg"),
    ],
)
def test_its_name_is_one_we_made(name: str, disposition: str, noors: Client, noor: Person, dossier: Dossier) -> None:
    paper = keep(dossier, noor, name=name, checked=Checked("jpg", b"x", is_scanned=True))
    answer = noors.get(of(dossier, "open_paper", paper.pk))
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["Content-Type"] == "image/jpeg"


def test_opening_one_reads_its_section_and_no_other(noors: Client, noor: Person, dossier: Dossier) -> None:
    paper = keep(dossier, noor, section="health")
    keep(dossier, noor, section="justice")
    forget_looks()
    noors.get(of(dossier, "open_paper", paper.pk))
    assert sections_read(dossier, noor) == {"health"}


def test_nobody_else_finds_one(
    noor: Person, dossier: Dossier, paper: Paper, browsers_of_strangers: list[Client]
) -> None:
    pages = [of(dossier, name) for name in ("papers", "add_paper")]
    pages += [of(dossier, name, paper.pk) for name in ("open_paper", "remove_paper")]
    assert_is_not_there(browsers_of_strangers, pages)


def test_a_paper_of_another_dossier_is_not_found_by_ones_own_address(
    noors: Client, dossier: Dossier, kim_dossier: Dossier
) -> None:
    of_kim = kim_dossier.paper_set.get()
    assert noors.get(of(dossier, "open_paper", of_kim.pk)).status_code == 404
    assert noors.post(of(dossier, "remove_paper", of_kim.pk)).status_code == 404
    assert of_kim.is_there


# --- the list ---------------------------------------------------------------------------------------------


def test_the_list_says_what_when_by_whom_and_whether_it_was_scanned(
    noors: Client, noor: Person, dossier: Dossier
) -> None:
    keep(dossier, noor, name="Van de bank")
    shown = page(noors, dossier)
    assert "Van de bank" in shown and "Geld" in shown and "door Noor" in shown
    assert "niet gescand" in shown and "er keek geen virusscanner naar" in shown


def test_what_was_scanned_does_not_say_that_it_was_not(
    noors: Client, noor: Person, dossier: Dossier, paper: Paper
) -> None:
    keep(dossier, noor, checked=Checked("pdf", b"x", is_scanned=True))
    commands.remove_paper(paper, by=noor)
    assert "gescand" not in page(noors, dossier)


def test_taken_away_it_is_still_named_and_can_no_longer_be_opened(
    noors: Client, noor: Person, dossier: Dossier
) -> None:
    paper = keep(dossier, noor, name="Van de bank")
    assert noors.post(of(dossier, "remove_paper", paper.pk)).headers["Location"] == of(dossier, "papers")
    shown = page(noors, dossier)
    assert "Van de bank" in shown and "weggehaald op" in shown
    assert of(dossier, "open_paper", paper.pk) not in shown
    assert noors.get(of(dossier, "open_paper", paper.pk)).status_code == 404
    post_twice(noors, of(dossier, "remove_paper", paper.pk), {})


def test_a_list_of_many_asks_as_often_as_a_list_of_few(
    noors: Client, noor: Person, sem: Person, dossier: Dossier, queries: Callable[[], Any]
) -> None:
    keep(dossier, noor)

    def more() -> None:
        keep(dossier, noor)
        keep(dossier, sem)

    assert_same_number(queries, lambda: page(noors, dossier), more)


def test_before_the_yes_there_is_nothing_to_add(noors: Client, noor: Person, scouted: Dossier) -> None:
    assert of(scouted, "add_paper") not in page(noors, scouted)
    answer = noors.post(of(scouted, "add_paper"), {"file": file()})
    assert (answer.status_code, "ja heeft gezegd" in answer.content.decode()) == (422, True)


def test_a_stand_in_sees_what_lies_in_the_sections_lent_to_him(
    dossier: Dossier, noor: Person, stef: Person, standing_in: Coachship, client_for: Callable[[Person], Client]
) -> None:
    open_one, closed_one = keep(dossier, noor, "Huurbrief", "living"), keep(dossier, noor, "Schuldbrief", "money")
    forget_looks()
    stefs = client_for(stef)
    shown = page(stefs, dossier)
    assert "Huurbrief" in shown and "Schuldbrief" not in shown
    assert "Je ziet alleen papieren van onderdelen die nu voor jou open zijn." in shown
    assert of(dossier, "remove_paper", open_one.pk) not in shown
    assert "money" not in sections_read(dossier, stef)
    assert stefs.get(of(dossier, "open_paper", open_one.pk)).status_code == 200
    assert stefs.get(of(dossier, "open_paper", closed_one.pk)).status_code == 404
    assert stefs.post(of(dossier, "remove_paper", open_one.pk)).status_code == 404


def test_the_timeline_tells_of_papers_with_the_youths_own_side(
    noors: Client, noor: Person, sem: Person, dossier: Dossier
) -> None:
    paper, gone = keep(dossier, noor, "Van de bank"), keep(dossier, noor, "Kan weg", "justice")
    dossiers.view(paper, text="Die had ik al betaald.", by=sem)
    commands.remove_paper(gone, by=noor)
    shown = noors.get(of(dossier, "timeline")).content.decode()
    for words in ("Papier erbij: Van de bank", "Die had ik al betaald.", "Papier weggehaald: Kan weg"):
        assert words in shown
    assert of(dossier, "open_paper", paper.pk) in shown
    assert of(dossier, "open_paper", gone.pk) not in shown


# --- a guest -----------------------------------------------------------------------------------------------


def guest_page(client: Client, dossier: Dossier, section: str, *paper: object) -> HttpResponse:
    name = "shared_paper" if paper else "shared_section"
    return client.get(of(dossier, name, section, *paper))  # type: ignore[return-value]


def test_a_guest_sees_and_opens_the_papers_of_what_was_shared(
    dossier: Dossier, noor: Person, sem: Person, dana: Person, client_for: Callable[[Person], Client]
) -> None:
    sharing.grant(dossier, section="money", to=dana, purpose="schulden", by=sem)
    paper, other = keep(dossier, noor, "Schuldbrief"), keep(dossier, noor, "Recept", "health")
    gone = keep(dossier, noor, "Kan weg")
    commands.remove_paper(gone, by=noor)
    danas = client_for(dana)
    shown = guest_page(danas, dossier, "money").content.decode()
    assert "Schuldbrief" in shown and "Recept" not in shown and "Kan weg" not in shown
    assert guest_page(danas, dossier, "money", paper.pk).content == LETTER.content
    for section, pk in (("money", other.pk), ("money", gone.pk), ("health", other.pk), ("health", paper.pk)):
        assert guest_page(danas, dossier, section, pk).status_code == 404
    assert danas.get(of(dossier, "open_paper", paper.pk)).status_code == 404


def test_what_is_no_longer_shared_is_no_longer_opened(
    dossier: Dossier, sem: Person, dana: Person, paper: Paper, client_for: Callable[[Person], Client]
) -> None:
    given = sharing.grant(dossier, section="plan", to=dana, purpose="samen plannen", by=sem)
    danas = client_for(dana)
    assert canary("sem", "plan").encode() in guest_page(danas, dossier, "plan", paper.pk).content
    sharing.revoke(given, by=sem)
    assert guest_page(danas, dossier, "plan", paper.pk).status_code == 404


def test_nothing_is_wrong_before_anything_was_sent(noors: Client, dossier: Dossier) -> None:
    shown = noors.get(of(dossier, "add_paper")).content.decode()
    assert "Kijk dit nog even na" not in shown
    assert 'type="file"' in shown and "multiple" in shown and 'accept="image/*,application/pdf"' in shown
    assert "capture" not in shown
