from typing import Any
from uuid import UUID


def ids(world: Any) -> dict[str, UUID]:
    return {}


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    return {}
