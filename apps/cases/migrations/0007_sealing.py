from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_oversight")]

    operations = [
        migrations.AddField(
            "case",
            "circle",
            ArrayField(models.UUIDField(), blank=True, default=list, size=None),
        ),
        migrations.AddField("case", "sealed", models.BooleanField(default=False)),
        migrations.AddField("reception", "sealed", models.BooleanField(default=False)),
        migrations.AddField(
            "applicant", "agent_phone_index", models.BinaryField(max_length=16, null=True)
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["registered_at"], condition=models.Q(sealed=True), name="case_sealed"
            ),
        ),
    ]
