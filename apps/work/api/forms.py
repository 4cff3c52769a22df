"""Bodies and answers of each kind, made from the same declaration as its file (`files.specs`)."""

from typing import Any, Protocol, TypeVar

from rest_framework import serializers

from apps.work.files import Spec, read, specs
from bancheng.kernel import clock

T = TypeVar("T")
Shape = type[serializers.Serializer[Any]]


class Parse(Protocol):
    """Makes a request's body into what is asked for."""

    def __call__(self, wanted: type[T], /) -> T: ...


def parsed(request: Any) -> Parse:
    """What makes this request's body into what is asked for; raises ValidationError."""

    def parse(wanted: type[T], /) -> T:
        found = body_of(wanted)(data=request.data)
        found.is_valid(raise_exception=True)
        return read(wanted, found.validated_data)

    return parse


def body_of(shape: type[Any]) -> Shape:
    """The serializer that checks a request's body."""
    return _serializer(shape, True)


def answer_of(shape: type[Any]) -> Shape:
    """The serializer that describes what is shown."""
    return _serializer(shape, False)


_made: dict[tuple[type[Any], bool], Shape] = {}


def _serializer(shape: type[Any], asking: bool) -> Shape:
    """Made once: the description knows a serializer by its name."""
    if (shape, asking) not in _made:
        name = f"Work{shape.__name__}{'In' if asking else 'Out'}"
        fields = _fields(shape, asking=asking)
        _made[shape, asking] = type(name, (serializers.Serializer,), fields)
    return _made[shape, asking]


def _fields(shape: type[Any], *, asking: bool) -> dict[str, Any]:
    found = {spec.name: _field(spec, asking) for spec in specs(shape)}
    said = shape.__doc__ or ""
    written_by_dataclass = said.startswith(f"{shape.__name__}(")
    return found | {"__doc__": "" if written_by_dataclass else said}


def _field(spec: Spec, asking: bool) -> serializers.Field[Any, Any, Any, Any]:
    """A field that is not needed takes nothing for an answer."""
    options: dict[str, Any] = {} if spec.required else {"required": False}
    if spec.many:
        return _several(spec, asking, options)
    if not spec.required and spec.input in _MAY_BE_NULL:
        options["allow_null"] = True
    return _single(spec, asking, options)


_MAY_BE_NULL = {"unit", "post", "days", "number", "day", "moment", "group"}


def _several(
    spec: Spec, asking: bool, options: dict[str, Any]
) -> serializers.Field[Any, Any, Any, Any]:
    """A list; one that is needed is not empty."""
    if asking and spec.required:
        options |= {"allow_empty": False}
    if asking:
        options["max_length"] = spec.most or 50
    if spec.shape is not None:
        return _inner(spec.shape, asking)(many=True, **options)
    return serializers.ListField(child=_single(spec, asking, {}), **options)


def _inner(shape: type[Any], asking: bool) -> Shape:
    return body_of(shape) if asking else answer_of(shape)


def _single(
    spec: Spec, asking: bool, options: dict[str, Any]
) -> serializers.Field[Any, Any, Any, Any]:
    if spec.shape is not None:
        return _inner(spec.shape, asking)(**options)
    match spec.input:
        case "choice":
            return serializers.ChoiceField(choices=list(spec.options), **options)
        case "switch":
            return serializers.BooleanField(**options)
        case "unit" | "units" | "post" | "case" | "cases":
            return serializers.UUIDField(**options)
        case "days" | "number":
            if asking:
                options |= {"min_value": spec.least or 1, "max_value": spec.most or 999}
            return serializers.IntegerField(**options)
        case "day":
            return serializers.DateField(**options)
        case "past":
            return PastField(**options) if asking else serializers.DateField(**options)
        case "moment":
            return serializers.DateTimeField(**options)
        case _:
            return _text(spec, asking, options)


def _text(spec: Spec, asking: bool, options: dict[str, Any]) -> serializers.CharField:
    if not spec.required:
        options["allow_blank"] = True
    if asking:
        options["max_length"] = spec.most
    return serializers.CharField(**options)


class PastField(serializers.DateField):
    """A day that has come: nobody writes down what has not happened."""

    def to_internal_value(self, value: Any) -> Any:
        day = super().to_internal_value(value)
        if day > clock.today():
            raise serializers.ValidationError(code="in_future")
        return day
