"""Fact tables. A hall writes only its own rows, as itself; those above it read them."""

from uuid import UUID

from django.db import migrations, models

QUEUE = [
    "tickets",
    "called",
    "served",
    "missed",
    "wait_n",
    "wait_sum_s",
    "wait_max_s",
    "walk_n",
    "walk_sum_s",
    "service_n",
    "service_sum_s",
    "service_max_s",
    "staffed_seconds",
]
CASES = [
    "receptions",
    "cases",
    "closed_n",
    "done",
    "done_alt",
    "partly",
    "explained",
    "transferred_closed",
    "withdrawn",
    "unreachable",
    "unresolved",
    "merged",
    "out_of_scope",
    "referred_in",
    "referred_up",
    "returned",
    "reopened",
    "yellow",
    "red",
    "due_n",
    "on_time_n",
    "cohort_closed",
]
BUCKETS = [f"{kind}{bucket:02}" for kind in "wh" for bucket in range(32)]
TABLES = ("windowday", "causeday", "hallday", "networkday", "halllive", "rollupstate")
OWN = (
    "hall_role = current_user AND (hall_id, network_id) IN"
    " (SELECT id, network_id FROM tenants_hall WHERE schema_name = substr(current_user::text, 6))"
)
VISIBLE = "hall_id IN (SELECT hall_visible(current_user::text))"


def count(name: str) -> tuple[str, models.Field]:
    large = name.endswith(("_sum_s", "_seconds"))
    made = models.BigIntegerField if large else models.IntegerField
    return name, made(default=0, db_default=0)


def written() -> list[tuple[str, models.Field]]:
    return [
        ("network_id", models.UUIDField()),
        ("hall_id", models.UUIDField()),
        ("hall_role", models.TextField()),
        ("folded_at", models.DateTimeField()),
    ]


def key(*names: str) -> tuple[str, models.Field]:
    return "pk", models.CompositePrimaryKey(
        *names, blank=True, editable=False, primary_key=True, serialize=False
    )


def facts(names: list[str], *rest: tuple[str, models.Field]) -> list[tuple[str, models.Field]]:
    return [*written(), ("day", models.DateField()), *rest, *map(count, names)]


def per_hall(*rest: tuple[str, models.Field]) -> list[tuple[str, models.Field]]:
    fields = dict(written()) | {"hall_id": models.UUIDField(primary_key=True, serialize=False)}
    return [*fields.items(), *rest]


def protect(table: str) -> list[migrations.RunSQL]:
    name = f"rollups_{table}"
    return [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY seen_from_above ON {name} FOR SELECT USING ({VISIBLE})",
            f"CREATE POLICY made_by_itself ON {name} FOR INSERT WITH CHECK ({OWN})",
            f"CREATE POLICY kept_by_itself ON {name} FOR UPDATE"
            f" USING (hall_role = current_user) WITH CHECK ({OWN})",
            f"CREATE POLICY dropped_by_itself ON {name} FOR DELETE"
            " USING (hall_role = current_user)",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO hall_shared",
        )
    ]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("tenants", "0002_isolation")]

    operations = [
        migrations.CreateModel(
            "WindowDay",
            facts(
                QUEUE + CASES + BUCKETS,
                key("network_id", "day", "hall_id", "window_id"),
                ("window_id", models.UUIDField(default=UUID(int=0))),
                ("label", models.TextField(default="")),
            ),
        ),
        migrations.CreateModel(
            "CauseDay",
            facts(
                CASES,
                key("network_id", "day", "hall_id", "cause"),
                ("cause", models.TextField(default="")),
            ),
        ),
        migrations.CreateModel(
            "HallDay", facts(QUEUE + CASES + BUCKETS, key("network_id", "day", "hall_id"))
        ),
        migrations.CreateModel(
            "NetworkDay", facts(QUEUE + CASES + BUCKETS, key("network_id", "day"))
        ),
        migrations.CreateModel(
            "HallLive",
            per_hall(
                ("waiting", models.IntegerField(default=0)),
                ("serving", models.IntegerField(default=0)),
                ("open_windows", models.IntegerField(default=0)),
                ("oldest_wait_at", models.DateTimeField(null=True)),
            ),
        ),
        migrations.CreateModel("RollupState", per_hall(("folded_to", models.DateTimeField()))),
        *(operation for table in TABLES for operation in protect(table)),
    ]
