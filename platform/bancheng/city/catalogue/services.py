"""Keeping the catalogue: the city hall's task (domain.md §4.1, city_admin)."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from bancheng.city.catalogue.models import LegalBasis, ServiceItem
from bancheng.city.catalogue.queries import LegalBasisRef, ServiceItemRef, known_items
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import Level, here
from bancheng.services.audit import chain as audit

ITEM_FIELDS = (
    *("name", "unit", "levels", "limit_days", "materials"),
    *("effective_from", "effective_to", "version"),
)


@transaction.atomic
def put_service_items(*, items: Iterable[ServiceItemRef], by: Actor) -> int:
    """Add or replace items by code; the number written. Raises Forbidden outside a city hall."""
    require_city(by)
    given = list(items)
    known = dict(known_items().values_list("code", "version")) if given else {}
    rows = [row_of(item, known.get(item.code, 0) + 1) for item in given]
    ServiceItem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["network_id", "code"],
        update_fields=ITEM_FIELDS,
        batch_size=1_000,
    )
    return _recorded("catalogue.items_put", len(rows), by)


def row_of(item: ServiceItemRef, version: int) -> ServiceItem:
    """An item as it is stored."""
    return ServiceItem(
        network_id=here().network_id,
        code=item.code,
        name=item.name,
        unit=item.unit,
        levels=list(item.levels),
        limit_days=item.limit_days,
        materials=[asdict(one) for one in item.materials],
        effective_from=item.since,
        effective_to=item.until,
        version=version,
    )


@transaction.atomic
def put_legal_bases(*, bases: Iterable[LegalBasisRef], by: Actor) -> int:
    """Add or replace articles by code; the number written. Raises Forbidden as above."""
    require_city(by)
    network = here().network_id
    rows = [
        LegalBasis(
            network_id=network,
            code=basis.code,
            title=basis.title,
            version=basis.version,
            article=basis.article,
            text=basis.text,
        )
        for basis in bases
    ]
    LegalBasis.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["network_id", "code"],
        update_fields=["title", "version", "article", "text"],
    )
    return _recorded("catalogue.legal_bases_put", len(rows), by)


def require_city(by: Actor) -> None:
    """Raise Forbidden unless a city administrator acts in the city's own hall."""
    trusted = by is SYSTEM or by.has_role(Role.CITY_ADMIN)
    if not trusted or here().level != Level.CITY:
        raise Forbidden(permission="catalogue.manage")


def _recorded(action: str, written: int, by: Actor) -> int:
    detail = {"written": written}
    audit.record(action, subject="network", subject_id=here().network_id, by=by, detail=detail)
    return written
