"""Both ends read a letter; each end writes only as itself; nobody changes or deletes."""

from django.db import migrations

SENT_BY_ITSELF = (
    "from_role = current_user AND to_role <> current_user AND (from_hall, network_id) IN"
    " (SELECT id, network_id FROM tenants_hall"
    " WHERE schema_name = substr(current_user::text, 6))"
    " AND (to_hall, network_id, to_role) IN"
    " (SELECT id, network_id, 'hall_' || schema_name FROM tenants_hall)"
)
WRITTEN_BY_ITSELF = (
    "by_role = current_user AND EXISTS (SELECT FROM exchange_letter l WHERE l.id = letter_id"
    " AND by_hall = CASE WHEN kind = 'sent' THEN l.from_hall ELSE l.to_hall END"
    " AND by_role = CASE WHEN kind = 'sent' THEN l.from_role ELSE l.to_role END)"
)
STATEMENTS = (
    "ALTER TABLE exchange_letter ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY read_by_both_ends ON exchange_letter FOR SELECT"
    " USING (from_role = current_user OR to_role = current_user)",
    f"CREATE POLICY sent_by_itself ON exchange_letter FOR INSERT WITH CHECK ({SENT_BY_ITSELF})",
    "GRANT SELECT, INSERT ON exchange_letter TO hall_shared",
    "ALTER TABLE exchange_letterevent ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY read_by_both_ends ON exchange_letterevent FOR SELECT"
    " USING (letter_id IN (SELECT id FROM exchange_letter))",
    "CREATE POLICY written_by_itself ON exchange_letterevent FOR INSERT"
    f" WITH CHECK ({WRITTEN_BY_ITSELF})",
    "GRANT SELECT, INSERT ON exchange_letterevent TO hall_shared",
)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_letters"), ("tenants", "0002_isolation")]

    operations = [migrations.RunSQL(list(STATEMENTS), migrations.RunSQL.noop)]
