"""What the documents point to exists, and the list of capabilities is complete."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bancheng.config.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`((?:apps|docs|frontend|platform|tenants|tests)/[\w./-]+)`")
NOT_FILES = {"tests/platform/", "frontend/dist"}  # forbidden, and made by the build
CAPABILITY = re.compile(r"^\| (C-\d\d) \|[^|]*\| (works|thin|not yet) \|", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_named_files_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    targets = [page.parent / target for target in LINK.findall(text)]
    targets += [ROOT / named for named in CODE.findall(text) if named not in NOT_FILES]

    assert [str(target) for target in targets if not target.exists()] == []


def test_every_capability_stands_once_and_is_counted() -> None:
    text = (ROOT / "docs" / "capabilities.md").read_text(encoding="utf-8")
    rows = CAPABILITY.findall(text)

    states = Counter(state for _, state in rows)

    assert [number for number, _ in rows] == [f"C-{number:02}" for number in range(1, 93)]
    assert f"| of 92 | {states['works']} | {states['thin']} | {states['not yet']} |" in text


def test_what_works_names_a_test_that_names_it() -> None:
    """A row that says works leads to a test file whose words hold the row's number."""
    text = (ROOT / "docs" / "capabilities.md").read_text(encoding="utf-8")
    works = re.findall(r"^\| (C-\d\d) \|[^|]*\| works \|(.*)$", text, re.MULTILINE)

    assert works
    assert [number for number, said in works if not _held(number, said)] == []


def _held(number: str, said: str) -> bool:
    named = [ROOT / one for one in CODE.findall(said) if one.startswith(("tests/", "frontend/"))]
    files = [file for one in named for file in (one.rglob("*.py") if one.is_dir() else [one])]
    return any(number in file.read_text(encoding="utf-8") for file in files if file.is_file())


def test_every_command_is_described() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    assert [name for name in COMMANDS if f"`bancheng {name}" not in text] == []
