"""What a network or a hall may decide differently: limits, switches, code lists.

Each parameter is declared once, with its type, its default and the rule it comes from; a network
and the halls of its tree override it from a day on. Deadlines and days have tables of their own in
`bancheng.city.calendar`.
"""
