"""The order of what happened, per topic, decided by the database in the writing transaction.
Sockets and pages resume from it; Valkey only carries hints that may be lost.
Events name what changed and never carry data that a permission would have to guard."""
