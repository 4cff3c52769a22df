"""What answers say about who answers for what."""

from typing import Any

from rest_framework import serializers

from apps.cases.accountability.kept import Request
from apps.cases.accountability.limits import CLOSING_ITEMS, TOOLS
from apps.cases.api.inputs import KNOWLEDGE, choice
from apps.cases.rules import Outcome


class PersonAtPostOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()


class AssistUnitOut(serializers.Serializer[Any]):
    """`silent`: the case went on without this unit's answer."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    signed_at = serializers.DateTimeField(allow_null=True)
    replied_at = serializers.DateTimeField(allow_null=True)
    text = serializers.CharField(allow_null=True)
    result = choice("agreed", "partly", "cannot", "not_ours", allow_null=True)
    silent = serializers.BooleanField()


class RequestOut(serializers.Serializer[Any]):
    """An open request; `mine` when the asker is the one to answer."""

    id = serializers.UUIDField()
    kind = choice(*Request)
    text = serializers.CharField()
    by = PersonAtPostOut()
    to = PersonAtPostOut(allow_null=True)
    at = serializers.DateTimeField()
    wanted_by = serializers.DateField(allow_null=True)
    mine = serializers.BooleanField()


class ClosingFileOut(serializers.Serializer[Any]):
    """With what the outcome was worth (C-10): `proof`, `amount` in yuan, `saved_days`, `value`."""

    proof = serializers.CharField()
    received = serializers.CharField()
    tools = serializers.ListField(child=choice(*TOOLS))
    knowledge = choice("", *KNOWLEDGE)
    value = serializers.CharField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    saved_days = serializers.IntegerField(allow_null=True)


class AccountabilityOut(serializers.Serializer[Any]):
    """`reserved`: only an arbiter names the unit now; `designated`: it may not give it back."""

    designated = serializers.BooleanField()
    escalated = serializers.BooleanField()
    reserved = serializers.BooleanField()
    requests = RequestOut(many=True)
    closing = ClosingFileOut()
    remedy_text = serializers.CharField(allow_null=True)


class ChecklistItemOut(serializers.Serializer[Any]):
    item = choice(*CLOSING_ITEMS)
    state = choice("done", "missing", "not_needed")
    why = serializers.CharField(allow_null=True)


class ChecklistOut(serializers.Serializer[Any]):
    outcome = choice(*Outcome, allow_null=True)
    items = ChecklistItemOut(many=True)
    tools = serializers.ListField(child=choice(*TOOLS))
