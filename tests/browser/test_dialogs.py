"""Every larger form and dialog in every language: complete, in its frame, open to everybody."""

from pathlib import Path

import pytest

from tests.browser.test_screens import Desks, Screen, accessible, desks, looks_right, speak
from tests.browser.town import STREET

__all__ = ["desks"]
pytestmark = pytest.mark.browser

CASE = "/cases/{case}"
FORMS = (
    Screen("more", STREET, "/desk?new=1", "channel", "binhe.desk1", ("register-more",)),
    Screen("opinion", STREET, CASE, "work-form", "binhe.desk1", ("tab-work", "begin-opinion")),
    Screen(
        "meeting", STREET, CASE, "propose-meeting", "binhe.desk1", ("tab-work", "begin-meeting")
    ),
    Screen("matrix", STREET, "/intake", "matrix", "binhe.lead", ("tab-matrix",)),
    Screen("order", STREET, "/oversight/orders", "order-submit", "binhe.admin", ("new-order",)),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form(desks: Desks, form: Screen, album: Path | None) -> None:
    """Opened anew in each language: a dialog covers the menu of languages."""
    for locale in ("zh-TW", "en", "zh-CN"):
        person = desks.of(form)
        person.go("/cases")
        speak(person, locale)
        desks.show(form)
        looks_right(person, locale)
        person.shoot(album, f"form-{form.name}-{locale}")
    covered = desks.of(form).page.get_by_role("dialog").filter(visible=True).count()
    accessible(desks.of(form), "[role=dialog]" if covered else "html")
