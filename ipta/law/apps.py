from django.apps import AppConfig


class Law(AppConfig):
    name = "ipta.law"
    verbose_name = "Wet"
