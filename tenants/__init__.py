"""Networks, their halls and the hosts that lead to them, in the shared schema.
Every hall is a schema and a PostgreSQL role of its own; this package makes and migrates them.
It also finds a hall by host, schema or id, and unwraps a hall's keys."""
