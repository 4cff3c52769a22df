"""A hall's role sees the accounts that are members there, and only those."""

from django.db import migrations

KNOWN_HERE = "id IN (SELECT account_id FROM identity_membership WHERE hall_role = current_user)"
NETWORK_OF = """
CREATE FUNCTION public.account_network(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.network_id FROM identity_account a WHERE a.id = wanted
$$
"""
OWN = "hall_role = current_user"
JOINABLE = f"{OWN} AND account_network(account_id) = hall_network(current_user::text)"
SAME_NETWORK = "network_id = (SELECT hall_network(current_user::text))"
STATEMENTS = [
    "ALTER TABLE identity_account ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE identity_membership ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY readable ON identity_account FOR SELECT USING ({KNOWN_HERE})",
    f"CREATE POLICY addable ON identity_account FOR INSERT WITH CHECK ({SAME_NETWORK})",
    f"CREATE POLICY changeable ON identity_account FOR UPDATE USING ({KNOWN_HERE})",
    NETWORK_OF,
    "REVOKE EXECUTE ON FUNCTION public.account_network(uuid) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION public.account_network(uuid) TO hall_shared",
    f"CREATE POLICY own ON identity_membership USING ({OWN}) WITH CHECK ({JOINABLE})",
    "GRANT SELECT, INSERT ON identity_account TO hall_shared",
    "GRANT UPDATE (password, active) ON identity_account TO hall_shared",
    "GRANT SELECT, INSERT ON identity_membership TO hall_shared",
]


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_accounts"), ("tenants", "0002_isolation")]

    operations = [migrations.RunSQL(STATEMENTS, reverse_sql=migrations.RunSQL.noop)]
