"""A hall's own template: kept, in force, brought together with a newer shipped one."""

from dataclasses import replace

import pytest

from apps.documents import shipped, templates
from apps.documents.errors import NotEdited, PartMissing
from apps.documents.models import Template
from apps.documents.rules import Paper as Code
from apps.documents.services import editing
from apps.documents.services.editing import Words
from apps.documents.shipped import Shipped
from bancheng.kernel.errors import Forbidden, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.documents.scene import Scene

pytestmark = pytest.mark.django_db
KIND = Code.URGE


@pytest.fixture
def scene(district: HallRef) -> Scene:
    return Scene(district)


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> Shipped:
    """The next release ships another letter: one line more, one line changed."""
    before = shipped.template(KIND)
    text = before.text.replace("联系人：{issuer}", "联系人：{issuer}\n抄送：{desk}")
    newer = replace(before, version=before.version + 1, text=text)

    def as_of_now(kind: Code) -> Shipped:
        return newer if kind is KIND else shipped.template(kind)

    monkeypatch.setattr(templates, "template", as_of_now)
    monkeypatch.setattr(editing, "template", as_of_now)
    return newer


def own_text() -> str:
    return shipped.template(KIND).text.replace("现就该事项催办如下：", "本厅现催办如下：")


def save(scene: Scene, text: str, version: int = 0) -> Template:
    with hall(scene.ref):
        return editing.save(
            kind=KIND, version=version, words=Words(text, "滨政催", "滨河"), by=scene.manager
        )


def shown(scene: Scene) -> dict[str, object]:
    with hall(scene.ref):
        return templates.one(KIND)


def test_papers_are_made_from_the_halls_own_words(scene: Scene) -> None:
    save(scene, own_text())

    paper = scene.issue(KIND, scene.urged())

    read = scene.words(paper)
    assert "本厅现催办如下:" in read
    assert "滨政催〔" in read
    assert paper.template == "own:1"


def test_a_template_without_what_the_law_asks_changes_nothing(scene: Scene) -> None:
    """C-11: no explanation without its remedies."""
    text = shipped.template(Code.EXPLANATION).text.replace("{review_until}", "")
    words = Words(text, "释因")

    with hall(scene.ref), pytest.raises(PartMissing):
        editing.save(kind=Code.EXPLANATION, version=0, words=words, by=scene.manager)

    with hall(scene.ref):
        assert Template.objects.count() == 0
        assert not AuditEntry.objects.filter(body__action="documents.template").exists()


def test_two_who_edit_at_once_do_not_overwrite_each_other(scene: Scene) -> None:
    save(scene, own_text())

    with pytest.raises(Stale):
        save(scene, own_text().replace("本厅", "他厅"))

    assert "本厅" in str(shown(scene)["text"])


def test_only_managers_edit(scene: Scene) -> None:
    with hall(scene.ref), pytest.raises(Forbidden):
        editing.save(kind=KIND, version=0, words=Words(own_text(), ""), by=scene.team.lead)

    with hall(scene.ref):
        assert Template.objects.count() == 0


def test_a_halls_template_survives_an_upgrade_and_is_shown_what_changed(
    scene: Scene, upgrade: Shipped
) -> None:
    with hall(scene.ref):
        before = shipped.template(KIND)
        Template.objects.create(
            kind=KIND, base_version=before.version, base_text=before.text, text=own_text()
        )

    found = shown(scene)

    assert found["text"] == own_text()
    assert (found["base_version"], found["shipped_version"], found["newer"]) == (1, 2, True)
    changed = found["upgrade"]
    assert isinstance(changed, dict)
    assert {"how": "added", "text": "抄送：{desk}"} in changed["lines"]
    assert "本厅现催办如下：" in changed["merged"]
    assert "抄送：{desk}" in changed["merged"]
    assert changed["conflicts"] == 0


def test_saving_the_merged_words_ends_the_upgrade(scene: Scene, upgrade: Shipped) -> None:
    with hall(scene.ref):
        before = shipped.template(KIND)
        Template.objects.create(
            kind=KIND, base_version=before.version, base_text=before.text, text=own_text()
        )
    changed = shown(scene)["upgrade"]
    assert isinstance(changed, dict)

    save(scene, changed["merged"], version=1)

    found = shown(scene)
    assert (found["newer"], found["upgrade"], found["version"]) == (False, None, 2)
    assert "抄送：{desk}" in str(found["text"])


def test_staying_with_ones_own_ends_the_upgrade_too(scene: Scene, upgrade: Shipped) -> None:
    with hall(scene.ref):
        before = shipped.template(KIND)
        Template.objects.create(
            kind=KIND, base_version=before.version, base_text=before.text, text=own_text()
        )
        editing.settle(kind=KIND, version=1, way="keep", by=scene.manager)

    found = shown(scene)
    assert (found["text"], found["newer"]) == (own_text(), False)


def test_going_back_takes_the_shipped_words(scene: Scene) -> None:
    save(scene, own_text())
    with hall(scene.ref):
        editing.settle(kind=KIND, version=1, way="shipped", by=scene.manager)

    found = shown(scene)
    assert (found["edited"], found["version"]) == (False, 0)
    assert found["text"] == shipped.template(KIND).text


def test_there_is_nothing_to_settle_about_a_shipped_template(scene: Scene) -> None:
    with hall(scene.ref), pytest.raises(NotEdited):
        editing.settle(kind=KIND, version=0, way="keep", by=scene.manager)


@pytest.mark.parametrize("kind", Code)
def test_every_paper_can_be_looked_at_before_there_is_one(scene: Scene, kind: Code) -> None:
    found = shipped.template(kind)
    with hall(scene.ref):
        look = editing.preview(kind=kind, words=Words(found.text, "试"), by=scene.manager)

    assert look.missing == []
    assert 1 <= len(look.pages) <= 3
