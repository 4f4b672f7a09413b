from django.apps import AppConfig


class Dossiers(AppConfig):
    name = "ipta.dossiers"
    verbose_name = "Dossiers"
