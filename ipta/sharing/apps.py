from django.apps import AppConfig


class Sharing(AppConfig):
    name = "ipta.sharing"
    verbose_name = "Delen"
