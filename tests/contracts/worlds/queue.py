"""Windows and queue in the world of the contract tests."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID


def ids(world: Any) -> Mapping[str, UUID]:
    """Nothing yet besides what the world has."""
    return {}


def bodies(world: Any) -> Mapping[str, dict[str, Any]]:
    """Bodies that are valid in themselves."""
    return {
        "POST windows/<id>/call": {"ticket": world.ticket},
        "POST windows/<id>/resume": {"ticket": world.ticket},
        "POST windows/<id>/next-matter": {"outcome": "done"},
        "POST windows/<id>/walk-in": {"queue": world.queue},
        "POST windows/<id>/end-service": {"reason": "x"},
        "POST tickets/<id>/transfer": {"window": world.window},
        "POST tickets/<id>/tension": {"tension": True},
    }
