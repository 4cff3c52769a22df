"""How figures are shown: plain values, a share always with its fraction, never a bare 0 %."""

from collections.abc import Callable, Mapping
from typing import Any

from apps.overview.queries import Comparison, Drill, Row, WindowPeriod
from apps.overview.standing import RATES
from bancheng.city.rollups import columns, metrics
from bancheng.city.rollups.facts import APPLICANTS, OUTCOMES, Facts
from bancheng.city.rollups.metrics import Duration, Share
from bancheng.city.rollups.queries import Figures, Metric
from bancheng.city.rollups.ranking import DRAWS, Standing
from bancheng.city.rollups.rates import (
    MINIMUM_SAMPLE,
    PRIOR_STRENGTH,
    Interval,
    ratio_interval,
    wilson,
)

Json = dict[str, Any]
Rounding = Callable[[float | None], float | None]
NOTES = {
    "on_time": "M-12",
    "substantive": "M-15",
    "window_load": "M-01",
    "wait": "M-03",
    "refusal": "M-29",
    "interval": "95",
    "rank": "90",
    "rank_draws": DRAWS,
    "shrinkage": PRIOR_STRENGTH,
    "partly_weight": metrics.PARTLY_WEIGHT,
}


def _share_of_one(value: float | None) -> float | None:
    """Four decimals: a hundredth of a percent."""
    return None if value is None else round(value, 4)


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def comparison(found: Comparison) -> Json:
    """The city page."""
    return {
        "from": found.period.first,
        "to": found.period.last,
        "metric": found.metric,
        "updated_at": found.whole.folded_at,
        "halls": [_row(row) for row in found.rows],
        "network": _whole(found.whole),
        "minimum_sample": MINIMUM_SAMPLE,
        "notes": NOTES,
    }


def drill(found: Drill) -> Json:
    """One hall, opened."""
    return {
        "hall": _row(found.row),
        "windows": [_window(one) for one in found.windows],
        "days": [fact(row) for row in found.days],
        "minimum_sample": MINIMUM_SAMPLE,
        "notes": NOTES,
    }


def fact(row: Mapping[str, Any]) -> Json:
    """One stored row: counts, and the durations that its histograms give."""
    facts = columns.facts(row)
    shown: Json = {"day": row["day"]}
    if "window_id" in row:
        shown["window"] = {"id": row["window_id"], "label": row["label"]}
    if "cause" in row:
        shown["cause"] = row["cause"]
        return shown | _case_counts(facts)
    return shown | _case_counts(facts) | _queue(facts)


def _row(row: Row) -> Json:
    facts = row.figures.facts
    return {
        "id": row.place.id,
        "name": row.place.name,
        "level": row.place.level,
        "peer_group": row.place.peer_group,
        **_volume(row.figures),
        "on_time": _standing(RATES[Metric.ON_TIME](facts), row.on_time),
        "substantive": _standing(RATES[Metric.SUBSTANTIVE](facts), row.substantive),
        "trend": row.trend and [_share_of_one(value) for value in row.trend],
        "live": row.moment and _live(row.moment),
    }


def _whole(figures: Figures) -> Json:
    facts = figures.facts
    return _volume(figures) | {
        "on_time": _share(RATES[Metric.ON_TIME](facts)),
        "substantive": _share(RATES[Metric.SUBSTANTIVE](facts)),
    }


def _volume(figures: Figures) -> Json:
    facts = figures.facts
    return {
        "receptions": facts.receptions,
        "cases": facts.cases,
        "window_load": _load(figures),
        "wait": _duration(metrics.wait(facts)) | _bounds(ratio_interval(figures.wait), _seconds),
        "yellow": facts.yellow,
        "red": facts.red,
        "applicants": _applicants(facts),
        "refusal": _share(metrics.refusal_rate(facts)),
    }


def _applicants(facts: Facts) -> Json:
    return {kind: getattr(facts, f"of_{kind}") for kind in APPLICANTS}


def _load(figures: Figures) -> Json:
    value = metrics.window_load(figures.facts)
    bounds = _bounds(ratio_interval(figures.load))
    return {"value": _share_of_one(value), "n": figures.load.periods} | bounds


def _standing(share: Share, standing: Standing) -> Json:
    return {
        "x": share.x,
        "n": share.n,
        "excluded": share.excluded,
        "value": _share_of_one(standing.value),
        "shrunk": _share_of_one(standing.shrunk),
        "low": _share_of_one(standing.low),
        "high": _share_of_one(standing.high),
        "band": standing.band,
        "rank": standing.rank,
    }


def _share(share: Share) -> Json:
    """Of the whole network: nothing to shrink towards, so Wilson's interval."""
    bounds = _bounds(wilson(share.x, share.n))
    return {
        "x": share.x,
        "n": share.n,
        "excluded": share.excluded,
        "value": _share_of_one(share.published()),
    } | bounds


def _bounds(interval: Interval | None, shown: Rounding = _share_of_one) -> Json:
    if interval is None:
        return {"low": None, "high": None}
    return {"low": shown(interval.low), "high": shown(interval.high)}


def _duration(duration: Duration) -> Json:
    return {
        "mean": _seconds(duration.mean),
        "p50": _seconds(duration.p50),
        "p90": _seconds(duration.p90),
        "n": duration.n,
    }


def _live(moment: Mapping[str, Any]) -> Json:
    shown = dict(moment)
    return shown | {"at": shown.pop("folded_at")}


def _window(one: WindowPeriod) -> Json:
    return {
        "window": {"id": one.window, "label": one.label},
        "state": one.state,
        **_case_counts(one.facts),
        **_queue(one.facts),
    }


def _case_counts(facts: Facts) -> Json:
    return {
        "receptions": facts.receptions,
        "cases": facts.cases,
        "closed_n": facts.closed_n,
        "done_n": facts.done + facts.done_alt,
        "outcomes": {outcome: getattr(facts, outcome) for outcome in OUTCOMES},
        "due_n": facts.due_n,
        "on_time_n": facts.on_time_n,
        "cohort_closed": facts.cohort_closed,
        "referred_in": facts.referred_in,
        "referred_up": facts.referred_up,
        "returned": facts.returned,
        "reopened": facts.reopened,
        "yellow": facts.yellow,
        "red": facts.red,
        "applicants": _applicants(facts),
        "refusals": facts.refusals,
    }


def _queue(facts: Facts) -> Json:
    wait, service = metrics.wait(facts), metrics.service(facts)
    return {
        "tickets": facts.tickets,
        "called": facts.called,
        "served": facts.served,
        "missed": facts.missed,
        "wait_n": wait.n,
        "wait_mean": _seconds(wait.mean),
        "wait_p50": _seconds(wait.p50),
        "wait_p90": _seconds(wait.p90),
        "service_n": service.n,
        "service_mean": _seconds(service.mean),
        "service_p50": _seconds(service.p50),
        "staffed_seconds": facts.staffed_seconds,
        "load": _share_of_one(metrics.window_load(facts)),
    }
