import uuid

import django.db.models.deletion
from django.db import migrations, models

import ipta.base.clock


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_specialists"), ("scans", "0002_instruments")]

    operations = [
        migrations.CreateModel(
            name="CheckInRhythm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "often",
                    models.CharField(
                        choices=[
                            ("never", "Nooit"),
                            ("weekly", "Elke week"),
                            ("fortnightly", "Om de week"),
                            ("monthly", "Elke maand"),
                        ],
                        max_length=11,
                    ),
                ),
                ("since", models.DateField(default=ipta.base.clock.today)),
                (
                    "dossier",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.dossier"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="checkinrhythm",
            constraint=models.UniqueConstraint(fields=("dossier",), name="a_rhythm_is_there_once"),
        ),
    ]
