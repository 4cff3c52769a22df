"""Looking after the clocks: cards and their appeals, reminders up the ladder.

Supervision orders, rosters and checks of quality belong to it as well.
"""
