"""A file is what it says and harmless, or it is not taken in, and nothing of it stays."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from apps.attachments import errors, queries
from apps.attachments.models import Attachment
from apps.attachments.services import receiving
from apps.attachments.services.receiving import Offered
from bancheng.kernel.errors import Invalid, Refusal
from bancheng.kernel.hall import HallRef, hall
from tests.support import files
from tests.support.cases import Team
from tests.support.files import attached, container, document, packed_objects, pdf, picture, sheet

pytestmark = pytest.mark.django_db
EXTERNAL = (
    '<Relationships><Relationship Id="r1" Type="x/attachedTemplate" Target="http://x.invalid/a"'
    ' TargetMode="External"/></Relationships>'
)
LINK = (
    '<Relationships><Relationship Id="r1" Type="http://s/hyperlink" Target="http://x.invalid/"'
    ' TargetMode="External"/></Relationships>'
)
PAGE = b"<html><script>alert(1)</script></html>"


def on_disk(ref: HallRef) -> list[str]:
    folder = Path(settings.FILES) / ref.schema_name / "attachments"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def kept(ref: HallRef, name: str, content: bytes) -> tuple[Attachment, bytes]:
    """What the hall has of a file after it was added."""
    team = Team(ref)
    case = team.registered()
    with hall(ref):
        row = attached("case", case.id, name, content, by=team.desk)
        return row, b"".join(queries.bytes_of(row))


def refused(ref: HallRef, name: str, content: bytes) -> Refusal:
    """Why a file is not taken in; no row and no file are left."""
    team = Team(ref)
    case = team.registered()
    before = on_disk(ref)
    with hall(ref), pytest.raises(Refusal) as caught:
        attached("case", case.id, name, content, by=team.desk)
    with hall(ref):
        assert Attachment.objects.filter(subject_id=case.id).count() == 0
    assert on_disk(ref) == before
    return caught.value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("说明.txt", files.TEXT),
        ("旧编码.txt", "两证姓名不一致".encode("gb18030")),
        ("扫描.pdf", pdf()),
        ("目录.pdf", pdf(packed_objects(b"4 0 << /Title (x) >>"))),
        ("表.xlsx", sheet()),
        ("申请书.docx", document()),
        ("有链接.docx", document({"word/_rels/document.xml.rels": LINK})),
    ],
)
def test_papers_are_kept_as_they_came(street: HallRef, name: str, content: bytes) -> None:
    """C-05: what a unit provided lies under the case, byte by byte."""
    row, stored = kept(street, name, content)

    assert stored == content
    assert (row.size, row.state) == (len(content), "unscanned")


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_pictures_are_made_anew(street: HallRef, kind: str) -> None:
    row, stored = kept(street, f"图.{kind}", picture(kind))

    with Image.open(io.BytesIO(stored)) as image:
        assert (image.size, row.kind, row.size) == ((60, 40), kind, len(stored))


def test_where_and_with_what_a_photo_was_taken_is_gone(street: HallRef) -> None:
    """ASVS 14.2.8: no place, no device, no comment; turned upright (orientation 6)."""
    sent = files.photo(orientation=6)
    assert b"CANARY-PHONE" in sent
    assert b"CANARY-COMMENT" in sent

    _, stored = kept(street, "现场.jpg", sent)

    with Image.open(io.BytesIO(stored)) as image:
        assert (dict(image.getexif()), image.info.get("comment")) == ({}, None)
        assert image.size == (40, 60)
        top, bottom = image.getpixel((20, 5)), image.getpixel((20, 55))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 150, bottom[2] > 150) == (True, True)
    assert b"CANARY" not in stored


def test_a_large_photo_is_made_smaller(street: HallRef) -> None:
    _, stored = kept(street, "大.jpg", picture("jpg", (5000, 2500)))

    with Image.open(io.BytesIO(stored)) as image:
        assert max(image.size) <= 4096


def test_a_script_behind_a_picture_is_gone(street: HallRef) -> None:
    """A file that is a picture and a page at once (security.md §2.3) is a picture afterwards."""
    _, stored = kept(street, "图.jpg", picture("jpg") + PAGE)

    assert b"script" not in stored


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("页.html", PAGE, errors.KindRefused),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", errors.KindRefused),
        ("程序.exe", b"MZ", errors.KindRefused),
        ("合同.exe.pdf", pdf(), errors.KindRefused),
        ("照片.php.jpg", picture(), errors.KindRefused),
        ("没有后缀", files.TEXT, errors.KindRefused),
        (".pdf", pdf(), errors.KindRefused),
        ("", files.TEXT, Invalid),
        ("空.txt", b"", Invalid),
        ("图.jpg", PAGE, errors.ContentDiffers),
        ("图.jpg", picture("png"), errors.ContentDiffers),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, errors.Damaged),
        ("扫描.pdf", picture(), errors.ContentDiffers),
        ("页.txt", b"\xef\xbb\xbf <!DOCTYPE html><p>", errors.ActiveContent),
        ("图.txt", b"<svg onload=alert(1)>", errors.ActiveContent),
        ("二进制.txt", b"abc\0def", errors.ContentDiffers),
        ("断.pdf", pdf()[:-30], errors.Damaged),
        ("脚本.pdf", pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), errors.ActiveContent),
        ("伪装.pdf", pdf(b"<< /S /J#61vaScript /JS (1) >>"), errors.ActiveContent),
        ("启动.pdf", pdf(b"<< /S /Launch /F (cmd.exe) >>"), errors.ActiveContent),
        ("夹带.pdf", pdf(catalog=b"/Names << /EmbeddedFiles 4 0 R >>"), errors.ActiveContent),
        ("藏.pdf", pdf(packed_objects(b"4 0 << /S /JavaScript >>")), errors.ActiveContent),
        (
            "藏名.pdf",
            pdf(packed_objects(b"4 0 << /S /JavaScript >>", b"/Type/Obj#53tm/Filter/FlateDecode")),
            errors.ActiveContent,
        ),
        ("锁.pdf", pdf(catalog=b"/Encrypt 5 0 R"), errors.Damaged),
        ("胀.pdf", pdf(packed_objects(b" " * (65 << 20))), errors.Bomb),
        ("包.docx", container({"a.txt": "x"}), errors.ContentDiffers),
        ("表.docx", sheet(), errors.ContentDiffers),
        ("宏.docx", document({"word/vbaProject.bin": "x"}), errors.ActiveContent),
        ("夹.docx", document({"word/embeddings/a.xlsx": "x"}), errors.ActiveContent),
        ("远.docx", document({"word/_rels/settings.xml.rels": EXTERNAL}), errors.ActiveContent),
        ("实体.docx", document({"word/x.xml": "<!DOCTYPE x []>"}), errors.ActiveContent),
        ("逃.docx", document({"../../x.xml": "x"}), errors.Damaged),
        ("胀.docx", document({"w.xml": b" " * (101 << 20)}), errors.Bomb),
        ("断.docx", document()[:-60], errors.Damaged),
    ],
)
def test_what_is_not_taken_in(street: HallRef, name: str, content: bytes, refusal: Any) -> None:
    """security.md §2.3: refused with a code; no row, no byte stays."""
    assert isinstance(refused(street, name, content), refusal)


def test_more_bytes_than_a_kind_may_have_are_not_read(street: HallRef) -> None:
    """ASVS 5.2.1: by default a text has one megabyte at most; reading stops there."""
    stream = io.BytesIO(b"a" * (3 << 20))
    team = Team(street)
    case = team.registered()
    offered = Offered("长.txt", stream, None)
    with (
        hall(street),
        pytest.raises(errors.TooLarge),
        receiving.received(offered, subject="case", subject_id=case.id, by=team.desk),
    ):
        pass

    assert stream.tell() <= (1 << 20) + (128 << 10)


def test_a_line_that_broke_leaves_nothing(street: HallRef) -> None:
    team = Team(street)
    case = team.registered()
    before = on_disk(street)
    offered = Offered("断.txt", io.BytesIO(b"half"), 8)
    with (
        hall(street),
        pytest.raises(errors.BrokenOff),
        receiving.received(offered, subject="case", subject_id=case.id, by=team.desk),
    ):
        pass

    assert on_disk(street) == before


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\..\\说明.txt", "说明.txt"),
        ("a\u202egpj.txt", "agpj.txt"),
        ("a\0b\r\n.txt", "ab.txt"),
        ("  ..说 明.txt. ", "说 明.txt"),
        ("长" * 300 + ".txt", "长" * 116 + ".txt"),
    ],
)
def test_a_name_is_a_name_and_no_way(street: HallRef, sent: str, name: str) -> None:
    """ASVS 5.3.2: the path on the disk is never made of it."""
    row, _ = kept(street, sent, files.TEXT)

    with hall(street):
        assert queries.name_of(row) == name
    assert row.id.hex in on_disk(street)
