"""Folder = schema, and the names nobody may use (style.md §1, §14)."""

from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from bancheng.config.runtime.database import with_database
from bancheng.config.runtime.services import Services
from bancheng.kernel.hall import HallRef

ROOT: Path = settings.ROOT
SOURCES = ("platform", "tenants", "apps", "tests")
DRAWERS = {"utils", "helpers", "common", "misc", "constants"}
EVERYWHERE = "bancheng.services."
SHARED_ONLY = ("bancheng.city.", "tenants")
HALLS_ONLY = ("apps.",)


def own(setting: list[str]) -> set[str]:
    return {name for name in setting if (ROOT / _folder(name)).is_dir()}


def _folder(name: str) -> Path:
    path = Path(*name.split("."))
    return Path("platform") / path if name.startswith("bancheng") else path


def folders_with_apps() -> set[str]:
    """Every package of ours that has an app configuration or models."""
    found = set()
    for source in ("platform/bancheng", "tenants", "apps"):
        for file in (ROOT / source).rglob("*.py"):
            if file.name in ("apps.py", "models.py"):
                relative = file.parent.relative_to(ROOT)
                parts = relative.parts[1:] if relative.parts[0] == "platform" else relative.parts
                found.add(".".join(parts))
    return found


def test_a_folder_says_in_which_schema_its_tables_lie() -> None:
    shared, halls = own(settings.SHARED_APPS), own(settings.TENANT_APPS)

    for name in shared | halls:
        expected = (
            (True, True)
            if name.startswith(EVERYWHERE)
            else (name.startswith(SHARED_ONLY), name.startswith(HALLS_ONLY))
        )
        assert (name in shared, name in halls) == expected, name


def test_every_app_of_ours_is_installed() -> None:
    installed = own(settings.SHARED_APPS) | own(settings.TENANT_APPS)

    assert folders_with_apps() - installed == set()


def test_pythons_own_platform_module_is_not_hidden() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert not (ROOT / "tests" / "platform").exists()


def test_no_file_is_a_drawer_for_everything() -> None:
    found = [
        file.relative_to(ROOT).as_posix()
        for source in SOURCES
        for file in (ROOT / source).rglob("*.py")
        if file.stem in DRAWERS
    ]

    assert found == []


def test_no_file_is_longer_than_its_limit() -> None:
    """300 lines, 400 for tests; migrations are written by a tool."""
    long = {}
    for source in SOURCES:
        for file in (ROOT / source).rglob("*.py"):
            if "migrations" not in file.parts:
                lines = len(file.read_text(encoding="utf-8").splitlines())
                if lines > (400 if source == "tests" else 300):
                    long[file.relative_to(ROOT).as_posix()] = lines

    assert long == {}


def test_every_package_says_what_it_owns() -> None:
    silent = []
    for config in apps.get_app_configs():
        path = Path(config.path)
        if ROOT in path.parents and ".venv" not in path.parts:
            text = (path / "__init__.py").read_text(encoding="utf-8")
            if not text.lstrip().startswith('"""'):
                silent.append(config.name)

    assert silent == []


@pytest.mark.django_db
def test_tables_lie_where_their_folder_says(services: Services, street: HallRef) -> None:
    assert services.superuser_url is not None
    name = str(connections["default"].settings_dict["NAME"])
    with psycopg.connect(with_database(services.superuser_url, name)) as server:
        rows = server.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', %s)",
            [street.schema_name],
        ).fetchall()
    lie = {schema: {table for at, table in rows if at == schema} for schema, _ in rows}

    for config in apps.get_app_configs():
        tables = {model._meta.db_table for model in config.get_models()}
        if config.name in settings.TENANT_APPS:
            assert tables <= lie[street.schema_name]
        if config.name not in settings.SHARED_APPS:
            assert tables.isdisjoint(lie["public"])
        if config.name not in settings.TENANT_APPS:
            assert tables.isdisjoint(lie[street.schema_name])
