from django.db import migrations


class Migration(migrations.Migration):
    """A topic is looked up whole, never by how it begins."""

    dependencies = [("live", "0001_topics_and_events")]
    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS live_livetopic_topic_04ba0847_like", migrations.RunSQL.noop
        )
    ]
