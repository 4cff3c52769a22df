"""Who plays in the story: invented people of three halls, their windows, their browsers."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from apps.staff import services as staff
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.catalogue import regulations_of
from tests.support.counters import queue_in, window_in
from tests.support.people import PASSWORD, department_in
from tests.support.servers import Site
from tests.support.visitors import Visitor


@dataclass(frozen=True, slots=True)
class Part:
    """One post: where, whose, with which role, in which department."""

    hall: str
    name: str
    role: Role
    unit: str = ""


PARTS = {
    "clerk": Part("street", "周小舟", Role.WINDOW_CLERK),
    "desk": Part("street", "陈若静", Role.DESK_OFFICER),
    "lead": Part("street", "吴正刚", Role.SHIFT_LEAD),
    "civil": Part("street", "钱一民", Role.DEPT_HANDLER, "民政科"),
    "civil_head": Part("street", "何民生", Role.DEPT_LEAD, "民政科"),
    "housing": Part("street", "孙建筑", Role.DEPT_HANDLER, "城建科"),
    "district_clerk": Part("district", "郑望洁", Role.WINDOW_CLERK),
    "district_desk": Part("district", "冯立新", Role.DESK_OFFICER),
    "district_lead": Part("district", "褚向前", Role.SHIFT_LEAD),
    "registry": Part("district", "沈平之", Role.DEPT_HANDLER, "不动产登记科"),
    "city_admin": Part("city", "杨远帆", Role.CITY_ADMIN),
}
APPLICANT = {
    "name": "林晓雨",
    "phone": "19900001234",
    "id_number": "11010119900307283X",
    "kind": "person",
    "relation": "self",
}
PERSONAL = (
    *(part.name for part in PARTS.values()),
    *(APPLICANT[field] for field in ("name", "phone", "id_number")),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The halls by slug, and what the parts need to know of them."""

    halls: Mapping[str, HallRef]
    units: Mapping[str, UUID]
    posts: Mapping[str, UUID]
    queues: Mapping[str, UUID]
    windows: Mapping[str, UUID]


def gather(halls: Mapping[str, HallRef]) -> Cast:
    """Put everybody into the database: two queues and two windows at the street, one each at the
    district."""
    units = {
        part.unit: department_in(halls[part.hall], part.unit)
        for part in PARTS.values()
        if part.unit
    }
    posts = {key: _post(halls[part.hall], key, part, units) for key, part in PARTS.items()}
    street, district = halls["street"], halls["district"]
    regulations_of(street)
    queues = {
        "Z": queue_in(street, "Z"),
        "Y": queue_in(street, "Y", "其他", 1),
        "A": queue_in(district, "A"),
    }
    windows = {
        "street": window_in(street, [queues["Z"]], "1"),
        "second": window_in(street, [queues["Y"]], "2"),
        "district": window_in(district, [queues["A"]], "1"),
    }
    return Cast(halls, units, posts, queues, windows)


def _post(ref: HallRef, key: str, part: Part, units: Mapping[str, UUID]) -> UUID:
    with hall(ref):
        made = staff.add_post(
            username=key,
            password=PASSWORD,
            name=part.name,
            roles=[part.role],
            department_id=units.get(part.unit),
            by=SYSTEM,
        )
    return made.id


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody signed in at a browser of their own; the citizen has no account."""

    site: Site
    cast: Cast
    clerk: Visitor
    desk: Visitor
    lead: Visitor
    civil: Visitor
    civil_head: Visitor
    housing: Visitor
    district_clerk: Visitor
    district_desk: Visitor
    district_lead: Visitor
    registry: Visitor
    city_admin: Visitor
    citizen: Visitor

    def everybody(self) -> list[Visitor]:
        """All browsers."""
        return [getattr(self, key) for key in PARTS] + [self.citizen]


Keys = dict[str, tuple[dict[str, str], str]]
"""The cookies and the CSRF token of whoever has signed in before."""


@asynccontextmanager
async def signed_in(site: Site, cast: Cast, known: Keys) -> AsyncIterator[Company]:
    """All parts before their browsers; who is in `known` need not give the password again."""
    async with AsyncExitStack() as stack:
        browsers = {}
        for key, part in PARTS.items():
            browser = Visitor(site, cast.halls[part.hall])
            browsers[key] = await stack.enter_async_context(browser)
            if key not in known:
                await browser.sign_in(key)
                known[key] = dict(browser.http.cookies), browser.http.headers["X-CSRFToken"]
            cookies, browser.http.headers["X-CSRFToken"] = known[key]
            for name, value in cookies.items():
                browser.http.cookies.set(name, value, domain="127.0.0.1")
        citizen = await stack.enter_async_context(Visitor(site, cast.halls["street"]))
        yield Company(site, cast, citizen=citizen, **browsers)
