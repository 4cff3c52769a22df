"""What a triage says when the matter is about conduct, and the answer that shows nothing."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.cases.rules import Cause
from apps.cases.services.sealing import Accusation


def many_ids(most: int = 20) -> serializers.ListField:
    """Ids, none by default."""
    return serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=most
    )


class SealIn(serializers.Serializer[Any]):
    """`seal`: whether the case becomes a sealed file. Left out, it does when nobody wanted to do
    it (C-13); false lets the business go on here, and what was said about people goes into a file
    of its own."""

    seal = serializers.BooleanField(required=False, allow_null=True, default=None)
    accused_units = many_ids()
    accused_posts = many_ids()
    accused_others = serializers.CharField(
        max_length=400, required=False, allow_blank=True, default=""
    )


def accusation(body: dict[str, Any]) -> Accusation | None:
    """Take the seal's words out of a triage's body; None when the case stays open."""
    seal: bool | None = body.pop("seal")
    units: list[UUID] = body.pop("accused_units")
    posts: list[UUID] = body.pop("accused_posts")
    others: str = body.pop("accused_others")
    wanted = body["cause"] == Cause.UNWILLING if seal is None else seal
    if not wanted:
        return None
    reason = str(body["blocking_reason"])
    facts = (reason,) if reason.startswith("F") else ()
    return Accusation(tuple(units), tuple(posts), others, facts)
