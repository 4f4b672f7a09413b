from django.apps import AppConfig


class Reference(AppConfig):
    name = "ipta.reference"
    verbose_name = "Naslag"
