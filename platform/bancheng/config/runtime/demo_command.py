"""`bancheng demo`: the whole city on this machine, from an empty folder, with one command."""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import psycopg

from bancheng.config.runtime import ports, programs, secrets, services, unfinished
from bancheng.config.runtime.console import Console
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.services import Services
from bancheng.config.runtime.signals import StopRequested, stop_on_request
from bancheng.config.runtime.supervisor import Supervisor

DEFAULT_PORT = 8000
_READY_SECONDS = 180.0

USAGE = """usage: bancheng demo

Starts everything, prints addresses and logins, stays until Ctrl-C. Set by the environment:
  PORT=8000            the web server's port
  DEMO_STILL=1         no simulated day
  BANCHENG_DATA=DIR    the data folder (.bancheng)
  DATABASE_URL=…       a superuser's address, instead of the embedded PostgreSQL
  REDIS_URL=…          instead of the embedded Valkey"""


def run(arguments: Sequence[str] = ()) -> int:
    """Status 0 after a stop on request, 1 when something could not start, 2 for bad input."""
    if arguments:
        asked = list(arguments) in (["-h"], ["--help"])
        print(USAGE, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    console = Console()
    try:
        with stop_on_request():
            _serve(console)
    except CannotStart as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except StopRequested:
        console.say(farewell(secrets.data_folder()))
    return 0


def farewell(folder: Path) -> str:
    """What the next start will find: a city, or one that was interrupted while it was made."""
    if (folder / "demo.json").exists() and not unfinished.is_noted(folder):
        return "Stopped. Everything is kept; 'make demo' goes on from here."
    if unfinished.is_noted(folder):
        return "Stopped before the demo city was complete; the next start begins it again."
    return f"Stopped before the demo city was complete: remove {folder} before the next start."


def _serve(console: Console) -> NoReturn:
    folder, port = secrets.data_folder(), _wanted_port()
    ports.require_free(port, service="the web server", setting="PORT")
    if folder.is_dir() and unfinished.clear(folder, what="bancheng demo"):
        console.say("The first start was interrupted: beginning again")
    console.say(f"Starting PostgreSQL and Valkey (data and logs: {folder})")
    with services.running(folder, what="bancheng demo") as running:
        (folder / "static").mkdir(exist_ok=True)
        supervisor = Supervisor(_environment(running, port), running.logs, console, folder)
        try:
            _prepare(supervisor, running, console)
            _start(supervisor, running, port)
            _greet(supervisor, running, port, console)
            supervisor.wait(lambda: False)
            raise AssertionError("waits for ever")
        finally:
            console.say("Stopping …")
            supervisor.stop()


def _prepare(supervisor: Supervisor, running: Services, console: Console) -> None:
    console.say("Preparing the database")
    supervisor.run_once(programs.command("migrate"))
    if (running.folder / "demo.json").exists():
        return
    if has_network(running.env["DATABASE_OWNER_URL"]):
        raise CannotStart(
            "demo.other_data",
            "The database already holds a city, but not a complete demo: an earlier first start "
            "was interrupted, or the data is your own.",
            "For a new demo use a new data folder: BANCHENG_DATA=<folder> make demo, or remove "
            f"{running.folder} if nothing in it matters.",
        )
    console.say("First start: inventing a city (about half a minute)")
    with unfinished.noted(running.folder):
        supervisor.run_once(programs.command("demo-seed"))


def _start(supervisor: Supervisor, running: Services, port: int) -> None:
    supervisor.start(programs.web(port))
    supervisor.start(programs.worker(running.folder))
    supervisor.start(programs.command("demo-history"))
    if os.environ.get("DEMO_STILL") != "1":
        supervisor.start(programs.command("demo-day"))


def _greet(supervisor: Supervisor, running: Services, port: int, console: Console) -> None:
    """An address is shown only when it can be used: /readyz answers 200."""
    if not supervisor.wait(lambda: _is_ready(port), seconds=_READY_SECONDS):
        raise CannotStart(
            "web.not_ready",
            f"The web server did not become ready within {_READY_SECONDS:.0f} s.",
            f"Look into {running.logs / 'web.log'} and {running.logs / 'worker.log'}.",
        )
    note_addresses(running.folder / "demo.json", port)
    console.say("")
    for line in welcome(running.folder / "demo.json", port):
        console.say(line)
    console.say("")
    console.say("Ctrl-C stops everything.")


def welcome(described: Path, port: int) -> Sequence[str]:
    """The lines for the terminal, from the seeded demo's own description.

    `{"password": …, "entries": [{"label", "host", "path", "username"?}]}`; without a username the
    page is open to everybody.
    """
    text = json.loads(described.read_text())
    lines = [f"Bancheng is running. Password of every demo account: {text['password']}", ""]
    for entry in text["entries"]:
        user = f"   user {entry['username']}" if entry.get("username") else ""
        lines.append(f"{entry['label']}: http://{entry['host']}:{port}{entry['path']}{user}")
    return lines


def note_addresses(described: Path, port: int) -> None:
    """Put this start's full addresses into the description, in one step."""
    text = json.loads(described.read_text())
    text["port"] = port
    for entry in [*text["entries"], *text.get("halls", ())]:
        entry["url"] = f"http://{entry['host']}:{port}{entry.get('path', '/')}"
    draft = described.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(text, file, ensure_ascii=False, indent=1)
    draft.replace(described)


def has_network(owner_url: str) -> bool:
    """Whether a city was ever made in this database."""
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        table = connection.execute("SELECT to_regclass('public.tenants_network')").fetchone()
        if table is None or table[0] is None:
            return False
        row = connection.execute("SELECT EXISTS (SELECT FROM public.tenants_network)").fetchone()
        return bool(row and row[0])


def _is_ready(port: int) -> bool:
    """One question with a short answer time; the children are watched in between."""
    with suppress(urllib.error.URLError, OSError):
        request = urllib.request.Request(
            f"http://{ports.LOOPBACK}:{port}/readyz", headers={"Host": f"localhost:{port}"}
        )
        with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    time.sleep(0.2)
    return False


def _environment(running: Services, port: int) -> dict[str, str]:
    """Children get the two login roles' addresses, never the superuser's."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    defaults = {"BANCHENG_SETTINGS": "demo", "PYTHONUNBUFFERED": "1"}
    return defaults | inherited | running.env | {"PORT": str(port)}


def _wanted_port() -> int:
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart("port.invalid", f"PORT={text} is no port.", "Use 1024 to 65535.")
    return int(text)
