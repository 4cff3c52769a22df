"""Say whether this process may serve; exit 1 with a code for each thing that is wrong."""

import argparse
import sys

from bancheng.config import self_check


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="print only what is wrong")


def run(given: argparse.Namespace) -> int:
    faults = self_check.faults()
    for fault in faults:
        print(f"{fault.code}: {fault.text}", file=sys.stderr)
    if not faults and not given.quiet:
        print("ready to serve")
    return 1 if faults else 0
