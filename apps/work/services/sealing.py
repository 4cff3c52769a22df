"""Names and numbers of people in a file: a mask to show, the plain value only sealed (§4.3)."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from apps.cases import masks
from apps.cases.details import Detail
from apps.work.files import SEALED, specs
from bancheng.kernel import keyring

Asked = TypeVar("Asked", bound=Detail)
_TABLE = "work_workitem"
_MASKS = {"sealed_name": masks.name, "sealed_phone": masks.phone}


def seal(asked: Asked, item_id: UUID) -> tuple[Asked, dict[str, str]]:
    """The file with masks, and what was masked, sealed by field."""
    shown: dict[str, Any] = {}
    sealed: dict[str, str] = {}
    for spec in specs(type(asked)):
        plain = getattr(asked, spec.name)
        if spec.input in SEALED and plain:
            kept = keyring.keys().seal(plain, table=_TABLE, column=spec.name, row=item_id)
            sealed[spec.name] = base64.b64encode(kept).decode()
            shown[spec.name] = _MASKS[spec.input](plain)
    return replace(asked, **shown), sealed


def opened(sealed: Mapping[str, str], field: str, item_id: UUID) -> str:
    """A sealed field in plain; raises KeyError for one that was not given."""
    kept = base64.b64decode(sealed[field])
    return keyring.keys().open(kept, table=_TABLE, column=field, row=item_id)
