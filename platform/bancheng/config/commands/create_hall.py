"""Open one hall in a network; the network is made when it is new."""

import argparse
import sys
from dataclasses import replace

from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import Level, hall
from bancheng.services.audit import chain as audit
from tenants import directory, provisioning
from tenants.models import Hall
from tenants.provisioning import NewHall
from tenants.schema_sql import OWNER


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", required=True, help="slug of the network")
    parser.add_argument("--network-name", help="its name, needed when it is new")
    parser.add_argument("--slug", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--level", required=True, choices=[level.value for level in Level])
    parser.add_argument("--kind", default="main", choices=[kind.value for kind in Hall.Kind])
    parser.add_argument("--parent", help="slug of the hall above")
    parser.add_argument("--host", required=True, help="host name without port")
    parser.add_argument("--peer-group", default="")
    parser.add_argument("--desk-name", default="", help="what the desk is called, as on its sign")


def run(given: argparse.Namespace) -> int:
    try:
        made = _open(given)
    except Refusal as refusal:
        print(f"{refusal.code} {refusal.params}", file=sys.stderr)
        return 1
    with hall(directory.by_schema(made.schema_name)):
        audit.record("hall.opened", subject="hall", subject_id=made.id, by=SYSTEM)
    print(f"{made.slug} {made.schema_name}")
    print(
        f"next: bancheng person add --host {given.host} --role hall_admin --username … --name …",
        file=sys.stderr,
    )
    print("      then /admin/setup on that host says what is still missing", file=sys.stderr)
    return 0


def _open(given: argparse.Namespace) -> Hall:
    network = provisioning.open_network(
        slug=given.network, name=given.network_name or given.network
    )
    above = None
    if given.parent:
        above = Hall.objects.using(OWNER).filter(network=network, slug=given.parent).first()
        if above is None:
            raise provisioning.WrongParent(slug=given.parent)
    wanted = NewHall(
        slug=given.slug,
        name=given.name,
        level=Level(given.level),
        host=given.host,
        parent=above.id if above else None,
        kind=given.kind,
        peer_group=given.peer_group,
    )
    if given.desk_name:
        wanted = replace(wanted, desk_name=given.desk_name)
    return provisioning.open_hall(network=network, wanted=wanted)
