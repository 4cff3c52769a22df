"""One effect per Idempotency-Key: the key's row lives in the transaction of the effect.
The same key again gives the same answer; with another body it is refused.
Keys are the actor's own and are forgotten after 48 hours."""
