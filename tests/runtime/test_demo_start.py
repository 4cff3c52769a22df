"""The first words of `bancheng demo`: refusals before anything starts, and the welcome."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from bancheng.config.runtime import demo_command, secrets
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.ports import LOOPBACK, any_free, is_free
from bancheng.config.runtime.services import Services


def test_a_busy_web_port_is_named_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = any_free()
    monkeypatch.setenv("BANCHENG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PORT", str(port))

    with socket.create_server((LOOPBACK, port)):
        status = demo_command.run()

    assert status == 1
    assert f"Port {port} on 127.0.0.1" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", text)

    assert demo_command.run() == 1
    assert "port.invalid" in capsys.readouterr().err


def test_the_last_line_tells_a_kept_city_from_one_that_was_never_finished(tmp_path: Path) -> None:
    assert demo_command.farewell(tmp_path) == (
        f"Stopped before the demo city was complete: remove {tmp_path} before the next start."
    )

    (tmp_path / "demo.json").write_text("{}")

    assert demo_command.farewell(tmp_path) == (
        "Stopped. Everything is kept; 'make demo' goes on from here."
    )


def test_the_welcome_names_every_entrance_with_its_login(tmp_path: Path) -> None:
    described = tmp_path / "demo.json"
    entries = [
        {"label": "滨河街道", "host": "binhe.localhost", "path": "/", "username": "binhe.desk"},
        {"label": "大屏", "host": "binhe.localhost", "path": "/display/?device=d"},
    ]
    described.write_text(json.dumps({"password": "geheim", "entries": entries}))

    assert demo_command.welcome(described, 8000) == [
        "Bancheng is running. Password of every demo account: geheim",
        "",
        "滨河街道: http://binhe.localhost:8000/   user binhe.desk",
        "大屏: http://binhe.localhost:8000/display/?device=d",
    ]


def test_an_empty_database_holds_no_city_and_a_row_makes_one(shared: Services) -> None:
    owner_url = shared.env["DATABASE_OWNER_URL"]
    assert demo_command.has_network(owner_url) is False

    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE tenants_network (id int)")
        try:
            assert demo_command.has_network(owner_url) is False
            connection.execute("INSERT INTO tenants_network VALUES (1)")
            assert demo_command.has_network(owner_url) is True
        finally:
            connection.execute("DROP TABLE tenants_network")


def first_line(log: Path, seconds: float = 60) -> str:
    """What a process says first; the demo does not wait for its worker to say anything."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if log.exists() and "\n" in (text := log.read_text()):
            return text.partition("\n")[0]
        time.sleep(0.05)
    return ""


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    first = secrets.load_or_create(tmp_path)
    second = secrets.load_or_create(tmp_path)

    assert second == first
    assert len(bytes.fromhex(first.master_key)) == 32
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_damaged_secrets_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"secret_key": ')

    with pytest.raises(CannotStart) as refused:
        secrets.load_or_create(tmp_path)

    assert refused.value.code == "data.secrets_damaged"
    assert (tmp_path / "secrets.json").read_text() == '{"secret_key": '


def demo(folder: Path, port: int) -> tuple[subprocess.Popen[str], list[str]]:
    """Started until its last line of welcome; the lines so far."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("small_city.py"))],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"BANCHENG_DATA": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"},
    )
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if "Ctrl-C stops everything" in line:
            return process, lines
    raise AssertionError("\n".join(lines))


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WEB_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    return any_free()


def test_the_first_start_seeds_and_the_second_goes_on(tmp_path: Path, port: int) -> None:
    seeded, told = [], []
    for _ in range(2):
        process, lines = demo(tmp_path / "data", port)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        seeded.append(any(line.endswith("| seeded") for line in lines))
        told.append(f"bancheng  | 滨河街道: http://binhe.localhost:{port}/   user a" in lines)

    assert seeded == [True, False]
    assert told == [True, True]
    assert not (tmp_path / "data/postgres/postmaster.pid").exists()


def test_no_child_is_given_the_superusers_address(tmp_path: Path, port: int) -> None:
    process, _ = demo(tmp_path / "data", port)
    said = first_line(tmp_path / "data/logs/worker.log")
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)

    assert said == "no superuser"


def test_kill_9_of_the_demo_leaves_nothing_running(tmp_path: Path, port: int) -> None:
    process, _ = demo(tmp_path / "data", port)
    family = psutil.Process(process.pid).children(recursive=True)

    process.kill()
    process.wait()

    assert psutil.wait_procs(family, timeout=30)[1] == []
    assert is_free(port)
