"""PostgreSQL and Valkey of one data folder, together with the addresses children need."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bancheng.config.runtime import home, lock, postgres, secrets, valkey
from bancheng.config.runtime.database import Passwords, Urls, prepare_database
from bancheng.config.runtime.secrets import Secrets

_LARGEST_LOG = 20_000_000


@dataclass(frozen=True, slots=True)
class Services:
    """`env` is what a child process gets; `superuser_url` never goes to one."""

    folder: Path
    logs: Path
    env: dict[str, str]
    superuser_url: str | None


@contextmanager
def running(
    folder: Path, *, what: str, fsync: bool = True, given: Mapping[str, str] = os.environ
) -> Iterator[Services]:
    """Hold the data folder, start what `given` does not name, prepare the database.

    `given` may name DATABASE_URL (a superuser) or both DATABASE_OWNER_URL and DATABASE_WEB_URL
    (prepared by hand), and REDIS_URL. On leaving: Valkey stops first, then PostgreSQL.
    """
    secrets.make_data_folder(folder)
    with ExitStack() as stack:
        stack.enter_context(lock.held(folder, what=what))
        kept = secrets.load_or_create(folder)
        logs = folder / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        _put_aside_large(logs)
        superuser_url, urls = _database(folder, kept, stack, fsync=fsync, given=given)
        redis_url = given.get("REDIS_URL") or _start_valkey(folder, kept, stack)
        yield Services(
            folder, logs, _environment(folder, kept, urls, redis_url, given), superuser_url
        )


def _database(
    folder: Path, kept: Secrets, stack: ExitStack, *, fsync: bool, given: Mapping[str, str]
) -> tuple[str | None, Urls]:
    owner, web = given.get("DATABASE_OWNER_URL"), given.get("DATABASE_WEB_URL")
    superuser_url = given.get("DATABASE_URL")
    if not superuser_url and owner and web:
        return None, Urls(owner=owner, web=web)
    if not superuser_url:
        superuser_url = _start_postgres(folder, kept, stack, fsync=fsync)
    passwords = Passwords(owner=kept.owner_password, web=kept.web_password)
    return superuser_url, prepare_database(superuser_url, passwords=passwords)


def _start_postgres(folder: Path, kept: Secrets, stack: ExitStack, *, fsync: bool) -> str:
    server = postgres.start(
        home.of_services(folder) / "postgres",
        password=kept.postgres_password,
        log=folder / "logs" / "postgres.log",
        fsync=fsync,
        kept_port=kept.ports.get("postgres"),
    )
    stack.callback(server.stop)
    _remember_port(folder, kept, "postgres", server.port)
    return server.url


def _start_valkey(folder: Path, kept: Secrets, stack: ExitStack) -> str:
    server = valkey.start(
        home.of_services(folder) / "valkey",
        password=kept.valkey_password,
        log=folder / "logs" / "valkey.log",
        kept_port=kept.ports.get("valkey"),
    )
    stack.callback(server.stop)
    _remember_port(folder, kept, "valkey", server.port)
    return server.url


def _put_aside_large(logs: Path) -> None:
    """At most two files of a bounded size per service; the servers hold theirs open later."""
    for log in logs.glob("*.log"):
        if log.stat().st_size > _LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))


def _remember_port(folder: Path, kept: Secrets, service: str, port: int) -> None:
    if kept.ports.get(service) != port:
        kept.ports[service] = port
        secrets.save(folder, kept)


def _environment(
    folder: Path, kept: Secrets, urls: Urls, redis_url: str, given: Mapping[str, str]
) -> dict[str, str]:
    return {
        "DATABASE_OWNER_URL": urls.owner,
        "DATABASE_WEB_URL": urls.web,
        "REDIS_URL": redis_url,
        "BANCHENG_SECRET_KEY": given.get("BANCHENG_SECRET_KEY") or kept.secret_key,
        "BANCHENG_MASTER_KEY": given.get("BANCHENG_MASTER_KEY") or kept.master_key,
        "BANCHENG_DATA": str(folder),
    }
