"""A hall says itself how its desk is called and where it is found (domain.md C-83)."""

from django.db import migrations, models

DROPPED = "DROP FUNCTION public.hall_lookup(text, text)"
LOOKUP = """
CREATE FUNCTION public.hall_lookup(asked_by text, asked_for text)
RETURNS TABLE (id uuid, schema_name text, slug text, name text, desk_name text, level text,
               network_id uuid, network_name text, parent_id uuid, host text,
               address text, phone text, hours text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.id, h.schema_name, h.slug, h.name, h.desk_name, h.level,
           n.id, n.name, h.parent_id, coalesce(d.domain, ''),
           h.address, h.phone, h.hours
    FROM tenants_hall h
    JOIN tenants_network n ON n.id = h.network_id
    LEFT JOIN tenants_domain d ON d.tenant_id = h.id AND d.is_primary
    WHERE asked_by = 'host' AND h.id = (SELECT x.tenant_id FROM tenants_domain x WHERE x.domain = asked_for)
       OR asked_by = 'schema' AND h.schema_name = asked_for
       OR asked_by = 'id' AND h.id::text = asked_for
$$
"""
OWN = "'hall_' || schema_name = current_user"
STATEMENTS = [
    DROPPED,
    LOOKUP,
    "REVOKE EXECUTE ON FUNCTION public.hall_lookup(text, text) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION public.hall_lookup(text, text) TO hall_nobody",
    f"CREATE POLICY changeable ON tenants_hall FOR UPDATE USING ({OWN}) WITH CHECK ({OWN})",
    "GRANT UPDATE (desk_name, address, phone, hours) ON tenants_hall TO hall_shared",
]


def _text(length: int) -> models.CharField:
    return models.CharField(default="", max_length=length)


class Migration(migrations.Migration):
    dependencies = [("tenants", "0004_conduct_key")]

    operations = [
        migrations.AddField("hall", "address", _text(200)),
        migrations.AddField("hall", "phone", _text(80)),
        migrations.AddField("hall", "hours", _text(200)),
        migrations.RunSQL(STATEMENTS, reverse_sql=migrations.RunSQL.noop),
    ]
