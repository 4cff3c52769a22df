"""The checks of what the apps below keep; each module declares its own when imported."""

from apps.setup.checks import business, people, rules

__all__ = ["business", "people", "rules"]
