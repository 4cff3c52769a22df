"""What opens from a screen: tabs, dialogs, single entries; who opens them and by which buttons."""

from tests.browser.test_screens import Screen
from tests.browser.town import CITY, STREET

CASE = "/cases/{case}"
CLERK, LEAD, MANAGER = "binhe.desk1", "binhe.lead", "binhe.admin"
CLOSED = "/cases/{case:门头牌匾}"
FUND = "/cases/{case:公积金账户二〇〇一年}"

FURTHER = (
    Screen("case-papers", STREET, CASE, "papers", CLERK, ("tab-papers",)),
    Screen("case-closed", STREET, CLOSED, "timeline", CLERK),
    Screen("case-result", STREET, CLOSED, "case", CLERK, ("tab-result",)),
    Screen("case-reveal", STREET, CASE, "reveal-dialog", CLERK, ("reveal",)),
    Screen("case-ruler", STREET, CASE, "ruler-dialog", CLERK, ("ruler",)),
    Screen("case-missing", STREET, CASE, "missing-dialog", CLERK, ("tab-matter", "missing-open")),
    Screen("case-link", STREET, CASE, "link-dialog", CLERK, ("tab-matter", "link-open")),
    Screen("case-seal", STREET, CASE, "seal-dialog", CLERK, ("case-seal",)),
    Screen("case-urge", CITY, FUND, "urge-dialog", "shimin.supervisor", ("urge",)),
    Screen("case-supervise", CITY, FUND, "urge-dialog", "shimin.supervisor", ("supervise",)),
    Screen("case-busy", CITY, FUND, "work-tab", "shimin.desk1", ("tab-work",)),
    Screen("case-paused", CITY, FUND, "case", "shimin.gjj.handler", ("tab-deadlines",)),
    Screen("desk-number", STREET, "/desk", "take-ticket-dialog", CLERK, ("take-ticket",)),
    Screen("palette", STREET, CASE, "palette-entry", CLERK, ("Control+k",)),
    Screen("shortcuts", STREET, "/desk", "shortcut-sheet", CLERK, ("account", "shortcuts")),
    Screen("bell", CITY, "/board", "all-notices", "shimin.lead", ("notices",)),
    Screen("city-notes", CITY, "/city", "city-notes-dialog", "shimin.city", ("city-notes",)),
    Screen("ledger-columns", STREET, "/ledger", "column-dialog", LEAD, ("ledger-columns",)),
    Screen("ledger-file", STREET, "/ledger", "file-dialog", LEAD, ("ledger-file",)),
    Screen("ledger-view", STREET, "/ledger?q=a", "view-dialog", LEAD, ("view-save",)),
    Screen("ledger-chosen", STREET, "/ledger", "ledger-chosen", LEAD, ("choose-page",)),
    Screen("card", STREET, "/oversight/cards", "card-detail", LEAD, ("card-link",)),
    Screen("order", CITY, "/oversight/orders", "oversight-page", "shimin.supervisor"),
    Screen("duty-add", STREET, "/oversight/duty", "duty-dialog", LEAD, ("^add-",)),
    Screen("people-add", STREET, "/people", "person-dialog", MANAGER, ("person-add",)),
    Screen("people-access", STREET, "/people", "access-dialog", MANAGER, ("person-access",)),
    Screen("unit-add", STREET, "/people/departments", "unit-dialog", MANAGER, ("unit-add",)),
    Screen(
        "unit-close", STREET, "/people/departments", "unit-close-dialog", MANAGER, ("unit-close",)
    ),
    Screen("tension", STREET, "/reception/feedback", "rooms", LEAD, ("kind-tension",)),
    Screen("effect", STREET, "/reception/effect", "effect", LEAD),
    Screen("screen-edit", STREET, "/screens", "screen-dialog", LEAD, ("screen-edit",)),
    Screen("screen-end", STREET, "/screens", "screen-end-dialog", LEAD, ("screen-end",)),
    Screen("queue-edit", STREET, "/lines", "queue-dialog", MANAGER, ("edit-queue",)),
    Screen("window-add", STREET, "/lines", "window-dialog", MANAGER, ("add-window",)),
    Screen("skill-add", STREET, "/lines", "skill-dialog", MANAGER, ("add-skill",)),
    Screen("day", STREET, "/settings/calendar", "day-dialog", MANAGER, ("day-decide",)),
    Screen("year", STREET, "/settings/calendar", "notice-dialog", MANAGER, ("notice-import",)),
    Screen("limit", STREET, "/settings/limits", "limit-dialog", MANAGER, ("limit-edit",)),
    Screen(
        "parameter",
        STREET,
        "/settings/parameters",
        "parameter-dialog",
        MANAGER,
        ("parameter-edit",),
    ),
    Screen("codes-edit", STREET, "/admin/codes", "parameter-dialog", MANAGER, ("^codes-edit-",)),
    Screen("item-add", CITY, "/admin/items", "item-dialog", "shimin.city", ("items-add",)),
    Screen("item-sheet", CITY, "/admin/items", "sheet-dialog", "shimin.city", ("items-import",)),
    Screen("item-here", STREET, "/admin/items", "here-dialog", MANAGER, ("item-here",)),
    Screen("documents", STREET, "/documents", "templates-page", MANAGER),
    Screen("template", STREET, "/documents/explanation", "template-editor", MANAGER),
    Screen("work-item", CITY, "/work", "work-list", "shimin.rs.handler", ("work-link",)),
    Screen("meeting", CITY, "/meetings", "meeting", "shimin.lead", ("meeting-link",)),
    Screen("unit-case", CITY, FUND, "timeline", "shimin.gjj.handler"),
    Screen("lost", STREET, "/nowhere", "not-found", CLERK),
    Screen("denied", STREET, "/settings", "no-permission", CLERK),
)
