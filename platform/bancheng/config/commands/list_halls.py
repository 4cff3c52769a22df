"""All halls: network, place in the tree, level, host, schema."""

import argparse
import json

from tenants.models import Hall
from tenants.schema_sql import OWNER


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", help="only this network (slug)")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def run(given: argparse.Namespace) -> int:
    halls = Hall.objects.using(OWNER).select_related("network", "parent")
    if given.network:
        halls = halls.filter(network__slug=given.network)
    hosts = dict(halls.filter(domains__is_primary=True).values_list("id", "domains__domain"))
    for made in halls.order_by("network__slug", "level", "slug"):
        row = {
            "network": made.network.slug,
            "slug": made.slug,
            "name": made.name,
            "level": made.level,
            "parent": made.parent.slug if made.parent else None,
            "host": hosts.get(made.id, ""),
            "schema": made.schema_name,
        }
        words = (str(value or "–") for value in row.values())
        print(json.dumps(row, ensure_ascii=False) if given.json else "  ".join(words))
    return 0
