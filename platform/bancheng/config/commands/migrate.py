"""Bring the shared schema and every hall that is behind up to date; can be run again any time."""

import argparse
import sys

from rich.console import Console
from rich.progress import Progress

from bancheng.kernel.hall import hall
from tenants import schemas


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="only say who is behind; exit 1 if any"
    )


def run(given: argparse.Namespace) -> int:
    with hall(None):
        if given.check:
            return _check()
        schemas.migrate_shared()
        schemas.template()
        shown = Console(stderr=True)
        with Progress(transient=True, console=shown, disable=not shown.is_terminal) as bar:
            task = bar.add_task("halls", total=None)
            report = schemas.migrate_halls(
                lambda done, total: bar.update(task, completed=done, total=total)
            )
    print(f"{len(report.migrated)} halls migrated, {report.up_to_date} were up to date")
    for schema_name, reason in report.failed.items():
        print(f"{schema_name}: {reason}", file=sys.stderr)
    return 1 if report.failed else 0


def _check() -> int:
    late = sum(len(halls) for plan, halls in schemas.behind().items() if plan)
    print(f"{late} halls behind")
    return 1 if late else 0
