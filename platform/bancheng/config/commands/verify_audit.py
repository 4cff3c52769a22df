"""Walk the audit chain of every hall; exit 1 and the first broken entry if one does not hold."""

import argparse

from bancheng.config.jobs import schema_names
from bancheng.kernel.hall import hall
from bancheng.services.audit import chain
from tenants import directory


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hall", help="only this hall (slug)")


def run(given: argparse.Namespace) -> int:
    broken = False
    for schema_name in schema_names():
        ref = directory.by_schema(schema_name)
        if given.hall and ref.slug != given.hall:
            continue
        with hall(ref):
            verdict = chain.verify()
        state = "whole" if verdict.broken_at is None else f"BROKEN at {verdict.broken_at}"
        broken = broken or verdict.broken_at is not None
        print(f"{ref.slug}  {verdict.entries} entries  {state}  head {verdict.head[:16]}")
    return 1 if broken else 0
