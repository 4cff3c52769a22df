"""Column kinds that several tables share."""

from enum import StrEnum
from typing import Any

from django.db import models


def choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    """A code list as Django wants it: the words are the front end's."""
    return [(value.value, value.value) for value in values]


def text(length: int = 40) -> "models.CharField[Any, Any]":
    """A short text that may be empty."""
    return models.CharField(max_length=length, default="", blank=True)
