"""Opening networks and halls. Runs as the owner, from the command line, never from the web."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from bancheng.kernel import ids
from bancheng.kernel.errors import Invalid, Refusal
from bancheng.kernel.hall import Level, hall
from tenants import directory, keys, schemas
from tenants.models import Domain, Hall, HallKey, Network
from tenants.schema_sql import OWNER


class HallExists(Refusal):
    """The network already has a hall of this slug, division or host."""

    code = "tenants.hall_exists"


class WrongParent(Refusal):
    """The parent belongs to another network or stands on no higher level."""

    code = "tenants.wrong_parent"


class InvalidHall(Invalid):
    """A name, slug or host that cannot be taken; `errors` says which and why."""

    code = "tenants.invalid_hall"


_slug = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?").fullmatch
_host = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?").fullmatch
_LONGEST = {"name": 100, "peer_group": 40, "desk_name": 40, "division_code": 12}
_HEIGHT = {Level.CITY: 2, Level.DISTRICT: 1, Level.STREET: 0}


@dataclass(frozen=True, slots=True)
class NewHall:
    """What must be known of a hall to open it; `host` is a name without port."""

    slug: str
    name: str
    level: Level
    host: str
    parent: UUID | None = None
    kind: str = Hall.Kind.MAIN
    peer_group: str = ""
    desk_name: str = "“办不成事”反映窗口"
    division_code: str = ""


def open_network(*, slug: str, name: str) -> Network:
    """The network of a slug, made if it does not exist."""
    network, _ = Network.objects.using(OWNER).get_or_create(slug=slug, defaults={"name": name})
    return network


@transaction.atomic(using=OWNER)
def open_hall(*, network: Network, wanted: NewHall) -> Hall:
    """Make a hall with schema, role, grants, keys and host, all or nothing (≤ 0.5 s).

    Rows are inserted in bulk because django-tenants' `save` asks the serving connection, which
    may not read the registry. Raises InvalidHall, HallExists and WrongParent.
    """
    _require_valid(wanted)
    _require_new(network, wanted)
    made = Hall(
        schema_name=ids.schema_name(),
        network=network,
        parent=_parent(network, wanted),
        level=wanted.level,
        kind=wanted.kind,
        peer_group=wanted.peer_group or wanted.level,
        slug=wanted.slug,
        name=wanted.name,
        desk_name=wanted.desk_name,
        division_code=wanted.division_code,
    )
    with hall(None):
        Hall.objects.using(OWNER).bulk_create([made])
        host = Domain(tenant=made, domain=wanted.host, is_primary=True)
        Domain.objects.using(OWNER).bulk_create([host])
        HallKey.objects.using(OWNER).bulk_create([keys.make(made)])
        schemas.create(made)
    directory.forget()
    return made


def _require_valid(wanted: NewHall) -> None:
    errors = dict(_errors(wanted))
    if errors:
        raise InvalidHall(slug=wanted.slug, errors=errors)


def _errors(wanted: NewHall) -> Iterator[tuple[str, list[str]]]:
    """Hosts are in lower case, as they are looked up; an address has no other characters."""
    if not _slug(wanted.slug):
        yield "slug", ["invalid"]
    if not _host(wanted.host):
        yield "host", ["invalid"]
    if not wanted.name.strip():
        yield "name", ["required"]
    for field, longest in _LONGEST.items():
        text = getattr(wanted, field)
        if len(text) > longest or "\0" in text:
            yield field, ["invalid"]


def _require_new(network: Network, wanted: NewHall) -> None:
    halls = Hall.objects.using(OWNER).filter(network=network)
    taken = halls.filter(slug=wanted.slug).exists() or (
        wanted.division_code and halls.filter(division_code=wanted.division_code).exists()
    )
    if taken or Domain.objects.using(OWNER).filter(domain=wanted.host).exists():
        raise HallExists(slug=wanted.slug, host=wanted.host)


def _parent(network: Network, wanted: NewHall) -> Hall | None:
    if wanted.parent is None:
        return None
    parent: Hall | None = (
        Hall.objects.using(OWNER).filter(network=network, id=wanted.parent).first()
    )
    higher = parent is not None and _HEIGHT[Level(parent.level)] >= _HEIGHT[wanted.level]
    same = parent is not None and parent.level == wanted.level and wanted.kind == Hall.Kind.MAIN
    if not higher or same:
        raise WrongParent(slug=wanted.slug)
    return parent
