"""Real small children under the real supervisor."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from bancheng.config.runtime import programs
from bancheng.config.runtime import supervisor as module
from bancheng.config.runtime.console import Console
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.supervisor import Program, Supervisor

FOREVER = "import signal; signal.pause()"
PATIENT = 30.0


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def supervisor(tmp_path: Path, out: io.StringIO) -> Iterator[Supervisor]:
    made = Supervisor(dict(os.environ), tmp_path, Console(out), tmp_path)
    yield made
    made.stop()


def python(name: str, code: str, **chosen: Any) -> Program:
    return Program(name, (sys.executable, "-u", "-c", code), **chosen)


def has_ended(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def started(supervisor: Supervisor, out: io.StringIO, word: str, times: int = 1) -> bool:
    return supervisor.wait(lambda: out.getvalue().count(word) >= times, seconds=PATIENT)


def test_lines_of_a_child_are_shown_with_its_name(supervisor: Supervisor, out: io.StringIO) -> None:
    supervisor.start(python("web", f"print('listening'); {FOREVER}"))

    assert started(supervisor, out, "listening")
    assert out.getvalue() == "web       | listening\n"
    assert (supervisor.logs / "web.log").read_text() == "listening\n"


def test_a_crashed_child_is_started_again(supervisor: Supervisor, out: io.StringIO) -> None:
    mark = supervisor.folder / "came-before"
    code = (
        f"import os, pathlib; mark = pathlib.Path({str(mark)!r})\n"
        "if not mark.exists(): mark.touch(); os.abort()\n"
        f"print('second life')\n{FOREVER}"
    )
    supervisor.start(python("worker", code))

    assert started(supervisor, out, "second life")
    assert "worker ended with status -6; starting it again in 1 s" in out.getvalue()


def test_what_a_crashed_child_left_running_ends_before_its_restart(
    supervisor: Supervisor, out: io.StringIO
) -> None:
    code = (
        "import os, subprocess, sys\n"
        f"beat = subprocess.Popen([sys.executable, '-c', {FOREVER!r}])\n"
        "print('beat', beat.pid); os.abort()"
    )
    supervisor.start(python("worker", code))

    assert started(supervisor, out, "starting it again")
    beat = int(out.getvalue().split("beat ")[1].split()[0])
    assert supervisor.wait(lambda: has_ended(beat), seconds=PATIENT)


def test_a_child_that_keeps_failing_ends_the_whole_start(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_GIVE_UP_AFTER", 2)
    supervisor.start(python("web", "raise SystemExit('no such setting')"))

    with pytest.raises(CannotStart) as refused:
        supervisor.wait(lambda: False, seconds=PATIENT)

    assert refused.value.code == "child.keeps_failing"
    assert "no such setting" in refused.value.message


def test_a_script_that_is_done_is_not_started_again(
    supervisor: Supervisor, out: io.StringIO
) -> None:
    supervisor.start(python("demo-day", "print('evening')", forever=False))

    assert started(supervisor, out, "demo-day is done.")
    assert out.getvalue() == "demo-day  | evening\nbancheng  | demo-day is done.\n"


def test_a_failed_preparation_shows_the_end_of_its_log(supervisor: Supervisor) -> None:
    with pytest.raises(CannotStart) as refused:
        supervisor.run_once(python("migrate", "raise SystemExit('relation is missing')"))

    assert refused.value.code == "child.failed"
    assert "relation is missing" in refused.value.message


def test_children_stop_in_the_reverse_order_of_their_start(
    supervisor: Supervisor, out: io.StringIO
) -> None:
    order = supervisor.folder / "order"
    for name in ("web", "worker"):
        code = (
            "import signal\n"
            f"def end(*_): open({str(order)!r}, 'a').write('{name} '); raise SystemExit\n"
            f"signal.signal(signal.SIGTERM, end); print('up')\n{FOREVER}"
        )
        supervisor.start(python(name, code))
    assert started(supervisor, out, "up", times=2)

    supervisor.stop()

    assert order.read_text() == "worker web "


def test_a_child_that_ignores_the_request_is_killed(
    supervisor: Supervisor, out: io.StringIO
) -> None:
    before = set(psutil.Process().children())
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf')\n"
    supervisor.start(python("deaf", f"{code}{FOREVER}", patience=0.1))
    assert started(supervisor, out, "| deaf")
    (child,) = set(psutil.Process().children()) - before

    supervisor.stop()

    assert not child.is_running()


def test_kill_9_of_a_supervisor_takes_its_children_along(tmp_path: Path) -> None:
    code = f"""
import os, pathlib, sys
from bancheng.config.runtime.console import Console
from bancheng.config.runtime.supervisor import Program, Supervisor
here = pathlib.Path({str(tmp_path)!r})
supervisor = Supervisor(dict(os.environ), here, Console(), here)
supervisor.start(Program("child", (sys.executable, "-u", "-c", "print('up'); {FOREVER}")))
supervisor.wait(lambda: False)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "child     | up\n"
    children = psutil.Process(parent.pid).children()

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    assert len(children) == 1
    assert psutil.wait_procs(children, timeout=PATIENT)[1] == []


def test_a_large_log_is_cut_while_its_child_goes_on(
    supervisor: Supervisor, out: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bancheng.config.runtime.console._LARGEST_LOG", 1000)
    code = f"import sys; print('x' * 1200); sys.stdin.read(); {FOREVER}"
    supervisor.start(python("web", code))

    assert started(supervisor, out, "xxx")
    assert (supervisor.logs / "web.log").stat().st_size == 0
    assert (supervisor.logs / "web.log.1").stat().st_size == 1201


def test_what_serves_halls_is_not_told_the_owners_password(
    tmp_path: Path, out: io.StringIO
) -> None:
    told = dict(os.environ) | {"DATABASE_OWNER_URL": "secret", "DATABASE_WEB_URL": "web"}
    names = "[n for n in ('DATABASE_OWNER_URL', 'DATABASE_WEB_URL') if n in os.environ]"
    web = programs.web(1)
    supervisor = Supervisor(told, tmp_path, Console(out), tmp_path)

    supervisor.run_once(python("web", f"import os; print({names})", without=web.without))

    assert out.getvalue() == "web       | ['DATABASE_WEB_URL']\n"
    assert programs.worker(tmp_path).without == web.without
