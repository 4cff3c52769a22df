"""What people do on the screens, in their own words."""

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.person import Person

APPLICANT = "林晓雨"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a citizen brings to the desk."""

    title: str
    detail: str
    want: str
    tried: str = "综合窗口"
    result: str = "不归本窗口"
    visits: int = 3


@dataclass(frozen=True, slots=True)
class Slip:
    """What the citizen goes home with."""

    number: str
    code: str


def register(at: Person, matter: Matter) -> Slip:
    """Fill in the open form, read the slip, open the case."""
    at.press("register-more")
    at.fill(
        matter=matter.title,
        visit_count=str(matter.visits),
        tried_name=matter.tried,
        tried_result=matter.result,
        detail=matter.detail,
        want=matter.want,
        name=APPLICANT,
        phone="19900001234",
    )
    at.tick("pii")
    at.press("register-submit")
    slip = Slip(at.the("slip-number").inner_text(), at.the("slip-code").inner_text())
    at.press("slip-open")
    expect(at.the("slip-code")).to_have_count(0)
    expect(at.the("case")).to_have_attribute("data-state", "registered")
    return slip


def triage(at: Person, *, cause: str, reason: str, note: str, can_do: str = "yes") -> None:
    """Should it be done, can it be done, why is it stuck."""
    at.press("step-triage")
    at.tick("should_do-yes", f"can_do-{can_do}", f"cause-{cause}", "difficulty-complex")
    at.pick(at.the("blocking_reason"), reason)
    at.fill(note=note)
    at.press("submit-triage")
    expect(at.the("form-triage")).to_have_count(0)


def begin(at: Person, step: str) -> None:
    """Open a step's form, from its button or from the list of further steps."""
    expect(at.the("steps").locator("button").first).to_be_visible()
    if not at.the(f"step-{step}").count():
        at.press("more-steps")
    at.press(f"step-{step}")
    expect(at.the(f"form-{step}")).to_be_visible()


def dispatch(at: Person, unit: str, note: str) -> None:
    """Send the case to a department."""
    begin(at, "dispatch")
    at.choose("lead_unit", unit)
    at.fill(note=note)
    at.press("submit-dispatch")
    expect(at.the("form-dispatch")).to_have_count(0)


def compose(at: Person, step: str, texts: Mapping[str, str], *ticks: str) -> None:
    """Take a step that is written below the timeline."""
    if at.the(f"compose-{step}").count():
        at.press(f"compose-{step}")
    at.tick(*ticks)
    for name, text in texts.items():
        at.type_in(at.the("composer").get_by_test_id(name), text)
    at.press(f"submit-{step}")


def state(at: Person, wanted: str) -> None:
    """Wait until the open case has come to a state, without loading the page again."""
    expect(at.the("case")).to_have_attribute("data-state", wanted)


def track(citizen: Person, slip: Slip) -> None:
    """The citizen types number and code."""
    citizen.go("/p/")
    citizen.fill(**{"track-number": slip.number, "track-code": slip.code})
    citizen.press("track-submit")
    expect(citizen.the("track-result")).to_be_visible()
