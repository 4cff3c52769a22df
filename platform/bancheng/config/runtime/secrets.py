"""The data folder's secrets: made once, kept in `secrets.json`, readable by its owner only."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bancheng.config.runtime.errors import CannotStart

FILE_NAME = "secrets.json"
REPOSITORY = Path(__file__).resolve().parents[4]


@dataclass(slots=True)
class Secrets:
    """Keys and passwords of one installation; `ports` remembers where its services listened."""

    secret_key: str
    master_key: str
    postgres_password: str
    owner_password: str
    web_password: str
    valkey_password: str
    ports: dict[str, int] = field(default_factory=dict)


def data_folder() -> Path:
    """`$BANCHENG_DATA`, or `.bancheng` in the repository's root."""
    named = os.environ.get("BANCHENG_DATA")
    return Path(named).expanduser().resolve() if named else REPOSITORY / ".bancheng"


def make_data_folder(folder: Path) -> None:
    """Create `folder`; as root others may pass through it (a service runs as another user)."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise CannotStart(
            "data.not_writable",
            f"The data folder {folder} cannot be made: {error.strerror}.",
            "Set BANCHENG_DATA to a folder you may write to.",
        ) from error


def load_or_create(folder: Path) -> Secrets:
    """The secrets of `folder`; made with mode 0600 on the first call, never changed later."""
    path = folder / FILE_NAME
    try:
        return Secrets(**json.loads(path.read_text()))
    except FileNotFoundError:
        made = _fresh()
        save(folder, made)
        return made
    except PermissionError as error:
        raise CannotStart(
            "data.not_yours", f"{path} belongs to another user.", "Use your own BANCHENG_DATA."
        ) from error
    except (ValueError, TypeError) as error:
        raise CannotStart(
            "data.secrets_damaged",
            f"{path} cannot be read: {error}.",
            "Restore it from a backup: without it the stored data cannot be decrypted.",
        ) from error


def save(folder: Path, content: Secrets) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one."""
    path = folder / FILE_NAME
    draft = folder / f".{FILE_NAME}.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(content), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _fresh() -> Secrets:
    return Secrets(
        secret_key=secrets.token_urlsafe(48),
        master_key=secrets.token_hex(32),
        postgres_password=secrets.token_urlsafe(24),
        owner_password=secrets.token_urlsafe(24),
        web_password=secrets.token_urlsafe(24),
        valkey_password=secrets.token_urlsafe(24),
    )
