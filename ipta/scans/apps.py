from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Scans(AppConfig):
    name = "ipta.scans"
    verbose_name = "Scans"

    def ready(self) -> None:
        post_migrate.connect(_fill_the_shelf, sender=self)


def _fill_the_shelf(using: str, **_rest: Any) -> None:
    """Instruments come with the tables: without a matrix on the shelf there is no quick scan."""
    from ipta.scans.instruments.shelf import load_shipped

    if using == "default":
        load_shipped()
