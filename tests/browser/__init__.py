"""The product as people see it: real Chromium, real processes, real database."""
