"""A stand-in that speaks clamd's protocol on a socket of its own: it knows one signature."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNATURE = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
LIMIT = 1 << 20


class _Handler(socketserver.BaseRequestHandler):
    request: socket.socket
    server: "Clamd"

    def handle(self) -> None:
        with self.request.makefile("rb") as line:
            if line.read(10) != b"zINSTREAM\0":
                self.request.sendall(b"UNKNOWN COMMAND\0")
                return
            body = b""
            while size := int.from_bytes(line.read(4), "big"):
                body += line.read(size)
                if len(body) > LIMIT:
                    self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                    return
        self.server.seen.append(len(body))
        found = SIGNATURE in body
        self.request.sendall(b"stream: Eicar-Signature FOUND\0" if found else b"stream: OK\0")


class Clamd(socketserver.ThreadingTCPServer):
    """Listens on the loopback; `seen` are the sizes of what it was shown."""

    daemon_threads = True
    seen: list[int]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def clamd() -> Iterator[Clamd]:
    """The daemon for as long as a test needs it."""
    with Clamd(("127.0.0.1", 0), _Handler) as server:
        server.seen = []
        served = threading.Thread(target=server.serve_forever, daemon=True)  # noqa: TID251
        served.start()
        yield server
        server.shutdown()
        served.join()
