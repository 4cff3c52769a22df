from django.db import models

from bancheng.city.rollups import columns, quarters
from bancheng.city.rollups.facts import NO_WINDOW, UNCLASSED


class Written(models.Model):
    """Who wrote the row and when. Row-level security: only `hall_role` may write it, and only
    halls above `hall_id`, or that hall itself, may read it."""

    network_id = models.UUIDField()
    hall_id = models.UUIDField()
    hall_role = models.TextField()
    folded_at = models.DateTimeField()

    class Meta:
        abstract = True


class CaseFigures(Written):
    """Figures of cases only."""

    class Meta:
        abstract = True


class AllFigures(Written):
    """Figures of queue and cases, with histograms of waiting (w) and service (h)."""

    class Meta:
        abstract = True


columns.add_to(CaseFigures, columns.CASES)
columns.add_to(AllFigures, columns.ALL)


class WindowDay(AllFigures):
    """One window of one hall on one day; NO_WINDOW holds what happened away from windows.

    `label` is the window's name of that day: its own table is the hall's and not read from here.
    """

    pk = models.CompositePrimaryKey("network_id", "day", "hall_id", "window_id")
    day = models.DateField()
    window_id = models.UUIDField(default=NO_WINDOW)
    label = models.TextField(default="")


class CauseDay(CaseFigures):
    """One cause (cannot, hard, unwilling; empty = not told) in one hall on one day."""

    pk = models.CompositePrimaryKey("network_id", "day", "hall_id", "cause")
    day = models.DateField()
    cause = models.TextField(default=UNCLASSED)


class HallDay(AllFigures):
    """One hall on one day: every city page reads this."""

    pk = models.CompositePrimaryKey("network_id", "day", "hall_id")
    day = models.DateField()


class HallQuarter(Written):
    """A quarter-hour of one hall's day (0 … 95): the load curve of its queue."""

    pk = models.CompositePrimaryKey("network_id", "day", "hall_id", "quarter")
    day = models.DateField()
    quarter = models.SmallIntegerField()


columns.add_to(HallQuarter, quarters.COUNTS)


class NetworkDay(AllFigures):
    """The whole network on one day, summed and written by its city hall (`hall_id`)."""

    pk = models.CompositePrimaryKey("network_id", "day")
    day = models.DateField()


class HallLive(Written):
    """What goes on in a hall at the moment of `folded_at`."""

    hall_id = models.UUIDField(primary_key=True)
    waiting = models.IntegerField(default=0)
    serving = models.IntegerField(default=0)
    open_windows = models.IntegerField(default=0)
    oldest_wait_at = models.DateTimeField(null=True)


class RollupState(Written):
    """Every change of the hall up to `folded_to` is in its facts."""

    hall_id = models.UUIDField(primary_key=True)
    folded_to = models.DateTimeField()


class ConductTally(models.Model):
    """That one file about conduct was opened: in which month, of which kind. A hall writes it and
    cannot read it back; only its city reads, and tells nothing below five (security.md 3)."""

    id = models.UUIDField(primary_key=True)
    network_id = models.UUIDField()
    hall_id = models.UUIDField()
    hall_role = models.CharField(max_length=63)
    month = models.DateField()
    category = models.CharField(max_length=12)

    class Meta:
        indexes = [models.Index(fields=["network_id", "month"], name="conduct_tally_month")]
