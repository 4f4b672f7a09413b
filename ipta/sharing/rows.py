"""Every row of a dossier, in whatever table: found by how the tables hang together, so that no new one is forgotten."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

from ipta.dossiers.models import Dossier


def rows_of(dossier: Dossier) -> list[QuerySet[Any]]:
    """All that hangs under this dossier, in every table there is; what hangs on other rows comes before those.

    What names its dossier itself is found by that, however else it hangs there as well.
    """
    ways: dict[type[Model], list[str]] = {}
    for model, path in _hanging(Dossier, ""):
        ways.setdefault(model, []).append(path)
    return [
        model._default_manager.filter(**{path: dossier})
        for model, paths in ways.items()
        for path in ([path for path in paths if "__" not in path] or paths)
    ]


def _hanging(owner: type[Model], path: str) -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is owner and model is not owner:
                way = "__".join(filter(None, [field.name, path]))
                yield from _hanging(model, way)
                yield model, way


def to_its_own(model: type[Model]) -> list[str]:
    """The fields in which a row names another row of the same table."""
    fields = model._meta.concrete_fields
    return [field.name for field in fields if isinstance(field, ForeignKey) and field.related_model is model]
