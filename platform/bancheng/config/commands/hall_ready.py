"""Is a hall ready to open? Each check with its evidence; exit status 1 while one is missing."""

import argparse
import json
import sys

from apps.setup import readiness
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import hall
from tenants import directory


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("host", help="host name of the hall, without port")
    parser.add_argument("--json", action="store_true", help="one JSON object per check and line")


def run(given: argparse.Namespace) -> int:
    ref = directory.by_host(given.host)
    if ref is None:
        print(f"unknown_host {given.host}", file=sys.stderr)
        return 1
    with hall(ref):
        looked = readiness.of_hall(SYSTEM)
    for one in looked:
        print(_json(one) if given.json else _line(one))
    if not given.json:
        print(f"{ref.name}: {'ready' if readiness.ready(looked) else 'not ready'}")
    return 0 if readiness.ready(looked) else 1


def _line(one: readiness.Looked) -> str:
    said = "  ".join(f"{name}={_text(value)}" for name, value in one.found.params.items())
    return f"{one.found.state:8} {one.check.code:18} {said}".rstrip()


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _json(one: readiness.Looked) -> str:
    found = {"check": one.check.code, "state": one.found.state, "page": one.check.page}
    return json.dumps(found | dict(one.found.params), ensure_ascii=False)
