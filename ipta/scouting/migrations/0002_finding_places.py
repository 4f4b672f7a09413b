import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ipta.base.clock
import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_lost_second_factor"),
        ("scouting", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FindingPlace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("street", "Straat"),
                            ("sport", "Sport"),
                            ("music", "Muziekstudio"),
                            ("religious", "Moskee of kerk"),
                            ("community", "Buurthuis"),
                            ("coffeeshop", "Coffeeshop"),
                            ("barber", "Kapper"),
                            ("shisha", "Shishalounge"),
                            ("school", "School"),
                            ("police", "Wijkagent"),
                            ("safety_house", "Zorg- en veiligheidshuis"),
                            ("other", "Ergens anders"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("area", models.CharField(blank=True, max_length=4)),
                ("added_at", models.DateTimeField(default=ipta.base.clock.now)),
                ("hours", ipta.vault.fields.BookText(blank=True, default=b"")),
                ("opens_doors", ipta.vault.fields.BookText(blank=True, default=b"")),
                (
                    "added_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.municipality"),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("seen_on", models.DateField()),
                ("written_at", models.DateTimeField(default=ipta.base.clock.now)),
                ("words", ipta.vault.fields.BookText(blank=True, default=b"")),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.municipality"),
                ),
                ("place", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="scouting.findingplace")),
            ],
            options={
                "ordering": ["-seen_on", "-written_at"],
            },
        ),
    ]
