"""What requests to the ledger may say."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.inputs import choice, line
from apps.cases.api.inputs import text as paragraph
from apps.ledger.columns import COLUMNS
from apps.ledger.services.bulk import ACTS
from apps.ledger.services.exporting import REASONS
from apps.ledger.sheets.words import LOCALES

Shape = serializers.Serializer[Any]
CHUNK = 25
"""How many cases one request acts on; a page sends one after the other and shows how far it is."""


def _columns() -> serializers.ListField:
    """Keys of columns; none are all 67."""
    keys = serializers.CharField(max_length=40)
    most = len(COLUMNS)
    return serializers.ListField(child=keys, required=False, default=list, max_length=most)


def _filters() -> serializers.DictField:
    """As the address of the ledger holds them."""
    value = serializers.CharField(max_length=400, allow_blank=True)
    return serializers.DictField(child=value, required=False, default=dict)


class LookIn(Shape):
    filters = _filters()
    columns = _columns()
    sort = line(24)


class ViewIn(LookIn):
    name = line(60, needed=True)
    team = serializers.BooleanField(default=False)


class LedgerFileIn(LookIn):
    """`cases` is a selection by hand."""

    cases = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=2_000
    )
    format = choice("csv", "xlsx")
    locale = choice(*LOCALES, default="zh-CN")


class PlainFileIn(Shape):
    format = choice("csv", "xlsx")
    locale = choice(*LOCALES, default="zh-CN")


class ExportIn(LookIn):
    reason = choice(*REASONS)
    purpose = paragraph(needed=True)


class DecisionIn(Shape):
    decision = choice("approve", "refuse")
    note = paragraph()


class SeenIn(Shape):
    case = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)


class BulkIn(Shape):
    act = choice(*ACTS)
    text = paragraph()
    to_post = serializers.UUIDField(required=False, allow_null=True, default=None)
    cases = serializers.ListField(child=SeenIn(), min_length=1, max_length=CHUNK)


class ArchiveIn(Shape):
    """`shelf` is where the papers lie (档号)."""

    shelf = line(80)


class RemarkIn(Shape):
    text = paragraph(needed=True)
