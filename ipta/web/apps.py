from django.apps import AppConfig


class Web(AppConfig):
    name = "ipta.web"
    verbose_name = "Bureaus"
