"""`bancheng demo` with three tiny programs in the place of the application's own.

Run as a script by test_demo_start.py: real services, real supervisor, a web server of ten lines.
"""

from __future__ import annotations

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from bancheng.config.runtime import demo_command, programs
from bancheng.config.runtime.supervisor import Program


class _Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()


def _play(part: str) -> None:
    data = Path(os.environ["BANCHENG_DATA"])
    if part == "migrate":
        print("migrated as", os.environ["DATABASE_OWNER_URL"].split(":")[1])
    elif part == "demo-seed":
        entry = {"label": "滨河街道", "host": "binhe.localhost", "path": "/", "username": "a"}
        (data / "demo.json").write_text(json.dumps({"password": "p", "entries": [entry]}))
        print("seeded")
    elif part == "web":
        HTTPServer(("127.0.0.1", int(os.environ["PORT"])), _Ready).serve_forever()
    else:
        print("superuser" if "DATABASE_URL" in os.environ else "no superuser", flush=True)


def _program(name: str) -> Program:
    return Program(name, (sys.executable, "-u", __file__, name), forever=name == "web")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _play(sys.argv[1])
    else:
        programs.command = lambda name, *_, **__: _program(name)
        programs.web = lambda port: _program("web")
        programs.worker = lambda folder: _program("worker")
        sys.exit(demo_command.run())
