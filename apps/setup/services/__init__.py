"""What setting up writes: items, and configurations carried from hall to hall."""
