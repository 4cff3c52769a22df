"""With a scanner nothing is given out before the scanner said that it is clean."""

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from apps.attachments import storage
from apps.attachments.errors import NotAvailable
from apps.attachments.models import Attachment
from apps.attachments.scanning import Clamd as Client
from apps.attachments.scanning import Verdict
from apps.attachments.services import examining, reading
from apps.notices.models import Notice
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from bancheng.services.live.models import LiveEvent
from tests.attachments.clamd import LIMIT, SIGNATURE, clamd
from tests.support.cases import Team
from tests.support.files import TEXT, attached

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + SIGNATURE + b"!$H+H*"


def added(ref: HallRef, content: bytes, name: str = "x.txt") -> tuple[Team, Attachment]:
    team = Team(ref)
    case = team.dispatched()
    with hall(ref):
        return team, attached("case", case.id, name, content, by=team.handler)


def state_of(row: Attachment) -> Any:
    row.refresh_from_db()
    return row.state


def test_a_clean_file_is_released(street: HallRef) -> None:
    with clamd() as daemon, override_settings(CLAMD=daemon.address), hall(street):
        team, row = added(street, TEXT)
        before = row.state
        with pytest.raises(NotAvailable):
            reading.read(file_id=row.id, by=team.handler)
        done = examining.examine_waiting()
        content = reading.read(file_id=row.id, by=team.handler)

        assert (before, done, state_of(row)) == ("quarantined", 1, "clean")
        assert b"".join(content.pieces) == TEXT
        assert daemon.seen == [len(TEXT)]
        assert LiveEvent.objects.filter(kind="case.attachment").count() == 1


def test_an_infected_file_is_destroyed_and_who_added_it_hears(
    street: HallRef, django_capture_on_commit_callbacks: Any
) -> None:
    with clamd() as daemon, override_settings(CLAMD=daemon.address), hall(street):
        team, row = added(street, EICAR)
        path = storage.path_of(row.id)
        with django_capture_on_commit_callbacks(execute=True):
            examining.examine_waiting()

        assert (state_of(row), row.finding, row.key) == ("infected", "Eicar-Signature", None)
        assert not path.exists()
        told = list(Notice.objects.values_list("post", "kind"))
        assert (team.handler.post_id, "attachments.infected") in told
        actions = AuditEntry.objects.values_list("body__action", flat=True)
        assert "attachments.infected" in actions
        with pytest.raises(NotAvailable):
            reading.read(file_id=row.id, by=team.handler)


def test_while_the_scanner_is_away_everything_waits(street: HallRef) -> None:
    """security.md §2.3: scanner down = quarantine, never “clean”; the sweep asks again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{taken.getsockname()[1]}"
        with override_settings(CLAMD=nobody), hall(street):
            _, row = added(street, TEXT)
            done = examining.examine_waiting()

            assert (done, state_of(row), row.scan_tries) == (0, "quarantined", 0)
    with clamd() as daemon, override_settings(CLAMD=daemon.address), hall(street):
        assert (examining.examine_waiting(), state_of(row)) == (1, "clean")


def test_what_the_scanner_cannot_read_is_given_up_after_five_tries(street: HallRef) -> None:
    """Longer than its StreamMaxLength: it hangs up. The file is kept, and given to nobody."""
    with clamd() as daemon, override_settings(CLAMD=daemon.address), hall(street):
        team, row = added(street, TEXT)
        states = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tests.attachments.clamd.LIMIT", 10)
            for hours in range(6):
                with clock.frozen(clock.now() + timedelta(hours=hours)):
                    examining.examine_waiting()
                states.append(state_of(row))

        assert states == ["quarantined"] * 4 + ["failed"] * 2
        assert row.finding == "INSTREAM size limit exceeded. ERROR"
        with pytest.raises(NotAvailable):
            reading.read(file_id=row.id, by=team.desk)


def test_a_file_that_was_changed_on_the_disk_holds_up_no_other(street: HallRef) -> None:
    """It is tried again later, and given up in the end; those behind it are examined."""
    with clamd() as daemon, override_settings(CLAMD=daemon.address), hall(street):
        team, damaged = added(street, TEXT)
        behind = attached("case", damaged.subject_id, "y.txt", TEXT, by=team.handler)
        storage.path_of(damaged.id).write_bytes(b"not what was sealed here")

        assert examining.examine_waiting() == 1
        assert (state_of(damaged), state_of(behind)) == ("quarantined", "clean")
        assert (damaged.scan_tries, damaged.finding) == (1, "crypto.cannot_open")


def test_two_sweeps_at_once_say_it_once(street: HallRef) -> None:
    with clamd() as daemon, override_settings(CLAMD=daemon.address), hall(street):
        _, row = added(street, TEXT)
        examining.examine_waiting()
        again = examining._said(row.id, Verdict(clean=False, finding="late"))

        assert (again, state_of(row)) == (False, "clean")


def test_a_large_file_goes_in_portions() -> None:
    pieces = [b"a" * 65536] * 15
    with clamd() as daemon:
        verdict = Client(daemon.address).examine(pieces)

        assert (verdict.clean, daemon.seen) == (True, [15 * 65536])
        assert LIMIT > 15 * 65536
