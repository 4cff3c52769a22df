"""Live delivery: who may hear which topic, and one hub per process that writes to the sockets.
Order and completeness come from the log in the database (bancheng.services.live); Valkey's hints
only save the asking. The protocol is frontend.md §5.6."""
