from django.apps import AppConfig


class Wraparound(AppConfig):
    name = "ipta.wraparound"
    verbose_name = "Wrap-around"
