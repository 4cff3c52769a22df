"""A piece of everybody's day in real browsers, without a mouse: who takes a step, who sees it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import acts
from tests.browser.acts import Matter
from tests.browser.looks import ALL, LOOKS, Look, choose, looks_of, worn
from tests.browser.person import PHONE, Person, Place
from tests.browser.test_screens import accessible, looks_right
from tests.browser.town import DISTRICT, STREET
from tests.browser.typist import Typist, typist

pytestmark = pytest.mark.browser

SIZE = {"width": 1440, "height": 900}
LAMP = Matter(
    title="巷口路灯报修三次没有人来",
    detail="夜里老人出门看不清台阶，社区和物业都说已经上报。",
    want="把巷口的灯修好。",
)
ACCOUNT = "人在外地腿脚不便，养老金账户改不了"
SHOP = "前租户没注销，同一地址办不出餐饮执照"
TRAINING = "培训机构消防手续办不下来，政策改了房屋性质不认"
FUND = "公积金账户二〇〇一年就注销了，本人没取过钱"
TOPIC = "培训机构场所用途与消防手续如何衔接"
QUIET = "办件时被暗示找人代办"
ADDRESS, CORNER = "青禾大道一百号二楼", "二楼东侧"
WHY, AGREED = "凭证在异地库房，调卷不由本单位决定。", "情况属实，撤销此牌。"
ANSWER = "已与老人视频核验，账户当日改好，下月养老金按时到账。"

Comes = Callable[[str, str], Typist]
Shot = Callable[[Typist, str], None]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each story in another look, or with BANCHENG_LOOKS=all every story in every look."""
    stories = [name for name in vars(metafunc.module) if name.startswith("test_")]
    looks = looks_of(stories.index(metafunc.function.__name__))
    metafunc.parametrize("look", looks, ids=str)


@pytest.fixture
def place(places: tuple[Place, ...], look: Look) -> Place:
    """What one story has used up is untouched in the town of another look."""
    return places[LOOKS.index(look) if ALL else 0]


@pytest.fixture
def comes(chromium: Browser, place: Place, look: Look) -> Iterator[Comes]:
    """Somebody signs in at a page; at the end it is open to all and nothing went wrong in it."""
    here: dict[str, Typist] = {}

    def sit_down(username: str, at: str) -> Typist:
        slug = username.split(".", maxsplit=1)[0]
        one = here[username] = typist(chromium, place, slug, SIZE)
        one.go("/login")
        choose(one, look)
        return one.sign_in(username, at)

    yield sit_down
    for one in here.values():
        worn(one, look)
        looks_right(one, look.language)
        accessible(one)
    troubles = {name: one.troubles for name, one in here.items() if one.troubles}
    for one in here.values():
        one.context.close()
    assert not troubles


@pytest.fixture
def shot(shots: Path, look: Look) -> Shot:
    """A picture of what somebody sees, by the role and the look."""
    return lambda one, role: one.shoot(shots, f"role-{role}-{look}")


def link(person: Person, name: str, words: str) -> Locator:
    """A line of a list by what it says."""
    return person.the(name).filter(has_text=words)


def open_case(person: Person, title: str) -> None:
    """From a list, of the hall or of the unit, into a case."""
    person.use(person.page.get_by_role("link").filter(has_text=title).first)
    expect(person.the("case")).to_contain_text(title)


def test_a_clerk(comes: Comes, place: Place, shot: Shot) -> None:
    """C-01, C-50, C-60: called, begun and registered by F keys, judged, sent; the unit sees it."""
    clerk, unit = comes("binhe.desk1", "/desk"), comes("binhe.sq", "/inbox")
    greeter = comes("binhe.greeter", "/reception/greeting")
    greeter.fill(**{"greeting-matter": LAMP.title})
    greeter.nth("greeting-queue", greeter.the("greeting-queue").locator("option").count() - 1)
    greeter.press("greeting-submit")
    expect(greeter.the("new-number")).to_be_visible()
    expect(clerk.the("waiting-ticket").first).to_be_visible()
    for key, after in (("F2", "start"), ("F4", "finish")):
        clerk.keys(key)
        expect(clerk.the(after)).to_be_enabled()
    clerk.keys("F9")
    acts.register(clerk, LAMP)
    acts.triage(clerk, cause="hard", reason="D2", note="应当修；请社区牵头。")
    acts.dispatch(clerk, place.town.unit(STREET, "sq"), "请今天到现场查看。")
    acts.state(clerk, "dispatched")
    shot(clerk, "clerk")
    clerk.keys("Control+k")
    expect(clerk.the("palette-field")).to_be_focused()
    found = clerk.page.locator("#palette-finish .palette__label")
    clerk.page.keyboard.insert_text(found.inner_text())
    clerk.keys("Enter")
    expect(clerk.the("call-next")).to_be_visible()
    arrived = unit.the("group-sign").get_by_test_id("case-link").filter(has_text=LAMP.title)
    expect(arrived).to_be_visible()


def test_an_assistant(comes: Comes, shot: Shot) -> None:
    """C-04: the last errand is reported and the plan is done; the desk reads it in the case."""
    helper, desk = comes("qinghe.helper1", "/work"), comes("qinghe.desk1", "/cases")
    helper.use(link(helper, "work-link", "帮助拍照").first)
    plan = helper.the("work-assist")
    helper.press("work-step-report")
    helper.fill(number="2", result="已陪同到窗口，执照和许可证都领到了。")
    helper.tick("outcome-done")
    helper.press("work-submit")
    expect(plan).to_contain_text("执照和许可证都领到了")
    shot(helper, "assistant")
    helper.press("work-step-finish")
    helper.fill(result="两处都已陪同办完。")
    helper.press("work-submit")
    expect(plan).to_have_attribute("data-state", "done")
    open_case(desk, SHOP)
    desk.press("tab-work")
    expect(desk.the("work-assist")).to_have_attribute("data-state", "done")


def test_a_department_handler(comes: Comes, shot: Shot) -> None:
    """C-36, C-61: the person is called and answered; the desk's open page moves by itself."""
    unit, desk = comes("shimin.rs.handler", "/inbox"), comes("shimin.desk1", "/cases")
    open_case(desk, ACCOUNT)
    open_case(unit, ACCOUNT)
    told = {"note": "与家属约好今天视频核验。"}
    acts.compose(unit, "contact", told, "method-phone", "result-reached")
    acts.state(unit, "in_progress")
    unit.press("compose-reply")
    unit.pick(unit.the("composer").get_by_test_id("outcome"), "done")
    acts.compose(unit, "reply", {"answer": ANSWER}, "solved-yes")
    acts.state(unit, "replied")
    shot(unit, "handler")
    acts.state(desk, "replied")
    expect(desk.the("timeline")).to_contain_text(ANSWER)
    expect(desk.the("composer").get_by_test_id("decision-pass")).to_be_visible()


def test_a_department_lead(comes: Comes, shot: Shot) -> None:
    """C-65: more time was asked for; the unit's head grants it and the handler reads why."""
    head, handler = comes("shimin.wl.lead", "/inbox"), comes("shimin.wl.handler", "/inbox")
    open_case(handler, TRAINING)
    open_case(head, TRAINING)
    acts.begin(head, "extension-decision")
    head.tick("decision-approve")
    head.fill(note="会签确需时间，同意延长。")
    head.press("submit-extension-decision")
    expect(head.the("form-extension-decision")).to_have_count(0)
    expect(head.the("timeline")).to_contain_text("会签确需时间，同意延长。")
    shot(head, "department-lead")
    expect(handler.the("timeline")).to_contain_text("会签确需时间，同意延长。")
    expect(head.the("step-extension-decision")).to_have_count(0)


def test_a_shift_lead(comes: Comes, shot: Shot) -> None:
    """C-14: the last unit signs the minutes, the lead issues them, the unit has its resolution."""
    lead, unit = comes("shimin.lead", "/meetings"), comes("shimin.zr.lead", "/meetings")
    for person in (unit, lead):
        person.use(link(person, "meeting-link", TOPIC))
        expect(person.the("meeting")).to_contain_text("临时用途说明")
    unit.press("meeting-step-sign")
    unit.press("work-submit")
    unsigned = lead.the("meeting").locator("tr").filter(has_not_text=re.compile(r"\d"))
    expect(unsigned).to_have_count(1)  # the head of the table alone
    lead.press("meeting-step-issue")
    lead.press("work-submit")
    expect(lead.the("meeting")).to_have_attribute("data-state", "issued")
    shot(lead, "shift-lead")
    unit.go("/work")
    expect(link(unit, "work-link", "出具临时用途说明")).to_be_visible()


def test_a_supervisor(comes: Comes, shot: Shot) -> None:
    """C-43: a slow case is put under supervision; its unit answers with proof, accepted."""
    supervisor = comes("shimin.supervisor", "/cases")
    unit = comes("shimin.gjj.lead", "/oversight/orders")
    open_case(supervisor, FUND)
    supervisor.press("supervise")
    supervisor.pick(supervisor.the("order-reason"), "overdue")
    supervisor.fill(**{"order-text": "调卷已逾一周没有结果。", "order-wanted": "三日内查清去向。"})
    supervisor.press("urge-submit")
    expect(supervisor.the("supervised")).to_be_visible()
    shot(supervisor, "supervisor")
    unit.go("/oversight/orders")
    unit.use(link(unit, "order-link", FUND))
    unit.fill(**{"answer-text": "已派人到异地库房调卷。", "answer-proof": "调卷函复印件"})
    unit.press("answer-submit")
    expect(unit.the("order-answer")).to_contain_text("调卷函复印件")
    supervisor.press("case-order")
    answered = unit.the("order-state").inner_text()
    expect(supervisor.the("order-state")).to_have_text(answered)
    supervisor.tick("order-accept")
    supervisor.press("order-decide-submit")
    expect(supervisor.the("order-state")).not_to_have_text(answered)
    unit.page.reload()
    expect(unit.the("order-state")).to_have_text(supervisor.the("order-state").inner_text())
    expect(unit.the("answer-submit")).to_have_count(0)
    _a_card_is_lifted(unit, supervisor)


def _a_card_is_lifted(unit: Typist, supervisor: Typist) -> None:
    """The unit says why its card should not count, the supervisor agrees, the unit sees it."""
    unit.go("/oversight/cards")
    unit.use(link(unit, "card-link", FUND).first)
    unit.fill(**{"appeal-reason": WHY})
    unit.press("appeal-submit")
    expect(unit.the("card-appeal")).to_contain_text(WHY)
    expect(unit.the("appeal-form")).to_have_count(0)
    supervisor.go("/oversight/cards")
    supervisor.pick(supervisor.the("card-state-filter"), "appealed")
    supervisor.use(link(supervisor, "card-link", FUND))
    expect(supervisor.the("card-appeal")).to_contain_text(WHY)
    supervisor.tick("decide-lift")
    supervisor.fill(**{"decide-note": AGREED})
    supervisor.press("decide-submit")
    for one in (supervisor, unit):
        expect(one.the("card-detail")).to_contain_text(AGREED)


def test_a_discipline_observer(comes: Comes, shot: Shot) -> None:
    """C-57, C-58: written down quietly, gone for who wrote it; the observer reads, changes none."""
    observer = comes("shimin.observer", "/conduct/files")
    clerk = comes("shimin.desk1", "/conduct/new")
    said = {"title": QUIET, "detail": "申请人称办件时被暗示找中介，不愿公开。"}
    person = {"name": "林晓雨", "phone": "19900001234"}
    clerk.fill(**{f"conduct-{name}": text for name, text in (said | person).items()})
    clerk.tick("conduct-fact-F4", "conduct-told")
    clerk.press("conduct-register")
    expect(clerk.the("conduct-receipt")).to_be_visible()
    row = link(observer, "conduct-row", QUIET)
    expect(row).to_be_visible()
    observer.use(row.get_by_role("link"))
    expect(observer.the("conduct-file")).to_contain_text(said["detail"])
    expect(observer.the("conduct-line").first).to_be_visible()
    offered = observer.page.locator("[data-testid^=do-]")
    expect(offered).to_have_count(1)
    expect(offered).to_have_attribute("data-testid", "do-recusals")  # only to stand aside
    expect(observer.page.locator("body")).not_to_contain_text(person["phone"])
    shot(observer, "observer")
    clerk.go("/cases")
    expect(clerk.the("case-row").first).to_be_visible()
    expect(link(clerk, "case-row", QUIET)).to_have_count(0)


def test_a_hall_administrator(comes: Comes, chromium: Browser, place: Place, shot: Shot) -> None:
    """C-79, C-83: where the desk is found and where a line waits; citizens read it, checks too."""
    admin = comes("qinghe.admin", "/people/desk")
    citizen = typist(chromium, place, DISTRICT, PHONE)
    expect(admin.the("desk-name")).not_to_have_value("")
    admin.fill(**{"desk-address": ADDRESS})
    admin.press("desk-save")
    expect(admin.the("toast").first).to_be_visible()
    citizen.go("/p/")
    expect(citizen.the("place")).to_contain_text(ADDRESS)
    name = admin.the("desk-name").input_value()
    admin.press("nav-lines")
    line = admin.the("setup-queue").first
    admin.use(line.get_by_test_id("edit-queue"))
    admin.fill(**{"setup-group": CORNER})
    admin.press("setup-save")
    expect(admin.the("queue-dialog")).to_have_count(0)
    expect(line).to_contain_text(CORNER)
    admin.press("nav-admin")
    check = admin.the("check-desk_name")
    expect(check).to_have_attribute("data-state", "ok")
    expect(check).to_contain_text(name)
    shot(admin, "administrator")
    admin.use(check.get_by_role("link"))
    expect(admin.the("desk-address")).to_have_value(ADDRESS)
    citizen.context.close()
    assert not citizen.troubles
