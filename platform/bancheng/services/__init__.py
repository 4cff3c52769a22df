"""Services with tables in every schema: audit, outbox, idempotency, live.
They serve whatever hall is current and never ask which one it is.
They know no domain: subjects, topics and payloads are given to them."""
