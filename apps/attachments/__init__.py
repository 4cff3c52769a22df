"""Files kept under a case or another subject of the hall."""
