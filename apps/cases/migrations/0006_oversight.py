from django.db import migrations, models

import bancheng.kernel.clock


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_work")]

    operations = [
        migrations.AddField(
            model_name="case", name="supervised", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="deadline",
            name="owned_at",
            field=models.DateTimeField(default=bancheng.kernel.clock.now),
        ),
        migrations.AddField(
            model_name="deadline", name="lifted", field=models.BooleanField(default=False)
        ),
    ]
