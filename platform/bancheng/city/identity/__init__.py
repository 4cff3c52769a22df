"""Accounts of people who work in a network's halls, and which halls know them.
A hall's role sees only the accounts that are members there.
What a person may do in a hall is decided by the hall's own posts (apps.staff)."""
