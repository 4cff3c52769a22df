"""Two people give the same name in the same moment: the second is told what she would have been
told a second later."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from bancheng.kernel.errors import Refusal


@contextmanager
def taken(constraint: str, refusal: Refusal) -> Iterator[None]:
    """Raise `refusal` where the named constraint finds the row stored already.

    A service looks first and stores then; between the two somebody else may have stored hers. The
    transaction is over with it, as with every refusal: nobody catches it and goes on.
    """
    try:
        yield
    except IntegrityError as error:
        cause = error.__cause__
        if isinstance(cause, UniqueViolation) and cause.diag.constraint_name == constraint:
            raise refusal from error
        raise
