from django.apps import AppConfig


class Journal(AppConfig):
    name = "ipta.journal"
    verbose_name = "Journaal"
