"""Why the runtime will not start, in words for the person at the terminal."""

from __future__ import annotations


class CannotStart(Exception):
    """A start was refused before anything was harmed.

    `code` is stable (for tests and manuals), `message` says what is wrong, `advice` what to do.
    """

    def __init__(self, code: str, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        told = f"{self.message} [{self.code}]"
        return f"{told}\n  {self.advice}" if self.advice else told
