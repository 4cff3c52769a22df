from django.db import migrations


class Migration(migrations.Migration):
    """A session is looked up by its whole key, never by how it begins."""

    dependencies = [("sessions", "0001_initial"), ("staff", "0004_vouched")]
    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS django_session_session_key_c0390e0f_like",
            migrations.RunSQL.noop,
        )
    ]
