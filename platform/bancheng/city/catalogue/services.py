"""Keeping the catalogue: the city hall's task (domain.md §4.1, city_admin)."""

from collections.abc import Iterable

from django.db import transaction

from bancheng.city.catalogue.models import LegalBasis, ServiceItem
from bancheng.city.catalogue.queries import LegalBasisRef, ServiceItemRef
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import Level, here
from bancheng.services.audit import chain as audit


@transaction.atomic
def put_service_items(*, items: Iterable[ServiceItemRef], by: Actor) -> int:
    """Add or replace items by code; the number written. Raises Forbidden outside a city hall."""
    require_city(by)
    network = here().network_id
    rows = [
        ServiceItem(
            network_id=network,
            code=item.code,
            name=item.name,
            unit=item.unit,
            levels=list(item.levels),
        )
        for item in items
    ]
    ServiceItem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["network_id", "code"],
        update_fields=["name", "unit", "levels"],
    )
    return _recorded("catalogue.items_put", len(rows), by)


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
