"""The errors that docs/api.md promises are the refusals the code has."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from bancheng.kernel.errors import Refusal

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bancheng.kernel", "bancheng.services", "bancheng.city", "tenants", "apps")
COMMANDS = "bancheng.config.commands"
ROW = re.compile(r"^\| `([a-z_.]+)` \| (\d{3}) \|", re.MULTILINE)


def refusals() -> dict[str, int]:
    """Code and status of every refusal in the source, wherever it is defined."""
    for package in (*PACKAGES, COMMANDS):
        _import_all(package)
    ours = (*PACKAGES, COMMANDS)
    return {kind.code: kind.status for kind in _below(Refusal) if kind.__module__.startswith(ours)}


def _import_all(package: str) -> None:
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def documented() -> list[tuple[str, int]]:
    """The rows of the table, in their order."""
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    table = page.partition("<!-- errors:begin -->")[2].partition("<!-- errors:end -->")[0]
    return [(code, int(status)) for code, status in ROW.findall(table)]


def test_every_refusal_is_documented_with_its_status() -> None:
    assert dict(documented()) == refusals()


def test_the_table_is_sorted_and_names_each_code_once() -> None:
    codes = [code for code, _ in documented()]

    assert codes == sorted(set(codes))
