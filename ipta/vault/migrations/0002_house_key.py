"""Keys of the house. Secrets of the second factor that are there already hung on the lowest version of the master key:
the same key becomes a row, wrapped as the others, so that they stay readable and that version can be retired.
"""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connections, migrations, models

from ipta.vault import master, seals


def carry_over(apps, schema_editor):
    if not has_secrets():
        return
    masters = master.versions()
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"ipta mfa").derive(masters[min(masters)])
    newest = max(masters)
    apps.get_model("vault", "HouseKey").objects.using(schema_editor.connection.alias).create(
        purpose="second-factor", wrapped=seals.wrap(key, under=masters[newest]), master_version=newest
    )


def has_secrets():
    """Whether somebody set up a second factor before; the texts lie in the other database."""
    texts = connections["default"]
    if "mfa_authenticator" not in texts.introspection.table_names():
        return False
    with texts.cursor() as cursor:
        cursor.execute("SELECT 1 FROM mfa_authenticator LIMIT 1")
        return cursor.fetchone() is not None


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="HouseKey",
            fields=[
                ("wrapped", models.BinaryField()),
                ("master_version", models.PositiveIntegerField()),
                ("purpose", models.CharField(max_length=20, primary_key=True, serialize=False)),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
