"""Who may see which hall: functions that answer for one role, grants, row-level security.

One statement per operation, so that it also runs where statements are distributed.
"""

from django.db import migrations

LOOKUP = """
CREATE FUNCTION public.hall_lookup(asked_by text, asked_for text)
RETURNS TABLE (id uuid, schema_name text, slug text, name text, desk_name text, level text,
               network_id uuid, network_name text, parent_id uuid, host text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.id, h.schema_name, h.slug, h.name, h.desk_name, h.level,
           n.id, n.name, h.parent_id, coalesce(d.domain, '')
    FROM tenants_hall h
    JOIN tenants_network n ON n.id = h.network_id
    LEFT JOIN tenants_domain d ON d.tenant_id = h.id AND d.is_primary
    WHERE asked_by = 'host' AND h.id = (SELECT x.tenant_id FROM tenants_domain x WHERE x.domain = asked_for)
       OR asked_by = 'schema' AND h.schema_name = asked_for
       OR asked_by = 'id' AND h.id::text = asked_for
$$
"""
SCHEMAS = """
CREATE FUNCTION public.hall_schemas() RETURNS TABLE (schema_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.schema_name FROM tenants_hall h ORDER BY h.schema_name
$$
"""
NETWORK = """
CREATE FUNCTION public.hall_network(role text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.network_id FROM tenants_hall h WHERE 'hall_' || h.schema_name = role
$$
"""
VISIBLE = """
CREATE FUNCTION public.hall_visible(role text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE below AS (
        SELECT h.id FROM tenants_hall h WHERE 'hall_' || h.schema_name = role
        UNION
        SELECT h.id FROM tenants_hall h JOIN below b ON h.parent_id = b.id)
    SELECT id FROM below
$$
"""
FUNCTIONS = {
    "hall_lookup(text, text)": "hall_nobody",
    "hall_schemas()": "hall_nobody",
    "hall_network(text)": "hall_shared",
    "hall_visible(text)": "hall_shared",
}
SAME_NETWORK = "(SELECT hall_network(current_user::text))"
POLICIES = {
    "tenants_network": f"id = {SAME_NETWORK}",
    "tenants_hall": f"network_id = {SAME_NETWORK}",
    "tenants_domain": "tenant_id IN (SELECT id FROM tenants_hall)",
    "tenants_hallkey": "role = current_user",
}


def doors() -> list[str]:
    statements = ["GRANT SELECT ON public.django_migrations TO hall_nobody"]
    for function, role in FUNCTIONS.items():
        statements.append(f"REVOKE EXECUTE ON FUNCTION public.{function} FROM PUBLIC")
        statements.append(f"GRANT EXECUTE ON FUNCTION public.{function} TO {role}")
    for table, rule in POLICIES.items():
        statements.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        statements.append(f"CREATE POLICY readable ON {table} FOR SELECT USING ({rule})")
        statements.append(f"GRANT SELECT ON {table} TO hall_shared")
    return statements


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_networks_and_halls")]

    operations = [
        migrations.RunSQL(
            [LOOKUP, SCHEMAS, NETWORK, VISIBLE, *doors()], reverse_sql=migrations.RunSQL.noop
        )
    ]
