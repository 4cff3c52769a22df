"""What a network or a hall may decide about oversight, with the rule each default comes from."""

from apps.oversight.rules import AUDIENCES, Audience, Level
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

_EVERY = tuple(audience.value for audience in Audience)
declare(
    Parameter(
        f"oversight.ladder.{level.word}",
        "codes",
        [audience.value for audience in audiences],
        "domain.md §2.5, §3.6",
        options=_EVERY,
    )
    for level, audiences in AUDIENCES.items()
)
declare(
    [
        Parameter("oversight.quiet_outside_hours", "switch", True, "peers.md §8 item 7"),
        Parameter("oversight.remind_minutes", "number", 60, "domain.md §2.5 F19", 0, 480),
        Parameter("oversight.idle_hours", "number", 16, "domain.md §1.2 C-90", 1, 400),
        Parameter("oversight.on_spot_hours", "number", 2, "domain.md §1.2 C-30", 1, 40),
        Parameter("oversight.appeal_days", "number", 3, "domain.md §3.6", 1, 30),
        Parameter("oversight.opened_on", "text", "", "domain.md §1.2 C-75"),
        Parameter("oversight.at_once_minutes", "number", 5, "domain.md §1.2 C-80", 1, 60),
        Parameter("oversight.short_reply", "number", 20, "domain.md §1.2 C-80", 1, 200),
        Parameter("oversight.copied_percent", "number", 90, "domain.md §1.2 C-80", 60, 100),
        Parameter("oversight.sample_size", "number", 5, "domain.md §1.2 C-92", 1, 50),
    ]
)


def audiences(level: Level) -> list[Audience]:
    """Who hears of a level in the current hall."""
    return [Audience(code) for code in parameters.codes(f"oversight.ladder.{level.word}")]
