"""Writing the ledger as a file, piece by piece: never more than a batch of lines is held, and the
first bytes leave at once, so that nothing between the hall and the browser grows impatient."""
