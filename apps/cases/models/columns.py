"""Columns that several tables share."""

from django.db import models


def short(size: int = 20) -> "models.CharField[str, str]":
    """A code or a name that may be missing."""
    return models.CharField(max_length=size, default="", blank=True)
