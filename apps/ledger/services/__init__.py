"""What is done with the ledger: views saved, cases marked, files made."""
