"""The application as it runs, to be killed: a web process, a worker with its clock, a Valkey."""

import asyncio
import os
import signal
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import redis
from django.conf import settings
from django.db import connections

from bancheng.config.runtime import ports, processes, programs, valkey
from bancheng.config.runtime.supervisor import Program
from bancheng.config.runtime.valkey import Valkey

PATIENCE = 60.0
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients of plain HTTP: they need not load the machine's certificates, which takes long."""


async def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for a condition; fails by its name when it does not come true in time."""
    try:
        async with asyncio.timeout(seconds):
            while not holds():
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"did not happen within {seconds:.0f} s: {what}") from None


async def eventually(
    holds: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE
) -> None:
    """The same for a condition that has to be asked for."""
    try:
        async with asyncio.timeout(seconds):
            while not await holds():
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"did not happen within {seconds:.0f} s: {what}") from None


@dataclass(slots=True)
class Broker:
    """A Valkey of the test's own, always on the same port."""

    folder: Path
    running: Valkey

    @classmethod
    def begin(cls, folder: Path) -> "Broker":
        return cls(folder, _valkey(folder, None))

    @property
    def url(self) -> str:
        return self.running.url

    def stop(self) -> None:
        """By kill -9, as an outage does it."""
        processes.kill_group(self.running.process)

    def start(self) -> None:
        self.running = _valkey(self.folder, self.running.port)

    def hears_a_worker(self) -> bool:
        """Whether somebody waits for jobs."""
        with redis.Redis.from_url(self.url) as line:
            return any(client["cmd"] == "brpop" for client in line.client_list())


def _valkey(folder: Path, port: int | None) -> Valkey:
    folder.mkdir(exist_ok=True)
    log = folder / "valkey.log"
    log.touch()
    started = valkey.start(folder, password="of-the-test", log=log, kept_port=port)
    assert port in (None, started.port)
    return started


@dataclass(slots=True)
class Process:
    """One program of the application; a killed one leaves nothing of itself behind."""

    program: Program
    env: dict[str, str]
    folder: Path
    running: subprocess.Popen[bytes] | None = None
    kills: int = 0

    @property
    def log(self) -> Path:
        return self.folder / f"{self.program.name}.log"

    @property
    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def start(self) -> None:
        self.running = processes.spawn(
            self.program.argv, env=self.env, log=self.log, cwd=self.folder
        )

    def kill(self) -> None:
        """kill -9, its children included."""
        assert self.running is not None
        self.kills += 1
        processes.kill_group(self.running)

    def stop(self) -> None:
        """As the supervisor ends it."""
        if self.running is not None:
            processes.stop(self.running, signal.SIGTERM, patience=self.program.patience)


@dataclass(slots=True)
class Site:
    """A running installation over the test's database."""

    port: int
    broker: Broker
    web: Process
    worker: Process
    _readiness: httpx.Client = field(
        default_factory=lambda: httpx.Client(verify=PLAIN, trust_env=False)
    )

    def ready(self) -> bool:
        """Whether the web process answers and can serve."""
        try:
            answer = self._readiness.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5)
        except httpx.TransportError:
            assert self.web.alive, processes.last_lines(self.web.log)
            return False
        return answer.status_code == 200

    async def served(self) -> None:
        """Wait until the web process serves."""
        await until(self.ready, "the web process serves")

    async def complete(self) -> None:
        """Wait until the web process serves and the worker waits for jobs."""
        await self.served()
        await until(self.broker.hears_a_worker, "the worker waits for jobs")

    async def renew_web(self) -> None:
        """An orderly restart: the old process says goodbye before the new one begins."""
        assert self.web.running is not None
        self.web.running.send_signal(signal.SIGTERM)
        await until(lambda: not self.web.alive, "the web process ends")
        self.web.start()
        await self.served()

    def restart_web(self) -> None:
        """kill -9 and start at once; answers come when it is ready."""
        self.web.kill()
        self.web.start()

    def restart_worker(self) -> None:
        """The same for the worker and its clock."""
        self.worker.kill()
        self.worker.start()


@contextmanager
def site_in(folder: Path) -> Iterator[Site]:
    """Start everything over the database Django's aliases lead to; it may not answer yet.

    Call it in the main thread: children end with the thread that started them.
    """
    broker = Broker.begin(folder / "valkey")
    port = ports.kept_or_free(None)
    env = _environment(broker.url, port, folder)
    web = Process(programs.web(port), env, folder)
    worker = Process(programs.worker(folder), env, folder)
    try:
        web.start()
        worker.start()
        yield Site(port, broker, web, worker)
    finally:
        web.stop()
        worker.stop()
        broker.running.stop()


def _environment(redis_url: str, port: int, folder: Path) -> dict[str, str]:
    """What the supervisor gives its children, with the addresses of the test."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {
        "DATABASE_WEB_URL": _url("default"),
        "DATABASE_OWNER_URL": _url("owner"),
        "REDIS_URL": redis_url,
        "BANCHENG_SECRET_KEY": settings.SECRET_KEY,
        "BANCHENG_MASTER_KEY": settings.MASTER_KEY,
        "BANCHENG_DATA": str(folder),
        "BANCHENG_SETTINGS": "test",
        "DJANGO_SETTINGS_MODULE": "bancheng.config.settings.test",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }


def _url(alias: str) -> str:
    entry = connections.databases[alias]
    login, server = f"{entry['USER']}:{entry['PASSWORD']}", f"{entry['HOST']}:{entry['PORT']}"
    return f"postgresql://{login}@{server}/{entry['NAME']}"
