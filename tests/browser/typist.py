"""Somebody without a mouse: everything is reached with Tab and done with keys (WCAG 2.1.1)."""

from collections.abc import Mapping

from playwright.sync_api import Browser, ElementHandle, Locator, expect

from tests.browser.person import DESK, Person, Place, new_context

MOST_TABS = 160
"""From one end of a page to the other; whoever needs more is lost."""
MOST_ARROWS = 40
_AT = """(wanted) => {
  const at = document.activeElement;
  if (!at || at === document.body) return "lost";
  if (at === wanted) return "there";
  const around = (one) => one.closest("[role=tablist], [role=menu]");
  const group = (one) => one.type === "radio" ? one.name : around(one);
  if (group(wanted) && group(wanted) === group(at)) return "there";
  if (at.closest("[tabindex='-1']") === at) return "on the way";
  const ring = getComputedStyle(at).boxShadow + getComputedStyle(at).outlineStyle;
  const outer = at.parentElement ? getComputedStyle(at.parentElement).boxShadow : "none";
  return ring !== "nonenone" || outer !== "none" ? "on the way" : "unseen " + at.outerHTML;
}"""
_PLACE = """(element) => {
  const at = document.activeElement;
  if (!at || at === document.body) return 0;
  return element.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}"""
_ARROW = """(one) => one.getAttribute("role") === "tab" ? "ArrowRight" : "ArrowDown" """
_HELD = "() => document.activeElement !== null && document.activeElement !== document.body"
_INDEX = "(select) => select.selectedIndex"


class Typist(Person):
    """A person whose hands stay on the keyboard; focus has to be seen and must never be lost."""

    def keys(self, *pressed: str) -> None:
        """Press keys one after the other."""
        for key in pressed:
            self.page.keyboard.press(key)

    def reach(self, wanted: Locator) -> None:
        """Tab to an element, the shorter way round."""
        expect(wanted).to_be_visible()
        expect(wanted).to_be_enabled()
        handle = wanted.element_handle()
        walk = "Shift+Tab" if handle.evaluate(_PLACE) < 0 else "Tab"
        for _ in range(MOST_TABS):
            where = str(handle.evaluate(_AT))
            assert not where.startswith("unseen"), where
            if where == "there":
                return self._along(handle)
            self.page.keyboard.press(walk)
        raise AssertionError(f"not reached in {MOST_TABS} keys: {wanted}")

    def use(self, wanted: Locator) -> None:
        """Press a button or follow a link; whatever comes of it, focus is somewhere afterwards."""
        self.reach(wanted)
        self.keys("Enter")
        self.page.wait_for_function(_HELD)

    def press(self, name: str) -> None:
        self.use(self.the(name))

    def fill(self, **texts: str) -> None:
        for name, text in texts.items():
            self.type_in(self.the(name), text)

    def type_in(self, field: Locator, text: str) -> None:
        """In place of what stands there."""
        self.reach(field)
        self.keys("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, name: str, label: str) -> None:
        self._entry(self.the(name), self._place(self.the(name), "text", label))

    def pick(self, select: Locator, value: str) -> None:
        self._entry(select, self._place(select, "value", value))

    def _place(self, select: Locator, by: str, wanted: str) -> int:
        """Which entry it is, as soon as the list has come."""
        asked = f"(select) => [...select.options].map((one) => one.{by}.trim())"
        for _ in range(100):
            found = list(select.evaluate(asked))
            if wanted in found:
                return found.index(wanted)
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{wanted} is not in {found}")

    def nth(self, name: str, at: int) -> None:
        self._entry(self.the(name), at)

    def _entry(self, select: Locator, at: int) -> None:
        """The entry at a place of a list."""
        self.reach(select)
        now = int(select.evaluate(_INDEX))
        self.keys(*["ArrowDown" if at > now else "ArrowUp"] * abs(at - now))
        assert int(select.evaluate(_INDEX)) == at

    def tick(self, *names: str) -> None:
        for name in names:
            self.mark(self.the(name))

    def mark(self, box: Locator) -> None:
        """A tick box, or a radio button that the arrows have not taken on their way."""
        self.reach(box)
        if not box.is_checked():
            self.keys("Space")
        expect(box).to_be_checked()

    def _along(self, wanted: ElementHandle) -> None:
        """Inside a group of tabs, radio buttons or entries of a menu the arrows lead."""
        for _ in range(MOST_ARROWS):
            if wanted.evaluate("(one) => document.activeElement === one"):
                return
            self.page.keyboard.press(str(wanted.evaluate(_ARROW)))
        raise AssertionError("the arrows do not lead there")


def typist(chromium: Browser, place: Place, slug: str, size: Mapping[str, int] = DESK) -> Typist:
    """A new browser whose owner has put the mouse away."""
    return Typist(place, slug, new_context(chromium, place, slug, size))
