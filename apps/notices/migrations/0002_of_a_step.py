from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices")]

    operations = [
        migrations.AddField("notice", "of_version", models.IntegerField(null=True)),
    ]
