"""The states drawn and listed from the rules: `python -m apps.cases.diagram` prints both,
`--write` puts them into ARCHITECTURE.md and docs/rules.md."""

import sys
from pathlib import Path

from apps.cases.rules import MOVES, ON_THE_WAY, State, Step

_ROOT = Path(__file__).resolve().parents[2]
DRAWN = _ROOT / "ARCHITECTURE.md"
LISTED = _ROOT / "docs" / "rules.md"


def mermaid() -> str:
    """A Mermaid state diagram of the way; steps that join the same two states share an arrow."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (before, step), after in ON_THE_WAY.items():
        arrows.setdefault((before, after), []).append(step.value)
    lines = ["stateDiagram-v2", "    [*] --> registered"]
    lines += [
        f"    {before.value} --> {after.value}: {', '.join(steps)}"
        for (before, after), steps in arrows.items()
    ]
    return "\n".join([*lines, "    closed --> [*]"])


def table() -> str:
    """Every pair of state and step: where it leads, `=` for a step that leaves the case where it
    is, blank for a step that does not exist there."""
    head = ["step", *(state.value for state in State)]
    rows = [[f"`{step.value}`", *(_cell(state, step) for state in State)] for step in Step]
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def _cell(state: State, step: Step) -> str:
    after = MOVES.get((state, step))
    if after is None:
        return " "
    return "=" if after is state else after.value


def between(text: str, mark: str, block: str) -> str:
    """The text with what stands between the marks replaced."""
    before, begin, rest = text.partition(f"<!-- {mark}:begin -->")
    _, end, after = rest.partition(f"<!-- {mark}:end -->")
    return f"{before}{begin}\n{block}\n{end}{after}"


def main(*args: str) -> None:
    drawn = f"```mermaid\n{mermaid()}\n```"
    if "--write" not in args:
        sys.stdout.write(f"{mermaid()}\n\n{table()}\n")
        return
    for page, mark, block in ((DRAWN, "states", drawn), (LISTED, "table", table())):
        text = between(page.read_text(encoding="utf-8"), mark, block)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
