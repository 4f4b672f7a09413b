from django.apps import AppConfig


class Vault(AppConfig):
    name = "ipta.vault"
    verbose_name = "Sleutels"
