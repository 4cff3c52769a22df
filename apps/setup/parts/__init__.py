"""The parts of a configuration that the apps below keep; each module adds its own when imported."""

from apps.setup.parts import layout, places, units

__all__ = ["layout", "places", "units"]
