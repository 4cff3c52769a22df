"""Walk the audit chain of every hall; exit 1 and the first broken entry if one does not hold."""

import argparse

from bancheng.config.jobs import schema_names
from bancheng.kernel.hall import hall
from bancheng.services.audit import chain
from tenants import directory


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hall", help="only this hall (slug)")


def run(given: argparse.Namespace) -> int:
    whole = True
    for schema_name in schema_names():
        ref = directory.by_schema(schema_name)
        if given.hall and ref.slug != given.hall:
            continue
        with hall(ref):
            acts, sealed = chain.verify(), chain.verify(sealed=True)
        whole = _told(ref.slug, acts) and whole
        if sealed.entries or sealed.broken_at is not None:
            whole = _told(f"{ref.slug} (sealed files)", sealed) and whole
    return 0 if whole else 1


def _told(name: str, verdict: chain.Verdict) -> bool:
    """Print how far one chain holds; whether it is whole."""
    state = "whole" if verdict.broken_at is None else f"BROKEN at {verdict.broken_at}"
    print(f"{name}  {verdict.entries} entries  {state}  head {verdict.head[:16]}")
    return verdict.broken_at is None
