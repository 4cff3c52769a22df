"""What the steps of accountability may say."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.inputs import choice, line, text


class AssistReplyIn(serializers.Serializer[Any]):
    text = text(needed=True)
    result = choice("agreed", "partly", "cannot", "not_ours")


class HandOverIn(serializers.Serializer[Any]):
    to_post = serializers.UUIDField()
    reason = text(needed=True)


class HandOverAnswerIn(serializers.Serializer[Any]):
    decision = choice("accept", "decline")
    note = text()


class ReportUpIn(serializers.Serializer[Any]):
    to_post = serializers.UUIDField()
    question = text(needed=True)
    wanted_by = serializers.DateField(required=False, allow_null=True, default=None)


class ReportUpAnswerIn(serializers.Serializer[Any]):
    """Without `request` the oldest one that was put to the asker."""

    request = serializers.UUIDField(required=False, allow_null=True, default=None)
    decision = choice("agree", "disagree", "instruct")
    note = text(needed=True)


class ExplanationIn(serializers.Serializer[Any]):
    legal_basis = line(40, needed=True)
    words = text(needed=True)
    understood = choice("yes", "partly", "no")


class AppealIn(serializers.Serializer[Any]):
    grounds = text(needed=True)


class AppealAnswerIn(serializers.Serializer[Any]):
    decision = choice("uphold", "change")
    note = text(needed=True)
