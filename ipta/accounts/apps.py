from django.apps import AppConfig


class Accounts(AppConfig):
    name = "ipta.accounts"
    verbose_name = "Mensen"
