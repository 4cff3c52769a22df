"""Putting a result into an answer: its shape, its version, the events it contains."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest
from rest_framework import serializers
from rest_framework.response import Response

from apps.cases import dossier
from apps.cases.models import Case
from bancheng.kernel.actor import Actor
from bancheng.kernel.api import versions
from bancheng.kernel.api.paging import Page
from bancheng.kernel.errors import Invalid
from bancheng.services.live import log as live


def given(shape: type[serializers.Serializer[Any]], request: Any) -> dict[str, Any]:
    """The checked body; raises ValidationError. The shape and its fields are made once for a
    process: making them costs several times what checking does."""
    return dict(_made(shape).run_validation(request.data))


def heads(*topics: str) -> dict[str, str]:
    """`X-Event-Seq` as of now; ask before reading, so that an answer is never older."""
    return event_seq(live.heads(topics))


def event_seq(seqs: Mapping[str, int]) -> dict[str, str]:
    """`topic=seq` pairs of what the body contains."""
    return {"X-Event-Seq": ",".join(f"{topic}={seq}" for topic, seq in sorted(seqs.items()))}


def whole_case(case: Case, by: Actor, *, status: int = 200) -> Response:
    """A case after a step, with its version and its place in the topics it moved. It is written as
    it is: `shapes.CaseOut` only describes it."""
    seen = {topic: seq for topic, seq in case.heads.items() if topic.startswith(("case:", "desk"))}
    headers = event_seq(seen) | {"ETag": versions.etag(case.version)}
    return Response(dossier.detail(case, by), status=status, headers=headers)


def versioned(body: Any, version: int, headers: Mapping[str, str], status: int = 200) -> Response:
    """A single object with its entity tag."""
    return Response(body, status=status, headers={**headers, "ETag": versions.etag(version)})


def paged(shape: type[serializers.Serializer[Any]], rows: Iterable[Any], page: Page) -> Any:
    """`{"results": […], "next": cursor}`."""
    return rendered(shape, {"results": rows, "next": page.next})


@cache
def _made(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    return shape()


def rendered(shape: type[serializers.Serializer[Any]], value: Any) -> Any:
    """A value in its shape. The serializer and its fields are made once for a process, not anew
    for every answer: making them costs more than writing a case."""
    return _made(shape).to_representation(value)


def one_of(request: HttpRequest, name: str, allowed: Iterable[str]) -> str:
    """A filter from an allow-list, empty when absent; raises Invalid."""
    value = request.GET.get(name, "")
    if value and value not in set(allowed):
        raise Invalid(errors={name: ["unknown"]})
    return value
