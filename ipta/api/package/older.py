"""Packages of older versions, written as this version writes them. What is right in them is checked before."""

from typing import Any, Final

from ipta.api.package.fields import as_text
from ipta.base import clock
from ipta.dossiers.rules import tidy
from ipta.scans.instruments.questions import Questionnaire
from ipta.scans.instruments.responses import COMPLETED, Response, response_of
from ipta.scans.instruments.shelf import shipped
from ipta.scans.matrix import matrix_of
from ipta.scans.queries import OWN_VIEW, ZRM

Package = dict[str, Any]
OLD: Final = ("instrument", "written_at", "ratings", "remark")


def renewed(package: Package) -> Package:
    """Levels of life domains (up to version 4) become answers to the questionnaire that asks for them."""
    if all("answers" in sheet for sheet in package.get("sheets", [])):
        return package
    asked = {instrument.url: instrument for instrument in shipped()}
    used: dict[str, str] = {}
    sheets = [sheet if "answers" in sheet else _with_answers(sheet, asked, used) for sheet in package["sheets"]]
    definitions = [{"id": known_as, "definition": as_text(asked[url].source)} for url, known_as in used.items()]
    return package | {"sheets": sheets, "instruments": [*package.get("instruments", []), *definitions]}


def _with_answers(sheet: Package, asked: dict[str, Questionnaire], used: dict[str, str]) -> Package:
    url = OWN_VIEW if sheet["voice"] == "youth" else f"{ZRM.rpartition(':')[0]}:{sheet.get('instrument')}"
    matrix = matrix_of(asked[url]) if url in asked else None
    if matrix is None or not matrix.is_whole:
        url = ZRM
        matrix = matrix_of(asked[url])
    assert matrix is not None  # noqa: S101 - that of the house is one
    known_as = used.setdefault(url, f"older--{url.rpartition(':')[2]}")  # no list of before has such ids
    answers = matrix.answers(sheet.get("ratings", {}), tidy(sheet.get("remark", "")))
    response = as_text(response_of(asked[url], Response(answers=answers, status=COMPLETED))) if answers else None
    at = sheet.get("written_at") or clock.now().isoformat()
    kept = {name: value for name, value in sheet.items() if name not in OLD}
    moments = {"started_at": at, "saved_at": at, "signed_off_at": at}
    return moments | kept | {"answers": {"instrument": known_as, "response": response}}
