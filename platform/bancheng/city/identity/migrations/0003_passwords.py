"""Passwords that must be changed, and those used before; an account that several halls know."""

from django.db import migrations, models

import bancheng.kernel.clock

HALLS_OF = """
CREATE FUNCTION public.account_halls(wanted uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM identity_membership m WHERE m.account_id = wanted
$$
"""
STATEMENTS = [
    HALLS_OF,
    "REVOKE EXECUTE ON FUNCTION public.account_halls(uuid) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION public.account_halls(uuid) TO hall_shared",
    "GRANT UPDATE (must_change, changed_at, earlier) ON identity_account TO hall_shared",
]


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_isolation")]

    operations = [
        migrations.AddField("account", "must_change", models.BooleanField(default=False)),
        migrations.AddField(
            "account", "changed_at", models.DateTimeField(default=bancheng.kernel.clock.now)
        ),
        migrations.AddField("account", "earlier", models.JSONField(default=list)),
        migrations.RunSQL(STATEMENTS, reverse_sql=migrations.RunSQL.noop),
    ]
