"""The tables of oversight: cards, standstills, orders, duty, checks of quality."""

from apps.oversight.models.card import Card, Stall, Sweep
from apps.oversight.models.check import Check
from apps.oversight.models.duty import DutyShift
from apps.oversight.models.order import Order

__all__ = ["Card", "Check", "DutyShift", "Order", "Stall", "Sweep"]
