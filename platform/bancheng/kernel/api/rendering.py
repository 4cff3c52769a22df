"""JSON out: ids and moments are written by orjson itself, and a page of a list holds hundreds."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

_other = JSONEncoder().default


class QuickJSONRenderer(JSONRenderer):
    """What REST framework's own renderer writes, ten times as quickly. What orjson refuses (keys
    that are no texts, numbers beyond 64 bits) is left to it."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:
        if data is None:
            return b""
        try:
            return orjson.dumps(data, default=_other, option=orjson.OPT_UTC_Z)
        except orjson.JSONEncodeError:
            return super().render(data, accepted_media_type, renderer_context)
