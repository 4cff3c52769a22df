"""Who answers for what: whose business an item is, what is asked of whom, what a closing needs
(C-39, C-68, C-78, C-84, domain.md §2.7).
"""
