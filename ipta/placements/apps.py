from django.apps import AppConfig


class Placements(AppConfig):
    name = "ipta.placements"
    verbose_name = "Plaatsingen"
