"""The city that is measured: one network, 50 halls, one of them with 100,000 cases."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.db import connections

from apps.staff import queries as staff_queries
from apps.staff import services as staff
from bancheng.config.runtime import ports, processes, programs
from bancheng.config.runtime.database import prepare_database, with_database
from bancheng.config.runtime.services import Services
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, Level, hall
from tenants import directory, provisioning, schemas
from tenants.models import Hall, Network
from tenants.provisioning import NewHall
from tests.benchmarks.browser import Browser
from tests.support import databases

HALLS = 50
DATABASE = "bench"
PASSWORD = "correct horse battery"
START_SECONDS = 60.0


@dataclass(slots=True)
class World:
    """Addresses and halls; `root` is a superuser's connection for floors and bulk rows."""

    services: Services
    env: dict[str, str]
    root: psycopg.Connection
    network: Network
    halls: list[HallRef] = field(default_factory=list)
    port: int = 0

    @property
    def city(self) -> HallRef:
        return self.halls[0]

    @property
    def district(self) -> HallRef:
        return self.halls[1]

    @property
    def street(self) -> HallRef:
        """The hall in which cases are made; below `district`."""
        return self.halls[5]

    def new_hall(self) -> HallRef:
        """The next hall of the network: a city hall, four districts, then streets in turn."""
        number = len(self.halls)
        level = Level.CITY if number == 0 else Level.DISTRICT if number < 5 else Level.STREET
        above = None if number == 0 else self.halls[0 if number < 5 else 1 + (number - 5) % 4].id
        slug = f"h{number}"
        wanted = NewHall(slug, f"第{number}政务服务中心", level, f"{slug}.localhost", above)
        made = provisioning.open_hall(network=self.network, wanted=wanted)
        return _ref(made)

    def browser(self, ref: HallRef, username: str) -> Browser:
        """A page of the hall with that person signed in."""
        page = Browser(self.port, ref.host)
        page.sign_in(username, PASSWORD)
        return page

    def superuser(self) -> psycopg.Connection:
        """One more connection for a floor."""
        info = self.root.info
        return psycopg.connect(info.dsn, password=info.password, autocommit=True)


def _ref(made: Hall) -> HallRef:
    found = directory.by_schema(made.schema_name)
    connections["default"].close()
    return found


@contextmanager
def prepared(services: Services) -> Iterator[World]:
    """An empty database with the shared schema and a network without halls; dropped at the end."""
    assert services.superuser_url is not None
    with psycopg.connect(services.superuser_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        urls = prepare_database(
            services.superuser_url, passwords=databases.PASSWORDS, database=DATABASE
        )
        databases.point_at(urls)
        schemas.migrate_shared()
        env = services.env | {"DATABASE_WEB_URL": urls.web, "DATABASE_OWNER_URL": urls.owner}
        inside = with_database(services.superuser_url, DATABASE)
        with psycopg.connect(inside, autocommit=True) as root:
            network = provisioning.open_network(slug="bench", name="云江市")
            yield World(services, env, root, network)
        connections.close_all()
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def person(ref: HallRef, username: str, *roles: Role) -> Actor:
    """Somebody at a post of the hall, with the one password of this run."""
    with hall(ref):
        post = staff.add_post(
            username=username,
            password=PASSWORD,
            name="测试员",
            roles=roles,
            department_id=None,
            by=SYSTEM,
        )
        actor = staff_queries.actor_of_post(post.id)
    assert actor is not None
    return actor


@contextmanager
def serving(world: World) -> Iterator[int]:
    """The product's own web process on the world's database; its process id."""
    world.port = ports.any_free()
    log = world.services.logs / "bench-web.log"
    environment = os.environ | world.env | {"BANCHENG_SETTINGS": "demo"}
    with ExitStack() as stack:
        out = stack.enter_context(log.open("wb"))
        argv = programs.web(world.port).argv
        process = subprocess.Popen(
            argv, cwd=databases.ROOT, env=environment, stdout=out, stderr=out
        )
        stack.callback(_stop, process)
        _wait(process, world.port, log)
        yield process.pid


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=20)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the web process did not start:\n{processes.last_lines(log)}")
