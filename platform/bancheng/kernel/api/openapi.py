"""What a view class declares about its headers and refusals, written into the description."""

from collections.abc import Mapping
from enum import Enum
from inspect import cleandoc
from types import MappingProxyType
from typing import Any, ClassVar

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent, force_instance
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

Operation = dict[str, Any]
_ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description='The version of what the body shows: `"v7"`.',
)
_SEQS = OpenApiParameter(
    "X-Event-Seq",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="`topic=seq`, comma-separated: the newest events that the body contains.",
)
_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="One key per intent: the same key again has no second effect and the same answer.",
)


class Precondition(Enum):
    """Whether a command must, or may, name the version it acts upon."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Declared:
    """What a view class says about itself beside its shapes."""

    keyed: ClassVar[bool] = False  # POST takes an Idempotency-Key
    precondition: ClassVar[Precondition] = Precondition.NONE
    tells_events: ClassVar[bool] = False  # answers carry X-Event-Seq
    refusals: ClassVar[Mapping[str, tuple[int, ...]]] = MappingProxyType({})  # by method


class Problem(serializers.Serializer[Any]):
    """RFC 9457. Front ends word `code` with `params` in the reader's language; `title` repeats the
    code. `allowed` are the steps that are possible instead."""

    type = serializers.CharField(default="about:blank")
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    params = serializers.DictField()
    allowed = serializers.ListField(child=serializers.CharField(), required=False)


class HallSchema(AutoSchema):
    """The description of one operation of a view that is `Declared`."""

    def get_operation(
        self,
        path: str,
        path_regex: str,
        path_prefix: str,
        method: str,
        registry: ComponentRegistry,
    ) -> Operation | None:
        operation = super().get_operation(path, path_regex, path_prefix, method, registry)
        if operation is not None:
            refusal = self._refusal()
            statuses = map(str, sorted(self._statuses(operation)))
            operation["responses"] |= dict.fromkeys([*statuses, "default"], refusal)
        return operation

    def get_operation_id(self) -> str:
        """`cases_list`, `cases_retrieve`, `cases_create`, and a step by its own name."""
        name = super().get_operation_id()
        if self.method == "GET" and self._answers_with("results"):
            return name.removesuffix("_retrieve") + "_list"
        if self.method == "POST" and "{" in self.path:
            return name.removesuffix("_create")
        return name

    def get_description(self) -> str:  # type: ignore[override]
        """The method's own words or the view's, never those of a base class."""
        method = getattr(self.view, self.method.lower(), None)
        return cleandoc(getattr(method, "__doc__", None) or type(self.view).__doc__ or "")

    def get_override_parameters(self) -> list[Any]:
        found = [*super().get_override_parameters()]
        if self.method == "POST" and self._declared.keyed:
            found += [_KEY, *self._if_match()]
        if self._answers_with("version"):
            found.append(_ETAG)
        if self._declared.tells_events:
            found.append(_SEQS)
        return found

    @property
    def _declared(self) -> Declared:
        return self.view if isinstance(self.view, Declared) else Declared()

    def _if_match(self) -> list[OpenApiParameter]:
        wanted = self._declared.precondition
        if wanted is Precondition.NONE:
            return []
        header = OpenApiParameter(
            "If-Match",
            {"type": "string", "pattern": r'^(W/)?"v\d{1,9}"$'},
            OpenApiParameter.HEADER,
            required=wanted is Precondition.REQUIRED,
            description="The ETag of what the person saw.",
        )
        return [header]

    def _answers_with(self, field: str) -> bool:
        """True when a successful answer has this field."""
        shapes = self.get_response_serializers()
        for shape in shapes.values() if isinstance(shapes, dict) else [shapes]:
            found = force_instance(shape)
            if isinstance(found, serializers.Serializer) and field in found.fields:
                return True
        return False

    def _statuses(self, operation: Operation) -> set[int]:
        """Which refusals a client must be ready for; the rest is `default`."""
        found = set(self._declared.refusals.get(self.method, ()))
        places = {parameter["in"] for parameter in operation.get("parameters", ())}
        if self.view.permission_classes:
            found |= {401, 403}
        if "path" in places:
            found.add(404)
        if "query" in places or "requestBody" in operation:
            found.add(422)
        if self.method == "POST" and self._declared.keyed:
            found |= {400, 409} | _PRECONDITION[self._declared.precondition]
        return found

    def _refusal(self) -> dict[str, str]:
        """The reference to the one description of a problem answer."""
        shape = self.resolve_serializer(Problem, "response").ref
        component = ResolvedComponent(
            name="Problem",
            type=ResolvedComponent.RESPONSE,
            object=Problem,
            schema={
                "description": "A coded no (RFC 9457).",
                "content": {"application/problem+json": {"schema": shape}},
            },
        )
        self.registry.register_on_missing(component)
        return dict(component.ref)


_PRECONDITION = {
    Precondition.NONE: set[int](),
    Precondition.OPTIONAL: {412},
    Precondition.REQUIRED: {412, 428},
}
