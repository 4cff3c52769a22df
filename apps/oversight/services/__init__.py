"""What oversight does, one module per theme."""
