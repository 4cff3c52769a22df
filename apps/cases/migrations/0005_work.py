import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_time")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="helpers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="caseevent", name="kind", field=models.CharField(max_length=48)
        ),
        migrations.AlterField(
            model_name="deadline", name="stage", field=models.CharField(max_length=20)
        ),
        migrations.AddField(model_name="deadline", name="item", field=models.UUIDField(null=True)),
        migrations.RemoveConstraint(model_name="deadline", name="deadline_one_open"),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(
                fields=["case", "stage", "item"],
                name="deadline_one_open",
                condition=Q(ended=""),
                nulls_distinct=False,
            ),
        ),
    ]
