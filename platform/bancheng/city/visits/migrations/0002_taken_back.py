"""A visit is taken back when its matter becomes a sealed file; its id is known to its hall alone."""

from django.db import migrations

TAKE_BACK = """
CREATE FUNCTION public.visit_take_back(of uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM visits_visit v WHERE v.id = of
      AND v.network_id = (SELECT n FROM hall_network(current_setting('role')) n)
$$
"""
SIGNATURE = "public.visit_take_back(uuid)"


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_visits")]

    operations = [
        migrations.RunSQL(
            [
                TAKE_BACK,
                f"REVOKE EXECUTE ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO hall_shared",
            ],
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
