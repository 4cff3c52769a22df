"""A hall, the halls above it and how far up each stands: what decisions are inherited from."""

from django.db import migrations

LINE = """
CREATE FUNCTION public.hall_line(role text)
RETURNS TABLE (id uuid, name text, distance int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE line AS (
        SELECT h.id, h.parent_id, h.name, 0 AS distance
        FROM tenants_hall h WHERE 'hall_' || h.schema_name = role
        UNION ALL
        SELECT p.id, p.parent_id, p.name, l.distance + 1
        FROM tenants_hall p JOIN line l ON p.id = l.parent_id WHERE l.distance < 8)
    SELECT id, name, distance FROM line
$$
"""
DOORS = [
    "REVOKE EXECUTE ON FUNCTION public.hall_line(text) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION public.hall_line(text) TO hall_shared",
]


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_isolation")]

    operations = [migrations.RunSQL([LINE, *DOORS], reverse_sql=migrations.RunSQL.noop)]
