"""Other evidence is tied to what is missing (C-72)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_authority")]

    operations = [
        migrations.AddField("itemevidence", "reason", models.CharField(default="", max_length=8)),
    ]
