import uuid

import django.db.models.deletion
from django.db import migrations, models

import ipta.base.clock
import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_specialists"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="remind_by",
            field=models.CharField(
                choices=[("page", "Op de eigen pagina"), ("chat", "De coach appt"), ("text", "Sms"), ("mail", "Mail")],
                default="page",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="remind_evening",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="dossier",
            name="remind_hour",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="dossier",
            name="remind_to",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="dossier",
            name="remind_words",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "moment",
                    models.CharField(
                        choices=[("evening", "De avond ervoor"), ("hour", "Een uur ervoor")], max_length=7
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("page", "Op de eigen pagina"),
                            ("chat", "De coach appt"),
                            ("text", "Sms"),
                            ("mail", "Mail"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("sending", "Onderweg"),
                            ("sent", "Gestuurd"),
                            ("failed", "Niet gelukt"),
                            ("held", "Niet op dit uur"),
                        ],
                        default="sending",
                        max_length=7,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField(default=ipta.base.clock.now)),
                (
                    "appointment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.appointment"),
                ),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.dossier")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("appointment", "moment"), name="reminded_once")],
            },
        ),
    ]
