"""One verb each: receive and keep, examine, withdraw, hand over, sweep."""
