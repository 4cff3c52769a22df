"""What answers about pieces of work look like: one shape per kind, told apart by `kind`."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from apps.cases.api.inputs import choice
from apps.cases.api.kept import DataField
from apps.cases.api.shapes import ClockOut, NamedRefOut, maybe, moment
from apps.work.api.forms import answer_of
from apps.work.kinds import KINDS, STEP_CODES, Kind


class WorkCaseOut(serializers.Serializer[Any]):
    """Whoever was only asked sees the number and not the case: then `id` and `title` are null."""

    id = serializers.UUIDField(allow_null=True)
    number = serializers.CharField()
    title = maybe()


class WorkItemOut(serializers.Serializer[Any]):
    """`data` is the file of its kind. `sealed` names the fields of which it holds a mask only."""

    id = serializers.UUIDField()
    case = WorkCaseOut()
    seq = serializers.IntegerField()
    kind = choice(*KINDS)
    state = serializers.CharField()
    open = serializers.BooleanField()
    title = serializers.CharField()
    number = maybe()
    unit = NamedRefOut(allow_null=True)
    post = NamedRefOut(allow_null=True)
    members = NamedRefOut(many=True)
    opener = NamedRefOut()
    meeting = serializers.UUIDField(allow_null=True)
    opened_at = serializers.DateTimeField()
    ended_at = moment()
    deadline = ClockOut(allow_null=True)
    data = DataField()  # type: ignore[assignment]
    sealed = serializers.ListField(child=serializers.CharField())
    allowed_steps = serializers.ListField(child=choice(*STEP_CODES))
    version = serializers.IntegerField()


def _of_kind(kind: Kind) -> type[serializers.Serializer[Any]]:
    fields = {"kind": choice(kind.code), "data": answer_of(kind.file)()}
    return type(f"{kind.file.__name__.removesuffix('File')}WorkOut", (WorkItemOut,), fields)


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="AnyWorkOut",
        serializers={code: _of_kind(kind) for code, kind in KINDS.items()},
        resource_type_field_name="kind",
        many=True,
    )
)
class WorkItemsField(serializers.ListField):
    """Each by the shape of its kind; rendered by what they share."""

    child = WorkItemOut()


class WorkOut(serializers.Serializer[Any]):
    results = WorkItemsField()
    next = maybe(required=False)


class FormFieldOut(serializers.Serializer[Any]):
    """`parts` are the fields of a group; `most` and `least` bound length or number."""

    name = serializers.CharField()
    input = serializers.CharField()
    needed = serializers.BooleanField()
    several = serializers.BooleanField()
    most = serializers.IntegerField()
    least = serializers.IntegerField()
    options = serializers.ListField(child=serializers.CharField())
    parts = serializers.ListField(child=serializers.DictField())


class FormStepOut(serializers.Serializer[Any]):
    step = choice(*STEP_CODES)
    fields = FormFieldOut(many=True)  # type: ignore[assignment]


class FormOut(serializers.Serializer[Any]):
    kind = choice(*KINDS)
    may_begin = serializers.BooleanField()
    fields = FormFieldOut(many=True)  # type: ignore[assignment]
    steps = FormStepOut(many=True)


class FormsOut(serializers.Serializer[Any]):
    results = FormOut(many=True)


class NearOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    unit = serializers.CharField()
    visits = serializers.IntegerField()


class NearbyOut(serializers.Serializer[Any]):
    results = NearOut(many=True)


class WorkRevealIn(serializers.Serializer[Any]):
    field = serializers.CharField(max_length=40)


class WorkRevealOut(serializers.Serializer[Any]):
    value = serializers.CharField()
    expires_in = serializers.IntegerField()
