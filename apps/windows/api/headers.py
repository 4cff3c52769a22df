"""Versions and event numbers on answers (contract of frontend.md §5.6, security.md §5.4)."""

from collections.abc import Mapping

from django.http import HttpRequest
from rest_framework.response import Response

from bancheng.kernel.api import versions


def event_seq(response: Response, seqs: Mapping[str, int]) -> Response:
    """`X-Event-Seq: topic=seq, …`: the body is as new as those events."""
    response["X-Event-Seq"] = ", ".join(f"{topic}={seq}" for topic, seq in sorted(seqs.items()))
    return response


def versioned(response: Response, version: int) -> Response:
    """`ETag: "v7"`."""
    response["ETag"] = versions.etag(version)
    return response


def version_seen(request: HttpRequest) -> int | None:
    """The window's version the caller acts upon, when it names one.

    A press at a window is guarded by the states and the Idempotency-Key, so naming a version is
    the caller's choice here.
    """
    return versions.if_match(request) if "If-Match" in request.headers else None
