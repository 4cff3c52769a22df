"""The table of a run, for the terminal and for docs/benchmarks.md."""

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.counts import Count
from tests.benchmarks.measuring import Block, Result, median, percentile, spread

_BEGIN, _END = "<!-- the last run -->", "<!-- end of the last run -->"
_HEAD = (
    "W",
    "Operation",
    "CPU per operation",
    "spread of rounds",
    "of it app · db",
    "p50",
    "p95",
    "Floor",
    "floor CPU",
    "ratio",
    "Target",
    "Met",
)


def row(result: Result) -> list[str]:
    """One workload as cells of the table."""
    work = result.workload
    totals = [block.total_us for block in result.product]
    walls = [wall * 1e6 for block in result.product for wall in block.walls]
    low, high = spread(totals)
    return [
        work.key,
        work.name,
        _time(median(totals)),
        f"{_time(low)}–{_time(high)}",
        _parts(result.product),
        _time(percentile(walls, 0.5)),
        _time(percentile(walls, 0.95)),
        work.floor_name,
        _time(median(block.total_us for block in result.floor)),
        f"{median(result.ratios()):.2f}",
        f"{work.target}; stretch {work.stretch}" if work.stretch else work.target,
        _verdict(result),
    ]


def _parts(blocks: Sequence[Block]) -> str:
    names = blocks[0].cpu_us
    return " · ".join(_time(median(block.cpu_us[name] for block in blocks)) for name in names)


def _verdict(result: Result) -> str:
    """Neighbours only ever add to a figure, so one round below the goal leaves it open."""
    goal = result.workload.goal_us
    if goal is None:
        return ""
    totals = [block.total_us for block in result.product]
    if median(totals) <= goal:
        return "yes"
    return "open" if min(totals) <= goal else "**no**"


def _time(microseconds: float) -> str:
    if microseconds >= 1_000_000:
        return f"{microseconds / 1e6:.2f} s"
    return f"{microseconds / 1e3:.2f} ms" if microseconds >= 1000 else f"{microseconds:.0f} µs"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def counts(found: Iterable[Count]) -> str:
    """W15."""
    return table(("W15", "found", "budget"), ([one.what, one.found, one.budget] for one in found))


def live(found: Mapping[str, float]) -> list[str]:
    """W7 as a row of the table."""
    low = f"{found['raw_us_per_frame']:.2f} µs"
    hub = found["hub_us_per_frame"]
    return [
        *("W7", f"deliver one frame, {found['sockets']:.0f} sockets", f"{hub:.2f} µs", "", ""),
        *("", "", "D3: awaiting each send in a loop", low, f"{found['hub_to_raw']:.2f}"),
        *("≤ 12 µs, R ≤ 2; stretch ≤ 8 µs", "yes" if hub <= 12 else "ratio only"),
    ]


def whole(
    found: Sequence[Result], sockets: Mapping[str, float], counted: Sequence[Count], postgres: str
) -> str:
    """Everything a run says."""
    rows = sorted([*map(row, found), live(sockets)], key=lambda cells: int(cells[0][1:]))
    parts = [f"- {line}" for line in machine(postgres)]
    return "\n".join([*parts, "", table(_HEAD, rows), "", counts(counted), ""])


def write(document: Path, text: str) -> None:
    """Put the run between the marks; what people wrote around them stays."""
    before, _, rest = document.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    document.write_text(f"{before}{_BEGIN}\n\n{text}\n{_END}{after}")


def machine(postgres: str) -> list[str]:
    """Processor, memory, versions, and the neighbours' load at the end of the run."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " · ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"{os.cpu_count()} cores, {_processor()}, {memory:.0f} GiB, {platform.system()}"
        f" {platform.release()}",
        f"Python {platform.python_version()}, PostgreSQL {postgres}",
        f"load of the machine over 1, 5 and 15 minutes at the end: {load}"
        " (client, app, database and whatever else ran share the cores)",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
