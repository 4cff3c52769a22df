"""The clocks of cases: what they are counted by, when they stand still, which colour they show
(domain.md §2.5, §3.6, §3.8). Which moments are working time, the city's calendar says.
"""
