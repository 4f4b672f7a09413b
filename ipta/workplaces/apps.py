from django.apps import AppConfig


class Workplaces(AppConfig):
    name = "ipta.workplaces"
    verbose_name = "Werkplekken"
