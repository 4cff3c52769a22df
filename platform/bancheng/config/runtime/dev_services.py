"""`python -m bancheng.config.runtime.dev_services DIR`: a private PostgreSQL and Valkey.

Runs in the foreground until Ctrl-C or SIGTERM. Writes DIR/env, to be used as `. DIR/env`; its
DATABASE_URL is the superuser's, for tests that make databases of their own.
"""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import sys
from pathlib import Path

from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.services import Services, running


def main(argv: list[str] | None = None) -> int:
    """Exit status 0 after a stop on request, 1 when the services could not start."""
    parser = argparse.ArgumentParser(prog="dev_services", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-fsync", action="store_true", help="faster, for tests only")
    chosen = parser.parse_args(argv)
    signals = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    folder = chosen.folder.resolve()
    try:
        with running(folder, what="dev_services", fsync=not chosen.no_fsync, given={}) as services:
            previous = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
            path = write_environment(services)
            print(
                f"{path.read_text()}# ready; use it with:  . {shlex.quote(str(path))}", flush=True
            )
            signal.sigwait(signals)
        signal.pthread_sigmask(signal.SIG_SETMASK, previous)
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def write_environment(services: Services) -> Path:
    """DIR/env with mode 0600: every address and key as `export NAME='value'`."""
    path = services.folder / "env"
    lines = services.env | {"DATABASE_URL": services.superuser_url or ""}
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"export {name}={shlex.quote(value)}\n" for name, value in lines.items())
    return path


if __name__ == "__main__":
    sys.exit(main())
