from django.db import migrations


class Migration(migrations.Migration):
    """A template is looked up by its whole kind, never by how it begins."""

    dependencies = [("documents", "0001_papers")]
    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS documents_template_kind_ed358925_like", migrations.RunSQL.noop
        )
    ]
