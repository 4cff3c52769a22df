"""Looking after the clocks: cards and their appeals, reminders up the ladder, standstills.

Supervision orders, the duty roster and checks of quality belong to it as well. It reads cases
through `apps.cases.timekeeping.watching` and writes into them through
`apps.cases.services.recording`.
"""
