from django.apps import AppConfig


class Plans(AppConfig):
    name = "ipta.plans"
    verbose_name = "Plannen"
