"""The checks of what the apps below keep; each module declares its own when imported."""

from apps.setup.checks import business, papers, people, rules

__all__ = ["business", "papers", "people", "rules"]
