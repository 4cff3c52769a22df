"""The state diagram, drawn from ON_THE_WAY: `python -m apps.cases.diagram` prints it."""

import sys

from apps.cases.rules import ON_THE_WAY, State


def mermaid() -> str:
    """A Mermaid state diagram; steps that join the same two states share an arrow."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (before, step), after in ON_THE_WAY.items():
        arrows.setdefault((before, after), []).append(step.value)
    lines = ["stateDiagram-v2", "    [*] --> registered"]
    lines += [
        f"    {before.value} --> {after.value}: {', '.join(steps)}"
        for (before, after), steps in arrows.items()
    ]
    return "\n".join([*lines, "    closed --> [*]"])


if __name__ == "__main__":
    sys.stdout.write(mermaid() + "\n")
