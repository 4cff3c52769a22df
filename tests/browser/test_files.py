"""A clerk adds a picture to a case, looks at it and takes it back."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.test_screens import Desks, Screen, accessible, desks, drawn
from tests.browser.town import STREET
from tests.support.files import pdf, photo

__all__ = ["desks"]
pytestmark = pytest.mark.browser
SHELF = Screen("files", STREET, "/cases/{case}", "shelf", "binhe.desk1", ("tab-files",))
FORM = Screen("register", STREET, "/desk?new=1", "register-form", "binhe.desk1")
SCRIPT = pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>")


def test_a_picture_comes_is_looked_at_and_goes(desks: Desks, album: Path | None) -> None:
    """C-05: a file under the case; what is refused says why and what to do instead."""
    person = desks.show(SHELF)
    picture: FilePayload = {"name": "现场照片.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    paper: FilePayload = {"name": "说明.pdf", "mimeType": "application/pdf", "buffer": SCRIPT}

    person.the("files").set_input_files([picture])
    expect(person.the("file")).to_contain_text("现场照片.jpg")
    person.forgiven.add(422)
    person.the("files").set_input_files([paper])
    expect(person.the("sending").get_by_role("alert")).to_contain_text("脚本")
    person.shoot(album, "files-shelf")
    accessible(person)

    person.press("look")
    expect(person.page.get_by_role("img", name="现场照片.jpg")).to_be_visible()
    person.shoot(album, "files-picture")
    person.page.keyboard.press("Escape")
    person.press("withdraw")
    person.fill(**{"withdraw-reason": "传错了件"})
    person.shoot(album, "files-withdraw")
    person.press("withdraw-send")
    expect(person.the("file")).to_have_attribute("data-state", "withdrawn")
    person.press("tab-timeline")
    drawn(person, "timeline")
    expect(person.the("timeline")).to_contain_text("撤回附件")
    assert not person.troubles


def test_files_of_a_form_are_there_again_after_the_browser_was_closed(desks: Desks) -> None:
    """C-01: kept with the draft on the server, shown again, thrown away with it."""
    person = desks.show(FORM)
    picture: FilePayload = {"name": "户口簿.jpg", "mimeType": "image/jpeg", "buffer": photo()}

    person.fill(matter="两证姓名不一致")
    person.press("open-files")
    person.the("files").set_input_files([picture])
    expect(person.the("file")).to_contain_text("户口簿.jpg")
    person.page.reload()
    expect(person.the("file")).to_contain_text("户口簿.jpg")
    accessible(person)

    person.use(person.the("register-form").get_by_role("button", name="清空"))
    expect(person.the("file")).to_have_count(0)
    assert not person.troubles
