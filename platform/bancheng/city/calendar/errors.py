"""The coded refusals of the working-day engine."""

from bancheng.kernel.errors import Refusal


class CalendarRefusal(Refusal, ValueError):
    """A value the calendar cannot take; `params` say which and why."""

    code = "calendar.refused"
    status = 422


class BadRule(CalendarRefusal):
    """A deadline notation or rule that means nothing."""

    code = "calendar.bad_rule"


class BadStart(CalendarRefusal):
    """A start that is neither an ISO date nor an ISO date and time."""

    code = "calendar.bad_start"


class BadLine(CalendarRefusal):
    """An input line that is not `START<TAB>RULE`."""

    code = "calendar.bad_line"


class NaiveMoment(CalendarRefusal):
    """A date and time without a time zone: nobody can say which instant it is."""

    code = "calendar.naive_datetime"


class OutOfRange(CalendarRefusal):
    """A moment outside the years the engine answers for."""

    code = "calendar.out_of_range"


class NeverDue(CalendarRefusal):
    """No due date within the engine's horizon (endless pause, closed calendar)."""

    code = "calendar.never_due"


class BadHours(CalendarRefusal):
    """Opening hours that overlap, run backwards or leave a day empty."""

    code = "calendar.bad_hours"


class NoHours(CalendarRefusal):
    """Working hours were asked of a hall that has none."""

    code = "calendar.no_hours"


class BadPause(CalendarRefusal):
    """A pause that ends before it starts."""

    code = "calendar.bad_pause"


class BadNotice(CalendarRefusal):
    """A holiday notice that cannot be read, or that names no day."""

    code = "calendar.bad_notice"


class BadOverride(CalendarRefusal):
    """Two overrides of one layer for one day, or one without a reason."""

    code = "calendar.bad_override"


class AlreadyDecided(CalendarRefusal):
    """This place has a decision for that day: withdraw it, or decide for another day."""

    code = "calendar.already_decided"
    status = 409


class InForce(CalendarRefusal):
    """What holds already is not withdrawn: decide anew."""

    code = "calendar.in_force"
    status = 409


class PreviewStale(CalendarRefusal):
    """The notice or the calendar is no longer what the preview showed: look again."""

    code = "calendar.preview_stale"
    status = 409


class NothingNew(CalendarRefusal):
    """The notice says what the calendar says already."""

    code = "calendar.nothing_new"
    status = 409


class NoSource(CalendarRefusal):
    """The `chinesecalendar` package is not installed here, or does not know the year."""

    code = "calendar.no_source"


class NoSuchLimit(CalendarRefusal):
    """There is no stage with this category whose limit could be decided."""

    code = "calendar.no_such_limit"
