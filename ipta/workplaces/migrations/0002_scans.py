import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ipta.base.clock
import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_scout_days"),
        ("reference", "0001_initial"),
        ("workplaces", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="workplace",
            name="occupation",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="reference.term"),
        ),
        migrations.CreateModel(
            name="WorkplaceScan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("visit", "Op bezoek"),
                            ("worked", "Van iemand die er werkte"),
                            ("heard", "Van horen zeggen"),
                        ],
                        default="visit",
                        max_length=6,
                    ),
                ),
                ("seen_on", models.DateField()),
                ("written_at", models.DateTimeField(default=ipta.base.clock.now)),
                ("atmosphere", ipta.vault.fields.BookText(blank=True, default=b"")),
                ("tasks", ipta.vault.fields.BookText(blank=True, default=b"")),
                ("skills", ipta.vault.fields.BookText(blank=True, default=b"")),
                ("social", ipta.vault.fields.BookText(blank=True, default=b"")),
                ("guidance", ipta.vault.fields.BookText(blank=True, default=b"")),
                ("network", ipta.vault.fields.BookText(blank=True, default=b"")),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.municipality"),
                ),
                (
                    "workplace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scans", to="workplaces.workplace"
                    ),
                ),
            ],
            options={
                "ordering": ["-seen_on", "-written_at"],
            },
        ),
    ]
