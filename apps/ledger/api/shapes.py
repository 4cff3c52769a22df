"""The ledger in the shape of the API."""

from typing import Any

from rest_framework import serializers

from apps.cases.rules import State
from apps.ledger.models import ExportState

Shape = serializers.Serializer[Any]
KINDS = ("id", "text", "number", "day", "moment", "yes_no", "code", "several")
GROUPS = ("intake", "triage", "dispatch", "handling", "result", "oversight", "file")


class ColumnOut(Shape):
    """`missing` says why nothing ever stands in it."""

    number = serializers.IntegerField()
    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    group = serializers.ChoiceField(choices=GROUPS)
    width = serializers.IntegerField()
    missing = serializers.CharField(allow_null=True)
    first_look = serializers.BooleanField()


class ColumnsOut(Shape):
    results = ColumnOut(many=True)


class LineOut(Shape):
    """`cells` in the order of the ledger's columns: text, number, yes or no, nothing, or tagged:
    `{at}` a moment, `{on}` a day, `{words, code, said}` a code, `{together}`, `{several}`."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.value for state in State])
    version = serializers.IntegerField()
    cells = serializers.ListField(child=serializers.JSONField())


class LinesOut(Shape):
    results = LineOut(many=True)
    next = serializers.CharField(allow_null=True)


class SelectedOut(Shape):
    id = serializers.UUIDField()
    number = serializers.CharField()
    version = serializers.IntegerField()


class SelectionOut(Shape):
    """`more` when the filter finds more than one act may take."""

    results = SelectedOut(many=True)
    more = serializers.BooleanField()


class ViewOut(Shape):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    team = serializers.BooleanField()
    filters = serializers.DictField(child=serializers.CharField())
    columns = serializers.ListField(child=serializers.CharField())
    sort = serializers.CharField(allow_blank=True)
    owner_name = serializers.CharField()
    mine = serializers.BooleanField()
    may = serializers.ListField(child=serializers.CharField())


class ViewsOut(Shape):
    results = ViewOut(many=True)


class ExportOut(Shape):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ExportState.values)
    filters = serializers.DictField(child=serializers.CharField())
    columns = serializers.ListField(child=serializers.CharField())
    sort = serializers.CharField(allow_blank=True)
    rows = serializers.IntegerField()
    reason = serializers.CharField()
    purpose = serializers.CharField()
    asker_name = serializers.CharField()
    asked_at = serializers.DateTimeField()
    decider_name = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    downloads = serializers.IntegerField()
    downloads_left = serializers.IntegerField()
    may = serializers.ListField(child=serializers.CharField())


class ExportsOut(Shape):
    results = ExportOut(many=True)
    next = serializers.CharField(allow_null=True)


class DoneOut(Shape):
    """What became of one case: `done` with its new version, or `refused` with a code."""

    case = serializers.UUIDField()
    result = serializers.ChoiceField(choices=("done", "refused"))
    version = serializers.IntegerField(allow_null=True)
    code = serializers.CharField(allow_null=True)
    params = serializers.DictField()


class BulkOut(Shape):
    results = DoneOut(many=True)
