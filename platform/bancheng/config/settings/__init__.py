"""Django settings: `base` holds what is always true, the others what differs."""
