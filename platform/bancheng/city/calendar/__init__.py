"""Working days and deadlines: which days count, when something is due, and why.
Its engine is pure (no Django, no clock of its own, no database); the network's and the halls'
overrides and policies are tables of the shared schema beside it. It owns no case and lights no
card: apps keep their deadlines and ask here for dates, minutes left and the day-by-day ruler."""
