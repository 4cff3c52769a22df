"""The audit chain of the current schema: append-only, each entry sealed over the one before.
Entries hold no personal data: who did what to which subject, and why.
`verify` walks the chain and names the first broken entry."""
