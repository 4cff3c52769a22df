from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_intake")]

    operations = [
        migrations.AddField("case", "designated", models.BooleanField(default=False)),
        migrations.AddField("case", "escalated", models.BooleanField(default=False)),
        migrations.AddField("case", "asked", models.JSONField(default=list)),
        migrations.AddField("case", "closing", models.JSONField(default=dict)),
    ]
