from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="scout_days",
            field=models.PositiveSmallIntegerField(default=42),
        ),
    ]
