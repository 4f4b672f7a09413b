import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ipta.base.clock
import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_scout_days"),
        ("dossiers", "0005_specialists"),
        ("scans", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("url", models.CharField(max_length=255)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("copyright", models.TextField(blank=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="accounts.municipality"
                    ),
                ),
            ],
            options={
                "ordering": ["url"],
            },
        ),
        migrations.CreateModel(
            name="InstrumentVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=60)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Nog niet in gebruik"),
                            ("active", "In gebruik"),
                            ("retired", "Niet meer in gebruik"),
                        ],
                        max_length=8,
                    ),
                ),
                ("definition", models.JSONField()),
                ("checksum", models.CharField(max_length=64)),
                ("loaded_at", models.DateTimeField(default=ipta.base.clock.now)),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="scans.instrument"
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-loaded_at"],
            },
        ),
        migrations.CreateModel(
            name="FilledSheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("youth", "Jongere"),
                            ("coach", "Coach"),
                            ("supervisor", "Leidinggevende"),
                            ("other", "Iemand anders"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about_on", models.DateField(default=ipta.base.clock.today)),
                ("started_at", models.DateTimeField(default=ipta.base.clock.now)),
                ("saved_at", models.DateTimeField(default=ipta.base.clock.now)),
                ("times_saved", models.PositiveIntegerField(default=0)),
                ("signed_off_at", models.DateTimeField(null=True)),
                ("together_with", ipta.vault.fields.SealedText(blank=True, default=b"")),
                ("answers", ipta.vault.fields.SealedJSON(blank=True, default=b"")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.dossier")),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="scans.filledsheet",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="scans.instrumentversion"),
                ),
            ],
            options={
                "ordering": ["-about_on", "-started_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.UniqueConstraint(fields=("url", "municipality"), name="an_instrument_is_there_once"),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("municipality", None)),
                fields=("url",),
                name="an_instrument_of_the_house_is_there_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="instrumentversion",
            constraint=models.UniqueConstraint(fields=("instrument", "version"), name="a_version_is_there_once"),
        ),
        migrations.AddConstraint(
            model_name="instrumentversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "active")), fields=("instrument",), name="one_version_in_use_at_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="filledsheet",
            index=models.Index(fields=["dossier", "voice", "-about_on"], name="scans_fille_dossier_f13a36_idx"),
        ),
        migrations.AddConstraint(
            model_name="filledsheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("signed_off_at", None)),
                fields=("dossier", "version", "voice"),
                name="a_sheet_is_open_once",
            ),
        ),
    ]
