from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_chain")]

    operations = [
        migrations.CreateModel(
            name="SealedEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("body", models.JSONField()),
                ("mac", models.BinaryField(max_length=32)),
            ],
        ),
    ]
