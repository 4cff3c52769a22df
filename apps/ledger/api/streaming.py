"""A file that leaves while it is read, in the hall it was asked in."""

from collections.abc import Callable, Iterator
from threading import BoundedSemaphore

from django.http import StreamingHttpResponse

from apps.ledger.errors import ExportsBusy
from apps.ledger.services.exporting import File
from apps.ledger.sheets import csv_file, words, xlsx_file
from bancheng.kernel import clock
from bancheng.kernel.hall import hall, here

AT_ONCE = 2
"""Of the threads of a process, so many may be busy with files; the others serve people."""
_free = BoundedSemaphore(AT_ONCE)
_KINDS = {"csv": csv_file, "xlsx": xlsx_file}


class _Pieces:
    """The pieces of a file that has its place. The request's own `with hall` has ended when they
    are asked for, so each is made inside of it again; whoever hangs up early gives the place
    free."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._ref, self._open = pieces, here(), True

    def __iter__(self) -> "_Pieces":
        return self

    def __next__(self) -> bytes:
        with hall(self._ref):
            return next(self._pieces)

    def close(self) -> None:
        if self._open:
            self._open = False
            _free.release()

    def __del__(self) -> None:
        """An answer that nobody began to send gives its place free too."""
        self.close()


def streamed(made: Callable[[], File], *, shape: str, locale: str) -> StreamingHttpResponse:
    """The file as an answer. Raises ExportsBusy before it is `made`: what is refused counts as no
    download and stands on no record; and whatever `made` raises."""
    kind = _KINDS[shape]
    if not _free.acquire(blocking=False):
        raise ExportsBusy(wait=5)
    try:
        file = made()
    except BaseException:
        _free.release()
        raise
    pieces = _Pieces(kind.written(file, words.of(locale)))
    answer = StreamingHttpResponse(pieces, content_type=kind.TYPE)
    name = f"ledger-{clock.today():%Y%m%d}{'-plain' if file.request else ''}.{shape}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Accel-Buffering"] = "no"
    return answer
