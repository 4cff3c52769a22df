"""Starts what Bancheng needs on one machine: PostgreSQL, Valkey and the processes above them.

Owns the data folder's service part (`postgres/`, `valkey/`, `logs/`, `secrets.json`, `lock`)
and the one-time preparation of a database (roles, extensions, grants). Needs no Django: it runs
before any setting exists.
"""
