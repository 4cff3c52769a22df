from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_devices")]

    operations = [
        migrations.AddField("department", "scope", models.CharField(default="", max_length=200)),
        migrations.AddField("department", "version", models.IntegerField(default=1)),
        migrations.AddField("post", "locked", models.BooleanField(default=False)),
        migrations.AddField("post", "proposed", models.JSONField(null=True)),
        migrations.AddField("post", "version", models.IntegerField(default=1)),
    ]
