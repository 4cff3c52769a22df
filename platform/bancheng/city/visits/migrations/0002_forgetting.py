"""A visit that led to a sealed file is forgotten: it is counted for nobody any more (C-13)."""

from django.db import migrations

DROP = """
CREATE FUNCTION public.visit_drop(of uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM visits_visit v
    WHERE v.id = of AND v.network_id = (SELECT n FROM hall_network(current_setting('role')) n)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_visits")]

    operations = [
        migrations.RunSQL(
            [
                DROP,
                "REVOKE EXECUTE ON FUNCTION public.visit_drop(uuid) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION public.visit_drop(uuid) TO hall_shared",
            ],
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
