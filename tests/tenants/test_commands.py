"""What an operator reads and gets back from the `bancheng` command."""

import io
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bancheng.city.identity import accounts
from bancheng.config import cli
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import HallRef, Level, hall
from bancheng.services.audit import chain
from tenants import directory
from tenants.models import Hall
from tenants.schema_sql import OWNER

Server = psycopg.Connection[Any]
Output = pytest.CaptureFixture[str]

DIVISIONS = """code,name,level,parent_code
3301,云山市,city,
330101,松岭区,district,3301
330101001,茶亭街道,street,330101
"""
BAD_DIVISIONS = """code,name,level,parent_code,slug,host
330101002,石桥街道,street,330101,,
330101003,,street,330101,,
330101004,无名街道,village,330101,,
330101005,孤儿街道,street,999999,,
33 01,空格街道,street,330101,,
330101006,重名街道,street,330101,street,street.localhost
330101007,坏址街道,street,330101,,a b
330101008
"""
STREETS = """areaCode,district,street_code,street
330201,江北区,330201001,庄桥街道
330201,江北区,330201002,洪塘街道
,,,
"""


def slugs(network: str) -> set[tuple[str, str | None]]:
    halls = Hall.objects.using(OWNER).filter(network__slug=network)
    return set(halls.values_list("slug", "parent__slug"))


def imported(file: Path, text: str, capsys: Output) -> tuple[int, str, list[str]]:
    """Exit status, last line of the output, and the lines refused."""
    file.write_text(text, encoding="utf-8")
    status = cli.main(["network", "import", str(file), "--network", "c", "--name", "云山市"])
    said = capsys.readouterr()
    return status, said.out.strip().splitlines()[-1] if said.out else "", said.err.splitlines()


def test_a_city_is_imported_once_however_often_it_is_asked(
    superuser: Server, tmp_path: Path, capsys: Output
) -> None:
    first = imported(tmp_path / "c.csv", DIVISIONS, capsys)
    second = imported(tmp_path / "c.csv", DIVISIONS, capsys)

    assert first == (0, "3 halls opened, 0 were there, 0 rows refused", [])
    assert second == (0, "0 halls opened, 3 were there, 0 rows refused", [])
    assert slugs("c") == {
        ("c-3301", None),
        ("c-330101", "c-3301"),
        ("c-330101001", "c-330101"),
    }
    ref = directory.by_host("c-330101001.localhost")
    assert ref is not None
    assert (ref.name, ref.level) == ("茶亭街道为民服务中心", Level.STREET)


def test_a_bad_row_is_named_with_its_line_and_stops_nobody(
    superuser: Server, tmp_path: Path, capsys: Output
) -> None:
    imported(tmp_path / "c.csv", DIVISIONS, capsys)

    status, said, refused = imported(tmp_path / "c.csv", BAD_DIVISIONS, capsys)

    assert (status, said) == (2, "1 halls opened, 0 were there, 7 rows refused")
    assert [line.split(" {")[0] for line in refused] == [
        "line 3: import.bad_row",
        "line 4: import.bad_row",
        "line 5: tenants.wrong_parent",
        "line 6: import.bad_row",
        "line 7: import.bad_row",
        "line 8: tenants.invalid_hall",
        "line 9: import.bad_row",
    ]


def test_a_published_list_of_streets_makes_the_tree_above_it(
    superuser: Server, tmp_path: Path, capsys: Output
) -> None:
    status, said, refused = imported(tmp_path / "s.csv", STREETS, capsys)

    assert (status, said) == (2, "4 halls opened, 0 were there, 2 rows refused")
    assert {line.split(" {")[0] for line in refused} == {"line 4: import.bad_row"}
    assert slugs("c") == {
        ("c-root", None),
        ("c-330201", "c-root"),
        ("c-330201001", "c-330201"),
        ("c-330201002", "c-330201"),
    }


def test_a_file_that_is_no_list_is_refused_before_anything_happens(
    superuser: Server, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "x.csv"
    too_long = b"code,name,level,parent_code\n" + b"a" * 200_000
    for content in (b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'code,"\n' * 3, too_long):
        file.write_bytes(content)

        status = cli.main(["network", "import", str(file), "--network", "c", "--name", "云山市"])

        assert (status, slugs("c")) == (2, set())
        assert capsys.readouterr().err.startswith("import.unreadable")


def test_a_hall_is_created_listed_and_its_opening_recorded(
    superuser: Server, capsys: Output
) -> None:
    order = ["hall", "create", "--network", "a", "--slug", "new", "--name", "新", "--level"]
    status = cli.main([*order, "street", "--parent", "district", "--host", "new.localhost"])
    made = capsys.readouterr().out.split()

    ref = directory.by_host("new.localhost")
    assert ref is not None
    assert (status, made) == (0, ["new", ref.schema_name])
    with hall(ref):
        assert chain.verify().entries == 1

    assert cli.main(["hall", "list", "--network", "a", "--json"]) == 0
    rows = {row["slug"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert set(rows) == {"city", "district", "street", "other", "new"}
    assert rows["new"] == {
        "network": "a",
        "slug": "new",
        "name": "新",
        "level": "street",
        "parent": "district",
        "host": "new.localhost",
        "schema": ref.schema_name,
    }


def test_a_hall_that_cannot_be_is_refused_with_a_code(superuser: Server, capsys: Output) -> None:
    good = {"--network": "a", "--slug": "new", "--name": "新", "--level": "street"}
    for changes, code in (
        ({"--slug": "street"}, "tenants.hall_exists"),
        ({"--parent": "nowhere"}, "tenants.wrong_parent"),
        ({"--host": "a b"}, "tenants.invalid_hall"),
    ):
        wanted = good | {"--host": "new.localhost"} | changes

        status = cli.main(["hall", "create", *(word for pair in wanted.items() for word in pair)])

        assert (status, capsys.readouterr().err.split()[0]) == (1, code)
        assert "new" not in dict(slugs("a"))


def test_the_audit_chains_of_all_halls_are_walked(
    superuser: Server, street: HallRef, city: HallRef, capsys: Output
) -> None:
    for ref in (street, street, city):
        with hall(ref):
            chain.record("case.signed", subject="case", subject_id=None, by=SYSTEM)

    assert cli.main(["audit", "verify"]) == 0
    lines = {line.split()[0]: line.split()[1:4] for line in _lines(capsys)}
    assert lines == {
        "city": ["1", "entries", "whole"],
        "district": ["0", "entries", "whole"],
        "street": ["2", "entries", "whole"],
        "other": ["0", "entries", "whole"],
        "stranger": ["0", "entries", "whole"],
    }

    superuser.execute(
        f"UPDATE {street.schema_name}.audit_auditentry SET at = now() WHERE seq = 2".encode()
    )
    assert cli.main(["audit", "verify", "--hall", "street"]) == 1
    assert [line.split("  head")[0] for line in _lines(capsys)] == [
        "street  1 entries  BROKEN at 2"
    ]
    assert cli.main(["audit", "verify", "--hall", "city"]) == 0


@pytest.mark.parametrize(("arguments", "status"), [(["-h"], 0), ([], 2), (["nothing"], 2)])
def test_an_unknown_command_shows_what_there_is(
    arguments: list[str], status: int, capsys: Output
) -> None:
    assert cli.main(arguments) == status

    said = capsys.readouterr()
    assert "hall create" in said.out + said.err


def _lines(capsys: Output) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.mark.usefixtures("committed")
def test_a_first_person_is_given_a_post_and_a_password(capsys: Output) -> None:
    asked = ["--host", "street.localhost", "--username", "first", "--name", "石磊"]
    status = cli.main(["person", "add", *asked, "--role", "hall_admin"])

    told = capsys.readouterr().out.strip()
    password = told.rpartition("password ")[2]
    ref = directory.by_host("street.localhost")
    assert status == 0
    with hall(ref):
        assert accounts.check("first", password) == accounts.find("first")
        assert accounts.find("first") is not None


@pytest.mark.usefixtures("committed")
def test_a_short_password_and_an_unknown_host_are_refused(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    asked = ["--username", "first", "--name", "石磊", "--role", "hall_admin", "--password-stdin"]

    short = cli.main(["person", "add", "--host", "street.localhost", *asked])
    unknown = cli.main(["person", "add", "--host", "nowhere.localhost", *asked])

    assert (short, unknown) == (2, 1)
    assert "password.too_short" in capsys.readouterr().err
    with hall(directory.by_host("street.localhost")):
        assert accounts.find("first") is None


@pytest.mark.usefixtures("committed")
def test_a_hall_is_opened_with_the_name_of_its_desk() -> None:
    """C-83: from the command line as well."""
    asked = ["--network", "a", "--slug", "xi", "--name", "西溪街道为民服务中心"]
    where = ["--level", "street", "--host", "xi.localhost", "--desk-name", "朝我说"]

    status = cli.main(["hall", "create", *asked, *where])

    found = directory.by_host("xi.localhost")
    assert status == 0
    assert found is not None
    assert found.desk_name == "朝我说"
