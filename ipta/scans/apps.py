from django.apps import AppConfig


class Scans(AppConfig):
    name = "ipta.scans"
    verbose_name = "Scans"
