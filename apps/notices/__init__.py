"""What somebody should know: each person's list of notices, read and unread."""
