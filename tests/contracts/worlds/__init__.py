"""What each theme adds to the world of the contract tests: its ids and its bodies."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any
from uuid import UUID

from tests.contracts.worlds import (
    accountability,
    attachments,
    conduct,
    devices,
    documents,
    drafts,
    intake,
    ledger,
    oversight,
    people,
    queue,
    setup,
    time,
    work,
)

PARTS: tuple[ModuleType, ...] = (
    accountability,
    attachments,
    conduct,
    devices,
    documents,
    drafts,
    intake,
    ledger,
    oversight,
    people,
    queue,
    setup,
    time,
    work,
)
"""Modules with `ids(world)` and `bodies(world)`."""


def ids(world: Any) -> Mapping[str, UUID]:
    """By an address's whole text after the method, or by its first word."""
    return {name: ident for part in PARTS for name, ident in part.ids(world).items()}


def bodies(world: Any) -> Mapping[str, dict[str, Any]]:
    """By `POST address`."""
    return {name: body for part in PARTS for name, body in part.bodies(world).items()}
