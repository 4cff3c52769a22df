"""The virus scanner: ClamAV's daemon, a scanner of the house's own, or none.

`BANCHENG_CLAMD` names a socket (`/run/clamav/clamd.ctl`, `127.0.0.1:3310`), `BANCHENG_SCANNER` a
class (`package.module.Name`) with the method `examine`. Without either nothing is examined, and
every file says so.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

_SECONDS = 60.0
_PORTION = 256 * 1024
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Verdict:
    """`finding` is the scanner's name for what it found."""

    clean: bool
    finding: str = ""


class Unreachable(Exception):
    """Nobody answers: not the file's fault."""


class CannotExamine(Exception):
    """The scanner is there and could not do it."""


class Scanner(Protocol):
    """Takes a file's bytes piece by piece; raises Unreachable, CannotExamine."""

    def examine(self, pieces: Iterable[bytes]) -> Verdict: ...


def scanner() -> Scanner | None:
    """The scanner that the installation names."""
    if settings.CLAMD:
        return Clamd(settings.CLAMD)
    if settings.SCANNER:
        found: Scanner = import_string(settings.SCANNER)()
        return found
    return None


@dataclass(frozen=True, slots=True)
class Clamd:
    """clamd(8) by its INSTREAM command: lengths in network order, a zero at the end."""

    address: str

    def examine(self, pieces: Iterable[bytes]) -> Verdict:
        try:
            line = self._connected()
        except OSError as error:
            raise Unreachable(str(error)) from error
        with line:
            try:
                self._send(line, pieces)
            except OSError:
                """It hung up: its answer, where there is one, says why."""
            return _read(self._answer(line))

    def _connected(self) -> socket.socket:
        path = self.address.removeprefix("unix:")
        if path.startswith("/"):
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(_SECONDS)
            line.connect(path)
            return line
        host, _, port = path.rpartition(":")
        return socket.create_connection((host or "127.0.0.1", int(port)), _SECONDS)

    def _send(self, line: socket.socket, pieces: Iterable[bytes]) -> None:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            for start in range(0, len(piece), _PORTION):
                portion = piece[start : start + _PORTION]
                line.sendall(len(portion).to_bytes(4, "big") + portion)
        line.sendall(b"\0\0\0\0")

    def _answer(self, line: socket.socket) -> str:
        said = b""
        try:
            while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
                portion = line.recv(1024)
                if not portion:
                    break
                said += portion
        except OSError as error:
            raise CannotExamine(str(error)) from error
        return said.strip(b"\0\n").decode(errors="replace")


def _read(answer: str) -> Verdict:
    """`stream: OK`, `stream: Name FOUND`; anything else is no verdict."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict(clean=True)
    if said.endswith(" FOUND"):
        return Verdict(clean=False, finding=said.removesuffix(" FOUND"))
    raise CannotExamine(said or "the scanner hung up")
