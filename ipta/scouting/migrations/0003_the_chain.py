import uuid

import django.db.models.deletion
from django.db import migrations, models

import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_scout_days"),
        ("scouting", "0002_finding_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="find",
            name="age",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="find",
            name="kept_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="find",
            name="kept_why",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="find",
            name="known_from",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="find",
            name="motivated",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="find",
            name="place_in_book",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="find",
            name="plays",
            field=ipta.vault.fields.SealedJSON(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="find",
            name="yes_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("together", "Samen gelezen"),
                    ("aloud", "Voorgelezen"),
                    ("own_words", "In eigen woorden verteld"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="find",
            name="yes_with",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.CreateModel(
            name="GoneCount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField()),
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
                            ("unknown", "Weet ik niet"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "Gesproken"),
                            ("whatsapp", "App"),
                            ("called", "Gebeld"),
                            ("visit", "Huisbezoek"),
                            ("other", "Anders"),
                        ],
                        max_length=12,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "municipality",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.municipality"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "month", "kind", "channel"), name="one_count_of_gone"
                    )
                ],
            },
        ),
    ]
