import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ipta.base.clock
import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("dossiers", "0006_reminders"),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("written_at", models.DateTimeField(default=ipta.base.clock.now)),
                ("text", ipta.vault.fields.SealedText(blank=True, default=b"")),
                (
                    "dossier",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.dossier"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(
            model_name="coachship",
            name="given_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="coachship", name="is_off", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="coachship",
            name="briefing",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, to="dossiers.briefing"),
        ),
    ]
