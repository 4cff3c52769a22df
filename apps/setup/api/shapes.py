"""What answers about setting up look like."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.setup.api.inputs import DocumentField
from apps.setup.import_kinds import KINDS
from apps.setup.readiness import STATES


class ItemMaterialOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    primary = serializers.BooleanField()


class ItemAtHallOut(serializers.Serializer[Any]):
    offered = serializers.BooleanField()
    limit_days = serializers.IntegerField(allow_null=True)
    place = serializers.CharField()
    since = serializers.DateField()


class CatalogueItemOut(serializers.Serializer[Any]):
    """`here` is what this hall does differently, null when nothing."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    levels = serializers.ListField(child=serializers.CharField())
    limit_days = serializers.IntegerField(allow_null=True)
    materials = ItemMaterialOut(many=True)
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    here = ItemAtHallOut(allow_null=True)
    version = serializers.IntegerField()


class CatalogueItemsOut(serializers.Serializer[Any]):
    """`keeps`: whether the asker may add and change items here, not only do them differently."""

    results = CatalogueItemOut(many=True)
    next = serializers.CharField(allow_null=True)
    keeps = serializers.BooleanField()


class OfferedItemOut(serializers.Serializer[Any]):
    """An item as it holds in this hall; `limit_days` is its own promise where it made one, `place`
    where in the house it is done."""

    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    limit_days = serializers.IntegerField(allow_null=True)
    materials = ItemMaterialOut(many=True)
    place = serializers.CharField(allow_blank=True)


class CatalogueItemHereOut(serializers.Serializer[Any]):
    """Null for an unknown code and for an item that is not offered here."""

    item = OfferedItemOut(allow_null=True)


class SetupMadeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class ItemCellOut(serializers.Serializer[Any]):
    field = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class ItemChangeOut(serializers.Serializer[Any]):
    """`row` is where the sheet says so, null for what it does not name."""

    kind = serializers.ChoiceField(choices=["added", "changed", "ended"])
    row = serializers.IntegerField(allow_null=True)
    code = serializers.CharField()
    name = serializers.CharField()
    cells = ItemCellOut(many=True)


class RowErrorOut(serializers.Serializer[Any]):
    """`column` is the heading, empty for the whole row; `code` what is wrong there."""

    row = serializers.IntegerField()
    column = serializers.CharField()
    code = serializers.CharField()


class SheetCountsOut(serializers.Serializer[Any]):
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    ended = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class SheetPlanOut(serializers.Serializer[Any]):
    """What the sheet would do; at most 200 changes and 200 errors are named. `seal` confirms
    exactly this; with errors nothing can be confirmed."""

    rows = serializers.IntegerField()
    counts = SheetCountsOut()
    changes = ItemChangeOut(many=True)
    error_count = serializers.IntegerField()
    row_errors = RowErrorOut(many=True)
    ignored = serializers.ListField(child=serializers.CharField())
    seal = serializers.CharField()


class ImportResultOut(serializers.Serializer[Any]):
    """What came of it: rows settled by kind, rows that could not be any more, or the refusal with
    its `code` and `params` that ended it."""

    counts = serializers.DictField(child=serializers.IntegerField())
    error_count = serializers.IntegerField()
    row_errors = RowErrorOut(many=True)
    code = serializers.CharField(allow_null=True)
    params = serializers.DictField()


class ImportOut(serializers.Serializer[Any]):
    """A sheet on its way; `done` of `rows` changes are settled. `plan` is there after the look,
    `passwords` says that there are some to be read."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    state = serializers.ChoiceField(choices=["looking", "looked", "taking", "done", "failed"])
    by = serializers.CharField()
    mine = serializers.BooleanField()
    begun_at = serializers.DateTimeField()
    rows = serializers.IntegerField()
    done = serializers.IntegerField()
    plan = SheetPlanOut(allow_null=True)
    result = ImportResultOut(allow_null=True)
    passwords = serializers.BooleanField()
    version = serializers.IntegerField()


class LatestImportOut(serializers.Serializer[Any]):
    """The newest of a kind, null for none."""

    latest = ImportOut(allow_null=True)


class NewPersonOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    username = serializers.CharField()
    department = serializers.CharField()
    password = serializers.CharField()


class NewPeopleOut(serializers.Serializer[Any]):
    """One-time passwords, told in this answer and not kept with it."""

    people = NewPersonOut(many=True)


class ReadinessCheckOut(serializers.Serializer[Any]):
    """`code` names the check, `params` are its evidence, `page` is where it is put right."""

    code = serializers.CharField()
    step = serializers.CharField()
    state = serializers.ChoiceField(choices=list(STATES))
    params = serializers.DictField()
    page = serializers.CharField()


class ReadinessOut(serializers.Serializer[Any]):
    """`ready`: nothing is missing; what only warns may wait."""

    hall = serializers.CharField()
    ready = serializers.BooleanField()
    checks = ReadinessCheckOut(many=True)


@extend_schema_field({})
class EntryField(serializers.JSONField):
    """An entry as it stands in the document."""


class EntryChangeOut(serializers.Serializer[Any]):
    """One entry of a part; `before` and `after` are null where there is none."""

    kind = serializers.ChoiceField(choices=["added", "changed", "only_here"])
    entry = serializers.CharField()
    before = EntryField()
    after = EntryField()


class ConfigurationPartOut(serializers.Serializer[Any]):
    """`only_here` entries are left as they are."""

    part = serializers.CharField()
    same = serializers.IntegerField()
    changes = EntryChangeOut(many=True)


class ConfigurationDiffOut(serializers.Serializer[Any]):
    source = serializers.CharField()  # type: ignore[assignment]
    parts = ConfigurationPartOut(many=True)
    seal = serializers.CharField()


class ConfigurationAppliedOut(serializers.Serializer[Any]):
    added = serializers.IntegerField()
    changed = serializers.IntegerField()


class HallAboveOut(serializers.Serializer[Any]):
    """`offered`: whether it lets the halls below take its configuration over."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    offered = serializers.BooleanField()


class HallsAboveOut(serializers.Serializer[Any]):
    """The nearest first; none above the city's own hall."""

    halls = HallAboveOut(many=True)


class ConfigurationOut(serializers.Serializer[Any]):
    configuration = DocumentField()
