"""What people do with papers and their templates."""
