"""The ledger of the desk (台账, C-38): the 67 columns of domain.md §2.6 over the cases somebody may
see, saved views of it, what is done to many cases at once, and the files made of it."""
