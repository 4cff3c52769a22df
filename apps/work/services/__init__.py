"""What people do with pieces of work and meetings."""
