import django.db.models.deletion
from django.db import migrations, models

import ipta.base.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=40)),
                ("checksum", models.CharField(max_length=64)),
                ("attribution", models.CharField(max_length=300)),
                ("loaded_at", models.DateTimeField(default=ipta.base.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("occupation", "Beroep"), ("skill", "Vaardigheid")], max_length=10)),
                ("label", models.CharField(max_length=200)),
                ("group", models.CharField(blank=True, max_length=200)),
                ("isco", models.CharField(blank=True, max_length=4)),
                ("is_current", models.BooleanField(default=True)),
                ("source", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="reference.source")),
            ],
            options={
                "ordering": ["label"],
            },
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("folded", models.CharField(max_length=220)),
                ("is_label", models.BooleanField(default=False)),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="reference.term"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["folded"], name="reference_n_folded_910765_idx")],
                "constraints": [models.UniqueConstraint(fields=("term", "folded"), name="a_name_is_there_once")],
            },
        ),
    ]
