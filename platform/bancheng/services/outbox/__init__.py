"""Facts on their way: an event's row is written in the transaction that made it true.
A poke drains at once, a sweep finds what a lost poke left; a handler may run twice.
Handlers are registered by topic and each calls one service."""
