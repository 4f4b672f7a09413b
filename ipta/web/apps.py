from django.apps import AppConfig


class Web(AppConfig):
    name = "ipta.web"
    verbose_name = "Bureaus"

    def ready(self) -> None:
        from ipta.web import checks  # noqa: F401 - to be known at `manage.py check`
