"""What somebody had begun to write, kept on the server."""
