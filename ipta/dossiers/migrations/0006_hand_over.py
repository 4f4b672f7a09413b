import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("dossiers", "0005_specialists"),
    ]

    operations = [
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
        migrations.AddField(
            model_name="coachship",
            name="words",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
    ]
