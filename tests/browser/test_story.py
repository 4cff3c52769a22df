"""The main job in real browsers, by keyboard: every page that watches is open, none is reloaded."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import acts
from tests.browser.acts import Matter, Slip
from tests.browser.person import DESK, PHONE, SCREEN, Person, Place, somebody
from tests.browser.town import CITY, DISTRICT, STREET
from tests.browser.typist import typist

pytestmark = pytest.mark.browser

STUCK = Matter(
    title="代住院母亲办养老认证，签字无法核实",
    detail="母亲住院不能到场，委托书上的签字两个窗口都说无法核实，三次往返没有办成。",
    want="凭委托书办理养老待遇资格认证。",
    tried="社保医保窗口、综合窗口",
    result="签字无法核实，两次不予受理",
)
CANNOT = Matter(
    title="超面积建房要求补证",
    detail="自建房超出批准面积，要求按现状补办证书。",
    want="按现状补证。",
)
ASTRAY = Matter(
    title="楼道加装扶手没人管",
    detail="老人上下楼困难，社区和执法队互相推。",
    want="在楼道加装扶手。",
)
ANSWER = "已与医院视频核实本人意愿，认证已经完成，养老待遇按月发放，不需要再跑。"
NO = "超出批准面积的部分不符合法定条件，不能补证；批准面积以内的部分可以先行办证。"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who has a browser open."""

    desk: Person
    lead: Person
    district: Person
    unit: Person
    city: Person
    display: Person
    citizen: Person

    def everybody(self) -> tuple[Person, ...]:
        parts = (self.desk, self.lead, self.district, self.unit, self.city)
        return (*parts, self.display, self.citizen)


@contextmanager
def cast_of(chromium: Browser, place: Place) -> Iterator[Cast]:
    """Everybody at their page; at the end nothing went wrong in any browser."""
    them = Cast(
        desk=typist(chromium, place, STREET).sign_in("binhe.desk1", "/desk"),
        lead=typist(chromium, place, STREET),
        district=typist(chromium, place, DISTRICT).sign_in("qinghe.desk1", "/referral/in"),
        unit=typist(chromium, place, DISTRICT).sign_in("qinghe.rs.handler", "/inbox"),
        city=somebody(chromium, place, CITY, DESK).sign_in(
            "shimin.city", "/city?metric=substantive"
        ),
        display=somebody(chromium, place, STREET, SCREEN),
        citizen=somebody(chromium, place, STREET, PHONE),
    )
    them.display.go(f"/display/?device={place.town.halls[STREET].display}")
    expect(them.display.the("display-call")).to_be_visible()
    yield them
    troubles = {one.slug: one.troubles for one in them.everybody() if one.troubles}
    assert not troubles
    for one in them.everybody():
        one.context.close()


def test_a_stuck_matter_goes_through_the_living_city(
    chromium: Browser, place: Place, shots: Path
) -> None:
    with cast_of(chromium, place) as them:
        before = _figures(them.city, place)
        slip = _a_number_becomes_a_case(them, shots)
        _the_street_cannot_decide(them, shots)
        _the_district_takes_it_over(them, place, shots)
        _the_department_answers(them, shots)
        _the_answer_reaches_street_and_citizen(them, slip, shots)
        _a_callback_closes_it(them, shots)
        _the_district_serves_a_number_of_its_own(them)
        _the_city_has_seen_it(them, place, before, shots)
        _nobody_says_no_alone(them, place, shots)
        _a_department_gives_it_back(them, chromium, place, shots)


def _a_number_becomes_a_case(them: Cast, shots: Path) -> Slip:
    desk, display = them.desk, them.display
    desk.press("take-ticket")
    desk.choose("ticket-queue", "Z · 办不成事")
    desk.press("ticket-submit")
    number = _number_said(desk)
    expect(desk.the("waiting-ticket").filter(has_text=number)).to_be_visible()
    expect(display.the("display-next")).to_contain_text(number)
    desk.press("call-next")
    expect(desk.the("current-ticket")).to_contain_text(number)
    called = display.the("display-call").locator(f"[data-number={number}][data-window='5']")
    expect(called).to_be_visible()
    desk.shoot(shots, "story-01-called")
    display.shoot(shots, "story-02-display")
    desk.press("start")
    desk.press("register")
    slip = acts.register(desk, STUCK)
    desk.press("finish")
    expect(desk.the("current-ticket")).not_to_contain_text(number)
    acts.triage(desk, cause="hard", reason="B5", note="应当办理；签字无法核实，街道无权认定。")
    acts.state(desk, "triaged")
    desk.shoot(shots, "story-03-triaged")
    return slip


def _number_said(desk: Person) -> str:
    """The number that was given out, as the page said it."""
    said = desk.the("toast").filter(has_text="Z")
    found = re.search(r"Z\d{3}", said.last.inner_text())
    assert found
    return found[0]


def _the_street_cannot_decide(them: Cast, shots: Path) -> None:
    desk, district = them.desk, them.district
    expect(district.the("referral-link").filter(has_text=STUCK.title)).to_have_count(0)
    acts.begin(desk, "referrals")
    desk.fill(reason="资格认定权限在区人社局", purpose="核实委托并办理认证")
    desk.tick("need_contact")
    desk.press("submit-referrals")
    acts.state(desk, "referred")
    letter = district.the("referral-link").filter(has_text=STUCK.title)
    expect(letter).to_be_visible(timeout=5_000)
    district.use(letter)
    expect(district.the("referral")).to_have_attribute("data-state", "sent")
    district.shoot(shots, "story-04-referred")


def _the_district_takes_it_over(them: Cast, place: Place, shots: Path) -> None:
    district, unit = them.district, them.unit
    district.fill(**{"referral-note": "已收到，今日转区人社局核实。"})
    district.press("referral-submit")
    district.press("open-local-case")
    acts.state(district, "triaged")
    expect(unit.the("case-link").filter(has_text=STUCK.title)).to_have_count(0)
    acts.dispatch(district, place.town.unit(DISTRICT, "rs"), "请核实本人意愿，不让家属再跑。")
    acts.state(district, "dispatched")
    arrived = unit.the("group-sign").get_by_test_id("case-link").filter(has_text=STUCK.title)
    expect(arrived).to_be_visible(timeout=5_000)
    unit.use(arrived)
    acts.state(unit, "dispatched")
    unit.shoot(shots, "story-05-dispatched")


def _the_department_answers(them: Cast, shots: Path) -> None:
    unit = them.unit
    unit.press("step-sign")
    acts.state(unit, "signed")
    told = {"note": "与医院约好今天视频核实。"}
    acts.compose(unit, "contact", told, "method-phone", "result-reached")
    acts.state(unit, "in_progress")
    unit.press("compose-reply")
    unit.pick(unit.the("composer").get_by_test_id("outcome"), "done")
    acts.compose(unit, "reply", {"answer": ANSWER}, "solved-yes")
    acts.state(unit, "replied")
    unit.shoot(shots, "story-06-replied")


def _the_answer_reaches_street_and_citizen(them: Cast, slip: Slip, shots: Path) -> None:
    desk, district, citizen = them.desk, them.district, them.citizen
    acts.track(citizen, slip)
    expect(citizen.the("track-state")).to_have_attribute("data-state", "referred")
    citizen.shoot(shots, "story-07-tracked", whole=True)
    acts.state(district, "replied")
    acts.compose(district, "review", {}, "decision-pass")
    acts.state(district, "reviewed")
    acts.compose(district, "deliver", {"text": ANSWER}, "method-sms")
    acts.state(district, "delivered")
    acts.state(desk, "delivered")
    expect(desk.the("timeline")).to_contain_text(ANSWER)
    citizen.press("track-again")
    expect(citizen.the("track-answer")).to_contain_text(ANSWER)
    desk.shoot(shots, "story-08-answered")
    citizen.shoot(shots, "story-09-tracked-answer", whole=True)


def _a_callback_closes_it(them: Cast, shots: Path) -> None:
    desk, district, citizen = them.desk, them.district, them.citizen
    composer = district.the("composer")
    district.pick(composer.get_by_test_id("satisfaction"), "5")
    district.pick(composer.get_by_test_id("outcome"), "done")
    said = {"note": "家属说已经收到通知。", "file.proof": "不动产权证 0001 号"}
    acts.compose(district, "callback", said, "result-solved")
    acts.state(district, "closed")
    acts.state(desk, "closed")
    citizen.press("track-again")
    expect(citizen.the("track-state")).to_have_attribute("data-state", "closed")
    district.shoot(shots, "story-10-closed")


def _the_district_serves_a_number_of_its_own(them: Cast) -> None:
    district = them.district
    district.press("nav-desk")
    district.press("take-ticket")
    district.choose("ticket-queue", "Z · 办不成事")
    district.press("ticket-submit")
    for press in ("call-next", "start", "finish"):
        district.press(press)
    expect(district.the("call-next")).to_be_visible()


def _figures(city: Person, place: Place) -> dict[str, dict[str, str]]:
    """Both halls' cells on the open city page: what a person reads there."""
    return {slug: _row(city, place, slug) for slug in (STREET, DISTRICT)}


def _row(city: Person, place: Place, slug: str) -> dict[str, str]:
    row = city.the(f"rank-row-{place.town.halls[slug].ref.id}")
    return {
        column: _cell(row, column).inner_text()
        for column in ("cases", "substantive", "load", "wait")
    }


def _cell(row: Locator, column: str) -> Locator:
    """The number of cases and the chosen metric have no name of their own."""
    place_of = {"cases": 1, "substantive": 2}
    if column in place_of:
        return row.locator("td").nth(place_of[column])
    return row.locator(f"[data-column={column}]")


def _the_city_has_seen_it(
    them: Cast, place: Place, before: dict[str, dict[str, str]], shots: Path
) -> None:
    """Both halls' figures moved on the open page; what was solved above counts there only."""
    city = them.city
    for slug, moved in {STREET: "cases", DISTRICT: "substantive"}.items():
        row = city.the(f"rank-row-{place.town.halls[slug].ref.id}")
        for column in (moved, "wait"):
            was = before[slug][column]
            expect(_cell(row, column)).not_to_have_text(was, use_inner_text=True)
    street = place.town.halls[STREET].ref
    city.press(f"rank-row-{street.id}")
    expect(city.the("city-drill")).to_contain_text(street.name)
    city.shoot(shots, "story-11-city", whole=True)
    city.press("city-open-hall")
    expect(city.the("city-windows")).to_be_visible()
    expect(city.the("city-days")).to_be_visible()
    city.shoot(shots, "story-12-drill-down", whole=True)
    shown = city.page.locator("main").inner_text()
    names = [person.name for person in place.town.halls[STREET].script.staff]
    assert not [name for name in (*names, acts.APPLICANT, STUCK.title) if name in shown]


def _nobody_says_no_alone(them: Cast, place: Place, shots: Path) -> None:
    desk, lead, citizen = them.desk, them.lead, them.citizen
    slip = _walk_in(desk, CANNOT, "cannot", "A1")
    _the_desk_cannot_end_it_alone(desk)
    acts.begin(desk, "refusal")
    desk.nth("legal_basis", 1)
    desk.fill(explanation=NO)
    desk.press("submit-refusal")
    expect(desk.page.locator("[aria-invalid=true]").first).to_be_visible()
    mine = place.town.person("binhe.desk1")
    expect(desk.the("approver").locator("option", has_text=mine)).to_have_count(0)
    desk.choose("approver", f"{place.town.person('binhe.lead')} · 值班长")
    remedy = {"remedy.review_body": "青禾区人民政府", "remedy.litigation_court": "青禾区人民法院"}
    desk.fill(**remedy)
    desk.shoot(shots, "story-13-refusal")
    desk.press("submit-refusal")
    acts.state(desk, "refusal_proposed")
    expect(desk.the("submit-refusal-approval")).to_have_count(0)
    where = desk.page.url.split("case=", maxsplit=1)[1]
    lead.sign_in("binhe.lead", f"/cases/{where}")
    acts.compose(lead, "refusal-approval", {"note": "同意，救济途径已写明。"}, "decision-approve")
    acts.state(lead, "refused")
    acts.state(desk, "refused")
    acts.compose(desk, "deliver", {"text": NO}, "method-written")
    acts.state(desk, "delivered")
    acts.track(citizen, slip)
    expect(citizen.the("track-remedy")).to_contain_text("青禾区人民法院")
    citizen.shoot(shots, "story-14-remedy", whole=True)


def _the_desk_cannot_end_it_alone(desk: Person) -> None:
    desk.forgiven.add(422)
    acts.begin(desk, "close")
    desk.pick(desk.the("outcome"), "explained")
    desk.fill(note="不能办。", **{"on_spot.text": NO})
    desk.tick("on_spot.method-spoken_signed")
    desk.press("submit-close")
    problem = desk.the("form-close").get_by_test_id("step-problem")
    expect(problem).to_have_attribute("data-code", "cases.outcome_not_allowed")
    desk.page.keyboard.press("Escape")
    expect(desk.the("form-close")).to_have_count(0)
    acts.state(desk, "triaged")
    desk.forgiven.clear()


def _walk_in(desk: Person, matter: Matter, cause: str, reason: str) -> Slip:
    desk.go("/desk")
    desk.press("register-walk-in")
    slip = acts.register(desk, matter)
    acts.triage(desk, cause=cause, reason=reason, note="按清单研判。")
    acts.state(desk, "triaged")
    return slip


def _a_department_gives_it_back(them: Cast, chromium: Browser, place: Place, shots: Path) -> None:
    desk = them.desk
    first, second = (place.town.unit(STREET, code) for code in ("zf", "sq"))
    unit = typist(chromium, place, STREET).sign_in("binhe.zf", "/inbox")
    _walk_in(desk, ASTRAY, "hard", "D2")
    acts.dispatch(desk, first, "请现场查看。")
    unit.use(unit.the("case-link").filter(has_text=ASTRAY.title))
    acts.begin(unit, "return")
    unit.pick(unit.the("reason_code"), "not_our_duty")
    unit.choose("suggest_unit", second)
    unit.fill(note="公共部位维护属社区事务办公室职责。")
    unit.forgiven.add(404)  # given back is no longer theirs to see
    unit.press("submit-return")
    expect(unit.the("case-link").filter(has_text=ASTRAY.title)).to_have_count(0)
    expect(unit.the("case")).to_have_count(0)
    acts.state(desk, "returned")
    expect(desk.the("timeline")).to_contain_text("公共部位维护属社区事务办公室职责。")
    desk.shoot(shots, "story-15-returned")
    acts.dispatch(desk, second, "请社区牵头加装。")
    acts.state(desk, "dispatched")
    expect(desk.the("case")).to_contain_text(second)
    assert not unit.troubles
    unit.context.close()
