"""Why the ledger says no."""

from bancheng.kernel.errors import Refusal, TooMany


class NotClosed(Refusal):
    """Only what has ended is archived."""

    code = "ledger.not_closed"


class ArchivedAlready(Refusal):
    code = "ledger.archived_already"


class TooManyViews(Refusal):
    code = "ledger.too_many_views"


class TooManyRows(Refusal):
    """The filter finds `rows` cases, more than the `most` of one file: narrow it, or take several
    files, by days of registration. Nothing is left out of a file quietly."""

    code = "ledger.too_many_rows"
    status = 422


class OwnExport(Refusal):
    """Nobody decides about what they asked for themselves (security.md §4.2)."""

    code = "ledger.own_export"


class ExportNotOpen(Refusal):
    """It was decided or withdrawn already; `state` says which."""

    code = "ledger.export_not_open"


class ExportNotApproved(Refusal):
    code = "ledger.export_not_approved"


class ExportExpired(Refusal):
    """Its hours are over, or it was fetched as often as it may be."""

    code = "ledger.export_expired"
    status = 410


class ExportsBusy(TooMany):
    """As many files as this process makes at once are being made."""

    code = "ledger.exports_busy"
