"""The catalogue a page needs once: code lists, service items, legal articles."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import HallView
from apps.staff.permissions import require
from bancheng.city.catalogue import codes, desk_codes
from bancheng.city.catalogue import queries as catalogue


# `label` is also the name of an attribute every serializer field has.
class CodedOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class WordedOut(CodedOut):
    """`words` by language where the server knows them; without any the page has its own."""

    words = serializers.DictField(child=serializers.CharField())


class BlockingReasonOut(WordedOut):
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]


class AcceptanceRuleOut(WordedOut):
    """Why something is not accepted, and the proper way to say with it (C-55)."""

    channel = serializers.CharField()


class ServiceItemOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    department = serializers.CharField(source="unit")


class LegalBasisOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    article = serializers.CharField()
    text = serializers.CharField()


class CatalogueOut(serializers.Serializer[Any]):
    """`hiddenReasons` are not offered here; cases of before may have them."""

    blockingReasons = BlockingReasonOut(many=True)
    hiddenReasons = BlockingReasonOut(many=True)
    outcomes = CodedOut(many=True)
    causes = CodedOut(many=True)
    returnReasons = CodedOut(many=True)
    referralReturnReasons = CodedOut(many=True)
    receptionOutcomes = CodedOut(many=True)
    notAcceptedReasons = AcceptanceRuleOut(many=True)
    exemptions = CodedOut(many=True)
    pauseReasons = CodedOut(many=True)
    blockedStages = CodedOut(many=True)
    discoverySources = CodedOut(many=True)
    specialSituations = CodedOut(many=True)
    authorityKinds = CodedOut(many=True)
    serviceItems = ServiceItemOut(many=True)
    legalBases = LegalBasisOut(many=True)


class CatalogueView(HallView):
    @extend_schema(responses=CatalogueOut)
    def get(self, request: Request) -> Response:
        require(self.actor, "catalogue.read")
        return Response(CatalogueOut(_catalogue()).data)


def _catalogue() -> dict[str, Any]:
    """Cases do not pause in this release, so there are no reasons for it yet."""
    return {
        "blockingReasons": _blocking_reasons(),
        "hiddenReasons": _reasons(desk_codes.hidden_leaves()),
        "outcomes": _coded(codes.OUTCOMES),
        "causes": _coded(codes.CAUSES),
        "returnReasons": _coded(codes.RETURN_REASONS),
        "referralReturnReasons": _coded(codes.REFERRAL_RETURN_REASONS),
        "receptionOutcomes": _coded(codes.RECEPTION_OUTCOMES),
        "notAcceptedReasons": [
            {"code": code, "label": rule.reason, "words": rule.words, "channel": rule.channel}
            for code, rule in desk_codes.acceptance_rules().items()
        ],
        "exemptions": _coded(codes.EXEMPTIONS),
        "pauseReasons": [],
        "blockedStages": _coded(desk_codes.BLOCKED_STAGES),
        "discoverySources": _coded(desk_codes.DISCOVERY_SOURCES),
        "specialSituations": _coded(desk_codes.SPECIAL_SITUATIONS),
        "authorityKinds": _coded(desk_codes.AUTHORITY_KINDS),
        "serviceItems": catalogue.service_items(),
        "legalBases": catalogue.legal_bases(),
    }


def _coded(labels: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "label": label} for code, label in labels.items()]


def _blocking_reasons() -> list[dict[str, Any]]:
    """Groups without a parent, then the reasons below them."""
    return _reasons(desk_codes.blocking_groups()) + _reasons(desk_codes.blocking_leaves())


def _reasons(worded: Mapping[str, desk_codes.Words]) -> list[dict[str, Any]]:
    first = desk_codes.LANGUAGES[0]
    return [
        {
            "code": code,
            "parent": code[0] if len(code) > 1 else None,
            "label": words[first],
            "words": words,
        }
        for code, words in worded.items()
    ]
