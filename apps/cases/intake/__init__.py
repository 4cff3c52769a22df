"""What happens before a case has a department: reception, candidates for the same matter, triage,
merging and the notices of the law (domain.md §2.1 to §2.3, §4.1).
"""
