"""The demonstration city: an invented network of twelve halls, its people and its cases.

`content` reads the data files beside it into frozen dataclasses and refuses anything that does
not fit; tests/demo proves that every reference resolves and every script obeys the case rules.
Nothing here touches a database: seeding is a separate step.
"""
