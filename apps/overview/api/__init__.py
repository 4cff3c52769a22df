"""The city page over HTTP: the comparison, one hall opened, and the stored facts."""
