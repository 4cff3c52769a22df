"""Give a person a post in a hall, with an account if the network has none of that name.

The password is read from standard input, or made and printed once: then it only opens its own
change.
"""

import argparse
import sys

from apps.staff import services
from bancheng.city.identity import passwords
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import hall
from tenants import directory

_SHORTEST = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", required=True, help="host name of the hall, without port")
    parser.add_argument("--username", required=True)
    parser.add_argument("--name", required=True, help="as it stands on the badge")
    parser.add_argument(
        "--role", required=True, action="append", choices=[role.value for role in Role]
    )
    parser.add_argument("--password-stdin", action="store_true", help="read the password")


def run(given: argparse.Namespace) -> int:
    ref = directory.by_host(given.host)
    if ref is None:
        print(f"unknown_host {given.host}", file=sys.stderr)
        return 1
    made = "" if given.password_stdin else passwords.one_time()
    password = made or sys.stdin.readline().rstrip("\n")
    if len(password) < _SHORTEST:
        print(f"password.too_short: at least {_SHORTEST} characters", file=sys.stderr)
        return 2
    try:
        with hall(ref):
            services.add_post(
                username=given.username,
                password=password,
                name=given.name,
                roles=[Role(role) for role in given.role],
                department_id=None,
                must_change=bool(made),
                by=SYSTEM,
            )
    except Refusal as refusal:
        print(f"{refusal.code} {refusal.params}", file=sys.stderr)
        return 1
    print(f"{given.username} at {ref.name}" + (f", password {made}" if made else ""))
    return 0
