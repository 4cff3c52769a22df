"""The pictures of docs/screenshots: which, of what, for whom; small ones of what the tests took.

    BANCHENG_SCREENSHOTS=shots python -m pytest tests/browser
    python -m tests.browser.album shots docs/screenshots

The first line takes a few hundred pictures, the second keeps those that are named in `album.txt`
and writes the index beside them. A picture that was not taken this time stays as it was.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

WIDTH, COLOURS, MOST_BYTES = 1120, 128, 150_000
_LIST = Path(__file__).parent / "album.txt"
_HEAD = """# What it looks like

The screens of the demo's town in Chinese at normal size, the important ones also in large letters,
Traditional Chinese and English. Made by `tests/browser/album.py`; names and numbers are invented.
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the index, the test's own name for it, who sees it, and what it shows."""

    name: str
    taken: str
    who: str
    what: str


def listed(text: str) -> list[str | Picture]:
    """Headings and pictures, in the order of the list."""
    found: list[str | Picture] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        cells = [cell.strip() for cell in line.split("|")]
        found.append(line if len(cells) == 1 else Picture(*cells))
    return found


def small(png: bytes) -> bytes:
    """The same picture, narrower and with fewer colours."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if image.width > WIDTH:
        height = round(image.height * WIDTH / image.width)
        image = image.resize((WIDTH, height), Image.Resampling.LANCZOS)
    for colours in (COLOURS, 96, 48):
        made = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
        if made.tell() <= MOST_BYTES:
            break
    return made.getvalue()


def index(rows: list[str | Picture], folder: Path) -> str:
    """One line per picture that is there."""
    said = [_HEAD]
    for row in rows:
        if isinstance(row, str):
            said.append(f"\n## {row}\n\n| Picture | Who | What |\n|---|---|---|")
        elif (folder / f"{row.name}.png").exists():
            said.append(f"| [{row.name}]({row.name}.png) | {row.who} | {row.what} |")
    return "\n".join(said) + "\n"


def collect(shots: Path, folder: Path) -> None:
    """Renew the pictures that were taken, take away those that nobody lists, write the index."""
    rows = listed(_LIST.read_text(encoding="utf-8"))
    pictures = [row for row in rows if isinstance(row, Picture)]
    folder.mkdir(parents=True, exist_ok=True)
    for one in pictures:
        taken = shots / f"{one.taken}.png"
        if taken.exists():
            (folder / f"{one.name}.png").write_bytes(small(taken.read_bytes()))
    for left in set(folder.glob("*.png")) - {folder / f"{one.name}.png" for one in pictures}:
        left.unlink()
    (folder / "README.md").write_text(index(rows, folder), encoding="utf-8")


if __name__ == "__main__":
    collect(Path(sys.argv[1]), Path(sys.argv[2]))
