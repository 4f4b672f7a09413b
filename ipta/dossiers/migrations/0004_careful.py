from django.db import migrations

import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0003_appointments"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="careful",
            field=ipta.vault.fields.SealedJSON(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="dossier",
            name="may_know",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
    ]
