"""What requests about setting up may say."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.setup.import_kinds import KINDS
from apps.setup.item_sheet import LEVELS
from bancheng.city.catalogue.keeping import MOST_DAYS
from bancheng.city.catalogue.queries import AtHall, Material, ServiceItemRef
from bancheng.kernel import clock


def line(size: int) -> serializers.CharField:
    return serializers.CharField(max_length=size, required=False, allow_blank=True, default="")


def days() -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1, max_value=MOST_DAYS, allow_null=True, required=False, default=None
    )


def day() -> serializers.DateField:
    return serializers.DateField(allow_null=True, required=False, default=None)


class ItemMaterialIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    primary = serializers.BooleanField(default=True)


class CatalogueItemIn(serializers.Serializer[Any]):
    """`limit_days` are working days promised; `since` and `until` are both included."""

    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=200)
    unit = line(80)
    levels = serializers.ListField(
        child=serializers.ChoiceField(choices=list(LEVELS)), required=False, default=list
    )
    limit_days = days()
    materials = ItemMaterialIn(many=True, required=False, default=list)
    since = day()
    until = day()


class ItemAtHallIn(serializers.Serializer[Any]):
    """What this hall does differently from `since` (today) on."""

    offered = serializers.BooleanField()
    limit_days = days()
    place = line(80)
    since = day()


class ImportIn(serializers.Serializer[Any]):
    """`content` is the CSV or XLSX file in base64. With `ends_missing` a list of items is the whole
    list: what it does not name ends today."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    content = serializers.CharField(max_length=2_000_000, trim_whitespace=False)
    ends_missing = serializers.BooleanField(default=False)


@extend_schema_field({"type": "object", "additionalProperties": True})
class DocumentField(serializers.JSONField):
    """A configuration as it was exported."""


class ConfigurationIn(serializers.Serializer[Any]):
    configuration = DocumentField()


def parts() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, allow_null=True, default=None
    )


class ConfigurationConfirmIn(ConfigurationIn):
    """`seal` is the preview's; `parts` those wanted of it, all without."""

    seal = serializers.CharField(max_length=32)
    parts = parts()


class ConfigurationAboveIn(serializers.Serializer[Any]):
    hall = serializers.UUIDField()


class ConfigurationAboveConfirmIn(ConfigurationAboveIn):
    """`seal` is the preview's; `parts` those wanted of it, all without."""

    seal = serializers.CharField(max_length=32)
    parts = parts()


def item_of(body: dict[str, Any]) -> ServiceItemRef:
    """The item a body describes."""
    return ServiceItemRef(
        code=body["code"],
        name=body["name"],
        unit=body["unit"],
        levels=tuple(level for level in LEVELS if level in body["levels"]),
        limit_days=body["limit_days"],
        materials=tuple(Material(**one) for one in body["materials"]),
        since=body["since"],
        until=body["until"],
    )


def at_hall_of(body: dict[str, Any]) -> AtHall:
    """What the body wants to be different, from today unless a day is named."""
    since = body["since"] or clock.today()
    return AtHall("", body["offered"], body["limit_days"], body["place"], since)
