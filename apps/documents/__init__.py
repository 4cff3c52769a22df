"""Official papers of a hall: templates it can edit, numbers without gaps, the PDF of each.

A paper is issued once: what it says is frozen and sealed, a reprint says the same (ADR 17). The
words of a template are the hall's, its typography is ours (`layout/paper.typ`).
"""
