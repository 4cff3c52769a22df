"""Pieces of work under a case, each with its own people and its own clock.

Opinions, evidence, assisted steps, visits, consents, task forces and joint meetings share one
table and stay typed by their kind.
"""
