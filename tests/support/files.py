"""Files as people send them, made here: nothing in them was ever anybody's."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from openpyxl import Workbook
from PIL import Image

from apps.attachments.models import Attachment
from apps.attachments.services import adding, receiving
from apps.attachments.services.receiving import Offered
from bancheng.kernel.actor import Actor

TEXT = "材料说明：两证姓名不一致。\n".encode()
_GPS, _MODEL, _ORIENTATION = 0x8825, 0x0110, 0x0112


def picture(kind: str = "jpg", size: tuple[int, int] = (60, 40), **saved: Any) -> bytes:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, size[0], size[1]))
    target = io.BytesIO()
    image.save(target, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind], **saved)
    return target.getvalue()


def photo(orientation: int = 1) -> bytes:
    """A JPEG that says where, with what, and which way up it was taken, and a word beside it."""
    exif = Image.Exif()
    exif[_MODEL], exif[_ORIENTATION] = "CANARY-PHONE", orientation
    exif.get_ifd(_GPS).update({1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)})
    return picture("jpg", exif=exif, comment=b"<script>CANARY-COMMENT</script>")


def pdf(*objects: bytes, catalog: bytes = b"", version: bytes = b"1.7") -> bytes:
    """One empty page; further `objects` from number 4 on, `catalog` is added to the root."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    out, places = bytearray(b"%PDF-" + version + b"\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Root 1 0 R /Size %d >>\n" % (len(bodies) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def packed_objects(inside: bytes, said: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    """A compressed object stream of a PDF."""
    body = zlib.compress(inside)
    return b"<< %b /N 1 /First 4 /Length %d >>\nstream\n%b\nendstream" % (said, len(body), body)


def sheet() -> bytes:
    """An XLSX with a name and a figure."""
    book = Workbook()
    book.active.append(["林晓雨", 3])  # type: ignore[union-attr]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def document(parts: Mapping[str, str | bytes] = MappingProxyType({})) -> bytes:
    """A DOCX; `parts` are added or replaced."""
    return container({**_DOCUMENT, **parts})


def container(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return target.getvalue()


_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}"></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body/></w:document>',
}


def attached(
    subject: str, subject_id: UUID, name: str, content: bytes, *, by: Actor, personal: bool = False
) -> Attachment:
    """A file kept as the service keeps it, in the hall of the moment."""
    offered = Offered(name, io.BytesIO(content), len(content), personal)
    under: dict[str, Any] = {"subject": subject, "subject_id": subject_id, "by": by}
    with receiving.received(offered, **under) as arrival:
        return adding.add(arrival, **under)
