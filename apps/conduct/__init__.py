"""Sealed files about conduct (不给办): who may know, identity under a key of its own.

Findings, measures and the hand-over to discipline inspection follow from a file.
"""
