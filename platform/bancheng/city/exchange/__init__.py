"""The mailbox between halls: letters that refer a case, and what the other end did with them.
Both ends read a letter, each writes only as itself, nobody changes or deletes a line (RLS).
It carries no work: apps write here in the transaction of their own step and read it back."""
