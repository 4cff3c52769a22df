"""The `bancheng` command. Each subcommand has a module in `commands`; Django loads only if needed.

Exit status: 0 done, 1 refused or failed, 2 bad input.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from bancheng.config.environment import use_settings

COMMANDS = {
    "network import": ("commands.import_network", "halls of a city from a CSV of divisions"),
    "calendar import": ("commands.import_calendar", "a year's holiday notice: compare, confirm"),
    "hall create": ("commands.create_hall", "open one hall"),
    "hall list": ("commands.list_halls", "all halls, their hosts and schemas"),
    "hall ready": ("commands.hall_ready", "is a hall ready to open? exit status 1 when not"),
    "person add": ("commands.add_person", "give a person a post in a hall"),
    "migrate": ("commands.migrate", "bring the shared schema and every hall up to date"),
    "check": ("commands.check", "may this process serve? roles, grants, pooling, locale"),
    "audit verify": ("commands.verify_audit", "walk the audit chains"),
    "demo-seed": ("demo.seed_command", "fill an empty database with the demo city"),
    "demo-history": ("demo.history_command", "fill in the demo's older months, resumable"),
    "demo-day": ("demo.day_command", "keep the demo city alive"),
    "bench wait": ("commands.bench_wait", "the wait estimate against recorded queues"),
    "replay day": ("commands.replay_day", "a recorded day of queues through the real services"),
    "schema": ("commands.write_schema", "write or compare the OpenAPI description"),
}
_WITHOUT_DJANGO = {
    "due": ("due dates of the working-day engine", "bancheng.city.calendar.due_command"),
    "demo": ("everything on this machine", "bancheng.config.runtime.demo_command"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; its exit status."""
    try:
        return _dispatch(list(sys.argv[1:] if arguments is None else arguments))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _dispatch(given: list[str]) -> int:
    if given[:1] == ["due"]:
        return _due(given[1:])
    if given[:1] == ["demo"]:
        run = import_module(_WITHOUT_DJANGO["demo"][1]).run
        return int(run(given[1:]))
    for words in (2, 1):
        name = " ".join(given[:words])
        if name in COMMANDS:
            return _run(name, given[words:])
    print(usage(), file=sys.stdout if given in ([], ["-h"], ["--help"]) else sys.stderr)
    return 0 if given in (["-h"], ["--help"]) else 2


def usage() -> str:
    """What can be asked for."""
    lines = [f"  {name:15} {about}" for name, (_, about) in sorted(COMMANDS.items())]
    lines += [f"  {name:15} {about}" for name, (about, _) in sorted(_WITHOUT_DJANGO.items())]
    return "usage: bancheng COMMAND …\n\n" + "\n".join(sorted(lines))


def _due(arguments: list[str]) -> int:
    from bancheng.city.calendar import due_command

    return due_command.run(arguments, sys.stdin, sys.stdout, sys.stderr)


def _run(name: str, arguments: Sequence[str]) -> int:
    use_settings()
    import django
    from django.db import OperationalError
    from django.utils.connection import ConnectionDoesNotExist

    django.setup()
    import_module("bancheng.config.celery")  # pokes go to its broker
    module = import_module(f"bancheng.config.{COMMANDS[name][0]}")
    parser = argparse.ArgumentParser(prog=f"bancheng {name}", description=module.__doc__)
    module.arguments(parser)
    given = parser.parse_args(arguments)
    try:
        return int(module.run(given))
    except ConnectionDoesNotExist:
        print("database.no_owner: set DATABASE_OWNER_URL", file=sys.stderr)
    except OperationalError as error:
        print(f"database.unreachable: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
