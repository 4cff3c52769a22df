"""The parts of a configuration that the apps below keep; each module adds its own when imported."""

from apps.setup.parts import layout, papers, places, units

__all__ = ["layout", "papers", "places", "units"]
