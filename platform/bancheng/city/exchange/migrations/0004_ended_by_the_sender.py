"""The sender may end a letter that was answered: the citizen's own hall called back first."""

from django.db import migrations

WRITTEN_BY_ITSELF = (
    "by_role = current_user AND EXISTS (SELECT FROM exchange_letter l WHERE l.id = letter_id"
    " AND by_hall = CASE WHEN kind IN ('sent', 'ended') THEN l.from_hall ELSE l.to_hall END"
    " AND by_role = CASE WHEN kind IN ('sent', 'ended') THEN l.from_role ELSE l.to_role END)"
)
STATEMENTS = (
    f"ALTER POLICY written_by_itself ON exchange_letterevent WITH CHECK ({WRITTEN_BY_ITSELF})",
)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_sealed_letters")]

    operations = [migrations.RunSQL(list(STATEMENTS), migrations.RunSQL.noop)]
