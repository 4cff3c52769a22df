"""Setting up a hall: readiness, imports, configuration from hall to hall."""
