"""What goes out comes in again, whole."""

import json
from pathlib import Path
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ipta.accounts.models import Municipality, Person
from ipta.api import package
from ipta.api.package import rules
from ipta.api.package.fields import OneThing
from ipta.api.package.parts import GRANTS, REQUESTS
from ipta.base import clock
from ipta.dossiers.models import Dossier, Specialist, Step
from ipta.journal.models import Entry
from ipta.journal.rules import first_fault
from ipta.scans.instruments import commands as sheets
from ipta.scans.instruments.definition import read_definition
from ipta.scans.instruments.shelf import set_aside, shelve
from ipta.scans.models import FilledSheet, InstrumentVersion
from ipta.scans.queries import OWN_VIEW, ZRM_YOUNG
from ipta.sharing import commands as sharing
from ipta.sharing.asked.commands import ask_for
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant, Look
from tests.api.lives import Life, Package, as_it_was, full_package, undone
from tests.asking import levels, remark
from tests.cast import fresh
from tests.method.instruments.made import item, questionnaire

SCHEMA = Path(__file__).parents[2] / "docs" / "dossier-package.schema.json"

# Each example lives a whole life in two databases: too slow to make a failing one smaller.
lives = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def running_grants(before: Package) -> set[str]:
    today = clock.today().isoformat()
    return {line["id"] for line in before["grants"] if line["revoked_at"] is None and line["until"] >= today}


def moved(dossier: Dossier, reader: Person, to: Municipality, coach: Person) -> tuple[Package, Package]:
    """The package of a dossier, and the package of what another house made of it."""
    before = package.export(dossier, Reader(reader))
    arrived = package.import_package(package.load(json.dumps(before).encode()), to, coach, by=coach)
    after = package.export(arrived.dossier, Reader(coach))
    assert first_fault(Entry.objects.filter(about=arrived.dossier.id)) is None
    assert first_fault(Look.objects.filter(about=arrived.dossier.id)) is None
    running = running_grants(before)
    return as_it_was(before, running=running), as_it_was(after, running=running, goes_on=coach.first_name)


@lives
@given(data=st.data())
def test_a_life_comes_in_as_it_went_out(
    data: st.DataObject,
    zoetermeer: Municipality,
    schiedam: Municipality,
    noor: Person,
    bram: Person,
    yara: Person,
    dana: Person,
) -> None:
    with undone():
        life = Life(zoetermeer, [noor, bram], dana, data.draw)
        life.live()
        before, after = moved(Dossier.objects.get(pk=life.dossier.pk), life.coach, schiedam, yara)
        assert after == before


def test_a_package_of_another_house_keeps_everything(schiedam: Municipality, yara: Person) -> None:
    """Also the days of which only the year is known, who wrote what, and the order of lines of one moment."""
    written = full_package()
    dossier = package.import_package(written, schiedam, yara, by=yara).dossier
    read = package.export(Dossier.objects.get(pk=dossier.pk), Reader(yara))
    assert read["package_id"] == written["package_id"]
    assert read["course"] == written["course"] | {"intensity": "intensive"}
    assert [(span["phase"], span["since"], span["until"]) for span in read["phases"]] == [
        ("scout", "2019", "2019-06"),
        ("scan", "2019-05", "2019-08"),
        ("coach", "2019-06", "2020"),
        ("coach", "2020-09-01", None),
    ]
    assert [note["text"] for note in read["notes"]] == ["Hoi.", "Hoi!", ""]
    assert [note["replaces"] for note in read["notes"]] == [None, "note-1", None]
    assert [note["by"] for note in read["notes"]] == ["person-1", "person-1", None]
    assert read["people"][0] == {"id": "person-1", "first_name": "Olga", "last_name": "Voorbeeld",
                                 "organisation": "IPTA Elders"}  # fmt: skip
    assert read["placements"][0]["workplace"] == {"employer": "Garage Voorbeeld", "work": "monteur", "place": ""}
    assert (read["placements"][0]["starts_on"], read["placements"][0]["stopped_on"]) == ("2020-02", "2020")
    assert read["views"][0]["line"] == "note-1"
    assert [(line["role"], line["name"], line["why"]) for line in read["referrals"]] == [
        ("mentor", "Els", "stopt met school")
    ]
    assert [(line["reply"], line["answer"]) for line in read["questions"]] == [
        ("answer", "Ja, met een brief."),
        ("", ""),
    ]
    assert read["questions"][1]["closed_at"], "no link to it came along"
    assert not Specialist.objects.get(municipality=schiedam).is_reachable
    assert [(b["id"], b["text"]) for b in read["briefings"]] == [("briefing-1", "Zijn oma stelde ons voor.")]
    assert [ship["briefing"] for ship in read["coaches"]][:2] == [None, "briefing-1"]
    assert [(line["did"], line["facts"]) for line in read["history"][:3]] == [
        ("note.written", {"note": "note-1"}),
        ("coach.changed", {"to": "person-2"}),
        ("dossier.ended", {"reason": "stable"}),
    ]


def test_what_is_not_known_stays_unknown(schiedam: Municipality, yara: Person) -> None:
    """No more than a nickname: the day of the import is the first day that is known."""
    least = {
        "format": "ipta-dossier",
        "version": 1,
        "package_id": "5b0c3c0e-3d7e-4d43-a8a4-6c1a3d1f0a11",
        "youth": {"nickname": "Mo"},
        "course": {},
    }
    dossier = package.import_package(least, schiedam, yara, by=yara).dossier
    read = package.export(dossier, Reader(yara))
    assert (dossier.youth, dossier.joined_on, dossier.found_on) == (None, None, clock.today())
    assert not [name for name in ("notes", "phases", "plans", "placements", "views", "people") if read[name][1:]]
    assert read["find"] is None


def test_an_export_is_what_the_schema_says(dossier: Dossier, sem: Person) -> None:
    written = json.loads(json.dumps(package.export(dossier, Reader(sem))))
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(written)


def test_what_was_shared_by_itself_comes_along_as_one_thing(
    dossier: Dossier, sem: Person, dana: Person, step: Step, schiedam: Municipality, yara: Person
) -> None:
    sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem, item=step.pk, item_kind="step")
    sharing.grant(dossier, section="work", to=dana, purpose="x", by=sem)
    written = json.loads(json.dumps(package.export(dossier, Reader(sem))))
    assert [line["step"] for line in written["grants"]] == [written["steps"][0]["id"], None]
    arrived = package.import_package(written, schiedam, yara, by=yara).dossier
    one, whole = Grant.objects.filter(dossier=arrived).order_by("given_at")
    assert (one.item, one.item_kind) == (arrived.step_set.get().pk, "step")
    assert (whole.item, whole.item_kind) == (None, "")
    assert not Grant.objects.now().filter(dossier=arrived).exists()


def test_every_kind_of_thing_that_can_be_shared_comes_along() -> None:
    for part in (GRANTS, REQUESTS):
        assert {field.name for field in part.fields if isinstance(field, OneThing)} == set(Grant.Item.values)


def test_what_was_shared_by_itself_and_is_gone_never_becomes_the_whole_section(
    dossier: Dossier, sem: Person, dana: Person, step: Step, schiedam: Municipality, yara: Person
) -> None:
    given = sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem, item=step.pk, item_kind="step")
    Grant.objects.filter(pk=given.pk).update(item=uuid4())
    written = json.loads(json.dumps(package.export(dossier, Reader(sem))))
    arrived = package.import_package(written, schiedam, yara, by=yara).dossier
    one = Grant.objects.get(dossier=arrived)
    assert one.item_kind == "step"
    assert one.item is not None and one.item not in arrived.step_set.values_list("pk", flat=True)


def test_one_thing_that_is_asked_for_comes_along_and_never_becomes_the_whole_section(
    dossier: Dossier, sem: Person, noor: Person, dana: Person, step: Step, schiedam: Municipality, yara: Person
) -> None:
    one = {"section": "plan", "item": step.pk, "item_kind": "step", "reason": "x", "by": noor}
    ask_for(dossier, to=dana, **one)
    gone = ask_for(dossier, to=yara, **one)
    SharingRequest.objects.filter(pk=gone.pk).update(item=uuid4())
    written = json.loads(json.dumps(package.export(dossier, Reader(sem))))
    arrived = package.import_package(written, schiedam, yara, by=yara).dossier
    there, lost = SharingRequest.objects.filter(dossier=arrived).order_by("asked_at")
    assert (there.item, there.item_kind) == (arrived.step_set.get().pk, "step")
    assert lost.item_kind == "step"
    assert lost.item is not None and lost.item not in arrived.step_set.values_list("pk", flat=True)


def test_the_schema_in_the_papers_is_that_of_the_code() -> None:
    in_docs = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(in_docs)
    assert in_docs == package.schema(), "bin/ipta schema > docs/dossier-package.schema.json"


def test_levels_of_an_older_package_become_answers_to_the_matrix(zoetermeer: Municipality, noor: Person) -> None:
    old = {"id": "old", "voice": "coach", "written_at": "2019-06-10T10:00:00Z", "about_on": "2019-06-10"}
    mine = {"id": "mine", "voice": "youth", "written_at": "2019-06-11T10:00:00Z", "about_on": "2019-06-11"}
    lines = [
        old | {"instrument": "zrm-jongeren", "ratings": {"money": 1, "work": 4}, "remark": "Post blijft dicht."},
        mine | {"instrument": "zrm-2017", "ratings": {"money": 5}, "remark": "Ik red me wel."},
        mine | {"id": "gone"},
    ]
    arrived = package.import_package(full_package() | {"version": 4, "sheets": lines}, zoetermeer, noor, by=noor)
    coach, own, gone = FilledSheet.objects.filter(dossier=arrived.dossier).order_by("about_on", "pk")
    assert (levels(noor, coach), remark(noor, coach)) == ({"money": 1, "work": 4}, "Post blijft dicht.")
    assert (levels(noor, own), remark(noor, own)) == ({"money": 5}, "Ik red me wel.")
    assert (levels(noor, gone), remark(noor, gone)) == ({}, "")
    assert [sheet.version.instrument.url for sheet in (coach, own)] == [ZRM_YOUNG, OWN_VIEW]
    assert not arrived.dossier.step_set.filter(kind="direct").exists(), "what was acute then is not acute now"
    assert coach.signed_off_at == rules.moment("2019-06-10T10:00:00Z")


def test_a_questionnaire_that_is_not_known_here_comes_along_and_nobody_begins_with_it(
    zoetermeer: Municipality, schiedam: Municipality, noor: Person, yara: Person, dossier: Dossier
) -> None:
    own, _ = shelve(read_definition(questionnaire(item("a"), title="Van ons")), zoetermeer, None)
    sheet = sheets.start_sheet(dossier, own, voice="coach", by=noor)
    moved(dossier, noor, schiedam, yara)
    there = InstrumentVersion.objects.get(instrument__url=own.instrument.url, instrument__municipality=schiedam)
    assert (there.status, there.definition) == (InstrumentVersion.Status.RETIRED, own.definition)
    moved(dossier, noor, schiedam, yara)
    assert FilledSheet.objects.filter(version=there).count() == 1, "the same package twice is one dossier"
    assert not fresh(sheet).signed_off_at


def test_the_same_number_with_other_words_stands_beside_it(schiedam: Municipality) -> None:
    first, other = (read_definition(questionnaire(item(name))) for name in ("a", "b"))
    shelve(first, schiedam, None)
    there = set_aside(other, schiedam)
    assert there.version.startswith("1 ")
    assert set_aside(other, schiedam) == there
    assert set_aside(first, schiedam).version == "1"
