"""The citizen's page of a case: number and code lead to progress, promise and answer.
It has no tables and no accounts, and tells the same to an unknown number and a wrong code.
Of the staff it names nobody but the one who is accountable."""
