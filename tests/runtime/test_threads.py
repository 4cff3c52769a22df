"""HTTP in threads: whole answers in one piece, streams piece by piece, bodies read when asked."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from bancheng.config.threads import Threads

SCOPE = {
    "type": "http",
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/a",
    "query_string": b"b=c",
    "headers": [(b"host", b"binhe.localhost"), (b"content-length", b"4")],
    "server": ("127.0.0.1", 80),
    "client": ("127.0.0.1", 40000),
}
Application = Callable[[dict[str, Any], Any], Any]


def asked(application: Application, *parts: bytes) -> list[dict[str, Any]]:
    """Every message that one request is answered with."""
    sent: list[dict[str, Any]] = []
    left = [{"type": "http.request", "body": one, "more_body": True} for one in parts]
    left.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> dict[str, Any]:
        return left.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Threads(application, workers=1)(SCOPE, receive, send))
    return sent


def answering(answer: HttpResponse | StreamingHttpResponse) -> Application:
    def application(environ: dict[str, Any], start: Any) -> Any:
        start(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return answer

    return application


def test_an_answer_leaves_in_one_piece() -> None:
    """performance.md §6: head and body, nothing between them."""
    answer = HttpResponse("办成", status=201, headers={"ETag": '"v1"'})

    head, body = asked(answering(answer))

    assert (head["status"], (b"etag", b'"v1"') in head["headers"]) == (201, True)
    assert (body["body"].decode(), body["more_body"]) == ("办成", False)
    assert answer.closed


def test_a_stream_leaves_piece_by_piece() -> None:
    """C-83: an export is never held as a whole; a piece is made when the one before it left."""
    made: list[str] = []

    def pieces() -> Iterator[bytes]:
        for name in ("a", "b", "c"):
            made.append(name)
            yield name.encode()

    answer = StreamingHttpResponse(pieces())

    head, *bodies = asked(answering(answer))

    assert head["status"] == 200
    assert [one["body"] for one in bodies] == [b"a", b"b", b"c", b""]
    assert [one["more_body"] for one in bodies] == [True, True, True, False]
    assert made == ["a", "b", "c"]
    assert answer.closed


def test_a_body_is_read_in_the_thread() -> None:
    """security.md §2.3: whoever sends a file is looked at before its bytes are taken."""
    seen: dict[str, object] = {}

    def application(environ: dict[str, Any], start: Any) -> Any:
        seen.update(
            body=environ["wsgi.input"].read(4),
            query=environ["QUERY_STRING"],
            host=environ["HTTP_HOST"],
            thread=threading.current_thread() is not threading.main_thread(),
        )
        start("204 No Content", [])
        return HttpResponse(status=204)

    asked(application, b"ab", b"cd")

    assert seen == {"body": b"abcd", "query": "b=c", "host": "binhe.localhost", "thread": True}


def test_a_failure_is_the_servers() -> None:
    """What the application did not answer is not taken for an answer."""

    def application(environ: dict[str, Any], start: Any) -> Any:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        asked(application)
