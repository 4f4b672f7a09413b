from django.apps import AppConfig


class Scouting(AppConfig):
    name = "ipta.scouting"
    verbose_name = "Scouten"
