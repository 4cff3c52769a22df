"""Visits: halls may add one and ask for a number, through two functions and in no other way.

Both functions take the asking hall from the role of the session, not from an argument: within a
SECURITY DEFINER function `current_user` is its owner, while `role` stays what SET ROLE made it.
"""

from django.db import migrations, models
from django.db.models import Q

ADD = """
CREATE FUNCTION public.visit_add(of uuid, phone_key bytea, ident_key bytea, of_item text, on_month date)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO visits_visit (id, network_id, phone, ident, item, month)
    SELECT of, n, phone_key, ident_key, of_item, on_month FROM hall_network(current_setting('role')) n
    WHERE n IS NOT NULL ON CONFLICT DO NOTHING
$$
"""
COUNT = """
CREATE FUNCTION public.visit_count(but uuid, phone_key bytea, ident_key bytea, of_item text, since date)
RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT least(count(*), 99)::integer FROM visits_visit v
    WHERE v.network_id = (SELECT n FROM hall_network(current_setting('role')) n) AND v.month >= since
      AND (v.phone = phone_key OR v.ident = ident_key)
      AND (of_item = '' OR v.item = of_item) AND v.id IS DISTINCT FROM but
$$
"""
ADD_SIGNATURE = "public.visit_add(uuid, bytea, bytea, text, date)"
COUNT_SIGNATURE = "public.visit_count(uuid, bytea, bytea, text, date)"


def doors():
    statements = ["ALTER TABLE visits_visit ENABLE ROW LEVEL SECURITY"]
    for signature in (ADD_SIGNATURE, COUNT_SIGNATURE):
        statements.append(f"REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC")
        statements.append(f"GRANT EXECUTE ON FUNCTION {signature} TO hall_shared")
    return statements


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenants", "0002_isolation")]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("network_id", models.UUIDField()),
                ("phone", models.BinaryField(max_length=16, null=True)),
                ("ident", models.BinaryField(max_length=16, null=True)),
                ("item", models.CharField(default="", max_length=40)),
                ("month", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["phone"], name="visit_phone", condition=Q(phone__isnull=False)
                    ),
                    models.Index(
                        fields=["ident"], name="visit_ident", condition=Q(ident__isnull=False)
                    ),
                ],
            },
        ),
        migrations.RunSQL([ADD, COUNT, *doors()], reverse_sql=migrations.RunSQL.noop),
    ]
