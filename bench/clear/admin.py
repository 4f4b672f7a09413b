"""As the documentation of Django does it, at its quickest: no column that costs a query per row."""

from django.contrib import admin

from bench.clear.models import Dossier, Note


class Notes(admin.TabularInline):  # type: ignore[type-arg]
    model = Note
    fields = ("channel", "is_reached", "is_celebration", "happened_at", "place", "text")
    extra = 0


@admin.register(Dossier)
class DossierAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("first_name", "last_name", "municipality", "coach", "intensity", "joined_on")
    list_select_related = ("coach",)
    search_fields = ("first_name", "last_name", "notes__text")
    raw_id_fields = ("coach",)
    inlines = (Notes,)


@admin.register(Note)
class NoteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    raw_id_fields = ("dossier", "author")
