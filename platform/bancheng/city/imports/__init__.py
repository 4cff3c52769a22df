"""Sheets that are being taken over: handed in, looked at, confirmed, done step by step.

What a sheet says is sealed with the hall's key and gone when it is done. It stands in the shared
schema, each hall's own under row-level security, because a hall's schema has no room (ADR 18).
"""
