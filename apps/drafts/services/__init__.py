"""Keeping what is being written, and remembering what a step found."""
