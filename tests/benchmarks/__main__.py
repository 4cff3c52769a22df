"""`make bench`: performance.md §8 in its first form. BENCH_QUICK=1 does fewer, shorter rounds."""

import os
import sys
from pathlib import Path

from bancheng.config.environment import use_settings
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.services import running

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Services of the benchmark's own with durable commits; Django learns where they are."""
    if sys.platform != "linux":
        sys.exit("make bench reads processor time from /proc, which only Linux has.")
    folder = ROOT / ".cache" / "bench"
    folder.parent.mkdir(exist_ok=True)
    with running(folder, what="benchmark", given={}) as services:
        os.environ.update(services.env)
        use_settings()
        import django

        django.setup()
        from tests.benchmarks import session

        session.run(services, quick=bool(os.environ.get("BENCH_QUICK")))


if __name__ == "__main__":
    try:
        main()
    except CannotStart as refused:
        sys.exit(str(refused))
