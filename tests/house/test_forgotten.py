"""Of who never joined every row goes, in whatever table: also in one that a later part brings."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from ipta.dossiers.models import Dossier, OfDossier
from ipta.sharing.rows import rows_of
from tests.house import code
from tests.house.code import IPTA

# They tell of a dossier by its id, and outlive it: each with why.
OUTLIVE = {
    "dossiers.Specialist": "of an organisation: what it is about is its field of work",
    "accounts.Link": "a hash, and the number of what is gone: it leads nowhere",
    "journal.Entry": "who did what when, without a word",
    "journal.Chain": "the last line of that",
    "sharing.Look": "who looked when",
    "vault.SectionKey": "that a key was destroyed: without it a back-up would bring it back",
}


def found(dossier: Dossier) -> list[type[models.Model]]:
    return [rows.model for rows in rows_of(dossier)]


def test_every_table_that_hangs_under_a_dossier_is_found() -> None:
    there = found(Dossier())
    hanging = {model for model in apps.get_models() if issubclass(model, OfDossier)}
    assert hanging <= set(there)
    assert len(hanging) >= 15


def test_what_hangs_on_a_row_goes_before_that_row() -> None:
    there = found(Dossier())
    names = [model._meta.label for model in there]
    assert names.index("plans.Agreement") < names.index("plans.PlanVersion")
    for number, model in enumerate(there):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in there and field.related_model != model:
                assert there.index(field.related_model) > number, f"{model} would go after {field.related_model}"


@pytest.fixture
def newcomer() -> Iterator[type[models.Model]]:
    """A table that somebody brings one day, and one that hangs on that."""

    class Newcomer(OfDossier):
        class Meta:
            app_label = "dossiers"

    class Follower(models.Model):
        leader = models.ForeignKey(Newcomer, models.PROTECT)

        class Meta:
            app_label = "dossiers"

    yield Follower
    for name in ("newcomer", "follower"):
        del apps.all_models["dossiers"][name]
    apps.clear_cache()


def test_a_table_of_a_later_part_is_found_by_itself(newcomer: type[models.Model]) -> None:
    there = [model.__name__ for model in found(Dossier())]
    assert there.index("Follower") < there.index("Newcomer")


def test_what_knows_a_dossier_by_its_id_alone_goes_too_or_says_why_not() -> None:
    there = set(found(Dossier())) | {Dossier}
    for model in apps.get_models():
        if model.__module__.startswith("ipta.") and model not in there:
            columns = {field.attname for field in model._meta.concrete_fields}
            tells = columns & {"dossier_id", "about"}
            assert bool(tells) == (model._meta.label in OUTLIVE), f"{model._meta.label}: forget it as well, or say why"


def test_nothing_but_the_house_forgets() -> None:
    callers = {
        code.name(file)
        for file in code.files(IPTA)
        for call in code.calls(ast.parse(file.read_text()))
        if code.called(call).split(".")[-1] in {"let_go", "forget"}
    }
    assert callers <= {"ipta/scouting/due.py", "ipta/scouting/commands.py"}
