"""Reading the catalogue of the current hall's network."""

from dataclasses import dataclass

from bancheng.city.catalogue.models import LegalBasis, ServiceItem
from bancheng.kernel.hall import here


@dataclass(frozen=True, slots=True)
class ServiceItemRef:
    """A service item; `levels` are the hall levels that may decide it."""

    code: str
    name: str
    unit: str
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalBasisRef:
    """An article with its verbatim text."""

    code: str
    title: str
    article: str
    text: str
    version: str = ""


def service_items() -> list[ServiceItemRef]:
    """All items of the network, by code."""
    rows = ServiceItem.objects.filter(network_id=here().network_id).order_by("code")
    return [_item(row) for row in rows]


def service_item(code: str) -> ServiceItemRef | None:
    """One item by its code."""
    row = ServiceItem.objects.filter(network_id=here().network_id, code=code).first()
    return _item(row) if row else None


def legal_bases() -> list[LegalBasisRef]:
    """All articles of the network, by code."""
    rows = LegalBasis.objects.filter(network_id=here().network_id).order_by("code")
    return [_basis(row) for row in rows]


def legal_basis(code: str) -> LegalBasisRef | None:
    """One article by its code."""
    row = LegalBasis.objects.filter(network_id=here().network_id, code=code).first()
    return _basis(row) if row else None


def _item(row: ServiceItem) -> ServiceItemRef:
    return ServiceItemRef(row.code, row.name, row.unit, tuple(row.levels))


def _basis(row: LegalBasis) -> LegalBasisRef:
    return LegalBasisRef(row.code, row.title, row.article, row.text, row.version)
