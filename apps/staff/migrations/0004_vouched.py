from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_administration")]

    operations = [
        migrations.AddField("post", "vouched", models.JSONField(db_default=[], default=list)),
    ]
