"""Proof, register and DPIA: on a page and on paper, out of what is really there."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.test import Client

from ipta.accounts.models import Municipality, Person
from ipta.accounts.oidc import IdentityProvider
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.dossiers.specialists.commands import add_specialist
from ipta.law import commands
from ipta.law.models import Proof
from ipta.vault.models import SectionKey
from ipta.web.law.risks import RISKS
from tests.cast import CANARY
from tests.domain.law.test_destroy import TWO, go
from tests.house.code import ROOT
from tests.web.law.desk import at, said


@pytest.fixture
def proof(dossier: Dossier, noor: Person) -> Proof:
    dossiers.end(dossier, reason="moved", by=noor)
    go(TWO, TWO + 30)
    return Proof.objects.get(kind="contacts")


def test_a_proof_is_laid_beside_journal_and_keys_as_one_looks(
    proof: Proof, dossier: Dossier, pepijns: Client, zoetermeer: Municipality
) -> None:
    page = said(pepijns.get(at("proof", zoetermeer, proof.pk)))
    assert "Dit klopt</" in page
    assert proof.mark in page
    assert str(dossier.pk) not in page
    SectionKey.objects.filter(dossier_id=dossier.pk, section="contacts").update(wrapped=b"terug")
    assert "Dit klopt niet" in said(pepijns.get(at("proof", zoetermeer, proof.pk)))


def test_the_proof_comes_on_paper_without_a_name(proof: Proof, fems: Client, zoetermeer: Municipality) -> None:
    assert proof.mark[:8] in said(fems.get(at("proofs", zoetermeer)))
    answer = fems.get(at("proof_pdf", zoetermeer, proof.pk))
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
        assert CANARY not in str(pdf.docinfo)


def test_of_another_town_there_is_no_proof(proof: Proof, fems: Client, schiedam: Municipality) -> None:
    assert fems.get(at("proof", schiedam, proof.pk)).status_code == 404


def test_the_register_tells_what_is_really_so(
    fems: Client,
    zoetermeer: Municipality,
    fem: Person,
    pepijn: Person,
    dossier: Dossier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = {"organisation": "Wonen Plus", "fields": ["housing"], "answers_within": 3}
    add_specialist(zoetermeer, by=fem, **words)
    commands.choose_term(zoetermeer, "scans", years=3, why="Zo.", by=fem)
    monkeypatch.setattr(settings, "EMAIL_HOST", "")
    monkeypatch.setattr(settings, "STAFF_REST", 20 * 60)
    page = said(fems.get(at("register", zoetermeer)))
    for there in (
        "Pepijn",
        "Wonen Plus",
        "3 jaar",
        "Dossiers nu: 1.",
        "stuurt zelf niets naar een ander",
        "Niet ingesteld.",
        "er gaat geen mail weg",
        "na 20 minuten",
        "GM0637",
    ):
        assert there in page, there
    monkeypatch.setattr(settings, "EMAIL_HOST", "mail.example")
    page = said(fems.get(at("register", zoetermeer)))
    assert "er gaat geen mail weg" not in page
    assert "Het systeem stuurt iets naar: mail.example." in page


def test_the_register_tells_of_the_sign_in_of_this_town_alone(
    fems: Client, zoetermeer: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = (
        IdentityProvider(code, name, f"https://{name.lower()}.example", "ipta", "x", frozenset(), False, "x")
        for code, name in ((zoetermeer.code, "Hier"), ("GM0556", "Daar"))
    )
    monkeypatch.setattr(settings, "IDENTITY_PROVIDERS", [here, there])
    page = said(fems.get(at("register", zoetermeer)))
    assert "Aan: Hier." in page
    assert "hier.example" in page
    assert "daar.example" not in page


def test_one_who_is_not_the_youth_calls_nothing_mine(fems: Client, zoetermeer: Municipality) -> None:
    for name in ("register", "dpia", "terms", "grounds"):
        page = said(fems.get(at(name, zoetermeer)))
        assert "mijn mensen" not in page
        assert "mijn verhaal" not in page


@pytest.mark.parametrize("name", ["register", "dpia"])
def test_both_come_on_paper(name: str, pepijns: Client, zoetermeer: Municipality) -> None:
    answer = pepijns.get(at(f"{name}_pdf", zoetermeer))
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) > 2


def test_the_dpia_says_what_the_municipality_fills_in(pepijns: Client, zoetermeer: Municipality) -> None:
    page = said(pepijns.get(at("dpia", zoetermeer)))
    assert "Advies van de functionaris gegevensbescherming" in page
    assert all(str(risk.what) in page for risk in RISKS)


def test_every_measure_against_a_risk_has_tests_that_are_there() -> None:
    named = {test for risk in RISKS for test in risk.shown_by}
    assert {test for test in named if not Path(ROOT / test).is_file()} == set()
    assert all(risk.shown_by for risk in RISKS)
