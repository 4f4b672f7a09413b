from django.apps import AppConfig


class Clear(AppConfig):
    name = "bench.clear"
    label = "clear"
    default_auto_field = "django.db.models.BigAutoField"
