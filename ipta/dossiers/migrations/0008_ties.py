from django.db import migrations

import ipta.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0007_hand_over"),
    ]

    operations = [
        migrations.AddField(
            model_name="networkperson",
            name="own_words",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="networkperson",
            name="ties",
            field=ipta.vault.fields.SealedJSON(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="networkperson",
            name="worked_at",
            field=ipta.vault.fields.SealedText(blank=True, default=b""),
        ),
    ]
