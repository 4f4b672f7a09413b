"""Meenemen: the whole of it as a file and on paper."""

import json

from django.test import Client

from ipta.dossiers.models import Dossier
from tests.asking import looks, verbs
from tests.web.youth.asking import address


def test_the_file_is_his_whole_dossier(sems: Client, dossier: Dossier) -> None:
    response = sems.get(address("download"))
    assert response.headers["Content-Type"].startswith("application/json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="mijn-verhaal.json"'
    assert json.loads(response.content)["package_id"] == str(dossier.pk)
    for section in ("identity", "plan", "appointments", "contacts", "work", "family", "scores"):
        assert f"kwetter-sem-{section}" in response.text
    assert verbs(dossier)[-1] == "dossier.exported"


def test_the_name_of_the_file_and_its_headers_say_nothing(sems: Client, dossier: Dossier) -> None:
    headers = str(sems.get(address("download")).headers)
    assert "kwetter" not in headers
    assert "no-store" in headers


def test_taking_along_stands_in_the_reading_log(sems: Client, dossier: Dossier) -> None:
    sems.get(address("download"))
    assert {look.reader_role for look in looks(dossier)} == {"youth"}


def test_the_paper_holds_what_every_page_holds(sems: Client, dossier: Dossier) -> None:
    page = sems.get(address("paper")).text
    for section in ("identity", "plan", "appointments", "contacts", "work", "family", "scores"):
        assert f"kwetter-sem-{section}" in page


def test_another_youth_takes_her_own(kims: Client, dossier: Dossier) -> None:
    response = kims.get(address("download"))
    assert "kwetter-kim" in response.text
    assert "kwetter-sem" not in response.text


def test_when_it_has_ended_it_is_still_his_to_take(sems: Client, ended: Dossier) -> None:
    assert sems.get(address("download")).status_code == 200
